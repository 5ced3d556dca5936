//! The offline copy: whether there is one, of which release, and how to install the app.

use leptos::prelude::*;

use crate::{
    app::{
        parts::{Heading, message},
        state::App,
        task::{self, Here},
    },
    browser::offline,
    trouble::Trouble,
};

/// How to install without a button on the page.
const PLACES: [(&str, &str); 5] = [
    ("iPhone, iPad", "Share, then Add to Home Screen, in Safari and other browsers."),
    ("Mac, Safari", "File, then Add to Dock."),
    ("Android", "Browser menu, then Install or Add to Home screen."),
    ("Chrome, Edge", "The icon at the end of the address bar, or Install in the menu."),
    (
        "Firefox on a computer",
        "A bookmark is enough. It opens the copy in this browser, even without a connection.",
    ),
];

#[component]
pub(super) fn OfflinePage(app: &'static App) -> impl IntoView {
    view! {
        <div class="narrow stack-lg">
            <div class="stack">
                <Heading app title="Use Sextant offline".to_owned()>"Use Sextant offline"</Heading>
                <p class="lead">
                    "After your first visit, Sextant needs no connection. All quizzes, explanations, results and exports \
                     work offline."
                </p>
            </div>
            <section class="stack">
                <h2>"Offline copy"</h2>
                <CopyState app />
            </section>
            <section class="stack">
                <h2>"Install Sextant"</h2>
                <p>
                    "Once installed, Sextant has its own window and icon. It adds nothing else to your device. In Safari, \
                     your answers then also survive more than seven days without a visit. On an iPhone, an iPad or a Mac with \
                     Safari the installed app starts empty: export your data here first, and import it there."
                </p>
                {move || app.offline.get().installable.then(|| {
                    let install = |_| task::run(offline::install());
                    view! { <p><button type="button" class="button primary" on:click=install>"Install"</button></p> }
                })}
                <p>"If there’s no Install button here, look in your browser:"</p>
                <dl class="facts">
                    {PLACES.map(|(browser, place)| view! { <dt>{browser}</dt> <dd>{place}</dd> }).collect_view()}
                </dl>
            </section>
        </div>
    }
}

/// Whether there is a copy, and what can be done with it.
#[component]
fn CopyState(app: &'static App) -> impl IntoView {
    /// What the reader did last, and how it ended.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Done {
        Checked,
        Removed(bool),
    }
    let done = RwSignal::new(None::<Done>);
    let here = Here::new();
    let check = move |_| here.after(offline::check(), move |()| done.set(Some(Done::Checked)));
    let remove = move |_| {
        here.after(app.remove_copy(), move |removed| done.set(Some(Done::Removed(removed))));
    };
    let outcome = move || {
        let state = app.offline.get();
        done.get().map(|done| match done {
            Done::Checked if state.away => "The host isn’t answering.".into_any(),
            Done::Checked if state.waiting => {
                "A new version is ready. You can update from the start page.".into_any()
            }
            Done::Checked => {
                "Checked. If there’s a new version, it’s being downloaded in the background.".into_any()
            }
            Done::Removed(true) => {
                "Removed. Your answers are still here. Reloading the page makes a new copy.".into_any()
            }
            Done::Removed(false) => message(&Trouble::NotRemoved).into_any(),
        })
    };
    let kept = Memo::new(move |_| app.offline.get().kept);
    let connection = move || {
        if app.offline.get().away { "not answering; this device may be offline" } else { "answering" }
    };
    move || {
        if kept.get() {
            view! {
                <dl class="facts">
                    <dt>"Copy"</dt>
                    <dd>"complete: the app and all questions"</dd>
                    <dt>"Version"</dt>
                    <dd>
                        <code>{offline::release()}</code>
                    </dd>
                    <dt>"Host"</dt>
                    <dd>{connection}</dd>
                </dl>
                <div class="row">
                    <button type="button" class="button" on:click=check>"Check for updates"</button>
                    <button type="button" class="button quiet" on:click=remove>"Remove offline copy"</button>
                </div>
                <div role="status">{outcome}</div>
            }
            .into_any()
        } else {
            view! {
                <p>
                    "There’s no copy yet. The browser makes one by itself within the first minute of a visit, except in \
                     some private windows and on pages loaded without https."
                </p>
                <div role="status">{outcome}</div>
            }
            .into_any()
        }
    }
}
