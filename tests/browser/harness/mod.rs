//! What the journeys use: a static host, the three engines, and pages with methods named for what a person does.
//!
//! Everything waits for conditions with a deadline; nothing sleeps for a fixed time.

mod broken;
mod browser;
mod copy;
mod driver;
mod engine;
mod host;
mod input;
mod page;
mod pool;
mod site;
mod stopwatch;

use std::env;

pub(crate) use broken::Fault;
pub(crate) use browser::Browser;
pub(crate) use copy::StorageCopy;
pub(crate) use engine::{Engine, Setup};
pub(crate) use host::Host;
pub(crate) use input::Input;
pub(crate) use page::{LOADED, Page};
pub(crate) use pool::Pool;
pub(crate) use site::{Deployed, FileFault, Site};
pub(crate) use stopwatch::Stopwatch;

/// JavaScript functions that answer questions.
pub(crate) const ANSWERING: &str = include_str!("../scripts/answering.js");

/// How many random cases a journey tries: `usual`, times `SEXTANT_ROUNDS` if that is set.
pub(crate) fn rounds(usual: usize) -> usize {
    let times: usize = env::var("SEXTANT_ROUNDS").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    usual * times.max(1)
}
