//! Pieces that several pages use.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use wasm_bindgen::JsCast;

use crate::{
    app::{state::App, task::Here},
    browser::{
        offline::{self, Offline},
        page,
    },
    quiz::{content::bank::Stage, scoring::measure::Estimate},
    route::Route,
    trouble::Trouble,
    words,
};

/// The page's heading. It also sets the page's title, and takes the focus when the reader came here by a link.
#[component]
pub(crate) fn Heading(
    app: &'static App,
    /// The title in the browser's tab.
    title: String,
    /// A class for its look.
    #[prop(optional)]
    class: &'static str,
    /// Whether it takes the focus. Not if something below it does.
    #[prop(default = true)]
    takes_focus: bool,
    children: Children,
) -> impl IntoView {
    page::set_title(&title);
    let node = NodeRef::<html::H1>::new();
    Effect::new(move |_| {
        if let Some(heading) = node.get()
            && takes_focus
            && app.has_moved()
        {
            // Cannot fail for an element that is in the page.
            let _ = heading.focus();
        }
    });
    view! { <h1 class=class tabindex="-1" node_ref=node>{children()}</h1> }
}

/// Whether a key was pressed for the page. Browsers and extensions that fill in fields dispatch events without a key, and
/// reading one would throw. An input method's keys, such as the Enter that ends a composition, are its own; in Safari that
/// one comes after the composition, with the old code for such keys.
pub(crate) fn is_typed(event: &KeyboardEvent) -> bool {
    event.is_instance_of::<KeyboardEvent>() && !event.is_composing() && event.key_code() != 229
}

/// Gives the focus to a part of the page that reacts to keys, unless something else has it. After a reload nothing has.
pub(crate) fn hear_keys(part: &web_sys::HtmlElement) {
    let has_focus = document().active_element().is_some_and(|focused| focused.tag_name() != "BODY");
    if !has_focus {
        let _ = part.focus();
    }
}

/// Moves the focus to the page's heading.
pub(crate) fn focus_heading() {
    let heading = document().query_selector("h1").ok().flatten();
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = heading.focus();
    }
}

/// A sextant, drawn as in the icon.
pub(crate) fn logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 26 26" aria-hidden="true">
            <path class="limb" d="M3 18.5a14 14 0 0 0 20 0" />
            <path d="M13 4 8 20M13 4l5 16" />
            <circle cx="13" cy="4.5" r="2.3" />
        </svg>
    }
}

/// Why a fetch failed, and a way to try again.
#[component]
pub(crate) fn Failure(trouble: Trouble, retry: impl Fn() + 'static) -> impl IntoView {
    view! {
        <div class="note wrong" role="alert">
            {message(&trouble)}
            <button type="button" class="button" on:click=move |_| retry()>"Try again"</button>
        </div>
    }
}

/// Shown while shards are being fetched, or when that failed.
#[component]
pub(crate) fn Loading(app: &'static App) -> impl IntoView {
    move || {
        let failed = app.failed.with(|failed| failed.values().next().cloned());
        match failed {
            Some(error) => {
                view! { <Failure trouble=Trouble::Fetch(error) retry=move || app.retry() /> }.into_any()
            }
            None => view! { <p class="loading" role="status">"Loading questions…"</p> }.into_any(),
        }
    }
}

/// What went wrong: its title, and what it means.
pub(crate) fn message(trouble: &Trouble) -> impl IntoView + use<> {
    view! { <p><b>{trouble.title()}</b> " " {trouble.to_string()}</p> }
}

/// What the reader needs to know on every page: that something is not saved, no longer saved, or damaged.
#[component]
pub(crate) fn Notices(app: &'static App) -> impl IntoView {
    let not_saved = move |why| {
        view! {
            <div>
                {message(&Trouble::NotSaved(why))}
                <button type="button" class="button" on:click=move |_| app.export(None)>"Export my data"</button>
            </div>
        }
    };
    let adrift = move |entries| {
        let resolve = move |save| move |_| app.resolve_adrift(save);
        view! {
            <div>
                {message(&Trouble::Adrift(entries))} <div class="row">
                    <button type="button" class="button" on:click=resolve(true)>"Save again"</button>
                    <button type="button" class="button quiet" on:click=resolve(false)>"Discard"</button>
                </div>
            </div>
        }
    };
    let unreadable = move |values| {
        view! {
            <div>
                {message(&Trouble::Unreadable(values))}
                <p><a href=Route::Data.to_string()>"Show details"</a></p>
            </div>
        }
    };
    // Separate, so that when one changes, the focus stays on a button of another.
    let some = |number: usize| (number > 0).then_some(number);
    let why = Memo::new(move |_| app.status.get().not_saved);
    let entries = Memo::new(move |_| some(app.status.get().adrift));
    let values = Memo::new(move |_| some(app.status.get().unreadable));
    let stuck = Memo::new(move |_| app.offline.get().stuck);
    view! {
        <div class="notices" role="status">
            {move || why.get().map(not_saved)} {move || entries.get().map(adrift)}
            {move || values.get().map(unreadable)} {move || stuck.get().then(|| message(&Trouble::NotUpdated))}
            {update(app)}
        </div>
    }
}

/// Offers the waiting release, on pages where switching to it loses nothing.
fn update(app: &'static App) -> impl IntoView {
    let offered = Memo::new(move |_| {
        let calm = app
            .route
            .with(|route| matches!(route, Route::Home | Route::Skills | Route::Results | Route::Result(_)));
        calm && !app.is_busy() && app.offline.get().waiting
    });
    let refused = RwSignal::new(false);
    let here = Here::new();
    let take = move |_| here.after(offline::take(), move |taken| refused.set(!taken));
    move || {
        offered.get().then(|| {
            view! {
                <div class="calm">
                    <p>
                        <b>"A new version is ready."</b>
                        " Updating takes a moment and keeps your answers."
                    </p>
                    <button type="button" class="button" on:click=take>"Update"</button>
                    {move || refused.get().then(|| message(&Trouble::Occupied))}
                </div>
            }
        })
    }
}

/// Whether Sextant works offline, as a link to the page about that.
#[component]
pub(crate) fn OfflineState(app: &'static App) -> impl IntoView {
    let state = Memo::new(move |_| match app.offline.get() {
        Offline { kept: true, away: true, .. } => "You’re offline; everything still works",
        Offline { kept: true, .. } => "Works offline",
        _ => "Use Sextant offline",
    });
    view! {
        <span role="status">
            <a href=Route::Offline.to_string()>{state}</a>
        </span>
    }
}

/// Light, dark, or whatever the system uses.
#[component]
pub(crate) fn ThemeChoice(app: &'static App) -> impl IntoView {
    let option = move |value: &'static str, name: &'static str| {
        view! { <option value=value prop:selected=move || app.theme.with(|theme| theme == value)>{name}</option> }
    };
    view! {
        <label class="theme">
            "Theme "
            <select on:change:target=move |event| app.set_theme(event.target().value())>
                {option("", "System")} {option("light", "Light")} {option("dark", "Dark")}
            </select>
        </label>
    }
}

/// How far a quiz has come, with one mark per question.
#[component]
pub(crate) fn Progress(done: usize, of: usize) -> impl IntoView {
    let percent = |n: usize| format!("calc(100% * {} / {})", n.min(of), of.max(1));
    view! {
        <div
            class="ticks"
            role="progressbar"
            aria-label="Questions answered"
            aria-valuemin="0"
            aria-valuenow=done
            aria-valuemax=of
            style:--done=percent(done)
            style:--now=percent(done + 1)
            style:--each=percent(1)
        ></div>
    }
}

/// A skill's estimate on the scale from 0 to 100: a dot, its 80% band, and what two stages require.
#[component]
pub(crate) fn Strip(
    estimate: Estimate,
    /// What the reader's stage and the next one require, if there are such stages.
    required: [Option<u8>; 2],
    /// Whether the skill is clearly below what the next stage requires.
    gap: bool,
) -> impl IntoView {
    let percent = |score: f64| words::tenths(score) + "%";
    let (low, high) = estimate.band();
    let [here, next] = required.map(|score| score.map(f64::from));
    view! {
        <span class="strip" class:gap=gap aria-hidden="true">
            <span class="band" style:left=percent(low) style:width=percent(high - low)></span>
            {here.map(|score| view! { <span class="here" style:left=percent(score)></span> })}
            {next.map(|score| view! { <span class="next" style:left=percent(score)></span> })}
            <span class="dot" style:left=percent(estimate.score())></span>
        </span>
    }
}

/// The career guide's facts about a stage.
#[component]
pub(crate) fn GuideFacts(stage: Stage) -> impl IntoView {
    let years = stage.years.map(|years| format!("{years} years of experience. "));
    view! {
        <dt>{stage.short}</dt>
        <dd>
            {years} "Median salary " {words::salary(&stage.salary)} " (" {stage.salary.who} ")."
        </dd>
    }
}
