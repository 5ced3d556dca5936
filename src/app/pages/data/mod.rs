//! What is saved in this browser: how much, and how to export, import and delete it.

mod delete;
mod import;

use leptos::prelude::*;

use crate::{
    app::{parts::Heading, state::App},
    quiz::{content::statement::Statement, saved::store::Unreadable},
    route::Route,
    words::{self, count},
};
use delete::Delete;
use import::Import;

#[component]
pub(super) fn Data(app: &'static App) -> impl IntoView {
    view! {
        <div class="narrow stack-lg">
            <div class="stack">
                <Heading app title="Your data".to_owned()>"Your data"</Heading>
                <p class="lead">
                    "Everything Sextant saves is in this browser, on this device. Nobody else has a copy, so nobody can \
                     restore it."
                </p>
            </div>
            <section class="stack">
                <h2>"What’s saved"</h2>
                {stored(app)}
                <p class="soft">
                    "Each answer is saved before its explanation appears, so closing the page loses nothing. If the browser \
                     is killed or the device loses power, the last minute’s answers may be lost, because browsers delay \
                     writing to disk."
                </p>
                <p class="soft">
                    "Browsers delete this data with the rest of a site’s: when you tell them to, when a private window is \
                     closed, and some when space runs short. Safari also does so after seven days without a visit, unless \
                     Sextant is " <a href=Route::Offline.to_string()>"installed"</a> ". An exported file survives all of that."
                </p>
            </section>
            {damaged(app)}
            <section class="stack">
                <h2>"Export"</h2>
                <p>
                    "One JSON file with your statement and every answer, with its time and how sure you were. Damaged \
                     entries are included unchanged. The project’s documentation describes the format."
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

fn stored(app: &'static App) -> impl IntoView {
    move || {
        let (finished, paused, answers) = app.sessions.with(|sessions| {
            let finished = sessions.values().filter(|session| app.is_finished(session)).count();
            let answers: usize = sessions.values().map(|session| session.answers.len()).sum();
            (finished, sessions.len() - finished, answers)
        });
        let abandoned = app.has_abandoned().then(|| {
            view! {
                <dt>"Abandoned quizzes"</dt>
                <dd>"only which questions you saw, and when"</dd>
            }
        });
        let size = match app.size() {
            Some(size) => {
                let kilobytes = words::tenths(size.characters as f64 / 1000.0);
                let values = count(size.values, "entry", "entries");
                format!(
                    "{kilobytes} KB in {values}; browsers allow about 5 MB per host, shared by all its pages"
                )
            }
            None => "nothing; this browser doesn’t let the page store data".to_owned(),
        };
        let stated = if app.statement.get() == Statement::default() { "none" } else { "saved" };
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

/// The damaged values, if there are any.
fn damaged(app: &'static App) -> impl IntoView {
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
                    <h2>"Damaged entries"</h2>
                    <p>
                        "Sextant can’t read these entries, so they don’t count. It leaves them unchanged and includes them \
                         in every export, in case someone can still recover them."
                    </p>
                    <ul class="damaged">{values.into_iter().map(value).collect_view()}</ul>
                </section>
            }
        })
    }
}
