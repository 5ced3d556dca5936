//! Events: each is written once, under its own id, and never changed.
//!
//! Tabs share no lock on localStorage, so no tab may rewrite a value that another may have read. What a reader did is
//! the union of all events, in whatever order they are found.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::quiz::{
    content::{bank::ItemId, reply::Reply, statement::Statement},
    saved::damage::Damage,
    taking::{
        form::Form,
        session::{Answer, SessionId},
    },
};

/// The longest id in an event. The bank's ids are a quarter of this.
const NAME: usize = 64;
/// The longest list in an event.
const LIST: usize = 1000;
/// Times are below this, so that they are exact in JavaScript too.
const TIME: u64 = 1 << 53;

/// In place of a tab in the id of a [`Change::Begun`]: the clock was wrong during the session. The number is when that was
/// noticed, in seconds since 1970. Versions without this feature read a session that began twice, which changes nothing.
pub(super) const DATED: u32 = 1 << 30;
/// In milliseconds.
pub(super) const SECOND: u64 = 1000;

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stream {
    /// The reader.
    Reader,
    /// One session.
    Session(SessionId),
}

/// An event's id: what it is about, who wrote it, and a number. No two events share an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct EventId {
    /// What it is about.
    pub stream: Stream,
    /// The tab that wrote it: a random number from 2³¹. Smaller numbers are formats, for migrated events, or [`DATED`].
    pub tab: u32,
    /// A running number of that tab. After [`DATED`], a time.
    pub number: u32,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Event {
    /// In a session. Each event contains the form, so that losing one event doesn't affect the others.
    Session {
        /// The form.
        form: Form,
        /// What happened.
        change: Change,
    },
    /// The reader stated something. The latest statement counts.
    Stated {
        /// The statement.
        statement: Statement,
        /// When, in milliseconds since 1970.
        at: u64,
    },
}

/// Something that happened in a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Change {
    /// It began.
    Begun,
    /// A question was answered.
    Answered(Answer),
    /// Its last question was answered. Saved, because the length of some forms depends on the answers, and a later bank
    /// may score them differently.
    Finished,
    /// The reader abandoned it. No answer counts, and only the ids of seen items are saved.
    Abandoned {
        /// The seen items.
        seen: Vec<Seen>,
    },
}

/// An item that was seen in an abandoned session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The item.
    pub item: ItemId,
    /// When, in milliseconds since 1970.
    pub at: u64,
}

/// An event with its id, and the bank that it refers to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredEvent {
    /// Its id.
    pub id: EventId,
    /// The version of the bank when it was written; empty if unknown.
    pub bank: String,
    /// The event.
    pub event: Event,
}

impl StoredEvent {
    /// Checks that it fits its id and is within bounds.
    ///
    /// # Errors
    /// [`Damage::Misplaced`] or [`Damage::Bounds`].
    pub fn check(&self) -> Result<(), Damage> {
        let placed = matches!(
            (&self.event, self.id.stream),
            (Event::Session { .. }, Stream::Session(_)) | (Event::Stated { .. }, Stream::Reader)
        );
        let started = match self.id.stream {
            Stream::Session(session) => session.started,
            Stream::Reader => 0,
        };
        let fits = started < TIME && self.bank.len() <= NAME && self.event.fits();
        match (placed, fits) {
            (false, _) => Err(Damage::Misplaced),
            (true, false) => Err(Damage::Bounds),
            (true, true) => Ok(()),
        }
    }
}

impl StoredEvent {
    /// The times in a session's event, in milliseconds since 1970.
    pub(super) fn times(&self) -> impl Iterator<Item = u64> {
        let (answered, seen) = match &self.event {
            Event::Session { change: Change::Answered(answer), .. } => (Some(answer.at), [].as_slice()),
            Event::Session { change: Change::Abandoned { seen }, .. } => (None, seen.as_slice()),
            Event::Session { .. } | Event::Stated { .. } => (None, [].as_slice()),
        };
        let started = match self.id.stream {
            Stream::Session(session) => Some(session.started),
            Stream::Reader => None,
        };
        started.into_iter().chain(answered).chain(seen.iter().map(|seen| seen.at))
    }
}

impl Event {
    fn fits(&self) -> bool {
        match self {
            Self::Stated { at, .. } => *at < TIME,
            Self::Session { form, change } => {
                let form_fits = match form {
                    Form::Skill { skill, .. } => skill.0.len() <= NAME,
                    Form::Quick | Form::Full | Form::Short => true,
                };
                let item_fits = |item: &ItemId, at: u64| item.0.len() <= NAME && at < TIME;
                form_fits
                    && match change {
                        Change::Begun | Change::Finished => true,
                        Change::Answered(answer) => {
                            item_fits(&answer.item, answer.at) && picks(&answer.reply) <= LIST
                        }
                        Change::Abandoned { seen } => {
                            seen.len() <= LIST && seen.iter().all(|seen| item_fits(&seen.item, seen.at))
                        }
                    }
            }
        }
    }
}

fn picks(reply: &Reply) -> usize {
    match reply {
        Reply::Multi { options: list, .. }
        | Reply::Ordering { order: list, .. }
        | Reply::Diagram { targets: list, .. } => list.len(),
        Reply::DontKnow | Reply::Single { .. } | Reply::Judgement { .. } | Reply::Numeric { .. } => 1,
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.stream {
            Stream::Reader => f.write_str("reader")?,
            Stream::Session(session) => session.fmt(f)?,
        }
        write!(f, ":{:08x}:{}", self.tab, self.number)
    }
}

impl FromStr for EventId {
    type Err = Damage;

    fn from_str(text: &str) -> Result<Self, Damage> {
        let parts: Vec<&str> = text.split(':').collect();
        let [stream, tab, number] = parts.as_slice() else { return Err(Damage::Key) };
        let stream = match *stream {
            "reader" => Stream::Reader,
            session => Stream::Session(session.parse().map_err(|()| Damage::Key)?),
        };
        let tab = u32::from_str_radix(tab, 16).map_err(|_| Damage::Key)?;
        let number = number.parse().map_err(|_| Damage::Key)?;
        let id = Self { stream, tab, number };
        // An id is written in only one way. Otherwise an event could count twice.
        if id.to_string() == text { Ok(id) } else { Err(Damage::Key) }
    }
}

impl From<EventId> for String {
    fn from(id: EventId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for EventId {
    type Error = Damage;

    fn try_from(text: String) -> Result<Self, Damage> {
        text.parse()
    }
}
