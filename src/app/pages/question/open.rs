//! A question that has not been answered yet.

use leptos::prelude::*;

use crate::{
    app::{
        issue::ReportIssue,
        pages::question::{Asked, Withdrawn, form::AnswerForm},
        state::App,
    },
    browser,
    quiz::{
        content::{bank::ItemId, reply::Reply},
        taking::session::SessionId,
    },
};

#[component]
pub(super) fn Open(
    app: &'static App,
    id: SessionId,
    number: usize,
    skill: usize,
    item: ItemId,
) -> impl IntoView {
    // This question's shard is here; the others arrive while the reader thinks.
    app.prefetch();
    let opened = browser::now();
    let found = app.shard_now(skill).and_then(|shard| shard.item(&item).cloned());
    let (Some(found), Some(session)) = (found, app.session_now(id)) else {
        return view! { <Withdrawn app id number /> }.into_any();
    };
    let (name, reported) = (format!("Question {item}. "), item.clone());
    let of = StoredValue::new(item);
    let reply = move |given: Reply| {
        app.note_moved();
        app.reply(id, of.get_value(), given, opened);
    };
    view! {
        <div class="stack asked">
            <AnswerForm session item=found.clone() reply>
                <Asked app number skill item=found takes_focus=true />
            </AnswerForm>
            <div class="soft aside">{name} <ReportIssue app item=reported /></div>
        </div>
    }
    .into_any()
}
