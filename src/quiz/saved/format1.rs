//! Format 1: one value per session, rewritten with each answer. It is still read, and never written.

use serde::{Deserialize, de::DeserializeOwned};

use crate::quiz::{
    content::statement::Statement,
    saved::{
        damage::Damage,
        event::{Change, Event, EventId, Seen, StoredEvent, Stream},
        record::{checksum, theme},
    },
    taking::{
        form::Form,
        session::{Answer, SessionId},
    },
};

/// The format's number.
pub(super) const FORMAT: u32 = 1;
/// The key of the theme after the prefix.
pub(super) const THEME: &str = "1:theme";
/// The key of the statement.
pub(super) const STATEMENT: &str = "1:statement";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Session {
    form: Form,
    seed: u32,
    started: u64,
    answers: Vec<Answer>,
    #[serde(default)]
    finished: bool,
    #[serde(default)]
    abandoned: bool,
}

#[derive(Deserialize)]
struct SavedSession {
    format: u32,
    session: Session,
}

#[derive(Deserialize)]
struct SavedStatement {
    format: u32,
    statement: Statement,
}

/// The exported file, with everything that a result is based on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Export {
    #[expect(dead_code, reason = "the caller has checked it")]
    format: u32,
    session: String,
    sessions: Vec<Session>,
    statement: Statement,
}

/// Migrates a stored value. The same value always gives the same events, so several tabs can do it, and do it again at
/// each start.
pub(super) fn read(name: &str, text: &str) -> Result<Vec<StoredEvent>, Damage> {
    match name {
        "label" => Ok(Vec::new()),
        "theme" => theme(text).map(|_| Vec::new()),
        "statement" => {
            let saved: SavedStatement = parse(text)?;
            versioned(saved.format)?;
            Ok(vec![stated(saved.statement)])
        }
        _ => {
            let id: SessionId =
                name.strip_prefix("session:").and_then(|id| id.parse().ok()).ok_or(Damage::Key)?;
            let saved: SavedSession = parse(text)?;
            versioned(saved.format)?;
            if id != (SessionId { started: saved.session.started, seed: saved.session.seed }) {
                return Err(Damage::Misplaced);
            }
            let entries = saved.session.entries();
            entries.iter().try_for_each(StoredEvent::check)?;
            Ok(entries)
        }
    }
}

/// Migrates an exported file: the session whose result it is, and the events.
pub(super) fn read_file(text: &str) -> Result<(String, Vec<StoredEvent>), serde_json::Error> {
    let export: Export = serde_json::from_str(text)?;
    let mut entries = vec![stated(export.statement)];
    entries.extend(export.sessions.into_iter().flat_map(Session::entries));
    Ok((export.session, entries))
}

/// The key of a session in format 1.
pub(super) fn session_key(id: SessionId) -> String {
    format!("{FORMAT}:session:{id}")
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Damage> {
    serde_json::from_str(text).map_err(|_| Damage::Shape)
}

fn versioned(format: u32) -> Result<(), Damage> {
    if format == FORMAT { Ok(()) } else { Err(Damage::Format(format)) }
}

fn entry(stream: Stream, number: u32, event: Event) -> StoredEvent {
    StoredEvent { id: EventId { stream, tab: FORMAT, number }, bank: String::new(), event }
}

/// Format 1 didn't save when a statement was made, so any later statement counts.
fn stated(statement: Statement) -> StoredEvent {
    // An old tab may still write another statement, which must get another id.
    let number = checksum(&format!("{statement:?}"));
    entry(Stream::Reader, number, Event::Stated { statement, at: 0 })
}

impl Session {
    fn entries(self) -> Vec<StoredEvent> {
        let stream = Stream::Session(SessionId { started: self.started, seed: self.seed });
        // Old tabs may still add answers, which must get unused numbers. Answers are numbered in order; start and end
        // are fixed.
        let mut changes = vec![(0, Change::Begun)];
        if self.abandoned {
            let seen = |answer: Answer| Seen { item: answer.item, at: answer.at };
            let seen = self.answers.into_iter().map(seen).collect();
            changes.push((u32::MAX, Change::Abandoned { seen }));
        } else {
            changes.extend((1..).zip(self.answers.into_iter().map(Change::Answered)));
            if self.finished {
                changes.push((u32::MAX - 1, Change::Finished));
            }
        }
        let event = |change| Event::Session { form: self.form.clone(), change };
        changes.into_iter().map(|(number, change)| entry(stream, number, event(change))).collect()
    }
}
