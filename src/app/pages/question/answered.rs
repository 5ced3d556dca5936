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
        state::App,
    },
    quiz::{
        content::bank::ItemId,
        taking::session::{Session, SessionId},
    },
    route::Route,
};

#[component]
pub(super) fn Answered(app: App, id: SessionId, number: usize, skill: usize, item: ItemId) -> impl IntoView {
    let shard = app.shards.with_untracked(|shards| shards.get(skill).cloned());
    let session = app.sessions.with_untracked(|sessions| sessions.get(&id).cloned());
    let answer = session.as_ref().and_then(|session| session.answers.get(number - 1).cloned());
    let found = shard.as_ref().and_then(|shard| shard.item(&item).cloned());
    let (Some(shard), Some(session), Some(answer), Some(found)) = (shard, session, answer, found) else {
        return view! { <Withdrawn app id number /> }.into_any();
    };
    // A reply that does not fit its item any more has no score.
    let Some(score) = found.task.score(&answer.reply) else {
        return view! { <Withdrawn app id number /> }.into_any();
    };
    let (class, said) = verdict(&found.task, &answer.reply, score);
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
        if event.key() != "Enter" {
            return;
        }
        // What takes Enter itself keeps it, unless the key is only still held down from the answer.
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let takes_it = "a, button, summary, textarea, input, select, dialog";
        let elsewhere = target.is_some_and(|target| target.closest(takes_it).ok().flatten().is_some());
        if event.repeat() {
            event.prevent_default();
        } else if !elsewhere && let Some(next) = next.get_untracked() {
            event.prevent_default();
            next.click();
        }
    };
    view! {
        <div class="stack-lg asked" on:keydown=on_key>
            <div class="stack">
                <Asked app number skill item=found.clone() takes_focus=false />
                <h2 class=class tabindex="-1" node_ref=heading>{said}</h2>
                <Explained app session=session.clone() reply=answer.reply item=found shard />
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
