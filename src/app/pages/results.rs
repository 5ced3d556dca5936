//! All quizzes taken in this browser.

use leptos::prelude::*;

use crate::{
    app::{days, parts::Heading, state::App},
    quiz::taking::session::Session,
    route::Route,
    words::{self, count},
};

#[component]
pub(super) fn Results(app: &'static App) -> impl IntoView {
    let list = move || {
        let sessions: Vec<Session> = app.latest_first();
        if sessions.is_empty() {
            return view! {
                <div class="stack">
                    <p>"You haven’t taken a quiz in this browser yet."</p>
                    <p><a class="button primary" href="#/">"Take a quiz"</a></p>
                </div>
            }
            .into_any();
        }
        let rows = sessions.into_iter().map(|session| row(app, &session)).collect_view();
        view! { <ul class="card sessions">{rows}</ul> }.into_any()
    };
    view! {
        <div class="narrow stack-lg">
            <Heading app title="Results".to_owned()>"Results"</Heading>
            {list}
        </div>
    }
}

fn row(app: &'static App, session: &Session) -> impl IntoView + use<> {
    let (name, length) = (words::form(app.catalog, &session.form), session.form.length(app.catalog));
    let (id, answers) = (session.id(), session.answers.len());
    let (route, state) = if app.is_finished(session) {
        (Route::Result(id), count(answers, "answer", "answers"))
    } else {
        (Route::Question(id, answers + 1), format!("paused after {answers} of {length}"))
    };
    view! {
        <li>
            <a href=route.to_string()>{name}</a>
            <span class="soft">{days::day_of(session, session.began())} " · " {state}</span>
        </li>
    }
}
