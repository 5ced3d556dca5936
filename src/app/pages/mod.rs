//! One file a page.

mod data;
mod home;
mod method;
mod offline;
mod preview;
mod question;
mod result;
mod results;
mod review;
mod skill;

use leptos::prelude::*;

use crate::{
    app::{parts::Heading, state::App},
    route::Route,
    trouble::Trouble,
};

/// The page at an address.
pub(super) fn page(app: App, route: Route) -> AnyView {
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

/// A page for what is not there, with the way back.
#[component]
fn Absent(app: App, trouble: Trouble) -> impl IntoView {
    let title = trouble.title();
    view! {
        <div class="narrow stack">
            <Heading app title=title.to_owned()>{title}</Heading>
            <p>{trouble.to_string()}</p>
            <p><a class="button primary" href="#/">"To the start"</a></p>
        </div>
    }
}

/// The page for a session that this browser does not have.
fn no_session(app: App) -> AnyView {
    view! { <Absent app trouble=Trouble::NoSession /> }.into_any()
}
