//! The reader's own statement, beside the result.

use leptos::prelude::*;

use crate::{
    app::{pages::result::how, state::App},
    quiz::content::statement::{People, Scope, Statement, Years},
    route::Section,
    words,
};

/// Three optional questions. Their answers are saved for all results.
#[component]
pub(super) fn StatementCard(
    app: &'static App,
    /// What the result reads with the current statement.
    reads: Signal<String>,
) -> impl IntoView {
    // Tracked, because another tab may change it.
    let stated = move || app.statement.get();
    let change = move |change: &dyn Fn(&mut Statement)| {
        let mut statement = app.statement.get_untracked();
        change(&mut statement);
        app.save_statement(statement);
    };
    view! {
        <section class="card stack">
            <h2>"Your own statement"</h2>
            <p>
                "Optional, and not part of any score. With a scope of several teams, “(knowledge)” is dropped from \
                 Architect / Team Lead. CTO / VP requires a whole organization and ten years besides the scores."
            </p>
            <div class="statement">
                {select(
                    "Years of experience",
                    Years::ALL.map(words::years),
                    move || stated().years.and_then(|is| Years::ALL.iter().position(|year| *year == is)),
                    move |at| change(&|s| s.years = at.and_then(|at| Years::ALL.get(at).copied())),
                )}
                {select(
                    "Largest scope of responsibility",
                    Scope::ALL.map(words::scope),
                    move || stated().scope.and_then(|is| Scope::ALL.iter().position(|scope| *scope == is)),
                    move |at| change(&|s| s.scope = at.and_then(|at| Scope::ALL.get(at).copied())),
                )}
                {select(
                    "Most people led at once",
                    People::ALL.map(words::people),
                    move || stated().people.and_then(|is| People::ALL.iter().position(|people| *people == is)),
                    move |at| change(&|s| s.people = at.and_then(|at| People::ALL.get(at).copied())),
                )}
            </div>
            <p role="status">"With this, your result reads: " <b>{reads}</b></p>
            {how(Section::Statement)}
        </section>
    }
}

/// One question. Its first option is to state nothing.
fn select(
    name: &'static str,
    options: [&'static str; 4],
    chosen: impl Fn() -> Option<usize> + Copy + Send + 'static,
    picked: impl Fn(Option<usize>) + 'static,
) -> impl IntoView {
    let options = options
        .into_iter()
        .enumerate()
        .map(|(at, option)| view! { <option value=at prop:selected=move || chosen() == Some(at)>{option}</option> })
        .collect_view();
    view! {
        <label>
            {name}
            <select on:change:target=move |event| picked(event.target().value().parse().ok())>
                <option value="" prop:selected=move || chosen().is_none()>"not stated"</option>
                {options}
            </select>
        </label>
    }
}
