//! What a person sees. [`state::App`] holds everything that changes; pages derive what they show from it.

mod arc;
mod dialog;
mod issue;
mod keeping;
mod kinds;
mod pages;
mod parts;
mod state;
mod words;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{
        self,
        offline::{self, offline},
        page,
    },
    quiz::content::bank::Catalog,
    route::Route,
    trouble::FetchError,
};
use state::App;

/// Puts the app into the page.
pub fn start() {
    leptos::mount::mount_to_body(Start);
}

/// Waits for the catalog, then shows the app. The static shell stays until one of the two is there.
#[component]
fn Start() -> impl IntoView {
    let catalog = RwSignal::new(None::<Result<Catalog, FetchError>>);
    let fetch = move || {
        spawn_local(async move {
            let fetched = browser::bank::catalog().await;
            page::remove_shell();
            catalog.set(Some(fetched));
        });
    };
    fetch();
    move || {
        catalog.get().map(|catalog| match catalog {
            Ok(catalog) => {
                let app = App::new(catalog);
                provide_context(app);
                view! { <Shell app /> }.into_any()
            }
            Err(error) => view! { <main><parts::Failure error retry=fetch /></main> }.into_any(),
        })
    }
}

/// The frame around every page.
#[component]
fn Shell(app: App) -> impl IntoView {
    let route = app.route;
    let handle = window_event_listener(leptos::ev::hashchange, move |_| app.arrive(page::route()));
    // Told only of what other tabs write, and not by every browser while the page is hidden.
    let other_tab = window_event_listener(leptos::ev::storage, move |event| app.hear(event.key()));
    let seen = window_event_listener(leptos::ev::visibilitychange, move |_| {
        if !document().hidden() {
            app.refresh();
        }
    });
    let copy = window_event_listener_untyped(offline::CHANGED, move |_| app.offline.set(offline()));
    Effect::new(move |_| offline::busy(app.is_busy()));
    on_cleanup(move || {
        copy.remove();
        handle.remove();
        other_tab.remove();
        seen.remove();
    });
    spawn_local(app.tidy());
    let current = move |is: fn(&Route) -> bool| move || route.with(is).then_some("page");
    view! {
        <a class="skip" href="#main" on:click=move |event| { event.prevent_default(); parts::focus_heading(); }>
            "Skip to the content"
        </a>
        <header class="top">
            <a class="brand" href="#/">{parts::logo()} "Sextant"</a>
            <nav aria-label="Main">
                <a href="#/" aria-current=current(|r| matches!(r, Route::Home | Route::Skill(_) | Route::Question(..)))>
                    "Assess"
                </a>
                <a href="#/results" aria-current=current(|r| matches!(r, Route::Results | Route::Result(_) | Route::Review(_)))>
                    "Results"
                </a>
                <a href="#/method" aria-current=current(|r| matches!(r, Route::Method(_)))>"Method"</a>
            </nav>
        </header>
        <parts::Notices app />
        <main id="main">{move || pages::page(app, route.get())}</main>
        <footer class="bottom">
            <p>
                "No account. Nothing leaves this browser. " <a href=Route::Data.to_string()>"Your data"</a> "\u{a0}· "
                <parts::OfflineState app />
            </p>
            <parts::ThemeChoice app />
        </footer>
    }
}
