//! What holds however often it is tried: drawn cases, `SEXTANT_ROUNDS` times as many as by themselves.

mod closing;
mod interleaving;
mod killing;
mod updating;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
};

use anyhow::{Result, ensure};
use sextant::quiz::saved::{
    event::{Change, Event, Stream},
    store::Store,
};

use crate::harness::{Engine, FILL, SEES, Shelf};
pub(crate) use closing::closed_tabs_lose_nothing;
pub(crate) use interleaving::tabs_interleave;
pub(crate) use killing::a_killed_browser_loses_little;
pub(crate) use updating::updates_interleave;

/// Scripts that take a quiz, and those that journeys need besides.
fn script(more: &str, then: &str) -> String {
    format!("{SEES} {FILL} {}\n{more}\n{then}", include_str!("enduring/take.js"))
}

/// How often each answer is kept, by the names of its session and item.
fn kept_answers(kept: &Store<Shelf>) -> Result<BTreeMap<String, usize>> {
    ensure!(kept.unreadable().is_empty(), "unreadable: {:?}", kept.unreadable());
    let mut answers = BTreeMap::new();
    for entry in kept.file(0, None).entries {
        if let (Stream::Session(id), Event::Session { change: Change::Answered(answer), .. }) =
            (entry.id.stream, entry.event)
        {
            *answers.entry(format!("{id} {}", answer.item.0)).or_default() += 1;
        }
    }
    Ok(answers)
}

/// Fails where an acknowledged answer is not kept.
fn all_are_kept(acknowledged: &BTreeSet<String>, kept: &BTreeMap<String, usize>) -> Result<()> {
    let lost: Vec<_> = acknowledged.iter().filter(|name| !kept.contains_key(*name)).collect();
    ensure!(lost.is_empty(), "{} of {} answers lost: {lost:?}", lost.len(), acknowledged.len());
    Ok(())
}

/// Prints a row of the table of what was tried, and below which rate of failures that is at 95%: 3 in all that were
/// tried, since none failed.
fn row(what: &str, engine: Engine, count: usize, result: impl Display) {
    let bound = (300.0 / count as f64).min(100.0);
    println!("| {what} | {} | {count} | {result} | below {bound:.2}% |", engine.name());
}
