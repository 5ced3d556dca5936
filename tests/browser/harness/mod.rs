//! What the journeys stand on: a static host, the three engines, and a page that reads like a sentence.
//!
//! Everything waits for conditions with a deadline; nothing sleeps for a fixed time.

mod broken;
mod browser;
mod driver;
mod engine;
mod hand;
mod host;
mod page;
mod pool;
mod script;
mod shelf;
mod site;
mod stopwatch;

use std::env;

pub(crate) use broken::Fault;
pub(crate) use browser::Browser;
pub(crate) use engine::{Engine, Setup};
pub(crate) use hand::Hand;
pub(crate) use host::Host;
pub(crate) use page::Page;
pub(crate) use pool::Pool;
pub(crate) use script::{ANSWER, FILL, SEES};
pub(crate) use shelf::Shelf;
pub(crate) use site::{Deployed, Site, Spoilt};
pub(crate) use stopwatch::Stopwatch;

/// How often a journey that draws its cases draws them: `SEXTANT_ROUNDS` times as often as it does by itself.
pub(crate) fn rounds(usual: usize) -> usize {
    let times: usize = env::var("SEXTANT_ROUNDS").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    usual * times.max(1)
}
