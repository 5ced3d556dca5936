//! Steps to be brought into order: by dragging, by buttons, or by the arrow keys.

use std::sync::Arc;

use leptos::{ev::PointerEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Draft, reason};
use crate::quiz::{reply::Reply, task::Choice};

/// The steps in the order given so far. Rows stay where they are and their texts move, so that the focus and a
/// drag under way stay on what they are on.
#[derive(Clone, Copy)]
struct Steps {
    texts: StoredValue<Vec<String>>,
    /// Positions as written, from the first place to the last.
    order: RwSignal<Vec<usize>>,
    /// The place of the step that is being dragged.
    dragged: RwSignal<Option<usize>>,
    /// What was done last, for those who do not see it.
    said: RwSignal<String>,
    rows: StoredValue<Vec<NodeRef<html::Li>>>,
    draft: Draft,
}

impl Steps {
    /// Moves the step at one place to another.
    fn shift(self, from: usize, to: usize) {
        if from == to || to >= self.order.with_untracked(Vec::len) {
            return;
        }
        self.order.update(|order| {
            if from < order.len() {
                let step = order.remove(from);
                order.insert(to, step);
            }
        });
        let (text, of) = self.order.with_untracked(|order| {
            let step = order.get(to).copied().unwrap_or_default();
            (self.texts.with_value(|texts| texts.get(step).cloned()).unwrap_or_default(), order.len())
        });
        self.said.set(format!("{} of {of}: {}", to + 1, without_tags(&text)));
        self.draft.set(self.order.with_untracked(|order| {
            let order: Vec<u8> = order.iter().filter_map(|step| u8::try_from(*step).ok()).collect();
            Some(Arc::new(move |sure| Reply::Ordering { order: order.clone(), sure }) as _)
        }));
    }

    /// Moves a step by one place, and the focus with it.
    fn step(self, from: usize, down: bool) {
        let to = if down { from + 1 } else { from.saturating_sub(1) };
        self.shift(from, to);
        let row = self.rows.with_value(|rows| rows.get(to).and_then(|row| row.get_untracked()));
        let button =
            row.and_then(|row| row.query_selector(if down { ".down" } else { ".up" }).ok().flatten());
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            let _ = button.focus();
        }
    }

    /// The place that a height in the window belongs to: below every other row whose middle is above it.
    fn place(self, y: f64, dragged: usize) -> usize {
        self.rows.with_value(|rows| {
            let above = |row: &NodeRef<html::Li>| {
                let middle = row.get_untracked().map(|row| {
                    let area = row.get_bounding_client_rect();
                    area.top() + area.height() / 2.0
                });
                middle.is_some_and(|middle| middle < y)
            };
            rows.iter().enumerate().filter(|(at, row)| *at != dragged && above(row)).count()
        })
    }

    fn grab(self, event: &PointerEvent, at: usize) {
        if event.button() != 0 {
            return;
        }
        event.prevent_default();
        let grip = event.current_target().and_then(|grip| grip.dyn_into::<HtmlElement>().ok());
        if let Some(grip) = grip {
            // Without it the drag ends where the pointer leaves the grip, which a fast one does.
            let _ = grip.set_pointer_capture(event.pointer_id());
        }
        self.dragged.set(Some(at));
    }

    fn drag(self, event: &PointerEvent) {
        if let Some(from) = self.dragged.get_untracked() {
            let to = self.place(f64::from(event.client_y()), from);
            if to != from {
                self.shift(from, to);
                self.dragged.set(Some(to));
            }
        }
    }
}

/// A text without the marks of its HTML, which the build escaped.
fn without_tags(html: &str) -> String {
    let mut inside = false;
    html.chars()
        .filter(|c| {
            let mark = matches!(c, '<' | '>');
            inside = *c == '<' || inside && !mark;
            !inside && !mark
        })
        .collect()
}

pub(super) fn ask(steps: &[Choice], order: Vec<usize>, draft: Draft) -> AnyView {
    let places = order.len();
    let steps = Steps {
        texts: StoredValue::new(steps.iter().map(|step| step.text.clone()).collect()),
        order: RwSignal::new(order),
        dragged: RwSignal::new(None),
        said: RwSignal::new(String::new()),
        rows: StoredValue::new((0..places).map(|_| NodeRef::new()).collect()),
        draft,
    };
    let rows = (0..places)
        .filter_map(|at| Some(row(steps, at, places, steps.rows.with_value(|rows| rows.get(at).copied())?)));
    view! {
        <fieldset aria-labelledby="prompt">
            <ol class="choices order">{rows.collect_view()}</ol>
            <p class="hidden" role="status">{move || steps.said.get()}</p>
        </fieldset>
    }
    .into_any()
}

fn row(steps: Steps, at: usize, places: usize, node: NodeRef<html::Li>) -> impl IntoView {
    let text = move || {
        let step = steps.order.with(|order| order.get(at).copied().unwrap_or_default());
        steps.texts.with_value(|texts| texts.get(step).cloned().unwrap_or_default())
    };
    let button = move |down: bool| {
        let (class, sign, word) =
            if down { ("button move down", "↓", "down") } else { ("button move up", "↑", "up") };
        let nowhere = if down { at + 1 == places } else { at == 0 };
        view! {
            // Not `disabled`: the focus must be able to follow a step to the end.
            <button
                type="button"
                class=class
                data-key=down.then_some(at + 1)
                aria-disabled=nowhere.to_string()
                aria-label=move || format!("Move {word}: {}", without_tags(&text()))
                on:click=move |_| if !nowhere { steps.step(at, down) }
            >
                {sign}
            </button>
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        if if down { at + 1 < places } else { at > 0 } {
            steps.step(at, down);
        }
    };
    view! {
        <li
            class="choice step"
            class:dragged=move || steps.dragged.get() == Some(at)
            node_ref=node
            on:keydown=on_key
        >
            <span
                class="grip"
                aria-hidden="true"
                on:pointerdown=move |event| steps.grab(&event, at)
                on:pointermove=move |event| steps.drag(&event)
                on:pointerup=move |_| steps.dragged.set(None)
                on:pointercancel=move |_| steps.dragged.set(None)
            ></span>
            <span class="key" aria-hidden="true">{at + 1}</span>
            <span inner_html=text></span>
            <span class="moves">{button(false)} {button(true)}</span>
        </li>
    }
}

pub(super) fn explain(steps: &[Choice], reply: &Reply) -> AnyView {
    let given = match reply {
        Reply::Ordering { order, .. } => Some(order),
        _ => None,
    };
    let explained = steps.iter().enumerate().map(|(at, step)| {
        let place = given.and_then(|order| order.iter().position(|step| usize::from(*step) == at));
        let (class, mark) = match place {
            Some(place) if place == at => ("choice right", Some("✓ your place too".to_owned())),
            Some(place) => ("choice wrong", Some(format!("✗ you put it at {}", place + 1))),
            None => ("choice", None),
        };
        reason(class, (at + 1).to_string(), step.text.clone(), mark, step.why.clone())
    });
    view! {
        <p class="soft">"The right order:"</p>
        <ol class="choices">{explained.collect_view()}</ol>
    }
    .into_any()
}
