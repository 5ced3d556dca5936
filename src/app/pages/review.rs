//! A session's answers with their explanations. Errors that the reader was sure of come first, because those are the
//! ones best corrected (Butterfield & Metcalfe 2001, hypercorrection).

use leptos::prelude::*;

use crate::{
    app::{
        kinds,
        pages::{no_session, question::explained::Explained},
        parts::{Heading, Loading},
        state::App,
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
    words,
};

/// An answer with everything needed to explain it.
struct Row {
    /// The question's number in the session.
    number: usize,
    skill: &'static str,
    answer: Answer,
    item: Item,
    /// From 0 to the most that the kind of question gives.
    score: u8,
    shard: std::sync::Arc<Shard>,
}

impl Row {
    fn is_right(&self) -> bool {
        self.score == self.item.task.kind().top()
    }

    /// Which of the page's four parts it belongs to.
    fn group(&self) -> usize {
        match self.answer.reply.sure() {
            _ if self.is_right() => 3,
            _ if self.score > 0 => 2,
            Some(Sure::Sure | Sure::Fairly) => 0,
            Some(Sure::Not) | None => 1,
        }
    }

    /// How sure the reader was of an answer that was not right; 0 for a right one.
    fn sureness(&self) -> f64 {
        self.answer.reply.sure().filter(|_| !self.is_right()).map_or(0.0, Sure::probability)
    }
}

/// The rows of a session, or `None` while shards are being fetched. An answer has no row if its item was withdrawn or
/// no longer fits it.
fn rows(app: &'static App, session: &Session) -> Option<Vec<Row>> {
    let skill = |answer: &Answer| app.catalog.entry(&answer.item).map(|(skill, _)| skill);
    // Not `all`, which would wait for one shard before it asks for the next.
    let missing =
        session.answers.iter().filter_map(skill).filter(|skill| !app.has_or_fetches(*skill)).count();
    if missing > 0 {
        return None;
    }
    let row = |(answer, number): (&Answer, usize)| {
        let skill = skill(answer)?;
        let shard = app.shard_now(skill)?;
        let item = shard.item(&answer.item)?.clone();
        let score = item.task.score(&answer.reply)?;
        let skill = app.catalog.skills.get(skill)?.short.as_str();
        Some(Row { number, skill, answer: answer.clone(), item, score, shard })
    };
    Some(session.answers.iter().zip(1..).filter_map(row).collect())
}

#[component]
pub(super) fn Review(app: &'static App, id: SessionId) -> impl IntoView {
    let Some(session) = app.session_now(id) else { return no_session(app) };
    let back = Route::Result(id).to_string();
    let all_arrived = {
        let session = session.clone();
        Memo::new(move |_| rows(app, &session).is_some())
    };
    let content = move || match all_arrived.get().then(|| untrack(|| rows(app, &session))).flatten() {
        None => view! { <Loading app /> }.into_any(),
        Some(rows) if rows.is_empty() => {
            view! { <p>"You haven’t answered any questions yet."</p> }.into_any()
        }
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

fn groups(app: &'static App, session: &Session, rows: Vec<Row>) -> impl IntoView + use<> {
    let mut parts = [const { Vec::new() }; 4];
    for row in rows {
        if let Some(part) = parts.get_mut(row.group()) {
            part.push(row);
        }
    }
    // The surest first.
    let parts = parts.map(|rows| by_largest(rows, Row::sureness));
    let titles =
        ["Wrong, but sure or fairly sure", "Wrong and not sure, or not known", "Partly right", "Right"];
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

fn shown(app: &'static App, session: Session, row: Row) -> impl IntoView {
    let Row { number, skill, answer, item, shard, .. } = row;
    let sure = answer.reply.sure().map_or("didn’t know", words::sure);
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
