//! Reporting a question: the reader sees the whole text, and sends it themselves or copies it.

use leptos::{ev::MouseEvent, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    dialog::{Dialog, close, open},
    state::App,
};
use crate::{browser::page, quiz::bank::ItemId};

/// Letters of what the reader saw that a report takes over: trackers refuse addresses of more than 8,000.
const SEEN: usize = 1500;

/// A button that opens the report of a question. What the reader saw is the text of the element around it that
/// has the class `asked`.
#[component]
pub(crate) fn ReportIssue(app: App, item: ItemId) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let text = RwSignal::new(String::new());
    let copied = RwSignal::new(false);
    let title = format!("Question {item}");
    let begin = {
        let title = title.clone();
        move |event: MouseEvent| {
            let seen = event
                .target()
                .and_then(|button| button.dyn_into::<HtmlElement>().ok())
                .and_then(|button| button.closest(".asked").ok().flatten())
                .and_then(|asked| asked.dyn_into::<HtmlElement>().ok())
                .map(|asked| asked.inner_text())
                .unwrap_or_default();
            let bank = app.catalog.with_value(|catalog| catalog.version.clone());
            text.set(body(&title, &bank, &seen));
            copied.set(false);
            open(node);
        }
    };
    let send = move || {
        let address = page::tracker(&title, &text.get())?;
        Some(view! {
            <a class="button primary" href=address target="_blank" rel="noopener">"Open an issue"</a>
        })
    };
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move { copied.set(page::copy(&text).await) });
    };
    view! {
        <button type="button" class="link" on:click=begin>"Report this question"</button>
        <Dialog node title="Report this question">
            <p>
                {if page::has_tracker() {
                    "This text opens as an issue on the project’s tracker, where you say what is wrong and send it. \
                     Nothing is sent before."
                } else {
                    "Copy this text, say what is wrong, and send it to whoever gave you the link to this page."
                }}
            </p>
            <textarea
                class="report"
                rows="10"
                aria-label="The report"
                prop:value=move || text.get()
                on:input:target=move |event| text.set(event.target().value())
            ></textarea>
            <p role="status">{move || copied.get().then_some("Copied.")}</p>
            <div class="row">
                {send} <button type="button" class="button" on:click=copy>"Copy the text"</button>
                <button type="button" class="button quiet" on:click=move |_| close(node)>"Close"</button>
            </div>
        </Dialog>
    }
}

/// What a report says.
fn body(title: &str, bank: &str, seen: &str) -> String {
    let mut shown: String = seen.trim().chars().take(SEEN).collect();
    if seen.trim().chars().count() > SEEN {
        shown.push('…');
    }
    format!("What is wrong:\n\n\n{title}, bank {bank}\n\nWhat I saw:\n\n{shown}\n")
}
