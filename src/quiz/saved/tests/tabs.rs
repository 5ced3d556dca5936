//! Several tabs at once: every acknowledged event is in the union, once.

use crate::quiz::{
    random::Random,
    saved::tests::{
        double::{Double, Faults, chance, distinct},
        *,
    },
};

/// A tab sees a change after at most this many further changes.
const LAG: usize = 6;

/// Tabs that answer, refresh, compact, and close in any order.
struct Model {
    storage: Double,
    tabs: Vec<(Double, Store<Double>)>,
    random: Random,
    opened: u32,
    /// The ids of the events that were reported as saved.
    acknowledged: BTreeSet<EventId>,
    /// The number of changes after which a tab may compact again.
    tidy_from: usize,
}

impl Model {
    fn new(seed: u64) -> Self {
        let mut random = chance(seed);
        let count = 2 + random.below(7);
        let storage = Double::default();
        let mut tabs = Self {
            storage,
            tabs: Vec::new(),
            random,
            opened: 0,
            acknowledged: BTreeSet::new(),
            tidy_from: 0,
        };
        for _ in 0..count {
            tabs.open();
        }
        tabs
    }

    fn open(&mut self) {
        self.opened += 1;
        let view = self.storage.tab(self.opened);
        let store = open(&view, self.opened);
        self.tabs.push((view, store));
    }

    fn step(&mut self) {
        let lag = self.random.below(LAG + 1);
        let (what, which, item) =
            (self.random.below(20), self.random.below(self.tabs.len()), self.random.below(25));
        let of = session(self.random.below(2) as u64);
        let now = 1_795_000_000_000 + self.random.below(1000) as u64;
        let (view, store) = &mut self.tabs[which];
        view.lag(lag);
        match what {
            0..=11 => {
                // As in the app: it refreshes first, and can't answer in a session that it doesn't know.
                store.refresh();
                if store.session(of.id()).is_none() {
                    note(store, &of, Change::Begun);
                }
                let before = ids(store);
                answer(store, of.id(), &format!("s{item}-1"), now);
                assert_eq!(store.not_saved(), None);
                self.acknowledged.extend(ids(store).difference(&before));
            }
            12..=14 => {
                store.refresh();
            }
            15 => note(store, &of, Change::Finished),
            16 => state(store, Years::ALL[item % 4], now),
            // A compaction starts long after the previous one, when every tab has seen its writes.
            17 | 18 if self.storage.changes() >= self.tidy_from => {
                store.compact().unwrap();
                self.tidy_from = self.storage.changes() + LAG;
            }
            19 => {
                // The tab closes, perhaps during compaction.
                view.fail(Faults { full_from: Some(item % 3), ..Faults::default() });
                if self.storage.changes() >= self.tidy_from {
                    let _ = store.compact();
                    self.tidy_from = self.storage.changes() + LAG;
                }
                view.fail(Faults::default());
                self.tabs.swap_remove(which);
                self.open();
            }
            _ => {}
        }
    }

    /// All tabs end in the same state, with everything that was acknowledged.
    fn check(mut self, seed: u64) {
        let fresh = open(&self.storage.tab(u32::MAX), u32::MAX);
        let known = ids(&fresh);
        assert!(self.acknowledged.is_subset(&known), "seed {seed}: lost");
        assert!(fresh.unreadable().is_empty(), "seed {seed}: {:?}", fresh.unreadable());
        let history = fresh.history();
        for session in &history.sessions {
            assert!(distinct(session.answers.iter().map(|answer| &answer.item)), "seed {seed}: twice");
        }
        for (view, store) in &mut self.tabs {
            view.lag(0);
            store.refresh();
            assert_eq!(store.history(), history, "seed {seed}");
            assert_eq!(store.adrift(), 0, "seed {seed}");
        }
    }
}

#[test]
fn tabs_end_with_the_union_of_all_events() {
    let rounds = rounds(1000);
    for seed in 0..rounds as u64 {
        let mut tabs = Model::new(seed);
        for _ in 0..60 {
            tabs.step();
        }
        tabs.check(seed);
    }
    println!("2 to 8 tabs, {rounds} interleavings: nothing lost");
}

#[test]
fn the_first_of_two_answers_to_an_item_counts_in_every_tab() {
    let storage = Double::default();
    let (mut one, mut other) = (open(&storage.tab(1), 1), open(&storage.tab(2), 2));
    let of = session(0);
    note(&mut one, &of, Change::Begun);
    other.refresh();
    // Neither tab knows of the other's answer.
    assert!(answer(&mut other, of.id(), "s0-1", of.started + 20));
    assert!(answer(&mut one, of.id(), "s0-1", of.started + 10));
    for store in [&mut one, &mut other] {
        store.refresh();
        let answers = store.session(of.id()).unwrap().answers;
        assert_eq!(answers.iter().map(|answer| answer.at - of.started).collect::<Vec<_>>(), [10]);
    }
    // It isn't asked again.
    assert!(!answer(&mut other, of.id(), "s0-1", of.started + 30));
}

#[test]
fn a_tab_learns_each_event_of_others_once() {
    let (storage, [first, _]) = filled();
    let (mut one, mut other) = (open(&storage.tab(1), 1), open(&storage.tab(2), 2));
    assert!(!one.refresh() && !other.refresh());
    assert!(answer(&mut one, first, "s20-1", 0));
    assert!(other.refresh() && !other.refresh());
    assert_eq!(one.history(), other.history());
}

#[test]
fn compaction_keeps_everything_and_needs_few_values() {
    let (storage, _) = filled();
    let mut store = open(&storage.tab(3), 3);
    let history = store.history();
    assert!(!store.wants_compaction());
    for round in 0..4 {
        for item in 0..70 {
            note(
                &mut store,
                &session(9),
                Change::Answered(Answer {
                    at: 1_795_000_002_000 + round * 100 + item,
                    ..sample::answer(&format!("i{round}-{item}"), 0)
                }),
            );
        }
        assert!(store.wants_compaction());
        for run in 0..3 {
            assert!(store.wants_compaction(), "run {run}");
            store.compact().unwrap();
        }
        assert!(!store.wants_compaction());
        let keys: Vec<_> = storage.values().into_keys().collect();
        assert_eq!(keys.len(), 2, "{keys:?}");
    }
    let fresh = open(&storage.tab(4), 4);
    assert_eq!(fresh.history(), store.history());
    assert_eq!(fresh.session(session(9).id()).unwrap().answers.len(), 280);
    for kept in &history.sessions {
        assert_eq!(fresh.session(kept.id()).as_ref(), Some(kept));
    }
}

#[test]
fn any_one_value_can_be_lost_once_two_snapshots_contain_it() {
    let (storage, _) = filled();
    let mut store = open(&storage.tab(3), 3);
    for _ in 0..3 {
        store.compact().unwrap();
    }
    let values = storage.values();
    assert_eq!(
        values.keys().map(|key| key.trim_start_matches(PREFIX)).collect::<Vec<_>>(),
        ["2:slot:a", "2:slot:b"]
    );
    for key in values.keys() {
        let damaged = Double::default();
        for (other, text) in &values {
            damaged.put(other, if other == key { "{" } else { text });
        }
        let mut after = open(&damaged, 4);
        assert_eq!(after.history(), store.history());
        assert_eq!(after.unreadable().len(), 1);
        // The damaged value is left alone, and nothing is saved in only one value.
        after.compact().unwrap();
        assert_eq!(damaged.values()[key], "{");
    }
}

#[test]
fn disappeared_events_are_reported_and_come_back_only_on_request() {
    let (storage, _) = filled();
    let (mut one, mut other) = (open(&storage.tab(1), 1), open(&storage.tab(2), 2));
    one.delete_all().unwrap();
    assert!(storage.values().is_empty() && ids(&one).is_empty());
    assert!(other.refresh());
    let entries = ids(&other).len();
    assert_eq!((other.adrift(), entries), (24, 24));
    let history = other.history();
    // Continuing doesn't bring it back.
    other.compact().unwrap();
    assert!(ids(&open(&storage.tab(3), 3)).is_empty());
    other.keep_adrift();
    assert_eq!((other.adrift(), open(&storage.tab(4), 4).history()), (0, history));
    one.refresh();
    one.delete_all().unwrap();
    other.refresh();
    other.drop_adrift();
    assert!(other.history().sessions.is_empty() && other.not_saved().is_none());
}

#[test]
fn the_answers_of_an_abandoned_quiz_are_deleted_everywhere() {
    for tidied in [false, true] {
        let (storage, [_, second]) = filled();
        let (mut one, mut other) = (open(&storage.tab(1), 1), open(&storage.tab(2), 2));
        if tidied {
            (0..3).for_each(|_| one.compact().unwrap());
        }
        let before = one.session(second).unwrap();
        one.add(Stream::Session(second), "bank", crate::quiz::saved::store::abandoned(&before));
        // The other tab doesn't know yet.
        assert!(answer(&mut other, second, "s20-1", 1_795_000_009_000));
        one.delete_abandoned().unwrap();
        for store in [&mut one, &mut other, &mut open(&storage.tab(3), 3)] {
            store.refresh();
            let session = store.session(second).unwrap();
            assert!(session.abandoned && !session.finished);
            let seen: Vec<_> =
                session.answers.iter().map(|answer| (answer.item.clone(), answer.at)).collect();
            assert_eq!(seen.len(), 11);
            assert!(before.answers.iter().all(|answer| seen.contains(&(answer.item.clone(), answer.at))));
            assert_eq!(store.adrift(), 0);
        }
        let left = storage.values();
        let of_session = |key: &str| key.contains(&second.to_string());
        assert!(left.iter().all(|(key, text)| !of_session(key) || !text.contains("answered")), "{left:?}");
    }
}

#[test]
fn a_deleted_session_is_gone_from_every_value() {
    let (storage, [first, second]) = filled();
    let mut store = open(&storage.tab(1), 1);
    store.compact().unwrap();
    store.compact().unwrap();
    store.delete_session(first).unwrap();
    let mut values = storage.values();
    assert!(values.remove(&format!("{PREFIX}2:gone:{first}")).is_some(), "the deletion is recorded");
    assert!(
        values.iter().all(|(key, text)| !(key.clone() + text).contains(&first.to_string())),
        "{values:?}"
    );
    let fresh = open(&storage.tab(2), 2);
    assert_eq!(fresh.history().sessions.iter().map(Session::id).collect::<Vec<_>>(), [second]);
    assert_eq!(fresh.history().statement.years, Some(Years::Five));
}

#[test]
fn a_deleted_session_stays_deleted_when_an_unaware_tab_compacts() {
    let (storage, [first, second]) = filled();
    let behind = storage.tab(2);
    let (mut one, mut other) = (open(&storage.tab(1), 1), open(&behind, 2));
    one.compact().unwrap();
    other.refresh();
    let before = storage.changes();
    one.delete_session(first).unwrap();
    behind.freeze(Some(before));
    other.compact().unwrap();
    behind.freeze(None);
    other.refresh();
    for store in [&other, &open(&storage.tab(3), 3)] {
        assert!(store.session(first).is_none() && store.session(second).is_some());
        assert_eq!(store.adrift(), 0, "it isn't reported as disappeared");
    }
    // An import brings it back, because the reader asked for it.
    let file = open(&filled().0, 9).file(0, None);
    other.import(file.entries).unwrap();
    assert_eq!(open(&storage.tab(4), 4).session(first).unwrap().answers.len(), 10);
}

#[test]
fn two_compactions_with_one_delayed_lose_nothing() {
    let (storage, [_, second]) = filled();
    let behind = storage.tab(2);
    let mut one = open(&storage.tab(1), 1);
    one.compact().unwrap();
    one.compact().unwrap();
    let was = one.session(second).unwrap();
    one.add(Stream::Session(second), "bank", crate::quiz::saved::store::abandoned(&was));
    let mut other = open(&behind, 2);
    let before = storage.changes();
    let of = session(77);
    note(&mut one, &of, Change::Begun);
    assert!(answer(&mut one, of.id(), "s1-1", 0));
    one.delete_abandoned().and_then(|()| one.compact()).unwrap();
    behind.freeze(Some(before));
    other.delete_abandoned().and_then(|()| other.compact()).unwrap();
    behind.freeze(None);
    let fresh = open(&storage.tab(3), 3);
    assert_eq!(fresh.session(of.id()).map(|session| session.answers.len()), Some(1));
}

#[test]
fn a_session_finished_in_one_tab_and_abandoned_in_another_is_finished() {
    let (storage, [first, _]) = filled();
    let mut store = open(&storage, 1);
    let before = store.session(first).unwrap();
    store.add(Stream::Session(first), "bank", crate::quiz::saved::store::abandoned(&before));
    store.delete_abandoned().unwrap();
    assert_eq!(open(&storage, 2).session(first).unwrap(), before);
}
