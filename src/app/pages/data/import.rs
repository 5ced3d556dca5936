//! Bringing in a file: what it would add, adding it, and taking it back.

use leptos::{html, prelude::*, task::spawn_local};

use crate::{
    app::{
        parts::told,
        state::App,
        words::{self, count},
    },
    browser::{self, page},
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
    let said = NodeRef::<html::Div>::new();
    Effect::new(move |before: Option<()>| {
        state.track();
        // The button that was pressed is gone, so the focus goes to what it brought about.
        if before.is_some()
            && let Some(said) = said.get_untracked()
        {
            let _ = said.focus();
        }
    });
    let text = move || match state.get() {
        State::Empty => ().into_any(),
        State::Read(name, contents, preview) => {
            let what = match adds(preview) {
                Some(adds) => format!("“{name}” would add {adds}. Nothing that is here is changed."),
                None => format!("Everything in “{name}” is here already."),
            };
            let damaged = (contents.unreadable > 0).then(|| {
                let values = count(contents.unreadable, "entry of the file is", "entries of the file are");
                view! { <p>{values}" damaged and left out. Keep the file."</p> }
            });
            view! {
                <p>{what}</p>
                {damaged}
            }
            .into_any()
        }
        State::Added(_) => view! { <p>"Added."</p> }.into_any(),
        State::Undone => view! { <p>"Taken back: everything is as it was before."</p> }.into_any(),
        State::Failed(trouble) => view! { <div class="note wrong">{told(&trouble)}</div> }.into_any(),
    };
    let buttons = move || match state.get() {
        State::Read(_, _, preview) => {
            let add = adds(preview)
                .map(|_| view! { <button type="button" class="button" on:click=add>"Add it"</button> });
            let close = if add.is_some() { "Cancel" } else { "Close" };
            view! {
                <div class="row">
                    {add} <button type="button" class="button quiet" on:click=cancel>{close}</button>
                </div>
            }
            .into_any()
        }
        State::Added(_) => {
            view! { <button type="button" class="button" on:click=undo>"Undo"</button> }.into_any()
        }
        State::Empty | State::Undone | State::Failed(_) => ().into_any(),
    };
    view! {
        <section class="stack import">
            <h2>"Bring it in"</h2>
            <p>
                "From a file that was exported here, in another browser or on another device. You see first what it \
                 would add."
            </p>
            <label class="file">
                "The file" <input type="file" accept="application/json,.json" node_ref=input on:change=choose />
            </label>
            <div class="stack" role="status" tabindex="-1" node_ref=said>
                {text}
            </div>
            {buttons}
        </section>
    }
}

/// Reads a file that the reader chose.
async fn read(file: &web_sys::File) -> Result<Contents, FileError> {
    // Before a byte of it is read.
    if file.size() > MOST_BYTES as f64 {
        return Err(FileError::TooLarge);
    }
    File::read(&page::bytes(file).await.ok_or(FileError::NotRead)?, browser::now())
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
