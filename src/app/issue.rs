//! Reporting a question: the reader sees the whole text, and sends it themselves or copies it.

use leptos::{ev::MouseEvent, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{
    app::{
        dialog::{Dialog, close, open},
        state::App,
    },
    browser::page,
    quiz::content::{bank::ItemId, issue},
    trouble::Trouble,
};

/// A button that opens the report of a question. What the reader saw is the text of the element around it that
/// has the class `asked`.
#[component]
pub(crate) fn ReportIssue(app: App, item: ItemId) -> impl IntoView {
    // Made when it is asked for: a review has sixty of these buttons.
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
        let bank = app.catalog.with_value(|catalog| catalog.version.clone());
        text.set(Some(item.with_value(|item| issue::body(item, &bank, &seen))));
    };
    let asked = Memo::new(move |_| text.with(Option::is_some));
    view! {
        <button type="button" class="link" on:click=begin>"Report this question"</button>
        {move || asked.get().then(|| item.with_value(|item| report(issue::title(item), text)))}
    }
}

/// The dialog with the text, open.
fn report(title: String, text: RwSignal<Option<String>>) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let area = NodeRef::<html::Textarea>::new();
    let copied = RwSignal::new(String::new());
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
        let text = text.get_untracked().unwrap_or_default();
        spawn_local(async move {
            if page::copy(&text).await {
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
            "Opening an issue hands this text, your answer in it, to {host}. It is published only when you submit it there."
        ),
        None => "Copy this text, say what is wrong, and send it to whoever gave you the link to this page."
            .to_owned(),
    };
    view! {
        <Dialog node title="Report this question" on:close=move |_| text.set(None)>
            <p>{what}</p>
            <textarea
                class="report"
                rows="10"
                aria-label="The report"
                node_ref=area
                prop:value=move || text.get().unwrap_or_default()
                on:input:target=move |event| {
                    copied.set(String::new());
                    text.set(Some(event.target().value()));
                }
            ></textarea>
            <p role="status">{move || copied.get()}</p>
            <div class="row">
                {send} <button type="button" class="button" on:click=copy>"Copy the text"</button>
                <button type="button" class="button quiet" on:click=move |_| close(node)>"Close"</button>
            </div>
        </Dialog>
    }
}
