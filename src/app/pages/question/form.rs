//! The form in which a question is answered, in whatever kind: the answer, then how sure one is of it.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::{
    app::{
        dialog::{Dialog, close, open},
        kinds::{self, Draft},
        words,
    },
    quiz::{
        content::{
            bank::Item,
            reply::{Reply, Sure},
        },
        taking::session::Session,
    },
};

#[component]
pub(in super::super) fn AnswerForm(
    /// Decides the order of the options.
    session: Session,
    item: Item,
    /// Takes in the answer.
    reply: impl Fn(Reply) + Copy + Send + Sync + 'static,
    /// The heading and the question.
    children: Children,
) -> impl IntoView {
    let draft: Draft = RwSignal::new(None);
    let fairly = NodeRef::<html::Button>::new();
    let keys = NodeRef::<html::Dialog>::new();
    let form = NodeRef::<html::Form>::new();
    let first = kinds::first(&item.task);
    let answering = kinds::ask(&session, &item, draft);

    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let enter = event.key() == "Enter";
        if enter && event.repeat() {
            // A key held down answers nothing.
            event.prevent_default();
            return;
        }
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let writing = input.as_ref().is_some_and(|input| input.type_() == "text");
        match event.key().as_str() {
            "Enter" if input.is_some() => {
                // A form with one field submits itself on Enter: there is nothing to submit.
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
    let incomplete = move || draft.with(Option::is_none);
    let sure = |sure: Sure, node: NodeRef<html::Button>| {
        let answer = move |_| {
            if let Some(given) = draft.get_untracked() {
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
        <form class="stack-lg" node_ref=form on:keydown=on_key on:submit=|event| event.prevent_default()>
            <div class="stack">{children()} {answering}</div>
            <div class="answering">
                <div class="sure" role="group" aria-labelledby="how-sure">
                    <p id="how-sure" role="status">
                        {move || if incomplete() { first } else { "How sure are you? This answers." }}
                    </p>
                    <div class="row">
                        {sure(Sure::Not, NodeRef::new())} {sure(Sure::Fairly, fairly)}
                        {sure(Sure::Sure, NodeRef::new())}
                    </div>
                </div>
                <div class="row">
                    <button type="button" class="button quiet" on:click=move |_| reply(Reply::DontKnow)>
                        "I don’t know"
                    </button>
                    <button type="button" class="button quiet keys" on:click=move |_| open(keys)>
                        "Keys "
                        <kbd>"?"</kbd>
                    </button>
                </div>
            </div>
        </form>
        <Keys node=keys of_kind=kinds::keys(&item.task) />
    }
}

/// What the keys do.
#[component]
fn Keys(node: NodeRef<html::Dialog>, of_kind: &'static [(&'static str, &'static str)]) -> impl IntoView {
    let everywhere = [
        (
            "Enter",
            "from the answer: to the three buttons; on a button: answer; after an answer: next question",
        ),
        ("← →", "between the three buttons"),
        ("Tab", "to everything else"),
    ];
    let rows = of_kind.iter().copied().chain(everywhere).map(|(key, does)| {
        view! {
            <dt><kbd>{key}</kbd></dt>
            <dd>{does}</dd>
        }
    });
    view! {
        <Dialog node title="Keys">
            <dl class="facts">{rows.collect_view()}</dl>
            <div class="row">
                <button type="button" class="button" on:click=move |_| close(node)>"Close"</button>
            </div>
        </Dialog>
    }
}

/// Does what a digit stands for in the kind that is asked: picks what carries it, or goes there.
fn pick(event: &KeyboardEvent, form: &web_sys::HtmlFormElement) {
    // By the key's place, since Shift changes what a digit types; on the number pad by what it types, since without
    // Num Lock that is none.
    let (code, key) = (event.code(), event.key());
    let digit = code.strip_prefix("Digit").unwrap_or(&key);
    if digit.len() != 1 || !digit.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    let carries = |key: String| form.query_selector(&format!("[data-key='{key}']")).ok().flatten();
    // Some keyboards need Shift for a digit.
    let shifted = event.shift_key().then(|| carries(format!("shift-{digit}"))).flatten();
    let found = shifted.or_else(|| carries(digit.to_owned()));
    let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else { return };
    event.prevent_default();
    if found.tag_name() == "INPUT" {
        found.click();
    }
    let _ = found.focus();
}

/// Moves the focus to the button before or after the one that has it.
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
