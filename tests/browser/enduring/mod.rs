//! What holds in every random case. `SEXTANT_ROUNDS` multiplies the number of cases.

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

pub(crate) use self::{
    closing::closed_tabs_lose_nothing, interleaving::interleaved_tabs_lose_nothing,
    killing::a_killed_browser_loses_little, updating::interleaved_updates_lose_nothing,
};
use crate::harness::{ANSWERING, Engine, StorageCopy};

/// Scripts that take a quiz, followed by those of a journey.
fn scripts(more: &str) -> String {
    [ANSWERING, include_str!("../scripts/take.js"), more].concat()
}

/// How often each answer is stored, by its name: the IDs of its session and item.
fn stored_answers(store: &Store<StorageCopy>) -> Result<BTreeMap<String, usize>> {
    ensure!(store.unreadable().is_empty(), "unreadable: {:?}", store.unreadable());
    let mut answers = BTreeMap::new();
    for entry in store.file(0, None).entries {
        if let (Stream::Session(id), Event::Session { change: Change::Answered(answer), .. }) =
            (entry.id.stream, entry.event)
        {
            *answers.entry(format!("{id} {}", answer.item.0)).or_default() += 1;
        }
    }
    Ok(answers)
}

/// Fails if an acknowledged answer isn't stored.
fn all_are_stored(acknowledged: &BTreeSet<String>, stored: &BTreeMap<String, usize>) -> Result<()> {
    let lost: Vec<_> = acknowledged.iter().filter(|name| !stored.contains_key(*name)).collect();
    ensure!(lost.is_empty(), "{} of {} answers lost: {lost:?}", lost.len(), acknowledged.len());
    Ok(())
}

/// Prints a row of the table of cases, with the upper limit of the failure rate at 95% confidence: 3 divided by the
/// number of cases, because none failed.
fn row(what: &str, engine: Engine, count: usize, result: impl Display) {
    let bound = (300.0 / count as f64).min(100.0);
    println!("| {what} | {} | {count} | {result} | below {bound:.2}% |", engine.name());
}
