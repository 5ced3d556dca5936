//! A question: open, or answered with its explanation.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    super::{
        dialog::{Abandon, Dialog, close, open},
        parts::{Heading, Progress, Waiting},
        state::{App, Next},
        words,
    },
    explained::Explained,
    no_session,
};
use crate::{
    browser::{self, page},
    quiz::{
        bank::{ItemId, Task},
        session::{Reply, Session, Sure},
    },
    route::Route,
};

/// What there is to show at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Showing {
    NoSession,
    Waiting,
    Open(usize, ItemId),
    Answered(usize, ItemId),
    /// The question was answered, and its item has left the bank since.
    Withdrawn,
    /// The address is not this session's; this one is.
    Elsewhere(Route),
}

fn showing(app: App, id: &str, number: usize) -> Showing {
    app.sessions.with(|sessions| {
        let Some(session) = sessions.get(id) else { return Showing::NoSession };
        let answered = session.answers.len();
        if let Some(answer) = session.answers.get(number - 1) {
            let Some(skill) = app.catalog.with_value(|catalog| catalog.entry(&answer.item).map(|(at, _)| at))
            else {
                return Showing::Withdrawn;
            };
            return if app.has(skill) {
                Showing::Answered(skill, answer.item.clone())
            } else {
                Showing::Waiting
            };
        }
        if number > answered + 1 {
            return Showing::Elsewhere(Route::Question(id.to_owned(), answered + 1));
        }
        match app.next(session) {
            Some(Next::Finished) => Showing::Elsewhere(Route::Result(id.to_owned())),
            Some(Next::Ask(skill, item)) if app.has(skill) => Showing::Open(skill, item),
            Some(Next::Ask(..)) | None => Showing::Waiting,
        }
    })
}

#[component]
pub(super) fn Question(app: App, id: String, number: usize) -> impl IntoView {
    let session = app.sessions.with_untracked(|sessions| sessions.get(&id).cloned());
    let Some(session) = session else { return no_session(app) };
    let (length, of) = app.catalog.with_value(|catalog| {
        let length = session.form.length(catalog);
        (length, if session.form.length_at_least(catalog) < length { "of at most" } else { "of" })
    });
    let own_id = StoredValue::new(id.clone());
    let frame = move || {
        let session = own_id.with_value(|id| app.sessions.with(|all| all.get(id).cloned()))?;
        let answered = session.answers.len();
        let left = length.saturating_sub(answered);
        let minutes = app.catalog.with_value(|catalog| session.form.minutes(catalog, left));
        let controls = if app.is_finished(&session) {
            let result = Route::Result(session.id()).to_string();
            view! { <a class="button quiet" href=result>"To the result"</a> }.into_any()
        } else {
            let abandon = move || {
                page::replace(&Route::Home);
                own_id.with_value(|id| app.abandon(id));
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
    let showing = {
        let id = id.clone();
        Memo::new(move |_| showing(app, &id, number))
    };
    let content = move || match showing.get() {
        Showing::NoSession => ().into_any(),
        Showing::Waiting => view! { <Waiting app /> }.into_any(),
        Showing::Open(skill, item) => view! { <Open app id=id.clone() number skill item /> }.into_any(),
        Showing::Answered(skill, item) => {
            view! { <Answered app id=id.clone() number skill item /> }.into_any()
        }
        Showing::Withdrawn => view! { <Withdrawn app id=id.clone() number /> }.into_any(),
        Showing::Elsewhere(route) => {
            page::replace(&route);
            ().into_any()
        }
    };
    view! { <div class="narrow stack-lg">{frame} {content}</div> }.into_any()
}

/// Skill and number as the page's heading, and the prompt.
#[component]
fn Asked(app: App, number: usize, skill: usize, prompt: String, takes_focus: bool) -> impl IntoView {
    let name = app
        .catalog
        .with_value(|catalog| catalog.skills.get(skill).map(|s| s.short.clone()))
        .unwrap_or_default();
    let title = format!("Question {number}: {name}");
    view! {
        <Heading app title=title class="eyebrow" takes_focus>
            <span class="hidden">{format!("Question {number}: ")}</span>
            {name}
        </Heading>
        <div id="prompt" class="prompt" inner_html=prompt></div>
    }
}

/// A question that waits for its answer.
#[component]
fn Open(app: App, id: String, number: usize, skill: usize, item: ItemId) -> impl IntoView {
    // Earlier shards were fetched for this question; the rest come while it is read.
    app.prefetch();
    let opened = browser::now();
    let found = app.shards.with_untracked(|shards| shards.item(skill, &item).cloned());
    let session = app.sessions.with_untracked(|sessions| sessions.get(&id).cloned());
    let (Some(found), Some(session)) = (found, session) else {
        return view! { <Withdrawn app id number /> }.into_any();
    };
    let Task::Single(options) = &found.task;
    let order = session.option_order(&item, options.len());
    let picked = RwSignal::new(None::<u8>);
    let fairly = NodeRef::<html::Button>::new();
    let keys = NodeRef::<html::Dialog>::new();
    let radios = StoredValue::new(order.iter().map(|_| NodeRef::<html::Input>::new()).collect::<Vec<_>>());

    let reply = StoredValue::new((id, item));
    let reply = move |given: Reply| {
        app.moved.set_value(true);
        reply.with_value(|(id, item)| app.reply(id, item.clone(), given, opened));
    };
    let answer = move |sure: Sure| {
        if let Some(option) = picked.get_untracked() {
            reply(Reply::Single { option, sure });
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let on_option = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok()).is_some();
        match event.key().as_str() {
            "?" => open(keys),
            "Enter" if on_option && picked.get_untracked().is_some() => {
                event.prevent_default();
                if let Some(button) = fairly.get_untracked() {
                    let _ = button.focus();
                }
            }
            // A form with one field submits itself on Enter: there is nothing to submit.
            "Enter" if on_option => event.prevent_default(),
            key @ ("ArrowLeft" | "ArrowRight") => walk_buttons(&event, key == "ArrowRight"),
            key => {
                let place = key.parse::<usize>().ok().and_then(|key| key.checked_sub(1));
                let radio = place.and_then(|place| radios.with_value(|radios| radios.get(place).copied()));
                if let Some(radio) = radio.and_then(|radio| radio.get_untracked()) {
                    radio.click();
                    let _ = radio.focus();
                }
            }
        }
    };
    let choices = order
        .into_iter()
        .enumerate()
        .filter_map(|(shown, at)| {
            let option = u8::try_from(at).ok()?;
            let text = options.get(at)?.text.clone();
            let node = radios.with_value(|radios| radios.get(shown).copied())?;
            Some(view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="option"
                        value=at
                        node_ref=node
                        on:change=move |_| picked.set(Some(option))
                    />
                    <span class="key" aria-hidden="true">{shown + 1}</span>
                    <span inner_html=text></span>
                </label>
            })
        })
        .collect_view();
    let nothing_picked = move || picked.get().is_none();
    let sure = |sure: Sure, node: NodeRef<html::Button>| {
        view! {
            <button
                type="button"
                class="button"
                node_ref=node
                disabled=nothing_picked
                on:click=move |_| answer(sure)
            >
                {words::sure(sure)}
                <small>{words::sure_range(sure)}</small>
            </button>
        }
    };
    view! {
        <form class="stack-lg" on:keydown=on_key on:submit=|event| event.prevent_default()>
            <div class="stack">
                <Asked app number skill prompt=found.prompt takes_focus=true />
                <fieldset aria-labelledby="prompt">{choices}</fieldset>
            </div>
            <div class="answering">
                <div class="sure" role="group" aria-labelledby="how-sure">
                    <p id="how-sure">
                        {move || {
                            if nothing_picked() { "Pick an option first." } else { "How sure are you? This answers." }
                        }}
                    </p>
                    <div class="row">
                        {sure(Sure::Not, NodeRef::new())} {sure(Sure::Fairly, fairly)}
                        {sure(Sure::Sure, NodeRef::new())}
                    </div>
                </div>
                <div class="row">
                    <button type="button" class="button quiet" on:click=move |_| reply(Reply::DontKnow)>
                        "I don’t know"
                    </button>
                    <button type="button" class="button quiet keys" on:click=move |_| open(keys)>
                        "Keys "
                        <kbd>"?"</kbd>
                    </button>
                </div>
            </div>
            <Dialog node=keys title="Keys">
                <dl class="facts">
                    <dt><kbd>"1"</kbd>" to "<kbd>"5"</kbd></dt>
                    <dd>"pick an option"</dd>
                    <dt><kbd>"Enter"</kbd></dt>
                    <dd>"from an option: to the three buttons; on a button: answer; after an answer: next question"</dd>
                    <dt><kbd>"←"</kbd>" "<kbd>"→"</kbd></dt>
                    <dd>"between the three buttons"</dd>
                    <dt><kbd>"Tab"</kbd></dt>
                    <dd>"to everything else"</dd>
                </dl>
                <div class="row">
                    <button type="button" class="button" on:click=move |_| close(keys)>"Close"</button>
                </div>
            </Dialog>
        </form>
    }
    .into_any()
}

/// Moves the focus to the button before or after the one that has it.
fn walk_buttons(event: &KeyboardEvent, forwards: bool) {
    let Some(button) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlButtonElement>().ok())
    else {
        return;
    };
    let next = if forwards { button.next_element_sibling() } else { button.previous_element_sibling() };
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = next.focus();
    }
}

/// A question that was answered, with its explanation.
#[component]
fn Answered(app: App, id: String, number: usize, skill: usize, item: ItemId) -> impl IntoView {
    let shard = app.shards.with_untracked(|shards| shards.get(skill).cloned());
    let session = app.sessions.with_untracked(|sessions| sessions.get(&id).cloned());
    let answer = session.as_ref().and_then(|session| session.answers.get(number - 1).cloned());
    let found = shard.as_ref().and_then(|shard| shard.item(&item).cloned());
    let (Some(shard), Some(session), Some(answer), Some(found)) = (shard, session, answer, found) else {
        return view! { <Withdrawn app id number /> }.into_any();
    };
    let right = found.is_right(answer.reply);
    let verdict = match (right, answer.reply) {
        (true, _) => ("verdict right", "✓ Right"),
        (false, Reply::DontKnow) => ("verdict", "Not known: this is the answer"),
        (false, _) => ("verdict wrong", "✗ Not right"),
    };
    let heading = NodeRef::<html::H2>::new();
    let next = NodeRef::<html::A>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get()
            && app.moved.get_value()
        {
            let _ = heading.focus();
        }
    });
    let on_key = move |event: KeyboardEvent| {
        let elsewhere = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let on_control =
            elsewhere.is_some_and(|element| matches!(element.tag_name().as_str(), "A" | "BUTTON"));
        if event.key() == "Enter"
            && !on_control
            && let Some(next) = next.get_untracked()
        {
            event.prevent_default();
            next.click();
        }
    };
    view! {
        <div class="stack-lg" on:keydown=on_key>
            <div class="stack">
                <Asked app number skill prompt=found.prompt.clone() takes_focus=false />
                <h2 class=verdict.0 tabindex="-1" node_ref=heading>{verdict.1}</h2>
                <Explained session=session.clone() answer item=found shard />
            </div>
            <div class="row end">
                <a class="button primary" href=after(app, &session, number).to_string() node_ref=next>
                    {if app.is_finished(&session) && number >= session.answers.len() { "See the result " } else { "Next " }}
                    <kbd aria-hidden="true">"Enter"</kbd>
                </a>
            </div>
        </div>
    }
    .into_any()
}

/// Where a session goes after a question.
fn after(app: App, session: &Session, number: usize) -> Route {
    if app.is_finished(session) && number >= session.answers.len() {
        Route::Result(session.id())
    } else {
        Route::Question(session.id(), number + 1)
    }
}

/// A question whose item is no longer in the bank.
#[component]
fn Withdrawn(app: App, id: String, number: usize) -> impl IntoView {
    view! {
        <div class="stack">
            <Heading app title="Withdrawn".to_owned()>"This question was withdrawn"</Heading>
            <p>"It is no longer in the bank. Your answer to it is kept and does not count."</p>
            <p><a class="button primary" href=Route::Question(id, number + 1).to_string()>"Next"</a></p>
        </div>
    }
}
