//! Reporting a question. The reader sees the whole text, and sends or copies it themselves.

use leptos::{ev::MouseEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{
    app::{
        dialog::{Dialog, close, open},
        state::App,
        task::Here,
    },
    browser::page,
    quiz::content::{bank::ItemId, issue},
    trouble::Trouble,
};

/// A button that opens a report about a question. The report quotes the text of the closest element around it with
/// the class `asked`.
#[component]
pub(crate) fn ReportIssue(app: &'static App, item: ItemId) -> impl IntoView {
    // Written on demand: a review has up to sixty of these buttons.
    let text = RwSignal::new(None::<String>);
    let item = StoredValue::new(item);
    let begin = move |event: MouseEvent| {
        let seen = event
            .target()
            .and_then(|button| button.dyn_into::<HtmlElement>().ok())
            .and_then(|button| button.closest(".asked").ok().flatten())
            .and_then(|asked| asked.dyn_into::<HtmlElement>().ok())
            .map(|asked| asked.inner_text())
            .unwrap_or_default();
        text.set(Some(item.with_value(|item| issue::body(item, &app.catalog.version, &seen))));
    };
    let asked = Memo::new(move |_| text.with(Option::is_some));
    view! {
        <button type="button" class="link" on:click=begin>"Report this question"</button>
        {move || asked.get().then(|| item.with_value(|item| report(issue::title(item), text)))}
    }
}

/// The dialog with the text. It opens at once.
fn report(title: String, text: RwSignal<Option<String>>) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let area = NodeRef::<html::Textarea>::new();
    let copied = RwSignal::new(String::new());
    let here = Here::new();
    Effect::new(move |_| {
        if node.get().is_some() {
            open(node);
        }
    });
    let host = page::tracker_host();
    let send = host.is_some().then_some(move || {
        let address = page::tracker(&title, issue::fitting(&text.get().unwrap_or_default()));
        view! {
            <a class="button primary" href=address target="_blank" rel="noopener">"Open an issue"</a>
        }
    });
    let copy = move |_| {
        here.after(page::copy(text.get_untracked().unwrap_or_default()), move |done| {
            if done {
                copied.set("Copied.".into());
            } else {
                copied.set(Trouble::NotCopied.to_string());
                if let Some(area) = area.get_untracked() {
                    area.select();
                }
            }
        });
    };
    let what = match host {
        Some(host) => format!(
            "Opening an issue sends this text, including your answer, to {host}. Nothing is published until you submit \
             it there."
        ),
        None => "Copy this text, add what’s wrong, and send it to whoever gave you the link to this page."
            .to_owned(),
    };
    view! {
        <Dialog node title="Report this question" on:close=move |_| text.set(None)>
            <p>{what}</p>
            <textarea
                class="report"
                rows="10"
                aria-label="Report"
                node_ref=area
                prop:value=move || text.get().unwrap_or_default()
                on:input:target=move |event| {
                    copied.set(String::new());
                    text.set(Some(event.target().value()));
                }
            ></textarea>
            <p role="status">{move || copied.get()}</p>
            <div class="row">
                {send} <button type="button" class="button" on:click=copy>"Copy text"</button>
                <button type="button" class="button quiet" on:click=move |_| close(node)>"Close"</button>
            </div>
        </Dialog>
    }
}
