//! An answered question with its explanations, as the question page and the review show it.

use leptos::prelude::*;

use super::super::words;
use crate::quiz::{
    bank::{Choice, Item, Shard, Task},
    session::{Answer, Reply, Session},
};

/// All that the explanation says. The bank's own HTML goes in as it is: the build made it from Markdown
/// and refused any other.
#[component]
pub(super) fn Explained(
    session: Session,
    answer: Answer,
    item: Item,
    shard: std::sync::Arc<Shard>,
) -> impl IntoView {
    let picked = match answer.reply {
        Reply::DontKnow => None,
        Reply::Single { option, .. } => Some(usize::from(option)),
    };
    let Task::Single(options) = &item.task;
    let belief = picked
        .and_then(|at| options.get(at)?.misconception)
        .and_then(|at| shard.misconceptions.get(at).cloned())
        .map(|belief| {
            view! {
                <div class="note">
                    <p><b>"Misconception: "</b> "“"<span inner_html=belief.statement></span>"”"</p>
                    <p inner_html=belief.correction></p>
                </div>
            }
        });
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
    let said = match answer.reply {
        Reply::DontKnow => "You said that you don’t know.".to_owned(),
        Reply::Single { sure, .. } => {
            format!("You were: {} ({}).", words::sure(sure).to_lowercase(), words::sure_range(sure))
        }
    };
    view! {
        <ol class="choices">
            {session
                .option_order(&item.id, options.len())
                .into_iter()
                .enumerate()
                .filter_map(|(shown, at)| Some(explained(shown + 1, options.get(at)?, picked == Some(at))))
                .collect_view()}
        </ol>
        {belief}
        <p class="soft">{said}</p>
        <div class="sources">
            <h3>"Sources"</h3>
            <ul>{sources}</ul>
            <p class="soft">{format!("Question {}, level {}, last reviewed {}.", item.id, item.level, item.reviewed)}</p>
        </div>
    }
}

fn explained(number: usize, option: &Choice, picked: bool) -> impl IntoView + use<> {
    let (class, mark) = match (option.is_key(), picked) {
        (true, true) => ("choice right", Some("✓ right, your answer")),
        (true, false) => ("choice right", Some("✓ right")),
        (false, true) => ("choice wrong", Some("✗ your answer")),
        (false, false) => ("choice", None),
    };
    view! {
        <li class=class>
            <span class="key" aria-hidden="true">{number}</span>
            <div>
                <p>
                    <span inner_html=option.text.clone()></span>
                    {mark.map(|mark| view! { " " <b class="mark">{mark}</b> })}
                </p>
                <p class="why" inner_html=option.why.clone()></p>
            </div>
        </li>
    }
}
