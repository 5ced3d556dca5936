//! Any bytes as an imported file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sextant::quiz::{content::reply::Reply, saved::{FORMAT, event::{Change, StoredEvent, Event}, file::{ExportFile, MOST_BYTES}, history::History}};

fuzz_target!(|bytes: &[u8]| {
    let Ok(read) = ExportFile::read(bytes) else { return };
    History::of(&read.entries);
    let entries = read.entries.clone();
    let file = ExportFile { format: FORMAT, exported: 0, result: read.result, entries, stored: Vec::new() };
    let written = serde_json::to_vec(&file).expect("an export is JSON");
    // Format 1 has this once for all answers, this format in each.
    if written.len() > MOST_BYTES {
        return;
    }
    let mut again = ExportFile::read(&written).expect("what was read can be written and read again");
    assert_eq!((&again.result, again.unreadable), (&file.result, 0));
    let mut entries = read.entries;
    let numbers = (take_numbers(&mut entries), take_numbers(&mut again.entries));
    assert_eq!(entries, again.entries);
    assert!(numbers.0.iter().zip(&numbers.1).all(|(one, other)| same(*one, *other)), "{numbers:?}");
});

/// Replaces the answered numbers by 0, and returns them.
fn take_numbers(entries: &mut [StoredEvent]) -> Vec<f64> {
    let number = |entry: &mut StoredEvent| match &mut entry.event {
        Event::Session { change: Change::Answered(answer), .. } => match &mut answer.reply {
            Reply::Numeric { value, .. } => Some(std::mem::take(value)),
            _ => None,
        },
        _ => None,
    };
    entries.iter_mut().filter_map(number).collect()
}

/// A number with more than 15 digits may change by two units in the last place when it is read. Exact reading would
/// make the app larger, and no answer depends on it.
fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= one.abs() * 2.0 * f64::EPSILON + f64::MIN_POSITIVE
}
