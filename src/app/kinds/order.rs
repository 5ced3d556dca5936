//! Steps to put in order: by dragging, with buttons, or with the arrow keys.

use leptos::{ev::PointerEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{
    app::{
        kinds::{Draft, NOT_SAID, reason},
        parts::is_typed,
    },
    quiz::content::{reply::Reply, task::Choice},
};

/// The steps in their current order. The rows stay in place and the texts move between them, so that a move takes
/// neither the focus nor a drag away.
#[derive(Clone, Copy)]
struct Steps {
    texts: StoredValue<Vec<String>>,
    /// The steps by their positions in the bank, in the order shown.
    order: RwSignal<Vec<usize>>,
    /// The row of the step that is being dragged, and the pointer that drags it.
    dragged: RwSignal<Option<(usize, i32)>>,
    /// The last move for screen readers, as HTML.
    said: RwSignal<String>,
    rows: StoredValue<Vec<Row>>,
    draft: Draft,
}

/// A row of the list, and its two buttons.
#[derive(Clone, Copy, Default)]
struct Row {
    item: NodeRef<html::Li>,
    up: NodeRef<html::Button>,
    down: NodeRef<html::Button>,
}

impl Steps {
    /// Moves the step in one row to another.
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
        self.said.set(format!("{} of {of}: {}", to + 1, text));
        self.set_draft();
    }

    /// Makes the current order the answer, which may be the one shown at first.
    fn set_draft(self) {
        let order = self
            .order
            .with_untracked(|order| order.iter().filter_map(|step| u8::try_from(*step).ok()).collect());
        self.draft.set(Some(Reply::Ordering { order, sure: NOT_SAID }));
    }

    /// Moves a step by one row, and the focus with it.
    fn step(self, from: usize, down: bool) {
        let to = if down { from + 1 } else { from.saturating_sub(1) };
        self.shift(from, to);
        let row = self.rows.with_value(|rows| rows.get(to).copied());
        let button = row.and_then(|row| if down { row.down } else { row.up }.get_untracked());
        if let Some(button) = button {
            let _ = button.focus();
        }
    }

    /// The row at a height in the window: as many other rows have their middle above it.
    fn place(self, y: f64, dragged: usize) -> usize {
        self.rows.with_value(|rows| {
            let above = |row: &Row| {
                let middle = row.item.get_untracked().map(|row| {
                    let area = row.get_bounding_client_rect();
                    area.top() + area.height() / 2.0
                });
                middle.is_some_and(|middle| middle < y)
            };
            rows.iter().enumerate().filter(|(at, row)| *at != dragged && above(row)).count()
        })
    }

    fn grab(self, event: &PointerEvent, at: usize) {
        if event.button() != 0 || self.dragged.get_untracked().is_some() {
            return;
        }
        event.prevent_default();
        let grip = event.current_target().and_then(|grip| grip.dyn_into::<HtmlElement>().ok());
        if let Some(grip) = grip {
            // Otherwise the drag ends when the pointer leaves the grip, as a fast one does.
            let _ = grip.set_pointer_capture(event.pointer_id());
        }
        self.dragged.set(Some((at, event.pointer_id())));
    }

    fn drag(self, event: &PointerEvent) {
        if let Some((from, pointer)) =
            self.dragged.get_untracked().filter(|(_, by)| *by == event.pointer_id())
        {
            let to = self.place(f64::from(event.client_y()), from);
            if to != from {
                self.shift(from, to);
                self.dragged.set(Some((to, pointer)));
            }
        }
    }

    /// Ends the drag, unless another finger was lifted.
    fn release(self, event: &PointerEvent) {
        if self.dragged.get_untracked().is_some_and(|(_, by)| by == event.pointer_id()) {
            self.dragged.set(None);
        }
    }
}

pub(super) fn ask(steps: &[Choice], order: Vec<usize>, draft: Draft) -> AnyView {
    let places = order.len();
    let steps = Steps {
        texts: StoredValue::new(steps.iter().map(|step| step.text.clone()).collect()),
        order: RwSignal::new(order),
        dragged: RwSignal::new(None),
        said: RwSignal::new(String::new()),
        rows: StoredValue::new((0..places).map(|_| Row::default()).collect()),
        draft,
    };
    let rows = (0..places)
        .filter_map(|at| Some(row(steps, at, places, steps.rows.with_value(|rows| rows.get(at).copied())?)));
    steps.set_draft();
    view! {
        <ol class="choices order">{rows.collect_view()}</ol>
        <p class="hidden" role="status" inner_html=move || steps.said.get()></p>
    }
    .into_any()
}

fn row(steps: Steps, at: usize, places: usize, nodes: Row) -> impl IntoView {
    let text = move || {
        let step = steps.order.with(|order| order.get(at).copied().unwrap_or_default());
        steps.texts.with_value(|texts| texts.get(step).cloned().unwrap_or_default())
    };
    let button = move |down: bool| {
        let (class, sign, word) =
            if down { ("button move down", "↓", "down") } else { ("button move up", "↑", "up") };
        let id = format!("{word}-{at}");
        let nowhere = if down { at + 1 == places } else { at == 0 };
        view! {
            // Not `disabled`, so that the focus can follow a step to the end.
            <button
                type="button"
                class=class
                node_ref=if down { nodes.down } else { nodes.up }
                data-key=down.then_some(at + 1)
                aria-disabled=nowhere.to_string()
                aria-label=format!("Move {word}:")
                aria-labelledby=format!("{id} step-{at}")
                id=id
                on:click=move |_| if !nowhere { steps.step(at, down) }
            >
                {sign}
            </button>
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if !is_typed(&event) || event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        // Keeps the page from scrolling, and an arrow on the number pad from counting as a digit.
        event.prevent_default();
        event.stop_propagation();
        if if down { at + 1 < places } else { at > 0 } {
            steps.step(at, down);
        }
    };
    view! {
        <li
            class="choice step"
            class:dragged=move || steps.dragged.get().is_some_and(|(dragged, _)| dragged == at)
            node_ref=nodes.item
            on:keydown=on_key
        >
            <span
                class="grip"
                aria-hidden="true"
                on:pointerdown=move |event| steps.grab(&event, at)
                on:pointermove=move |event| steps.drag(&event)
                on:pointerup=move |event| steps.release(&event)
                on:pointercancel=move |event| steps.release(&event)
                on:lostpointercapture=move |event| steps.release(&event)
            ></span>
            <span class="key" aria-hidden="true">{at + 1}</span>
            <span id=format!("step-{at}") inner_html=text></span>
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
            Some(place) if place == at => ("choice right", Some("✓ you put it here too".to_owned())),
            Some(place) => ("choice wrong", Some(format!("✗ you put it at number {}", place + 1))),
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
