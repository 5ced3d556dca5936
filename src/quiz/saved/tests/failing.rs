//! A storage that throws, is full, reads nothing, or is emptied. The app continues, reports it, and loses nothing that
//! was reported as saved.

use crate::quiz::saved::{
    label::Label,
    store::{AreaError, NotSaved},
    tests::{
        double::{Double, Faults},
        *,
    },
};

const REFUSED: Option<NotSaved> = Some(NotSaved::Area(AreaError::Refused));
const FULL: Option<NotSaved> = Some(NotSaved::Area(AreaError::NotWritten));

fn begin(storage: &Double) -> (Store<Double>, Session) {
    let (mut store, of) = (open(storage, 1), session(0));
    note(&mut store, &of, Change::Begun);
    (store, of)
}

#[test]
fn without_storage_everything_lasts_as_long_as_the_page() {
    let storage = Double::default();
    storage.fail(Faults { refuses: true, ..Faults::default() });
    let (mut store, of) = begin(&storage);
    for item in 0..15 {
        assert!(answer(&mut store, of.id(), &format!("s{item}-1"), 0));
        assert_eq!(store.not_saved(), REFUSED);
    }
    assert_eq!(store.session(of.id()).unwrap().answers.len(), 15);
    assert!(store.size().is_err() && !store.refresh() && store.adrift() == 0);
    // Once there is one, everything is saved.
    storage.fail(Faults::default());
    store.refresh();
    assert_eq!(store.not_saved(), None);
    assert_eq!(open(&storage, 2).history(), store.history());
}

#[test]
fn a_storage_that_fills_up_at_any_write_loses_nothing_reported_as_saved() {
    for k in 0..20 {
        let storage = Double::default();
        storage.fail(Faults { full_from: Some(k), ..Faults::default() });
        let (mut store, of) = begin(&storage);
        let mut acknowledged = BTreeSet::new();
        for item in 0..15 {
            assert!(answer(&mut store, of.id(), &format!("s{item}-1"), 0));
            if store.not_saved().is_none() {
                acknowledged.extend(ids(&store));
            }
            assert!(acknowledged.is_subset(&ids(&open(&storage.tab(2), 2))), "write {k}");
        }
        assert_eq!(store.not_saved().is_none(), k >= 16, "write {k}");
        assert_eq!(store.session(of.id()).unwrap().answers.len(), 15);
        assert_eq!(store.file(0, None).entries.len(), 16, "an export contains everything");
        // The next saved event takes the others along.
        storage.fail(Faults::default());
        note(&mut store, &of, Change::Finished);
        assert_eq!((store.not_saved(), open(&storage, 2).history()), (None, store.history()));
    }
}

#[test]
fn one_failing_call_loses_and_stops_nothing() {
    for call in 0..200 {
        let storage = Double::default();
        storage.fail(Faults { fails_once_at: Some(call), ..Faults::default() });
        let (mut store, of) = begin(&storage);
        for item in 0..15 {
            store.refresh();
            assert!(answer(&mut store, of.id(), &format!("s{item}-1"), 0));
            let _ = (item % 5 == 4).then(|| store.compact());
        }
        storage.fail(Faults::default());
        store.refresh();
        assert_eq!((store.not_saved(), store.adrift()), (None, 0), "call {call}");
        assert_eq!(store.session(of.id()).unwrap().answers.len(), 15, "call {call}");
        assert_eq!(open(&storage, 2).history(), store.history(), "call {call}");
    }
}

#[test]
fn a_full_storage_gives_up_copies_before_answers() {
    let (storage, [_, second]) = filled();
    let mut store = open(&storage, 5);
    store.keep_label(&Label { label: Some("x".repeat(500)), ..Label::default() });
    assert!(store.label().is_some());
    let used = store.size().unwrap().characters;
    storage.fail(Faults { room: Some(used + 10), ..Faults::default() });
    assert!(answer(&mut store, second, "s20-1", 0));
    assert_eq!((store.not_saved(), store.label()), (None, None), "the label can be derived again");

    storage.fail(Faults::default());
    store.compact().unwrap();
    store.compact().unwrap();
    let used = store.size().unwrap().characters;
    storage.fail(Faults { room: Some(used + 10), ..Faults::default() });
    assert!(answer(&mut store, second, "s21-1", 0));
    assert_eq!(store.not_saved(), FULL);
    store.make_room().unwrap();
    assert_eq!(store.not_saved(), None, "the second snapshot is a copy");
    assert_eq!(open(&storage, 6).history(), store.history());
}

#[test]
fn a_storage_that_reads_nothing_is_not_mistaken_for_an_empty_one() {
    let (storage, [_, second]) = filled();
    let mut store = open(&storage, 5);
    let before = store.history();
    storage.fail(Faults { reads_nothing: true, ..Faults::default() });
    store.refresh();
    assert_eq!((store.history(), store.adrift()), (before, 0));
    assert!(answer(&mut store, second, "s20-1", 0));
    assert!(store.compact().is_err(), "a snapshot that can't be read back doesn't count");
    storage.fail(Faults::default());
    assert_eq!(open(&storage, 6).history(), store.history());
}

#[test]
fn a_storage_emptied_at_any_time_is_reported_and_the_rest_is_kept() {
    for at in 0..15 {
        let storage = Double::default();
        let (mut store, of) = begin(&storage);
        for item in 0..15 {
            if item == at {
                storage.clear(|_| true);
                assert!(store.refresh());
                assert_eq!(store.adrift(), item + 1);
            }
            assert!(answer(&mut store, of.id(), &format!("s{item}-1"), 0));
        }
        assert_eq!(store.session(of.id()).unwrap().answers.len(), 15);
        assert_eq!(store.file(0, None).entries.len(), 16);
        // Later answers are saved, in a session that knows its form.
        assert_eq!(open(&storage, 2).session(of.id()).unwrap().answers.len(), 15 - at);
        store.keep_adrift();
        assert_eq!(open(&storage, 3).history(), store.history());
    }
}

#[test]
fn nothing_is_written_beside_a_later_format() {
    let (storage, [_, second]) = filled();
    storage.put(&format!("{PREFIX}3:whatever"), "not even JSON");
    let before = storage.values();
    let mut store = open(&storage, 5);
    assert_eq!(store.not_saved(), Some(NotSaved::Newer));
    assert!(answer(&mut store, second, "s20-1", 0));
    store.keep_theme("dark");
    store.keep_label(&Label::default());
    store.compact().unwrap();
    store.delete_unreadable().unwrap();
    assert_eq!(storage.values(), before);
    assert_eq!(store.session(second).unwrap().answers.len(), 11);
    let file = store.file(0, None);
    assert_eq!((file.entries.len(), file.stored.len()), (25, 1));
}

#[test]
fn values_of_other_apps_are_neither_read_nor_changed() {
    let (storage, _) = filled();
    let theirs = [
        "theme",
        "sextant:/at/2:event:x",
        "sextant:/elsewhere/:2:label",
        "sextant:/at/:notes",
        "sextant:/at/:-1:x",
        "sextant:/at/:/deeper/:2:slot:a",
    ];
    for key in theirs {
        storage.put(key, "theirs");
    }
    let mut store = open(&storage, 5);
    assert!(store.unreadable().is_empty());
    store.delete_all().unwrap();
    let left = storage.values();
    assert_eq!(left.keys().map(String::as_str).collect::<BTreeSet<_>>(), BTreeSet::from(theirs));
}

#[test]
fn unsaved_events_can_be_deleted_without_storage() {
    let storage = Double::default();
    storage.fail(Faults { refuses: true, ..Faults::default() });
    let (mut store, of) = begin(&storage);
    store.delete_session(of.id()).unwrap();
    assert!(store.history().sessions.is_empty());
}

#[test]
fn the_seen_items_of_an_abandoned_quiz_survive_an_emptied_storage() {
    let (storage, [_, second]) = filled();
    let mut store = open(&storage, 1);
    let was = store.session(second).unwrap();
    store.add(Stream::Session(second), "bank", crate::quiz::saved::store::abandoned(&was));
    store.delete_abandoned().unwrap();
    let before = store.history();
    storage.clear(|_| true);
    store.refresh();
    store.keep_adrift();
    assert_eq!(open(&storage, 2).history(), before);
}
