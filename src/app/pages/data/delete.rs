//! Deleting one quiz, what is damaged, or everything, after a typed word.

use leptos::{html, prelude::*, task::spawn_local};

use crate::{
    app::{
        dialog::{Dialog, close, open},
        parts::{focus_heading, told},
        state::App,
        words::{self, count},
    },
    quiz::taking::session::SessionId,
    trouble::Trouble,
};

/// The word that confirms.
const WORD: &str = "delete";

/// What is about to be deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    /// A session, with what it is called.
    Session(SessionId, String),
    Damaged,
    Everything,
}

impl What {
    fn told(&self) -> String {
        match self {
            Self::Session(_, name) => format!(
                "{name}: its answers are deleted for good, and later results no longer count them. Its questions may be \
                 asked again as new ones."
            ),
            Self::Damaged => {
                "The damaged entries are deleted for good. What is readable stays, and so does what a later version wrote.".to_owned()
            }
            Self::Everything => {
                "All quizzes, all answers, your statement, the theme and what is damaged are deleted for good."
                    .to_owned()
            }
        }
    }
}

#[component]
pub(super) fn Delete(app: App) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let what = RwSignal::new(None::<What>);
    let typed = RwSignal::new(String::new());
    let done = RwSignal::new(None::<Result<(), Trouble>>);
    let ask = move |about: What| {
        move |_| {
            typed.set(String::new());
            done.set(None);
            what.set(Some(about.clone()));
            open(node);
        }
    };
    let confirmed = move || typed.with(|typed| typed.trim().eq_ignore_ascii_case(WORD));
    let delete = move || {
        let Some(about) = what.get_untracked().filter(|_| untrack(confirmed)) else { return };
        close(node);
        // The button that was pressed may be gone soon.
        focus_heading();
        spawn_local(async move {
            let result = match about {
                What::Session(id, _) => app.delete_session(id).await,
                What::Damaged => app.delete_unreadable().await,
                What::Everything => app.delete_all().await,
            };
            // Refused only where the reader has left the page meanwhile.
            let _ = done.try_set(Some(result));
        });
    };
    let damaged = move || {
        (app.told.get().unreadable > 0).then(|| {
            view! {
                <button type="button" class="button" on:click=ask(What::Damaged)>"Delete what is not readable"</button>
            }
        })
    };
    view! {
        <section class="stack">
            <h2>"Delete"</h2>
            <div role="status">
                {move || done.get().map(|done| match done {
                    Ok(()) => view! { <p>"Deleted."</p> }.into_any(),
                    Err(trouble) => view! { <div class="note wrong">{told(&trouble)}</div> }.into_any(),
                })}
            </div>
            {sessions(app, ask)}
            <div class="row">
                {damaged}
                <button type="button" class="button danger" on:click=ask(What::Everything)>"Delete everything"</button>
            </div>
            <Dialog node title="Delete for good?">
                <p>{move || what.get().map(|what| what.told())}</p>
                <p>
                    <button type="button" class="button" on:click=move |_| app.export(None)>"Export my data first"</button>
                </p>
                <form
                    class="stack"
                    on:submit=move |event| {
                        event.prevent_default();
                        delete();
                    }
                >
                    <label>
                        {format!("Type “{WORD}” to confirm: ")}
                        <input
                            type="text"
                            autocomplete="off"
                            autocapitalize="off"
                            spellcheck="false"
                            prop:value=move || typed.get()
                            on:input:target=move |event| typed.set(event.target().value())
                        />
                    </label>
                    <div class="row">
                        <button type="button" class="button" on:click=move |_| close(node)>"Keep it"</button>
                        <button type="submit" class="button danger" disabled=move || !confirmed()>"Delete"</button>
                    </div>
                </form>
            </Dialog>
        </section>
    }
}

/// A row a session, with the button that asks whether to delete it.
fn sessions<F: FnMut(leptos::ev::MouseEvent) + 'static>(
    app: App,
    ask: impl Fn(What) -> F + Copy + Send + 'static,
) -> impl IntoView {
    move || {
        let row = |(id, name, told): (SessionId, String, String)| {
            let label = format!("Delete {name}, {told}");
            let what = What::Session(id, format!("{name}, {told}"));
            view! {
                <li>
                    <span>{name} " " <span class="soft">{told}</span></span>
                    <button type="button" class="button quiet" aria-label=label on:click=ask(what)>
                        "Delete"
                    </button>
                </li>
            }
        };
        let sessions: Vec<_> = app.sessions.with(|sessions| {
            let named = |(id, session): (&SessionId, &crate::quiz::taking::session::Session)| {
                let name = app.catalog.with_value(|catalog| words::form(catalog, &session.form));
                let answers = count(session.answers.len(), "answer", "answers");
                (*id, name, format!("{} · {answers}", words::day(session.started)))
            };
            sessions.iter().rev().map(named).collect()
        });
        (!sessions.is_empty())
            .then(|| view! { <ul class="card sessions with-button">{sessions.into_iter().map(row).collect_view()}</ul> })
    }
}
