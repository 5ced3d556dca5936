//! What is kept in this browser: how much, how to take it along and bring it in, and how to delete it.

mod delete;
mod import;

use leptos::prelude::*;

use crate::{
    app::{
        parts::Heading,
        state::App,
        words::{self, count},
    },
    quiz::{content::statement::Statement, saved::store::Unreadable},
    route::Route,
};
use delete::Delete;
use import::Import;

#[component]
pub(super) fn Data(app: App) -> impl IntoView {
    view! {
        <div class="narrow stack-lg">
            <div class="stack">
                <Heading app title="Your data".to_owned()>"Your data"</Heading>
                <p class="lead">
                    "All that Sextant keeps is in this browser, on this device. Nobody else has a copy, so nobody can \
                     bring it back."
                </p>
            </div>
            <section class="stack">
                <h2>"What is kept"</h2>
                {stored(app)}
                <p class="soft">
                    "An answer is kept before its explanation shows, and closing the page loses none. A browser that is \
                     killed, or a device without power, may lose those of the last minute: browsers write to disk late."
                </p>
                <p class="soft">
                    "Browsers delete it with the rest of a site’s data: when you tell them to, at the end of a private \
                     window, and some when space is short. Safari does after seven days without a visit, unless \
                     Sextant is " <a href=Route::Offline.to_string()>"installed"</a> ". An export outlasts all of that."
                </p>
            </section>
            {damaged(app)}
            <section class="stack">
                <h2>"Take it along"</h2>
                <p>
                    "One file with every answer, with its time and how sure you were, and with your statement. What is \
                     damaged is in it as it is. The file is JSON; the project’s README describes it."
                </p>
                <p>
                    <button type="button" class="button primary" on:click=move |_| app.export(None)>"Export my data"</button>
                </p>
            </section>
            <Import app />
            <Delete app />
        </div>
    }
}

fn stored(app: App) -> impl IntoView {
    move || {
        let (finished, paused, answers) = app.sessions.with(|sessions| {
            let finished = sessions.values().filter(|session| app.is_finished(session)).count();
            let answers: usize = sessions.values().map(|session| session.answers.len()).sum();
            (finished, sessions.len() - finished, answers)
        });
        let abandoned = app.has_abandoned().then(|| {
            view! {
                <dt>"Abandoned quizzes"</dt>
                <dd>"only which questions they showed, and when"</dd>
            }
        });
        let size = match app.size() {
            Some(size) => {
                let kilobytes = words::tenths(size.characters as f64 / 1000.0);
                let values = count(size.values, "entry", "entries");
                format!("{kilobytes} KB in {values}; browsers give all pages of one host about 5 MB together")
            }
            None => "nothing: this browser gives the page no storage".to_owned(),
        };
        let stated = if app.statement.get() == Statement::default() { "none" } else { "as you made it" };
        view! {
            <dl class="facts">
                <dt>"Quizzes"</dt>
                <dd>{format!("{finished} finished, {paused} paused")}</dd>
                <dt>"Answers"</dt>
                <dd>{count(answers, "answer, with its time", "answers, each with its time")}</dd>
                {abandoned}
                <dt>"Statement"</dt>
                <dd>{stated}</dd>
                <dt>"Size"</dt>
                <dd>{size}</dd>
            </dl>
        }
    }
}

/// The values that are not understood, if there are any.
fn damaged(app: App) -> impl IntoView {
    let value = |value: Unreadable| {
        view! {
            <li>
                <details>
                    <summary>
                        <code>{value.key}</code>
                    </summary>
                    <p>{value.damage.to_string()}</p>
                    <pre tabindex="0">{value.text}</pre>
                </details>
            </li>
        }
    };
    move || {
        let values = app.unreadable();
        (!values.is_empty()).then(|| {
            view! {
                <section class="stack">
                    <h2>"What is not readable"</h2>
                    <p>
                        "These entries are left as they are, count nowhere, and go into every export: somebody may be able \
                         to read them yet."
                    </p>
                    <ul class="damaged">{values.into_iter().map(value).collect_view()}</ul>
                </section>
            }
        })
    }
}
