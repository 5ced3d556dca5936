//! The explanation of an answered question, as the question page and the review show it.

use leptos::prelude::*;

use crate::{
    app::{issue::ReportIssue, kinds, state::App},
    quiz::{
        content::{
            bank::{Item, Shard},
            reply::Reply,
            task::Task,
        },
        taking::session::Session,
    },
    words,
};

/// A reply's verdict: its class, and its words.
pub(crate) fn verdict(task: &Task, reply: &Reply, score: u8) -> (&'static str, &'static str) {
    match (score, reply) {
        (_, Reply::DontKnow) => ("verdict", "You didn’t know. Here is the answer"),
        (0, _) => ("verdict wrong", "✗ Wrong"),
        (score, _) if score < task.kind().top() => ("verdict partly", "◐ Partly right: 1 of 2 points"),
        _ => ("verdict right", "✓ Right"),
    }
}

/// The whole explanation. The bank's HTML is inserted unchanged: the build made it from Markdown and refuses HTML in the
/// source.
#[component]
pub(crate) fn Explained(
    app: &'static App,
    session: Session,
    reply: Reply,
    item: Item,
    shard: std::sync::Arc<Shard>,
) -> impl IntoView {
    let held = item.task.misconceptions(&reply);
    let beliefs = held.into_iter().filter_map(|at| shard.misconceptions.get(at).cloned()).map(|belief| {
        view! {
            <div class="note">
                <p><b>"Misconception: "</b> "“"<span inner_html=belief.statement></span>"”"</p>
                <p inner_html=belief.correction></p>
            </div>
        }
    });
    let beliefs = beliefs.collect_view();
    let sources = item
        .citations
        .iter()
        .filter_map(|citation| {
            let source = shard.sources.get(citation.source)?;
            Some(view! {
                <li>
                    {source.authors.clone()} ", "
                    <a href=source.url.clone() target="_blank" rel="noopener">{source.title.clone()}</a>
                    {format!(", {}, ", source.year)} {citation.place.clone()}
                </li>
            })
        })
        .collect_view();
    let said = match reply.sure() {
        None => "You said you didn’t know.".to_owned(),
        Some(sure) => {
            format!("You were {} ({}).", words::sure(sure).to_ascii_lowercase(), words::sure_range(sure))
        }
    };
    view! {
        {kinds::explain(&session, &item, &reply)}
        {beliefs}
        <p class="soft">{said}</p>
        <div class="sources">
            <h3>"Sources"</h3>
            <ul>{sources}</ul>
            <div class="soft">
                {format!("Question {}, level {}, last reviewed {}. ", item.id, item.level, item.reviewed)}
                <ReportIssue app item=item.id />
            </div>
        </div>
    }
}
