//! A question: open, answered with its explanation, or withdrawn.

mod answered;
pub(super) mod explained;
pub(super) mod form;
mod open;

use leptos::prelude::*;

use crate::{
    app::{
        dialog::Abandon,
        kinds,
        pages::no_session,
        parts::{Heading, Progress, Waiting},
        state::{App, Next},
    },
    browser::page,
    quiz::{
        content::bank::{Item, ItemId},
        taking::session::SessionId,
    },
    route::Route,
    trouble::Trouble,
};
use answered::Answered;
use open::Open;

/// What there is to show at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Showing {
    NoSession,
    Waiting,
    Open(usize, ItemId),
    Answered(usize, ItemId),
    /// The question was answered, and its item has left the bank since, or asks for something else now.
    Withdrawn,
    /// The session has no further question.
    Finished,
    /// The address is not this session's; this one is.
    Elsewhere(Route),
}

fn showing(app: App, id: SessionId, number: usize) -> Showing {
    app.sessions.with(|sessions| {
        let Some(session) = sessions.get(&id) else { return Showing::NoSession };
        let answered = session.answers.len();
        if let Some(answer) = session.answers.get(number - 1) {
            let Some(skill) = app.catalog.with_value(|catalog| catalog.entry(&answer.item).map(|(at, _)| at))
            else {
                return Showing::Withdrawn;
            };
            if !app.has(skill) {
                return Showing::Waiting;
            }
            let fits = app.shards.with(|shards| shards.item(skill, &answer.item)?.task.score(&answer.reply));
            return match fits {
                Some(_) => Showing::Answered(skill, answer.item.clone()),
                None => Showing::Withdrawn,
            };
        }
        if number > answered + 1 {
            return Showing::Elsewhere(Route::Question(id, answered + 1));
        }
        match app.next(session) {
            Some(Next::Finished) => Showing::Finished,
            Some(Next::Ask(skill, item)) if app.has(skill) => Showing::Open(skill, item),
            Some(Next::Ask(..)) | None => Showing::Waiting,
        }
    })
}

#[component]
pub(super) fn Question(app: App, id: SessionId, number: usize) -> impl IntoView {
    let session = app.sessions.with_untracked(|sessions| sessions.get(&id).cloned());
    let Some(session) = session else { return no_session(app) };
    let (length, of) = app.catalog.with_value(|catalog| {
        let length = session.form.length(catalog);
        (length, if session.form.length_at_least(catalog) < length { "of at most" } else { "of" })
    });
    let frame = move || {
        let session = app.sessions.with(|all| all.get(&id).cloned())?;
        let answered = session.answers.len();
        let left = length.saturating_sub(answered);
        let minutes = app.catalog.with_value(|catalog| session.form.minutes(catalog, left));
        let controls = if app.is_finished(&session) {
            let result = Route::Result(session.id()).to_string();
            view! { <a class="button quiet" href=result>"To the result"</a> }.into_any()
        } else {
            let abandon = move || {
                page::replace(&Route::Home);
                app.abandon(id);
            };
            view! {
                <span class="left">{format!("≈ {minutes} min left")}</span>
                <span class="row">
                    <a class="button quiet" href="#/">"Pause"</a>
                    <Abandon answers=answered confirmed=abandon />
                </span>
            }
            .into_any()
        };
        Some(view! {
            <div class="progress">
                <span>{format!("{number} {of} {length}")}</span>
                <Progress done=number - 1 of=length />
                {controls}
            </div>
        })
    };
    let showing = Memo::new(move |_| showing(app, id, number));
    let content = move || match showing.get() {
        Showing::NoSession => no_session(app),
        Showing::Waiting => view! { <Waiting app /> }.into_any(),
        Showing::Open(skill, item) => view! { <Open app id number skill item /> }.into_any(),
        Showing::Answered(skill, item) => view! { <Answered app id number skill item /> }.into_any(),
        Showing::Withdrawn => view! { <Withdrawn app id number /> }.into_any(),
        Showing::Finished => {
            // Not noted yet where the page was closed right after the last answer, or two tabs came to it together.
            app.finish(id);
            page::replace(&Route::Result(id));
            ().into_any()
        }
        Showing::Elsewhere(route) => {
            page::replace(&route);
            ().into_any()
        }
    };
    view! { <div class="narrow stack-lg">{frame} {content}</div> }.into_any()
}

/// Skill and number as the page's heading, the prompt and the diagram.
#[component]
fn Asked(app: App, number: usize, skill: usize, item: Item, takes_focus: bool) -> impl IntoView {
    let name = app
        .catalog
        .with_value(|catalog| catalog.skills.get(skill).map(|s| s.short.clone()))
        .unwrap_or_default();
    let title = format!("Question {number}: {name}");
    let picture = kinds::picture(&item);
    view! {
        <Heading app title=title class="eyebrow" takes_focus>
            <span class="hidden">{format!("Question {number}: ")}</span>
            {name}
        </Heading>
        <div id="prompt" class="prompt" inner_html=item.prompt></div>
        {picture}
    }
}

/// A question whose item is no longer in the bank.
#[component]
fn Withdrawn(app: App, id: SessionId, number: usize) -> impl IntoView {
    view! {
        <div class="stack">
            <Heading app title="Withdrawn".to_owned()>{Trouble::Withdrawn.title()}</Heading>
            <p>{Trouble::Withdrawn.to_string()}</p>
            <p><a class="button primary" href=Route::Question(id, number + 1).to_string()>"Next"</a></p>
        </div>
    }
}
