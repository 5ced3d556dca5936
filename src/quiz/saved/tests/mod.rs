//! The store, on a storage that fails in every way a browser's can.

mod damaged;
mod double;
mod failing;
mod files;
mod formats;
mod readable;
mod tabs;

use std::collections::BTreeSet;

use crate::quiz::{
    content::{
        bank::ItemId,
        statement::{Statement, Years},
    },
    sample,
    saved::{
        event::{Change, Event, EventId, Stream},
        store::Store,
    },
    taking::{
        form::Form,
        session::{Answer, Session, SessionId},
    },
};
use double::Double;

const PREFIX: &str = "sextant:/at/:";

/// How many random cases a test draws: `SEXTANT_ROUNDS` times the usual number.
fn rounds(usual: usize) -> usize {
    let times: usize = std::env::var("SEXTANT_ROUNDS").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    usual * times
}

fn open(double: &Double, tab: u32) -> Store<Double> {
    Store::open(double.clone(), PREFIX.to_owned(), tab)
}

fn session(number: u64) -> Session {
    Session::new(Form::Quick, 7, 1_795_000_000_000 + number)
}

/// Adds a change to a session, as the app does.
fn note(store: &mut Store<Double>, session: &Session, change: Change) {
    let event = Event::Session { form: session.form.clone(), change };
    store.add(Stream::Session(session.id()), "bank", event);
}

/// Answers an item unless this tab knows an answer. Returns whether it did.
fn answer(store: &mut Store<Double>, id: SessionId, item: &str, now: u64) -> bool {
    let Some(session) = store.session(id).filter(|session| !session.answered(&ItemId(item.into()))) else {
        return false;
    };
    let at = session.next_at(now);
    note(store, &session, Change::Answered(Answer { at, ..sample::answer(item, 1) }));
    true
}

fn state(store: &mut Store<Double>, years: Years, at: u64) {
    let statement = Statement { years: Some(years), ..Statement::default() };
    store.add(Stream::Reader, "bank", Event::Stated { statement, at });
}

/// A storage with two sessions of ten answers each, one of them finished, and a statement.
fn filled() -> (Double, [SessionId; 2]) {
    let double = Double::default();
    let mut store = open(&double, 1);
    let ids = [0, 1].map(|number| {
        let session = session(number);
        note(&mut store, &session, Change::Begun);
        for item in 0..10 {
            assert!(answer(&mut store, session.id(), &format!("s{item}-1"), 1_795_000_001_000));
        }
        session.id()
    });
    note(&mut store, &session(0), Change::Finished);
    state(&mut store, Years::Five, 5);
    assert_eq!(store.not_saved(), None);
    (double, ids)
}

fn ids(store: &Store<Double>) -> BTreeSet<EventId> {
    store.file(0, None).entries.into_iter().map(|entry| entry.id).collect()
}
