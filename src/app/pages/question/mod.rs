//! A question: open, answered with its explanation, or withdrawn.

mod answered;
mod open;

// The preview and the review use these too.
pub(super) mod explained;
pub(super) mod form;

use leptos::prelude::*;

use crate::{
    app::{
        dialog::Abandon,
        kinds,
        pages::{PartLoading, no_session},
        parts::{Heading, Loading, Progress},
        split::{self, Part},
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

/// What to show at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Showing {
    NoSession,
    Loading,
    /// Its part of the program has not arrived yet.
    PartLoading,
    Open(usize, ItemId),
    Answered(ItemId),
    /// The question was answered, but its item has since left the bank or changed its kind.
    Withdrawn,
    /// The session has no further questions.
    Finished,
    /// The session has not come to this question yet; this is where it is.
    Elsewhere(Route),
}

fn showing(app: &'static App, id: SessionId, number: usize) -> Showing {
    let Some(session) = app.session(id) else { return Showing::NoSession };
    if let Some(answer) = session.answers.get(number - 1) {
        let Some((skill, _)) = app.catalog.entry(&answer.item) else { return Showing::Withdrawn };
        if !app.has_or_fetches(skill) {
            return Showing::Loading;
        }
        let fits = app.shard_now(skill).and_then(|shard| shard.item(&answer.item)?.task.score(&answer.reply));
        return match fits {
            Some(_) if !app.has_part_or_loads(Part::Answers) => Showing::PartLoading,
            Some(_) => Showing::Answered(answer.item.clone()),
            None => Showing::Withdrawn,
        };
    }
    let next = session.answers.len() + 1;
    if number > next {
        return Showing::Elsewhere(Route::Question(id, next));
    }
    match app.next_or_fetch(&session) {
        Some(Next::Finished) => Showing::Finished,
        Some(Next::Ask(skill, item)) => {
            let needs_part = app.catalog.entry(&item).is_some_and(|(_, entry)| kinds::needs_part(entry.kind));
            // Both are asked for, so that they arrive side by side.
            let (shard, part) =
                (app.has_or_fetches(skill), !needs_part || app.has_part_or_loads(Part::Answers));
            match (shard, part) {
                (true, true) => Showing::Open(skill, item),
                (true, false) => Showing::PartLoading,
                (false, _) => Showing::Loading,
            }
        }
        None => Showing::Loading,
    }
}

#[component]
pub(super) fn Question(app: &'static App, id: SessionId, number: usize) -> impl IntoView {
    let Some(session) = app.session_now(id) else { return no_session(app) };
    let length = session.form.length(app.catalog);
    let of = if session.form.length_at_least(app.catalog) < length { "of at most" } else { "of" };
    let frame = move || {
        let session = app.session(id)?;
        let answered = session.answers.len();
        let minutes = session.form.minutes(app.catalog, length.saturating_sub(answered));
        let controls = if app.is_finished(&session) {
            let result = Route::Result(session.id()).to_string();
            view! { <a class="button quiet" href=result>"See result"</a> }.into_any()
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
        Showing::Loading => view! { <Loading app /> }.into_any(),
        Showing::PartLoading => view! { <PartLoading app part=Part::Answers /> }.into_any(),
        Showing::Open(skill, item) => view! { <Open app id number skill item /> }.into_any(),
        Showing::Answered(_) => split::page(Part::Answers, app, Route::Question(id, number)).into_any(),
        Showing::Withdrawn => view! { <Withdrawn app id number /> }.into_any(),
        Showing::Finished => {
            // Not noted yet if the page was closed right after the last answer, or if two tabs came here together.
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

/// A question that was answered, with its explanation.
pub(super) fn answered(app: &'static App, id: SessionId, number: usize) -> AnyView {
    let session = app.session_now(id);
    let item = session.and_then(|session| Some(session.answers.get(number - 1)?.item.clone()));
    let found = item.and_then(|item| Some((app.catalog.entry(&item)?.0, item)));
    match found {
        Some((skill, item)) => view! { <Answered app id number skill item /> }.into_any(),
        None => view! { <Withdrawn app id number /> }.into_any(),
    }
}

/// The skill and number as the page's heading, then the prompt and the diagram.
#[component]
fn Asked(app: &'static App, number: usize, skill: usize, item: Item, takes_focus: bool) -> impl IntoView {
    let name = app.catalog.skills.get(skill).map_or("", |skill| skill.short.as_str());
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
fn Withdrawn(app: &'static App, id: SessionId, number: usize) -> impl IntoView {
    view! {
        <div class="stack">
            <Heading app title="Withdrawn".to_owned()>{Trouble::Withdrawn.title()}</Heading>
            <p>{Trouble::Withdrawn.to_string()}</p>
            <p><a class="button primary" href=Route::Question(id, number + 1).to_string()>"Next"</a></p>
        </div>
    }
}
