//! Any text as a stored value: the first line is its key, the rest its content.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sextant::quiz::saved::{event::{StoredEvent, EventId}, value::{Key, Value}, store::{Store, Unreadable}};
use sextant_fuzz::{PREFIX, Place, sealed};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (key, value) = text.split_once('\n').unwrap_or(("2:slot:a", &text));
    check(key, value);
    // Random input never has the right checksum.
    if let Some(value) = sealed(value) {
        check(key, &value);
    }
});

/// The value is left unchanged, and either read, or reported and exported. Compaction loses nothing of it.
fn check(key: &str, value: &str) {
    let full_key = format!("{PREFIX}{key}");
    let place = Place::default();
    place.put(&full_key, value);
    let mut store = open(&place);
    let _ = (store.history(), store.label(), store.theme());
    assert_eq!(place.value(&full_key).as_deref(), Some(value));
    let known = names(&store.file(0, None).entries);
    let told = match Key::parse(key).map(|key| Value::read(&key, value)) {
        Some(Ok(value)) => {
            assert!(names(&entries(value)).iter().all(|name| known.contains(name)));
            // It isn't reported as lost by the next refresh.
            assert_eq!(store.adrift(), 0);
            Vec::new()
        }
        Some(Err(damage)) => vec![Unreadable { key: full_key.clone(), text: value.to_owned(), damage }],
        None => Vec::new(),
    };
    assert_eq!(store.unreadable(), told);
    assert_eq!(store.file(0, None).stored.len(), told.len());
    for _ in 0..3 {
        store.compact().expect("this storage never fails");
    }
    let fresh = open(&place);
    assert_eq!(names(&fresh.file(0, None).entries), known);
    assert_eq!(fresh.unreadable(), told);
}

fn open(place: &Place) -> Store<Place> {
    Store::open(place.clone(), PREFIX.to_owned(), 1)
}

fn names(entries: &[StoredEvent]) -> Vec<EventId> {
    entries.iter().map(|entry| entry.id).collect()
}

fn entries(value: Value) -> Vec<StoredEvent> {
    match value {
        Value::Events(entries) => entries,
        Value::Snapshot(_, snapshot) => snapshot.entries,
        Value::Aside => Vec::new(),
    }
}
