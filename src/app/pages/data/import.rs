//! Importing a file: what it would add, adding it, and undoing that.

use leptos::{html, prelude::*};

use crate::{
    app::{parts::message, state::App, task::Here},
    browser::page,
    quiz::saved::{
        event::EventId,
        file::{Contents, ExportFile, MOST_BYTES, Preview},
    },
    trouble::Trouble,
    words::{self, count},
};

/// How far the import has come.
#[derive(Clone, Debug, PartialEq)]
enum State {
    /// No file is chosen.
    Empty,
    /// A file of that name was read. Nothing is added yet.
    Read(String, Contents, Preview),
    /// These entries were added.
    Added(Vec<EventId>),
    /// What was added is deleted again.
    Undone,
    /// Something went wrong.
    Failed(Trouble),
}

#[component]
pub(super) fn Import(app: &'static App) -> impl IntoView {
    let state = RwSignal::new(State::Empty);
    let here = Here::new();
    let input = NodeRef::<html::Input>::new();
    let chosen = StoredValue::new(0_u32);
    let choose = move |_| {
        let file = input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
        let Some(file) = file else { return };
        let name = file.name();
        let number = chosen.try_update_value(|chosen| {
            *chosen += 1;
            *chosen
        });
        here.after(page::bytes(file, MOST_BYTES), move |bytes| {
            // A large file may arrive after a small one that was chosen later.
            if Some(chosen.get_value()) != number {
                return;
            }
            state.set(match bytes.and_then(|bytes| ExportFile::read(&bytes)) {
                Ok(contents) => {
                    let preview = app.preview(&contents.entries);
                    State::Read(name, contents, preview)
                }
                Err(error) => State::Failed(Trouble::File(error)),
            });
            if let Some(input) = input.get_untracked() {
                // So that the same file can be chosen again.
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
            here.after(app.undo_import(ids), move |undone| {
                state.set(undone.map_or_else(State::Failed, |()| State::Undone));
            });
        }
    };
    let cancel = move |_| state.set(State::Empty);
    let said = NodeRef::<html::Div>::new();
    Effect::new(move |before: Option<()>| {
        state.track();
        // The button that was pressed is gone, so the focus moves to its outcome.
        if before.is_some()
            && let Some(said) = said.get_untracked()
        {
            let _ = said.focus();
        }
    });
    let text = move || outcome(state.get());
    let buttons = move || match state.get() {
        State::Read(_, _, preview) => {
            let add = adds(preview)
                .map(|_| view! { <button type="button" class="button" on:click=add>"Import"</button> });
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
            <h2>"Import"</h2>
            <p>
                "Add the data from a file that was exported here, in another browser or on another device. You’ll see what \
                 it would add before anything changes."
            </p>
            <label class="file">
                "File" <input type="file" node_ref=input on:change=choose />
            </label>
            <div class="stack" role="status" tabindex="-1" node_ref=said>
                {text}
            </div>
            {buttons}
        </section>
    }
}

/// What the reader is told.
fn outcome(state: State) -> AnyView {
    match state {
        State::Empty => ().into_any(),
        State::Read(name, contents, preview) => {
            let what = match adds(preview) {
                Some(adds) => format!("“{name}” would {adds}. Nothing already saved is changed."),
                None => format!("Everything in “{name}” is already here."),
            };
            let damaged = (contents.unreadable > 0).then(|| {
                let values = count(contents.unreadable, "entry in the file is", "entries in the file are");
                view! { <p>{values}" damaged and will be left out. Keep the file."</p> }
            });
            view! {
                <p>{what}</p>
                {damaged}
            }
            .into_any()
        }
        State::Added(_) => view! { <p>"Imported."</p> }.into_any(),
        State::Undone => view! { <p>"Import undone."</p> }.into_any(),
        State::Failed(trouble) => view! { <div class="note wrong">{message(&trouble)}</div> }.into_any(),
    }
}

/// What importing a file would do, in words; `None` if it would add nothing.
fn adds(preview: Preview) -> Option<String> {
    let Preview { sessions, extended, answers, statements, known: _ } = preview;
    let new: Vec<String> = [
        (sessions, count(sessions, "quiz", "quizzes")),
        (answers, count(answers, "answer", "answers")),
        (statements, count(statements, "statement", "statements")),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(_, words)| words)
    .collect();
    let add = (!new.is_empty()).then(|| format!("add {}", words::list(&new)));
    let extend =
        (extended > 0).then(|| format!("extend {} already here", count(extended, "quiz", "quizzes")));
    let parts: Vec<String> = add.into_iter().chain(extend).collect();
    (!parts.is_empty()).then(|| parts.join(", and "))
}
