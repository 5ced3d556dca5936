//! Bringing in a file: what it would add, adding it, and taking it back.

use leptos::{html, prelude::*, task::spawn_local};

use super::super::super::{
    parts::told,
    state::App,
    words::{self, count},
};
use crate::{
    browser::page,
    quiz::saved::{
        event::EventId,
        file::{Contents, File, FileError, MOST_BYTES, Preview},
    },
    trouble::Trouble,
};

/// How far it has come.
#[derive(Clone, Debug, PartialEq)]
enum State {
    /// No file was chosen.
    Empty,
    /// A file of that name was read, and nothing was added yet.
    Read(String, Contents, Preview),
    /// It was added.
    Added(Vec<EventId>),
    /// It was taken back.
    Undone,
    /// It went wrong.
    Failed(Trouble),
}

#[component]
pub(super) fn Import(app: App) -> impl IntoView {
    let state = RwSignal::new(State::Empty);
    let input = NodeRef::<html::Input>::new();
    let choose = move |_| {
        let file = input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
        let Some(file) = file else { return };
        spawn_local(async move {
            let next = match read(&file).await {
                Ok(contents) => {
                    let preview = app.preview(&contents.entries);
                    State::Read(file.name(), contents, preview)
                }
                Err(error) => State::Failed(Trouble::File(error)),
            };
            // Refused only where the reader has left the page meanwhile.
            let _ = state.try_set(next);
            if let Some(input) = input.get_untracked() {
                // The same file may be chosen again.
                input.set_value("");
            }
        });
    };
    let add = move |_| {
        if let State::Read(_, contents, _) = state.get_untracked() {
            state.set(app.import(contents.entries).map_or_else(State::Failed, State::Added));
        }
    };
    let undo = move |_| {
        if let State::Added(ids) = state.get_untracked() {
            spawn_local(async move {
                let undone = app.undo_import(ids).await;
                let _ = state.try_set(undone.map_or_else(State::Failed, |()| State::Undone));
            });
        }
    };
    let cancel = move |_| state.set(State::Empty);
    let shown = move || match state.get() {
        State::Empty => ().into_any(),
        State::Read(name, contents, preview) => {
            let adds = adds(preview);
            let none = adds.is_none();
            let what = match adds {
                Some(adds) => format!("“{name}” would add {adds}. Nothing that is here is changed."),
                None => format!("Everything in “{name}” is here already."),
            };
            let damaged = (contents.unreadable > 0).then(|| {
                let values = count(contents.unreadable, "entry", "entries");
                view! { <p>{values}" of the file cannot be read and stays out. Keep the file."</p> }
            });
            view! {
                <p>{what}</p>
                {damaged}
                <div class="row">
                    {(!none)
                        .then(|| view! { <button type="button" class="button" on:click=add>"Add it"</button> })}
                    <button type="button" class="button quiet" on:click=cancel>
                        {if none { "Close" } else { "Cancel" }}
                    </button>
                </div>
            }
            .into_any()
        }
        State::Added(_) => view! {
            <p>"Added."</p>
            <button type="button" class="button" on:click=undo>"Undo"</button>
        }
        .into_any(),
        State::Undone => view! { <p>"Taken back: everything is as it was before."</p> }.into_any(),
        State::Failed(trouble) => view! { <div class="note wrong">{told(&trouble)}</div> }.into_any(),
    };
    view! {
        <section class="stack">
            <h2>"Bring it in"</h2>
            <p>
                "From a file that was exported here, in another browser or on another device. You see first what it \
                 would add."
            </p>
            <label class="file">
                "The file" <input type="file" accept="application/json,.json" node_ref=input on:change=choose />
            </label>
            <div class="stack" role="status">
                {shown}
            </div>
        </section>
    }
}

/// Reads a file that the reader chose.
async fn read(file: &web_sys::File) -> Result<Contents, FileError> {
    // Before a byte of it is read.
    if file.size() > MOST_BYTES as f64 {
        return Err(FileError::TooLarge);
    }
    File::read(&page::bytes(file).await.ok_or(FileError::NotRead)?)
}

/// What is new in a file, in words; `None` where nothing is.
fn adds(preview: Preview) -> Option<String> {
    let Preview { sessions, extended, answers, statements, known: _ } = preview;
    let parts: Vec<String> = [
        (sessions, count(sessions, "quiz", "quizzes")),
        (
            extended,
            format!(
                "to {} that {} here",
                count(extended, "quiz", "quizzes"),
                if extended == 1 { "is" } else { "are" }
            ),
        ),
        (answers, count(answers, "answer", "answers")),
        (statements, count(statements, "statement", "statements")),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(_, words)| words)
    .collect();
    (!parts.is_empty()).then(|| words::list(&parts))
}
