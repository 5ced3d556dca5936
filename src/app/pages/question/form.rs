//! The form that answers any kind of question: the answer, then how sure the reader is of it.

use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    html,
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::{
    app::{
        dialog::{Dialog, close, open},
        kinds::{self, Draft},
        parts::{hear_keys, is_typed},
    },
    quiz::{
        content::{
            bank::Item,
            reply::{Reply, Sure},
        },
        taking::session::Session,
    },
    words,
};

#[component]
pub(crate) fn AnswerForm(
    /// Decides the order of the options.
    session: Session,
    item: Item,
    /// Called with the answer.
    reply: impl Fn(Reply) + Copy + Send + Sync + 'static,
    /// The heading and the question.
    children: Children,
) -> impl IntoView {
    let draft: Draft = RwSignal::new(None);
    let fairly = NodeRef::<html::Button>::new();
    let keys = NodeRef::<html::Dialog>::new();
    let form = NodeRef::<html::Form>::new();
    let hint = kinds::hint(&item.task);
    let answering = kinds::ask(&session, &item, draft);

    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || !is_typed(&event) {
            return;
        }
        let enter = event.key() == "Enter";
        if enter && event.repeat() {
            // A key that is held down must not answer anything.
            event.prevent_default();
            return;
        }
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let writing = input.as_ref().is_some_and(|input| input.type_() == "text");
        match event.key().as_str() {
            "Enter" if input.is_some() => {
                // With a single field, the browser would submit the form.
                event.prevent_default();
                if let Some(button) = fairly.get_untracked().filter(|_| draft.get_untracked().is_some()) {
                    let _ = button.focus();
                }
            }
            _ if writing => {}
            "?" => open(keys),
            key @ ("ArrowLeft" | "ArrowRight") => walk_buttons(&event, key == "ArrowRight"),
            _ => {
                if let Some(form) = form.get_untracked() {
                    pick(&event, &form);
                }
            }
        }
    };
    Effect::new(move |_| {
        if let Some(form) = form.get() {
            hear_keys(&form);
        }
    });
    let incomplete = move || draft.with(Option::is_none);
    let dont_know = move |event| {
        if is_first(&event) {
            reply(Reply::DontKnow);
        }
    };
    let sure = |sure: Sure, node: NodeRef<html::Button>| {
        let answer = move |event| {
            if let Some(given) = draft.get_untracked().filter(|_| is_first(&event)) {
                reply(given.with_sure(sure));
            }
        };
        view! {
            <button type="button" class="button" node_ref=node disabled=incomplete on:click=answer>
                {words::sure(sure)}
                <small>{words::sure_range(sure)}</small>
            </button>
        }
    };
    view! {
        <form class="stack-lg" tabindex="-1" node_ref=form on:keydown=on_key on:submit=|event| event.prevent_default()>
            <div class="stack">{children()} {answering}</div>
            <div class="answering">
                <div class="sure" role="group" aria-labelledby="how-sure">
                    <p id="how-sure" role="status">
                        {move || if incomplete() { hint } else { "How sure are you? Choosing one submits your answer." }}
                    </p>
                    <div class="row">
                        {sure(Sure::Not, NodeRef::new())} {sure(Sure::Fairly, fairly)}
                        {sure(Sure::Sure, NodeRef::new())}
                    </div>
                </div>
                <div class="row">
                    <button type="button" class="button quiet" on:click=dont_know>
                        "I don’t know"
                    </button>
                    <button type="button" class="button quiet keys" on:click=move |_| open(keys)>
                        "Shortcuts "
                        <kbd>"?"</kbd>
                    </button>
                </div>
            </div>
        </form>
        <Keys node=keys of_kind=kinds::keys(&item.task) />
    }
}

/// The keyboard shortcuts.
#[component]
fn Keys(node: NodeRef<html::Dialog>, of_kind: &'static [(&'static str, &'static str)]) -> impl IntoView {
    let everywhere = [
        (
            "Enter",
            "From the answer, go to the three buttons; on a button, submit; then go to the next question",
        ),
        ("← →", "Move between the three buttons"),
        ("Tab", "Move to everything else"),
    ];
    let rows = of_kind.iter().copied().chain(everywhere).map(|(key, does)| {
        view! {
            <dt><kbd>{key}</kbd></dt>
            <dd>{does}</dd>
        }
    });
    view! {
        <Dialog node title="Keyboard shortcuts">
            <dl class="facts">{rows.collect_view()}</dl>
            <div class="row">
                <button type="button" class="button" on:click=move |_| close(node)>"Close"</button>
            </div>
        </Dialog>
    }
}

/// Whether a click isn't the second one of a double click, whose first one may have been for "Next" on the page before.
fn is_first(event: &MouseEvent) -> bool {
    event.detail() < 2
}

/// Picks the element with the digit that was pressed, or moves the focus to it.
fn pick(event: &KeyboardEvent, form: &web_sys::HtmlFormElement) {
    // The row of digits counts by position, because Shift changes what it types. The number pad counts by what it types,
    // because without Num Lock that is not a digit.
    let (code, key) = (event.code(), event.key());
    let digit = code.strip_prefix("Digit").unwrap_or(&key);
    if digit.len() != 1 || !digit.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    let carries = |key: String| form.query_selector(&format!("[data-key='{key}']")).ok().flatten();
    // With Shift, the digit itself will do too: some keyboards need Shift to type it.
    let shifted = event.shift_key().then(|| carries(format!("shift-{digit}"))).flatten();
    let found = shifted.or_else(|| carries(digit.to_owned()));
    let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else { return };
    event.prevent_default();
    if found.tag_name() == "INPUT" {
        found.click();
    }
    let _ = found.focus();
}

/// Moves the focus from one button to the next or the previous one.
fn walk_buttons(event: &KeyboardEvent, forwards: bool) {
    let Some(button) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlButtonElement>().ok())
    else {
        return;
    };
    let next = if forwards { button.next_element_sibling() } else { button.previous_element_sibling() };
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = next.focus();
    }
}
