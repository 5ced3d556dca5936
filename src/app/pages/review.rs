//! A session's answers with their explanations: what one was wrong and sure about comes first, because
//! such errors are the ones best corrected (Butterfield & Metcalfe 2001, hypercorrection).

use leptos::prelude::*;

use crate::{
    app::{
        kinds,
        pages::{no_session, question::explained::Explained},
        parts::{Heading, Waiting},
        state::App,
        words,
    },
    quiz::{
        content::{
            bank::{Item, Shard},
            reply::Sure,
        },
        order::by_largest,
        taking::session::{Answer, Session, SessionId},
    },
    route::Route,
};

/// An answer with what is needed to explain it.
struct Row {
    number: usize,
    skill: String,
    answer: Answer,
    item: Item,
    /// From 0 to the kind's top.
    score: u8,
    shard: std::sync::Arc<Shard>,
}

impl Row {
    fn is_right(&self) -> bool {
        self.score == self.item.task.kind().top()
    }

    /// The four parts of the page, in their order.
    fn group(&self) -> usize {
        match self.answer.reply.sure() {
            _ if self.is_right() => 3,
            _ if self.score > 0 => 2,
            Some(Sure::Sure | Sure::Fairly) => 0,
            Some(Sure::Not) | None => 1,
        }
    }

    /// How surely an answer that was not right was held; nothing for a right one.
    fn sureness(&self) -> f64 {
        self.answer.reply.sure().filter(|_| !self.is_right()).map_or(0.0, Sure::probability)
    }
}

/// The rows of a session, or `None` while shards are under way. Items that were withdrawn, or that an answer no
/// longer fits, have none.
fn rows(app: App, session: &Session) -> Option<Vec<Row>> {
    let places = app.catalog.with_value(|catalog| {
        let place = |(at, answer): (usize, &Answer)| {
            let (skill, _) = catalog.entry(&answer.item)?;
            Some((at + 1, skill, catalog.skills.get(skill)?.short.clone(), answer.clone()))
        };
        session.answers.iter().enumerate().filter_map(place).collect::<Vec<_>>()
    });
    // All are asked for before any is waited for.
    let there: Vec<bool> = places.iter().map(|(_, skill, ..)| app.has(*skill)).collect();
    if there.contains(&false) {
        return None;
    }
    app.shards.with(|shards| {
        let row = |(number, at, skill, answer): (usize, usize, String, Answer)| {
            let shard = shards.get(at)?.clone();
            let item = shard.item(&answer.item)?.clone();
            let score = item.task.score(&answer.reply)?;
            Some(Row { number, skill, answer, item, score, shard })
        };
        Some(places.into_iter().filter_map(row).collect())
    })
}

#[component]
pub(super) fn Review(app: App, id: SessionId) -> impl IntoView {
    let Some(session) = app.sessions.with_untracked(|sessions| sessions.get(&id).cloned()) else {
        return no_session(app);
    };
    let back = Route::Result(id).to_string();
    let all_there = {
        let session = session.clone();
        Memo::new(move |_| rows(app, &session).is_some())
    };
    let content = move || match all_there.get().then(|| untrack(|| rows(app, &session))).flatten() {
        None => view! { <Waiting app /> }.into_any(),
        Some(rows) if rows.is_empty() => view! { <p>"Nothing was answered yet."</p> }.into_any(),
        Some(rows) => groups(app, &session, rows).into_any(),
    };
    view! {
        <div class="narrow stack-lg">
            <div class="stack">
                <Heading app title="Your answers".to_owned()>"Your answers"</Heading>
                <p><a href=back>"Back to the result"</a></p>
            </div>
            {content}
        </div>
    }
    .into_any()
}

fn groups(app: App, session: &Session, rows: Vec<Row>) -> impl IntoView + use<> {
    let mut parts = [const { Vec::new() }; 4];
    for row in rows {
        if let Some(part) = parts.get_mut(row.group()) {
            part.push(row);
        }
    }
    // What was held most surely comes first.
    let parts = parts.map(|rows| by_largest(rows, Row::sureness));
    let titles =
        ["Wrong, and sure or fairly sure", "Wrong and not sure, or not known", "Partly right", "Right"];
    titles
        .into_iter()
        .zip(parts)
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(title, rows)| {
            let rows = rows.into_iter().map(|row| shown(app, session.clone(), row)).collect_view();
            view! {
                <section class="stack">
                    <h2>{title}</h2>
                    {rows}
                </section>
            }
        })
        .collect_view()
}

fn shown(app: App, session: Session, row: Row) -> impl IntoView {
    let Row { number, skill, answer, item, shard, .. } = row;
    let sure = answer.reply.sure().map_or("don’t know", words::sure);
    let (prompt, picture) = (item.prompt.clone(), kinds::picture(&item));
    let said = format!("level {} · {}", item.level, sure.to_ascii_lowercase());
    view! {
        <details class="card">
            <summary>
                <b>{format!("{number}. {skill}")}</b>
                <span class="soft">{said}</span>
            </summary>
            <div class="stack asked">
                <div class="prompt" inner_html=prompt></div>
                {picture}
                <Explained app session reply=answer.reply item shard />
            </div>
        </details>
    }
}
