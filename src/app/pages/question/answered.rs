//! A question that was answered, with its explanation.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{
    app::{
        pages::question::{
            Asked, Withdrawn,
            explained::{Explained, verdict},
        },
        parts::{hear_keys, is_typed},
        state::App,
    },
    quiz::{
        content::bank::ItemId,
        taking::session::{Session, SessionId},
    },
    route::Route,
};

#[component]
pub(super) fn Answered(
    app: &'static App,
    id: SessionId,
    number: usize,
    skill: usize,
    item: ItemId,
) -> impl IntoView {
    let (shard, session) = (app.shard_now(skill), app.session_now(id));
    let answer = session.as_ref().and_then(|session| session.answers.get(number - 1).cloned());
    let found = shard.as_ref().and_then(|shard| shard.item(&item).cloned());
    let (Some(shard), Some(session), Some(answer), Some(found)) = (shard, session, answer, found) else {
        return view! { <Withdrawn app id number /> }.into_any();
    };
    // A reply that no longer fits its item has no score.
    let Some(score) = found.task.score(&answer.reply) else {
        return view! { <Withdrawn app id number /> }.into_any();
    };
    let after = after(app, &session, number);
    let (class, said) = verdict(&found.task, &answer.reply, score);
    let heading = NodeRef::<html::H2>::new();
    let next = NodeRef::<html::A>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get()
            && app.has_moved()
        {
            let _ = heading.focus();
        }
    });
    let part = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(part) = part.get() {
            hear_keys(&part);
        }
    });
    let on_key = move |event: KeyboardEvent| {
        if !is_typed(&event) || event.key() != "Enter" {
            return;
        }
        // Elements that react to Enter keep it, unless the key is still held down from answering.
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let reacting = "a, button, summary, textarea, input, select, dialog";
        let elsewhere = target.is_some_and(|target| target.closest(reacting).ok().flatten().is_some());
        if event.repeat() {
            event.prevent_default();
        } else if !elsewhere && let Some(next) = next.get_untracked() {
            event.prevent_default();
            next.click();
        }
    };
    view! {
        <div class="stack-lg asked" tabindex="-1" node_ref=part on:keydown=on_key>
            <div class="stack">
                <Asked app number skill item=found.clone() takes_focus=false />
                <h2 class=class tabindex="-1" node_ref=heading>{said}</h2>
                <Explained app session=session.clone() reply=answer.reply item=found shard />
            </div>
            <div class="row end">
                <a class="button primary" href=after.to_string() node_ref=next>
                    {if matches!(after, Route::Result(_)) { "See result " } else { "Next " }}
                    <kbd aria-hidden="true">"Enter"</kbd>
                </a>
            </div>
        </div>
    }
    .into_any()
}

/// Where a session goes after a question.
fn after(app: &'static App, session: &Session, number: usize) -> Route {
    if app.is_finished(session) && number >= session.answers.len() {
        Route::Result(session.id())
    } else {
        Route::Question(session.id(), number + 1)
    }
}
