//! What a person sees, in Leptos.
//!
//! [`state::App`] holds everything that changes. Pages derive what they show from its signals and call its methods; a
//! method saves an event and updates the signals, and what read them is drawn again.
//!
//! To find your way:
//! - **Pages** are in `pages/`, one file or folder each. A new one needs a variant in `route.rs`, its component there, and
//!   a line in `pages/mod.rs`.
//! - **Kinds of question** are in `kinds/`, one file each: how it is asked, and how it is explained once answered.
//! - **An answer** goes from `pages/question/form.rs` through `App::reply` in `state/mod.rs` to `App::save` in
//!   `state/saving.rs`.
//! - **Words for figures** and names are in `src/words.rs`, days in `days.rs`.

mod split;
mod state;

mod kinds;
mod pages;

// Pieces of pages.
mod arc;
mod days;
mod dialog;
mod issue;
mod parts;
mod task;

use leptos::prelude::*;

use crate::{
    browser::{
        self,
        offline::{self, offline},
        page,
    },
    quiz::content::bank::Catalog,
    route::Route,
    trouble::{FetchError, Trouble},
};
use state::App;
use task::Here;

/// Puts the app into the page.
pub fn start() {
    leptos::mount::mount_to_body(Start);
}

/// Waits for the catalog, then shows the app. The static shell stays until the catalog or an error arrives.
#[component]
fn Start() -> impl IntoView {
    let catalog = RwSignal::new(None::<Result<Catalog, FetchError>>);
    let here = Here::new();
    let fetch = move || {
        here.after(browser::bank::catalog(), move |fetched| {
            page::remove_shell();
            catalog.set(Some(fetched));
        });
    };
    fetch();
    move || {
        catalog.get().map(|catalog| match catalog {
            Ok(catalog) => view! { <Shell app=App::new(catalog) /> }.into_any(),
            Err(error) => {
                view! { <main><parts::Failure trouble=Trouble::Fetch(error) retry=fetch /></main> }.into_any()
            }
        })
    }
}

/// The frame around every page.
#[component]
fn Shell(app: &'static App) -> impl IntoView {
    let moves = window_event_listener(leptos::ev::hashchange, move |_| app.arrive(page::route()));
    let other_tabs = window_event_listener(leptos::ev::storage, move |event| app.hear(event.key()));
    // Some browsers report no changes by other tabs while the page is hidden.
    let returns = window_event_listener(leptos::ev::visibilitychange, move |_| {
        if !document().hidden() {
            app.refresh();
        }
    });
    let copy = window_event_listener_untyped(offline::CHANGED, move |_| app.set_offline(offline()));
    Effect::new(move |_| offline::busy(app.is_busy()));
    on_cleanup(move || {
        moves.remove();
        other_tabs.remove();
        returns.remove();
        copy.remove();
    });
    task::run(app.tidy());
    let current = move |is: fn(&Route) -> bool| move || app.route.with(is).then_some("page");
    view! {
        <a class="skip" href="#main" on:click=move |event| { event.prevent_default(); parts::focus_heading(); }>
            "Skip to content"
        </a>
        <header class="top">
            <a class="brand" href="#/">{parts::logo()} "Sextant"</a>
            <nav aria-label="Main">
                <a href="#/" aria-current=current(|r| matches!(r, Route::Home | Route::Skills | Route::Start(_) | Route::Skill(_) | Route::Question(..)))>
                    "Assess"
                </a>
                <a href="#/results" aria-current=current(|r| matches!(r, Route::Results | Route::Result(_) | Route::Review(_)))>
                    "Results"
                </a>
                <a href="#/method" aria-current=current(|r| matches!(r, Route::Method(_)))>"Method"</a>
            </nav>
        </header>
        <parts::Notices app />
        <main id="main">{move || pages::page(app, app.route.get())}</main>
        <footer class="bottom">
            <p>
                "No account. Nothing leaves this browser. " <a href=Route::Data.to_string()>"Your data"</a> "\u{a0}· "
                <parts::OfflineState app />
            </p>
            <parts::ThemeChoice app />
        </footer>
    }
}
