//! The offline copy: whether there is one, of which release, and how to install the program.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    app::{
        parts::{Heading, told},
        state::App,
    },
    browser::offline,
    trouble::Trouble,
};

/// Where browsers that offer no button have it.
const PLACES: [(&str, &str); 5] = [
    ("iPhone, iPad", "Share, then Add to Home Screen, in Safari and in other browsers."),
    ("Mac, Safari", "File, then Add to Dock."),
    ("Android", "The browser’s menu, then Install or Add to Home screen."),
    ("Chrome, Edge", "The sign at the end of the address bar, or the menu: Install."),
    (
        "Firefox on a computer",
        "A bookmark does: the copy is in this browser, and opens without a connection.",
    ),
];

#[component]
pub(super) fn OfflinePage(app: App) -> impl IntoView {
    view! {
        <div class="narrow stack-lg">
            <div class="stack">
                <Heading app title="Use it offline".to_owned()>"Use it offline"</Heading>
                <p class="lead">
                    "After the first visit Sextant needs no connection: every form and question, results, explanations and \
                     exports work without."
                </p>
            </div>
            <section class="stack">
                <h2>"The copy in this browser"</h2>
                <Kept app />
            </section>
            <section class="stack">
                <h2>"Install it"</h2>
                <p>
                    "Installed, it has a window and an icon of its own. Nothing else is put on the device, and Safari then \
                     keeps your answers for longer than seven days without a visit."
                </p>
                {move || app.offline.get().installable.then(|| {
                    let install = |_| spawn_local(offline::install());
                    view! { <p><button type="button" class="button primary" on:click=install>"Install"</button></p> }
                })}
                <p>"Where this page shows no button, the browser has it elsewhere:"</p>
                <dl class="facts">
                    {PLACES.map(|(browser, place)| view! { <dt>{browser}</dt> <dd>{place}</dd> }).collect_view()}
                </dl>
            </section>
        </div>
    }
}

/// What there is of a copy, and what can be done with it.
#[component]
fn Kept(app: App) -> impl IntoView {
    /// What the reader asked for last, and how it ended.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Done {
        Checked,
        Removed(bool),
    }
    let done = RwSignal::new(None::<Done>);
    let check = move |_| {
        spawn_local(async move {
            offline::check().await;
            done.set(Some(Done::Checked));
        });
    };
    let remove = move |_| {
        spawn_local(async move {
            let removed = offline::remove().await;
            if removed {
                app.offline.update(|offline| offline.kept = false);
            }
            done.set(Some(Done::Removed(removed)));
        });
    };
    let outcome = move || {
        let state = app.offline.get();
        done.get().map(|done| match done {
            Done::Checked if state.away => "The host does not answer.".into_any(),
            Done::Checked if state.waiting => "A new version is ready. The start page offers it.".into_any(),
            Done::Checked => {
                "The host was asked. A new version is fetched in the background, if there is one.".into_any()
            }
            Done::Removed(true) => {
                "Removed. Your answers are kept. Loading the page makes a new copy.".into_any()
            }
            Done::Removed(false) => told(&Trouble::NotRemoved).into_any(),
        })
    };
    let kept = Memo::new(move |_| app.offline.get().kept);
    let connection = move || {
        if app.offline.get().away { "does not answer: this device may be offline" } else { "answers" }
    };
    move || {
        if kept.get() {
            view! {
                <dl class="facts">
                    <dt>"Copy"</dt>
                    <dd>"whole: the program and all questions"</dd>
                    <dt>"Version"</dt>
                    <dd>
                        <code>{offline::release()}</code>
                    </dd>
                    <dt>"Host"</dt>
                    <dd>{connection}</dd>
                </dl>
                <div class="row">
                    <button type="button" class="button" on:click=check>"Look for a new version"</button>
                    <button type="button" class="button quiet" on:click=remove>"Remove the copy"</button>
                </div>
                <div role="status">{outcome}</div>
            }
            .into_any()
        } else {
            view! {
                <p>
                    "There is none yet. A browser makes it by itself in the first minute of a visit. It makes none in some \
                     private windows, nor of a page that was fetched without https."
                </p>
                <div role="status">{outcome}</div>
            }
            .into_any()
        }
    }
}
