//! How it measures. The text is compiled from `questions/method.md`, so that it costs the program nothing.

use leptos::prelude::*;

use crate::{
    app::{
        parts::{Failure, Heading},
        state::App,
    },
    browser::{self, page},
    route::Section,
    trouble::FetchError,
};

#[component]
pub(super) fn Method(
    app: App,
    /// The section that the reader came for.
    section: Option<Section>,
) -> impl IntoView {
    let text = RwSignal::new(None::<Result<String, FetchError>>);
    let fetch = move || {
        text.set(None);
        leptos::task::spawn_local(async move {
            let address = app.catalog.with_value(|catalog| catalog.method.clone());
            // Refused only where the reader has left the page meanwhile.
            let _ = text.try_set(Some(browser::bank::text(&address).await));
        });
    };
    fetch();
    Effect::new(move |_| {
        if text.with(|text| matches!(text, Some(Ok(_))))
            && let Some(section) = section
        {
            page::go_to_part(section.id(), app.moved.get_value());
        }
    });
    let content = move || match text.get() {
        None => view! { <p class="loading" role="status">"Loading the text…"</p> }.into_any(),
        Some(Ok(html)) => view! { <div class="stack" inner_html=html></div> }.into_any(),
        Some(Err(error)) => view! { <Failure error retry=fetch /> }.into_any(),
    };
    view! {
        <article class="narrow stack-lg prose">
            <div class="stack">
                <Heading app title="How it measures".to_owned() takes_focus=section.is_none()>"How it measures"</Heading>
                <p class="lead">
                    "Every score that Sextant shows comes with its margin, and every label with its reasons. This is \
                     where they come from."
                </p>
            </div>
            {content}
        </article>
    }
}
