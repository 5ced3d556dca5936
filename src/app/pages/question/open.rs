//! A question that waits for its answer.

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
pub(super) fn Open(app: App, id: SessionId, number: usize, skill: usize, item: ItemId) -> impl IntoView {
    // Earlier shards were fetched for this question; the rest come while it is read.
    app.prefetch();
    let opened = browser::now();
    let found = app.shards.with_untracked(|shards| shards.item(skill, &item).cloned());
    let session = app.sessions.with_untracked(|sessions| sessions.get(&id).cloned());
    let (Some(found), Some(session)) = (found, session) else {
        return view! { <Withdrawn app id number /> }.into_any();
    };
    let (found_id, item_id) = (format!("Question {item}. "), item.clone());
    let of = StoredValue::new(item);
    let reply = move |given: Reply| {
        app.moved.set_value(true);
        of.with_value(|item| app.reply(id, item.clone(), given, opened));
    };
    view! {
        <div class="stack asked">
            <AnswerForm session item=found.clone() reply>
                <Asked app number skill item=found takes_focus=true />
            </AnswerForm>
            <div class="soft aside">{found_id} <ReportIssue app item=item_id /></div>
        </div>
    }
    .into_any()
}
