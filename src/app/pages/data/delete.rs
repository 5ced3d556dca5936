//! Deleting a quiz, the damaged entries or everything, once the reader has typed a word to confirm it.

use leptos::{html, prelude::*};

use crate::{
    app::{
        days,
        dialog::{Dialog, close, open},
        parts::{focus_heading, message},
        state::{App, Deletion},
        task::Here,
    },
    quiz::{
        content::number,
        taking::session::{Session, SessionId},
    },
    trouble::Trouble,
    words::{self, count},
};

/// The word that confirms.
const WORD: &str = "delete";

/// What is about to be deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    /// A session, with its name.
    Session(SessionId, String),
    Damaged,
    Everything,
}

/// Whether the reader typed the word, perhaps in an input method's full-width letters.
fn is_word(typed: &str) -> bool {
    let typed: String = typed.chars().map(number::ascii).collect();
    typed.trim().eq_ignore_ascii_case(WORD)
}

impl What {
    fn consequences(&self) -> String {
        match self {
            Self::Session(_, name) => format!(
                "{name}: its answers will be permanently deleted, and later results no longer count them. Its questions \
                 may be asked again as new ones."
            ),
            Self::Damaged => {
                "The damaged entries will be permanently deleted. Readable entries stay, and so does anything saved by a \
                 later version."
                    .to_owned()
            }
            Self::Everything => {
                "All quizzes and answers, your statement, the theme and any damaged entries will be permanently deleted."
                    .to_owned()
            }
        }
    }
}

#[component]
pub(super) fn Delete(app: &'static App) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let what = RwSignal::new(None::<What>);
    let typed = RwSignal::new(String::new());
    let done = RwSignal::new(None::<Result<(), Trouble>>);
    let here = Here::new();
    let ask = move |about: What| {
        move |_| {
            typed.set(String::new());
            done.set(None);
            what.set(Some(about.clone()));
            open(node);
        }
    };
    let confirmed = move || typed.with(|typed| is_word(typed));
    let delete = move || {
        let Some(about) = what.get_untracked().filter(|_| untrack(confirmed)) else { return };
        close(node);
        // The button that was pressed may be about to disappear.
        focus_heading();
        let what = match about {
            What::Session(id, _) => Deletion::Session(id),
            What::Damaged => Deletion::Unreadable,
            What::Everything => Deletion::Everything,
        };
        here.after(app.delete(what), move |result| done.set(Some(result)));
    };
    let damaged = move || {
        (app.status.get().unreadable > 0).then(|| {
            view! {
                <button type="button" class="button" on:click=ask(What::Damaged)>"Delete damaged entries"</button>
            }
        })
    };
    view! {
        <section class="stack">
            <h2>"Delete"</h2>
            <div role="status">
                {move || done.get().map(|done| match done {
                    Ok(()) => view! { <p>"Deleted."</p> }.into_any(),
                    Err(trouble) => view! { <div class="note wrong">{message(&trouble)}</div> }.into_any(),
                })}
            </div>
            {sessions(app, ask)}
            <div class="row">
                {damaged}
                <button type="button" class="button danger" on:click=ask(What::Everything)>"Delete everything"</button>
            </div>
            <Dialog node title="Delete permanently?">
                <p>{move || what.get().map(|what| what.consequences())}</p>
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
                        // Translated by the browser, it would no longer be the word.
                        "Type “"<span translate="no">{WORD}</span>"” to confirm: "
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
                        <button type="button" class="button" on:click=move |_| close(node)>"Cancel"</button>
                        <button type="submit" class="button danger" disabled=move || !confirmed()>"Delete"</button>
                    </div>
                </form>
            </Dialog>
        </section>
    }
}

/// One row per session, with a button that asks whether to delete it.
fn sessions<F: FnMut(leptos::ev::MouseEvent) + 'static>(
    app: &'static App,
    ask: impl Fn(What) -> F + Copy + Send + 'static,
) -> impl IntoView {
    move || {
        let row = |(id, name, details): (SessionId, String, String)| {
            let full_name = format!("{name}, {details}");
            let label = format!("Delete {full_name}");
            let what = What::Session(id, full_name);
            view! {
                <li>
                    <span>{name} " " <span class="soft">{details}</span></span>
                    <button type="button" class="button quiet" aria-label=label on:click=ask(what)>
                        "Delete"
                    </button>
                </li>
            }
        };
        let named = |session: Session| {
            let name = words::form(app.catalog, &session.form);
            let answers = count(session.answers.len(), "answer", "answers");
            (session.id(), name, format!("{} · {answers}", days::day_of(&session, session.began())))
        };
        let sessions: Vec<_> = app.latest_first().into_iter().map(named).collect();
        (!sessions.is_empty())
            .then(|| view! { <ul class="card sessions with-button">{sessions.into_iter().map(row).collect_view()}</ul> })
    }
}
