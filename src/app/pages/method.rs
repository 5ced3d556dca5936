//! How Sextant measures. The text is compiled from `questions/method.md` and fetched, so that it does not add to the app.

use leptos::prelude::*;

use crate::{
    app::{
        parts::{Failure, Heading},
        state::App,
        task::Here,
    },
    browser::{self, page},
    route::Section,
    trouble::{FetchError, Trouble},
};

#[component]
pub(super) fn Method(
    app: &'static App,
    /// The section that a link led to.
    section: Option<Section>,
) -> impl IntoView {
    let text = RwSignal::new(None::<Result<String, FetchError>>);
    let here = Here::new();
    let fetch = move || {
        text.set(None);
        here.after(browser::bank::text(&app.catalog.method), move |fetched| text.set(Some(fetched)));
    };
    fetch();
    Effect::new(move |_| {
        if text.with(|text| matches!(text, Some(Ok(_))))
            && let Some(section) = section
        {
            page::go_to_part(section.id(), app.has_moved());
        }
    });
    let content = move || match text.get() {
        None => view! { <p class="loading" role="status">"Loading…"</p> }.into_any(),
        Some(Ok(html)) => view! { <div class="stack" inner_html=html></div> }.into_any(),
        Some(Err(error)) => view! { <Failure trouble=Trouble::Fetch(error) retry=fetch /> }.into_any(),
    };
    view! {
        <article class="narrow stack-lg prose">
            <div class="stack">
                <Heading app title="How Sextant measures".to_owned() takes_focus=section.is_none()>
                    "How Sextant measures"
                </Heading>
                <p class="lead">
                    "Every score in Sextant comes with its margin, and every label with its reasons. This page explains \
                     where they come from."
                </p>
            </div>
            {content}
        </article>
    }
}
