//! Where the program is cut. The start page and a question are in the main module, which is all that a reader waits for.
//! Everything that only the functions below call is in the part that they name. Parts load in the background once the first
//! question is shown; `docs/performance.md` says what belongs where.
//!
//! The release build cuts the program (`crates/site/src/split.rs`). In other builds these are plain functions.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use leptos::prelude::AnyView;

use crate::{
    app::{
        kinds::{self, Draft},
        pages,
        state::App,
    },
    quiz::{content::bank::Item, saved::label::Label, taking::session::SessionId},
    route::Route,
};

/// A part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Explanations of answers, and all kinds of question but the commonest.
    Answers,
    /// Results, reviews, and what they need: scoring and advice.
    Results,
    /// The reader's data, the offline copy, the method and previews.
    About,
}

/// A part did not arrive. The browser's console says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartMissing;

/// Loads a part, or waits until it has arrived.
///
/// # Errors
/// [`PartMissing`]. Another call tries again.
pub(crate) async fn load(part: Part) -> Result<(), PartMissing> {
    // Each point has its own record of whether its part is here.
    match part {
        Part::Answers => {
            points::load_answers().await?;
            points::load_fields().await?;
        }
        Part::Results => {
            points::load_results().await?;
            points::load_label().await?;
        }
        Part::About => {
            points::load_about().await?;
            points::load_export().await?;
        }
    }
    Ok(())
}

/// A page of a part that has arrived.
pub(crate) fn page(part: Part, app: &'static App, route: Route) -> Option<AnyView> {
    match part {
        Part::Answers => at_once(points::answers(app, route)),
        Part::Results => at_once(points::results(app, route)),
        Part::About => at_once(points::about(app, route)),
    }
}

/// The fields of a question of any kind. [`Part::Answers`] must have arrived.
pub(crate) fn fields(item: Item, order: Vec<usize>, draft: Draft) -> Option<AnyView> {
    at_once(points::fields(item, order, draft))
}

/// Recomputes the latest label and scores. `None` while shards for them are being fetched. [`Part::Results`] must have
/// arrived.
pub(crate) fn label(app: &'static App) -> Option<Label> {
    at_once(points::label(app)).flatten()
}

/// Downloads everything as a file.
///
/// # Errors
/// [`PartMissing`]
pub(crate) async fn export(app: &'static App, result: Option<SessionId>) -> Result<(), PartMissing> {
    points::export(app, result).await
}

/// What a call into a part that has arrived returns, which it does without waiting.
fn at_once<T>(call: impl Future<Output = Result<T, PartMissing>>) -> Option<T> {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(call).poll(&mut context) {
        Poll::Ready(result) => result.ok(),
        Poll::Pending => None,
    }
}

/// Defines the split points: a part, the name under which it is loaded, and a function. An attribute for each would repeat
/// the same conditions.
macro_rules! points {
    ($($part:ident, $load:ident: fn $name:ident($($given:ident: $type:ty),*) -> $result:ty $body:block)*) => {
        #[cfg(split)]
        mod points {
            use super::*;

            impl From<wasm_split_helpers::SplitLoaderError> for PartMissing {
                fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
                    Self
                }
            }

            $(
                #[wasm_split_helpers::wasm_split($part, fallible, preload($load))]
                pub(super) fn $name($($given: $type),*) -> Result<$result, PartMissing> {
                    Ok($body)
                }
            )*
        }

        #[cfg(not(split))]
        mod points {
            use super::*;

            $(
                pub(super) async fn $load() -> Result<(), PartMissing> {
                    Ok(())
                }

                pub(super) async fn $name($($given: $type),*) -> Result<$result, PartMissing> {
                    Ok($body)
                }
            )*
        }
    };
}

points! {
    answers, load_answers: fn answers(app: &'static App, route: Route) -> AnyView {
        pages::answers(app, route)
    }
    answers, load_fields: fn fields(item: Item, order: Vec<usize>, draft: Draft) -> AnyView {
        kinds::fields(&item, order, draft)
    }
    results, load_results: fn results(app: &'static App, route: Route) -> AnyView {
        pages::results(app, route)
    }
    results, load_label: fn label(app: &'static App) -> Option<Label> {
        app.derive_label()
    }
    about, load_about: fn about(app: &'static App, route: Route) -> AnyView {
        pages::about(app, route)
    }
    about, load_export: fn export(app: &'static App, result: Option<SessionId>) -> () {
        app.download(result);
    }
}
