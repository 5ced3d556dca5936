//! The pages, one file or folder each. [`page`] says which address shows which.

// Taking a quiz.
mod home;
mod question;
mod skill;

// Its results.
mod result;
mod results;
mod review;

// About Sextant, and what it stores.
mod data;
mod method;
mod offline;

// For authors of questions.
mod preview;

use leptos::prelude::*;

use crate::{
    app::{
        parts::{Failure, Heading},
        split::{self, Part},
        state::App,
    },
    route::{Begin, Route},
    trouble::Trouble,
};

/// The page at an address.
pub(super) fn page(app: &'static App, route: Route) -> AnyView {
    match route {
        Route::Home => view! { <home::Home app at_skills=false /> }.into_any(),
        Route::Skills => view! { <home::Home app at_skills=true /> }.into_any(),
        // A skill of no such name: `App::arrive` begins any other.
        Route::Start(Begin::Skill(id)) => view! { <Absent app trouble=Trouble::NoSkill(id) /> }.into_any(),
        Route::Start(_) => ().into_any(),
        Route::Skill(id) => view! { <skill::SkillPage app id /> }.into_any(),
        Route::Question(id, number) => view! { <question::Question app id number /> }.into_any(),
        Route::Result(_) | Route::Review(_) | Route::Results => of_part(app, Part::Results, route),
        Route::Data | Route::Offline | Route::Method(_) | Route::Preview(_) => {
            of_part(app, Part::About, route)
        }
        Route::Unknown(path) => view! { <Absent app trouble=Trouble::NoPage(path) /> }.into_any(),
    }
}

/// An answered question, of [`Part::Answers`]. Only `split.rs` calls this, so that everything that it needs is in the part.
pub(super) fn answers(app: &'static App, route: Route) -> AnyView {
    match route {
        Route::Question(id, number) => question::answered(app, id, number),
        _ => ().into_any(),
    }
}

/// A page of [`Part::Results`]. Only `split.rs` calls this, too.
pub(super) fn results(app: &'static App, route: Route) -> AnyView {
    match route {
        Route::Result(id) => view! { <result::ResultPage app id /> }.into_any(),
        Route::Review(id) => view! { <review::Review app id /> }.into_any(),
        _ => view! { <results::Results app /> }.into_any(),
    }
}

/// A page of [`Part::About`]. Only `split.rs` calls this, too.
pub(super) fn about(app: &'static App, route: Route) -> AnyView {
    match route {
        Route::Offline => view! { <offline::OfflinePage app /> }.into_any(),
        Route::Method(section) => view! { <method::Method app section /> }.into_any(),
        Route::Preview(item) => view! { <preview::Preview app item /> }.into_any(),
        _ => view! { <data::Data app /> }.into_any(),
    }
}

/// A page that can be shown once its part of the program has arrived.
fn of_part(app: &'static App, part: Part, route: Route) -> AnyView {
    let arrived = Memo::new(move |_| app.has_part_or_loads(part));
    let content = move || match arrived.get().then(|| split::page(part, app, route.clone())).flatten() {
        Some(page) => page,
        None => view! { <PartLoading app part /> }.into_any(),
    };
    content.into_any()
}

/// Shown while a part of the program is loaded, or when that failed.
#[component]
fn PartLoading(app: &'static App, part: Part) -> impl IntoView {
    let failed = Memo::new(move |_| app.parts.with(|parts| parts.lacks(part)));
    move || {
        if failed.get() {
            view! { <Failure trouble=Trouble::PartMissing retry=move || app.load(part) /> }.into_any()
        } else {
            view! { <p class="loading" role="status">"Loading…"</p> }.into_any()
        }
    }
}

/// A page that says what is missing, and leads to the nearest page and to the start page.
#[component]
fn Absent(app: &'static App, trouble: Trouble) -> impl IntoView {
    let title = trouble.title();
    let nearest = match &trouble {
        Trouble::NoPage(path) => Route::nearest(path),
        Trouble::NoSession => Route::nearest("results"),
        _ => None,
    };
    let start = if nearest.is_some() { "button" } else { "button primary" };
    view! {
        <div class="narrow stack">
            <Heading app title=title.to_owned()>{title}</Heading>
            <p>{trouble.to_string()}</p>
            <p class="row">
                {nearest.map(|(route, name)| {
                    view! { <a class="button primary" href=route.to_string()>"Go to “"{name}"”"</a> }
                })}
                <a class=start href="#/">"Go to start page"</a>
            </p>
        </div>
    }
}

/// The page for a session that this browser does not have.
fn no_session(app: &'static App) -> AnyView {
    view! { <Absent app trouble=Trouble::NoSession /> }.into_any()
}
