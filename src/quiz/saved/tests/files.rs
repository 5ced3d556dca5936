//! Exported files, and files from strangers.

use std::{fs, path::Path};

use proptest::prelude::*;

use crate::quiz::saved::{
    file::{ExportFile, FileError, MOST_BYTES, Preview},
    history::History,
    store::{AreaError, NotSaved},
    tests::{double::Faults, *},
    value::{Key, Value},
};

fn write(file: &ExportFile) -> String {
    serde_json::to_string(file).unwrap()
}

fn exported() -> String {
    let (storage, [first, _]) = filled();
    storage.put(&format!("{PREFIX}2:event:cut"), "{\"format\":2,");
    write(&open(&storage, 9).file(1_795_000_100_000, Some(first)))
}

#[test]
fn an_export_transfers_everything_to_another_browser() {
    let (storage, [first, second]) = filled();
    let from = open(&storage, 9);
    let contents = ExportFile::read(exported().as_bytes()).unwrap();
    assert_eq!((contents.result, contents.unreadable), (Some(first.to_string()), 1));
    let to = Double::default();
    let mut store = open(&to, 1);
    let added = store.preview(&contents.entries);
    assert_eq!(added, Preview { sessions: 2, answers: 20, statements: 1, ..Preview::default() });
    let names = store.import(contents.entries.clone()).unwrap();
    assert_eq!((names.len(), open(&to, 2).history()), (24, from.history()));
    assert_eq!(store.preview(&contents.entries), Preview { known: 24, ..Preview::default() });
    assert!(store.import(contents.entries.clone()).unwrap().is_empty());
    // Undone, also after compaction.
    answer(&mut store, second, "s20-1", 0);
    store.compact().unwrap();
    store.compact().unwrap();
    store.delete(&names).unwrap();
    let fresh = open(&to, 3);
    assert_eq!(fresh.session(second).unwrap().answers.len(), 1);
    assert!(fresh.session(first).is_none());
    // A known session with new events in the file.
    assert_eq!(store.preview(&contents.entries).extended, 1);
}

#[test]
fn an_import_is_saved_completely_or_not_at_all() {
    let contents = ExportFile::read(exported().as_bytes()).unwrap();
    let (to, _) = filled();
    let mut store = open(&to, 1);
    store.delete_session(session(0).id()).unwrap();
    let before = store.history();
    for k in 0..11 {
        to.fail(Faults { full_from: Some(k), ..Faults::default() });
        assert_eq!(store.import(contents.entries.clone()), Err(NotSaved::Area(AreaError::NotWritten)), "{k}");
        assert_eq!((store.history(), store.not_saved()), (before.clone(), None));
        to.fail(Faults::default());
        assert_eq!(open(&to, 2).history(), before);
    }
    // Without a storage it lasts as long as everything else.
    to.fail(Faults { refuses: true, ..Faults::default() });
    assert_eq!(store.import(contents.entries.clone()).unwrap().len(), 12);
}

#[test]
fn an_export_from_the_failure_screen_can_be_read() {
    let (storage, _) = filled();
    let mut store = open(&storage, 2);
    store.compact().unwrap();
    storage.put(
        &format!("{PREFIX}1:session:01a1ee565e00-ee6b2800"),
        include_str!("../../../../tests/saved/session-1.json"),
    );
    storage.put(&format!("{PREFIX}2:slot:b"), "{");
    let file = ExportFile {
        format: 2,
        exported: 0,
        result: None,
        entries: Vec::new(),
        stored: storage.values().into_iter().collect(),
    };
    let contents = ExportFile::read(write(&file).as_bytes()).unwrap();
    assert_eq!(contents.unreadable, 1);
    assert_eq!(History::of(&contents.entries), open(&storage, 3).history());
}

#[test]
fn a_file_of_format_1_can_be_read() {
    let contents = ExportFile::read(include_bytes!("../../../../tests/saved/export-1.json")).unwrap();
    let history = History::of(&contents.entries);
    let result = contents.result.unwrap().parse().unwrap();
    assert_eq!(history.session(result).unwrap().answers.len(), 15);
}

#[test]
fn invalid_files_are_refused_with_the_reason() {
    let good = exported();
    let entry = r#"{"id":"01a1ee565e00-00000007:80000001:9","bank":"","event":"#;
    let with = |json: &str| format!("{{\"format\":2,\"exported\":1,\"entries\":[{entry}{json}}}]}}");
    let answered = |item: &str, at: &str| {
        with(&format!(
            r#"{{"session":{{"form":"quick","change":{{"answered":{{"item":"{item}","reply":"dont-know","at":{at},"took":1}}}}}}}}"#
        ))
    };
    assert!(ExportFile::read(answered("a-1", "5").as_bytes()).is_ok());
    for (text, expected) in [
        (String::new(), "NotJson { line: 1 }"),
        (good[..good.len() - 1].to_owned(), "NotJson { line: 1 }"),
        ("{}".into(), "NotOurs"),
        ("[]".into(), "NotOurs"),
        (r#"{"format":0}"#.into(), "NotOurs"),
        (r#"{"format":"2"}"#.into(), "NotOurs"),
        (r#"{"format":3,"anything":[]}"#.into(), "Newer { format: 3 }"),
        (r#"{"format":2}"#.into(), "missing field `exported`"),
        (r#"{"format":2,"exported":1,"more":1}"#.into(), "unknown field `more`"),
        (with(r#"{"later":1}"#), "unknown variant `later`"),
        (answered("a-1", "1e999"), "Field"),
        (answered("a-1", "9007199254740992"), "Event"),
        (answered(&"x".repeat(65), "1"), "Event"),
        (with(r#"{"stated":{"statement":{},"at":1}}"#), "Event"),
        (good.replace("01a1ee565e00-00000007:", "01A1ee565e00-00000007:"), "Field"),
        (format!("{{\"format\":2,\"exported\":{}", "[".repeat(200_000)), "NotJson"),
    ] {
        let error = ExportFile::read(text.as_bytes()).unwrap_err();
        assert!(format!("{error:?}").contains(expected), "{error:?}, not {expected}");
    }
    assert_eq!(ExportFile::read(&vec![b' '; MOST_BYTES + 1]), Err(FileError::TooLarge));
    assert_eq!(ExportFile::read(&[b'{', 0xff]), Err(FileError::NotText));
}

/// Texts that once broke something or nearly did, and one of each format. `fuzz/` starts from them.
#[test]
fn the_corpus_is_read_without_a_panic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/saved/corpus");
    let texts: Vec<Vec<u8>> =
        fs::read_dir(folder).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap()).collect();
    assert!(texts.len() >= 10);
    for bytes in texts {
        read_all(&bytes);
    }
}

/// Reads bytes as everything that a stranger can supply.
fn read_all(bytes: &[u8]) {
    if let Ok(contents) = ExportFile::read(bytes) {
        History::of(&contents.entries);
    }
    let text = String::from_utf8_lossy(bytes);
    let (key, text) = text.split_once('\n').unwrap_or(("2:slot:a", &text));
    if let Some(key) = Key::parse(key)
        && let Ok(Value::Events(events)) = Value::read(&key, text)
    {
        History::of(&events);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(rounds(256) as u32))]

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        read_all(text.as_bytes());
        read_all(&bytes);
        for key in ["2:event:reader:80000001:0", "2:slot:a", "1:statement", "1:session:000000000001-00000009", "2:theme"] {
            read_all(format!("{key}\n{text}").as_bytes());
        }
    }

    #[test]
    fn an_event_id_is_written_in_only_one_way(name in "(reader|[0-9a-f]{12,13}-[0-9a-f]{8}):[0-9a-fA-F]{7,9}:[0-9]{1,11}") {
        if let Ok(id) = name.parse::<EventId>() {
            prop_assert_eq!(id.to_string(), name);
        }
    }

    #[test]
    fn a_changed_export_is_refused_or_within_bounds(at in 0_usize..4000, byte in any::<u8>()) {
        let mut bytes = exported().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(contents) = ExportFile::read(&bytes) {
            prop_assert!(contents.entries.iter().all(|entry| entry.check().is_ok()));
            let again = ExportFile { format: 2, exported: 0, result: None, entries: contents.entries.clone(), stored: Vec::new() };
            prop_assert_eq!(ExportFile::read(write(&again).as_bytes()).unwrap().entries, contents.entries);
        }
    }
}

#[test]
fn an_import_abandons_nothing_and_overwrites_nothing() {
    let (storage, [_, second]) = filled();
    let mut store = open(&storage, 5);
    let before = store.history();
    let was = store.session(second).unwrap();
    let mut elsewhere = open(&filled().0, 6);
    elsewhere.add(Stream::Session(second), "bank", crate::quiz::saved::store::abandoned(&was));
    let file = elsewhere.file(0, None);
    assert_eq!(store.preview(&file.entries), Preview { known: 25, ..Preview::default() });
    assert!(store.import(file.entries.clone()).unwrap().is_empty());
    assert_eq!(store.history(), before);
    // A value that can't be read has the key of one in the file. It stays, whatever happens to the import.
    let to = filled().0;
    let key = format!("{PREFIX}2:event:{}", file.entries[3].id);
    to.put(&key, "precious");
    let mut store = open(&to, 7);
    to.fail(Faults { full_from: Some(0), ..Faults::default() });
    let _ = store.import(file.entries.clone());
    to.fail(Faults::default());
    let added = store.import(file.entries).unwrap();
    store.delete(&added).unwrap();
    assert_eq!(to.values()[&key], "precious");
}
