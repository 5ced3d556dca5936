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
    app::{parts::Heading, state::App},
    route::Route,
    trouble::Trouble,
};

/// The page at an address.
pub(super) fn page(app: &'static App, route: Route) -> AnyView {
    match route {
        Route::Home => view! { <home::Home app /> }.into_any(),
        Route::Skill(id) => view! { <skill::SkillPage app id /> }.into_any(),
        Route::Question(id, number) => view! { <question::Question app id number /> }.into_any(),
        Route::Result(id) => view! { <result::ResultPage app id /> }.into_any(),
        Route::Review(id) => view! { <review::Review app id /> }.into_any(),
        Route::Results => view! { <results::Results app /> }.into_any(),
        Route::Data => view! { <data::Data app /> }.into_any(),
        Route::Offline => view! { <offline::OfflinePage app /> }.into_any(),
        Route::Method(section) => view! { <method::Method app section /> }.into_any(),
        Route::Preview(item) => view! { <preview::Preview app item /> }.into_any(),
        Route::Unknown(path) => view! { <Absent app trouble=Trouble::NoPage(path) /> }.into_any(),
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
