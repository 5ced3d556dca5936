//! Each kind of question as a reader meets it: asked, and explained once answered.

mod choices;
mod diagram;
mod judgement;
mod number;
mod order;

use leptos::prelude::*;

use crate::quiz::{
    content::{
        bank::{Item, Picture},
        reply::{Reply, Sure},
        task::Task,
    },
    taking::session::Session,
};

/// What the reader has put in so far; how sure they are is not said yet. `None` while something is missing.
pub(crate) type Draft = RwSignal<Option<Reply>>;
/// What a draft says in its place.
const NOT_SAID: Sure = Sure::Not;

/// The id of the sentence in a question's text that asks. The build sets it.
fn asks(item: &Item) -> String {
    format!("question-{}", item.id)
}

/// Takes a position in or out.
fn toggle(picked: RwSignal<Vec<u8>>, position: u8, checked: bool) {
    picked.update(|picked| {
        picked.retain(|other| *other != position);
        if checked {
            picked.push(position);
        }
    });
}

/// The order in which a question's options or steps are shown: positions as written.
fn shown_order(session: &Session, item: &Item) -> Vec<usize> {
    match &item.task {
        Task::Single(options) | Task::Multi(options) | Task::Judgement { reactions: options, .. } => {
            session.option_order(&item.id, options.len())
        }
        Task::Ordering { steps, .. } => session.step_order(&item.id, steps.len()),
        Task::Diagram(targets) => (0..targets.len()).collect(),
        Task::Numeric(_) => Vec::new(),
    }
}

/// The part of an open question in which it is answered.
pub(crate) fn ask(session: &Session, item: &Item, draft: Draft) -> AnyView {
    let order = shown_order(session, item);
    let fields = match &item.task {
        Task::Single(options) => choices::pick_one(options, &order, draft),
        Task::Multi(options) => choices::pick_all(options, &order, draft),
        Task::Judgement { reactions, .. } => judgement::ask(reactions, &order, draft),
        Task::Numeric(quantity) => number::ask(quantity, draft),
        Task::Ordering { steps, .. } => order::ask(steps, order, draft),
        Task::Diagram(targets) => diagram::ask(item.figure.as_ref(), targets, draft),
    };
    view! { <fieldset aria-labelledby=asks(item)>{fields}</fieldset> }.into_any()
}

/// What was right and why, and what the reader said.
pub(crate) fn explain(session: &Session, item: &Item, reply: &Reply) -> AnyView {
    let order = shown_order(session, item);
    match &item.task {
        Task::Single(options) | Task::Multi(options) => choices::explain(options, &order, reply),
        Task::Judgement { reactions, worst } => judgement::explain(reactions, *worst, &order, reply),
        Task::Numeric(quantity) => number::explain(quantity, reply),
        Task::Ordering { steps, .. } => order::explain(steps, reply),
        Task::Diagram(targets) => diagram::explain(item.figure.as_ref(), targets, reply),
    }
}

/// What is to be done before a question can be answered.
pub(crate) fn first(task: &Task) -> &'static str {
    match task {
        Task::Single(_) => "Pick an option first.",
        Task::Multi(_) => "Pick at least one option first.",
        Task::Judgement { .. } => "Pick the best and, elsewhere, the worst first.",
        Task::Numeric(_) => "Write a number first.",
        Task::Ordering { .. } => "Put the steps in order first.",
        Task::Diagram(_) => "Point at something first.",
    }
}

/// What the keys do in a question: each with its meaning.
pub(crate) fn keys(task: &Task) -> &'static [(&'static str, &'static str)] {
    match task {
        Task::Single(_) => &[("1 to 5", "pick an option")],
        Task::Multi(_) => &[("1 to 5", "pick an option, or not")],
        Task::Judgement { .. } => &[("1 to 5", "the best reaction"), ("Shift 1 to 5", "the worst reaction")],
        Task::Numeric(_) => &[],
        Task::Ordering { .. } => &[("1 to 7", "to a step"), ("↑ ↓", "on a step: move it up or down")],
        Task::Diagram(_) => &[("Space", "on a mark: point at it, or not")],
    }
}

/// The question's diagram, unless pointing at it is the question: then it is part of the answer.
pub(crate) fn picture(item: &Item) -> Option<AnyView> {
    let figure = item.figure.as_ref().filter(|_| !matches!(item.task, Task::Diagram(_)))?;
    Some(pictured(figure, ()))
}

/// A diagram with what lies over it, and all that it says in words.
fn pictured(figure: &Picture, over: impl IntoView + 'static) -> AnyView {
    let Picture { svg, words } = figure.clone();
    view! {
        <figure class="figure">
            <div class="picture">
                <div inner_html=svg></div>
                {over}
            </div>
            <details>
                <summary>"The picture in words"</summary>
                <p>{words}</p>
            </details>
        </figure>
    }
    .into_any()
}

/// One option, step or target with why it is right or wrong.
fn reason(class: &'static str, key: String, text: String, mark: Option<String>, why: String) -> AnyView {
    view! {
        <li class=class>
            <span class="key" aria-hidden="true">{key}</span>
            <div>
                <p>
                    <span inner_html=text></span>
                    {mark.map(|mark| view! { " " <b class="mark">{mark}</b> })}
                </p>
                <p class="why" inner_html=why></p>
            </div>
        </li>
    }
    .into_any()
}
