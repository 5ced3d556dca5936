//! Every format that was ever shipped can be read.

use crate::quiz::{
    content::reply::{Reply, Sure},
    saved::{
        tests::{
            double::{Double, Faults},
            *,
        },
        value::{Key, Value},
    },
};

const FIRST: &str = include_str!("../../../../tests/saved/session-1.json");
const FIRST_KEY: &str = "1:session:01a1ee565e00-ee6b2800";

fn first() -> Double {
    let storage = Double::default();
    storage.put(&format!("{PREFIX}{FIRST_KEY}"), FIRST);
    storage.put(
        &format!("{PREFIX}1:statement"),
        r#"{"format":1,"statement":{"years":"two","scope":null,"people":null}}"#,
    );
    storage.put(&format!("{PREFIX}1:label"), r#"{"format":1,"label":"Junior"}"#);
    storage.put(&format!("{PREFIX}1:theme"), r#""dark""#);
    storage
}

/// What version 1 stored, as it must be read.
fn expected() -> Session {
    let answer = |item: &str, reply, at, took| Answer { item: ItemId(item.into()), reply, at, took };
    Session {
        form: Form::Skill { skill: crate::quiz::content::bank::SkillId("networking".into()), questions: 5 },
        seed: 4_000_000_000,
        started: 1_795_000_000_000,
        dated: None,
        answers: vec![
            answer("nw-003", Reply::Single { option: 2, sure: Sure::Fairly }, 1_795_000_031_000, 30_500),
            answer("nw-002", Reply::DontKnow, 1_795_000_040_000, 8_000),
        ],
        finished: false,
        abandoned: false,
    }
}

#[test]
fn format_1_is_migrated_and_kept() {
    let storage = first();
    let before = storage.values();
    let (mut one, other) = (open(&storage.tab(1), 1), open(&storage.tab(2), 2));
    assert_eq!(one.history().sessions, [expected()]);
    assert_eq!(one.history().statement.years, Some(Years::Two));
    assert_eq!((one.theme().as_deref(), one.unreadable().len()), (Some("dark"), 0));
    assert_eq!(other.history(), one.history());
    let after = storage.values();
    assert!(before.iter().all(|(key, text)| after.get(key) == Some(text)), "the old values stay");
    assert_eq!(
        after.len(),
        before.len() + 4,
        "one event for the start, for each answer and for the statement"
    );
    // A later statement counts, and so does a new theme.
    state(&mut one, Years::Ten, 1);
    one.keep_theme("light");
    let fresh = open(&storage.tab(3), 3);
    assert_eq!(
        (fresh.history().statement.years, fresh.theme().as_deref()),
        (Some(Years::Ten), Some("light"))
    );
    // The old values are no longer needed.
    storage.clear(|key| key.contains(":1:"));
    assert_eq!(open(&storage.tab(4), 4).history(), fresh.history());
}

#[test]
fn the_writes_of_an_old_tab_are_migrated() {
    let storage = first();
    open(&storage.tab(1), 1);
    let longer = FIRST.trim_end().replacen(
        "]}}",
        r#",{"item":"nw-005","reply":"dont-know","at":1795000050000,"took":1}],"finished":true}}"#,
        1,
    );
    storage.put(&format!("{PREFIX}{FIRST_KEY}"), &longer);
    let session = open(&storage.tab(2), 2).session(expected().id()).unwrap();
    assert!(session.finished);
    assert_eq!(session.answers.len(), 3);
}

#[test]
fn format_1_can_be_read_even_if_nothing_can_be_written() {
    let storage = first();
    storage.fail(Faults { full_from: Some(0), ..Faults::default() });
    let mut store = open(&storage, 1);
    assert_eq!(store.history().sessions.len(), 1);
    assert_eq!((store.not_saved(), store.adrift()), (None, 0), "it is still saved in the old place");
    // After being abandoned or deleted it must not come back.
    storage.fail(Faults::default());
    let id = expected().id();
    store.delete_session(id).unwrap();
    assert!(open(&storage, 2).history().sessions.is_empty());
}

#[test]
fn an_abandoned_session_of_format_1_stays_abandoned() {
    let storage = first();
    let mut store = open(&storage, 1);
    let session = store.session(expected().id()).unwrap();
    store.add(Stream::Session(session.id()), "", crate::quiz::saved::store::abandoned(&session));
    store.delete_abandoned().unwrap();
    assert!(!storage.values().contains_key(&format!("{PREFIX}{FIRST_KEY}")));
    let fresh = open(&storage, 2).session(session.id()).unwrap();
    assert!(fresh.abandoned);
    assert_eq!(fresh.answers.iter().map(|answer| &answer.reply).collect::<Vec<_>>(), [&Reply::DontKnow; 2]);
    // As version 1 wrote it after it was abandoned there.
    let abandoned = FIRST.trim_end().replacen("]}}", r#"],"abandoned":true}}"#, 1);
    let key = Key::parse(FIRST_KEY).unwrap();
    let Ok(Value::Events(events)) = Value::read(&key, &abandoned) else { panic!("not read") };
    assert_eq!(events.len(), 2);
}

#[test]
fn format_2_is_read_and_written_as_shipped() {
    let storage = Double::default();
    let shipped: std::collections::BTreeMap<String, String> =
        serde_json::from_str(include_str!("../../../../tests/saved/stored-2.json")).unwrap();
    for (key, text) in &shipped {
        storage.put(key, text);
    }
    let store = open(&storage, 9);
    assert!(store.unreadable().is_empty(), "{:?}", store.unreadable());
    let (written, [_, _]) = filled();
    let mut writer = open(&written, 2);
    writer.compact().unwrap();
    assert_eq!(store.history(), writer.history());
    assert_eq!(written.values(), shipped, "the values differ from those that version 2 wrote");
}

#[test]
fn a_session_that_an_old_tab_abandons_is_abandoned() {
    let storage = first();
    open(&storage.tab(1), 1);
    let abandoned = FIRST.trim_end().replacen("]}}", r#"],"abandoned":true}}"#, 1);
    storage.put(&format!("{PREFIX}{FIRST_KEY}"), &abandoned);
    storage.put(
        &format!("{PREFIX}1:statement"),
        r#"{"format":1,"statement":{"years":"ten","scope":null,"people":null}}"#,
    );
    let history = open(&storage.tab(2), 2).history();
    assert!(history.sessions[0].abandoned);
    assert!(history.statement.years.is_some());
}
