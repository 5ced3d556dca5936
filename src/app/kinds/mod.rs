//! Each kind of question as the reader sees it: asked, and explained once answered.

mod choices;
mod diagram;
mod judgement;
mod number;
mod order;

use leptos::prelude::*;

use crate::{
    app::split,
    quiz::{
        content::{
            bank::{Item, Picture},
            kind::ItemKind,
            reply::{Reply, Sure},
            task::Task,
        },
        taking::session::Session,
    },
};

/// What the reader has entered so far, before saying how sure they are. `None` while something is missing.
pub(crate) type Draft = RwSignal<Option<Reply>>;
/// Stands for the confidence in a draft.
const NOT_SAID: Sure = Sure::Not;

/// The id of the sentence of the prompt that asks the question. The build sets it.
fn question_id(item: &Item) -> String {
    format!("question-{}", item.id)
}

/// Adds or removes a position.
fn toggle(picked: RwSignal<Vec<u8>>, position: u8, checked: bool) {
    picked.update(|picked| {
        picked.retain(|other| *other != position);
        if checked {
            picked.push(position);
        }
    });
}

/// The order in which a question's options or steps are shown, as positions in the bank.
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

/// Whether a kind needs [`split::Part::Answers`] to be asked. The commonest doesn't.
pub(crate) fn needs_part(kind: ItemKind) -> bool {
    !matches!(kind, ItemKind::Single(_))
}

/// The part of an open question that takes the answer. Where [`needs_part`] says so, the part must have arrived.
pub(crate) fn ask(session: &Session, item: &Item, draft: Draft) -> AnyView {
    let order = shown_order(session, item);
    let fields = match &item.task {
        Task::Single(options) => Some(choices::pick_one(options, &order, draft)),
        _ => split::fields(item.clone(), order, draft),
    };
    view! { <fieldset aria-labelledby=question_id(item)>{fields}</fieldset> }.into_any()
}

/// The fields of any kind. Only `split.rs` calls this, so that all but the commonest are in a part of the program.
pub(crate) fn fields(item: &Item, order: Vec<usize>, draft: Draft) -> AnyView {
    match &item.task {
        Task::Single(options) => choices::pick_one(options, &order, draft),
        Task::Multi(options) => choices::pick_all(options, &order, draft),
        Task::Judgement { reactions, .. } => judgement::ask(reactions, &order, draft),
        Task::Numeric(quantity) => number::ask(quantity, draft),
        Task::Ordering { steps, .. } => order::ask(steps, order, draft),
        Task::Diagram(targets) => diagram::ask(item.figure.as_ref(), targets, draft),
    }
}

/// What was right and why, beside what the reader answered.
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

/// What to do before a question can be answered.
pub(crate) fn hint(task: &Task) -> &'static str {
    match task {
        Task::Single(_) => "Pick an option first.",
        Task::Multi(_) => "Pick at least one option first.",
        Task::Judgement { .. } => "Pick the best reaction, and a different one as the worst.",
        Task::Numeric(_) => "Enter a number first.",
        Task::Ordering { .. } => "Put the steps in order first.",
        Task::Diagram(_) => "Point at something in the diagram first.",
    }
}

/// The keyboard shortcuts of a question, with what they do.
pub(crate) fn keys(task: &Task) -> &'static [(&'static str, &'static str)] {
    match task {
        Task::Single(_) => &[("1 to 5", "Pick an option")],
        Task::Multi(_) => &[("1 to 5", "Select or deselect an option")],
        Task::Judgement { .. } => {
            &[("1 to 5", "Pick the best reaction"), ("Shift 1 to 5", "Pick the worst reaction")]
        }
        Task::Numeric(_) => &[],
        Task::Ordering { .. } => &[("1 to 7", "Go to a step"), ("↑ ↓", "Move the step up or down")],
        Task::Diagram(_) => &[("Space", "Select or deselect the mark in focus")],
    }
}

/// The question's diagram, unless it is part of the answer because the reader points at it.
pub(crate) fn picture(item: &Item) -> Option<AnyView> {
    let figure = item.figure.as_ref().filter(|_| !matches!(item.task, Task::Diagram(_)))?;
    Some(pictured(figure, ()))
}

/// A diagram with what goes on top of it, and a description of everything it shows.
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

/// An option, step or target, and why it is right or wrong.
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
