//! The stored values: their keys, and what they contain.

use serde::{Deserialize, Serialize};

use crate::quiz::{
    saved::{
        FORMAT,
        damage::Damage,
        event::{EventId, StoredEvent},
        format1,
        record::{open, theme},
    },
    taking::session::SessionId,
};

/// Many events in one value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The later of the two slots has the higher generation.
    pub generation: u64,
    /// The events.
    pub entries: Vec<StoredEvent>,
}

/// One of the two values that snapshots are written to alternately, so that one is always complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The first.
    A,
    /// The second.
    B,
}

/// The key of one of our values, without the prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// One event.
    Event(EventId),
    /// A snapshot.
    Slot(Slot),
    /// Records that a session was deleted.
    Gone(SessionId),
    /// The latest label and scores, a copy that can be derived again.
    Label,
    /// The chosen theme. `src/web/boot.js` reads it before the first paint.
    Theme,
}

impl Slot {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    /// The one of two things that belongs to this slot.
    pub(super) fn of<T>(self, [a, b]: &[T; 2]) -> &T {
        match self {
            Self::A => a,
            Self::B => b,
        }
    }

    /// The same, mutably.
    pub(super) fn of_mut<T>(self, [a, b]: &mut [T; 2]) -> &mut T {
        match self {
            Self::A => a,
            Self::B => b,
        }
    }
}

impl Name {
    /// The key without the prefix.
    pub fn key(self) -> String {
        format!("{FORMAT}:{}", self.tail())
    }

    fn tail(self) -> String {
        match self {
            Self::Event(id) => format!("event:{id}"),
            Self::Slot(Slot::A) => "slot:a".into(),
            Self::Slot(Slot::B) => "slot:b".into(),
            Self::Gone(session) => format!("gone:{session}"),
            Self::Label => "label".into(),
            Self::Theme => "theme".into(),
        }
    }

    fn parse(tail: &str) -> Result<Self, Damage> {
        match tail {
            "slot:a" => Ok(Self::Slot(Slot::A)),
            "slot:b" => Ok(Self::Slot(Slot::B)),
            "label" => Ok(Self::Label),
            "theme" => Ok(Self::Theme),
            _ => match tail.strip_prefix("gone:") {
                Some(session) => session.parse().map(Self::Gone).map_err(|()| Damage::Key),
                None => Ok(Self::Event(tail.strip_prefix("event:").ok_or(Damage::Key)?.parse()?)),
            },
        }
    }
}

/// What a key refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A value of this format.
    Current(Name),
    /// A value of format 1, by its key there.
    First(String),
    /// A value of a later format.
    Newer,
    /// A key that Sextant doesn't use.
    Unknown,
}

impl Key {
    /// Reads a key without the prefix; `None` if it isn't one of ours.
    pub fn parse(key: &str) -> Option<Self> {
        let (number, tail) = key.split_once(':')?;
        let format: u32 = number.parse().ok()?;
        Some(match format {
            // A key such as 02 would be read, but missed when it is looked up again.
            _ if format.to_string() != number => Self::Unknown,
            1 => Self::First(tail.to_owned()),
            FORMAT => Name::parse(tail).map_or(Self::Unknown, Self::Current),
            newer if newer > FORMAT => Self::Newer,
            _ => Self::Unknown,
        })
    }
}

/// The contents of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Events; several if they were migrated.
    Events(Vec<StoredEvent>),
    /// A snapshot.
    Snapshot(Slot, Snapshot),
    /// Something other than events.
    Aside,
}

impl Value {
    /// Reads what is stored under a key.
    ///
    /// # Errors
    /// Why it can't be read. A value of a later format never can.
    pub fn read(key: &Key, text: &str) -> Result<Self, Damage> {
        match key {
            Key::Current(Name::Event(id)) => {
                let entry: StoredEvent = open(text)?;
                if entry.id != *id {
                    return Err(Damage::Misplaced);
                }
                entry.check()?;
                Ok(Self::Events(vec![entry]))
            }
            Key::Current(Name::Slot(slot)) => {
                let snapshot: Snapshot = open(text)?;
                snapshot.entries.iter().try_for_each(StoredEvent::check)?;
                Ok(Self::Snapshot(*slot, snapshot))
            }
            // The key says everything, and a label that can't be read is derived again.
            Key::Current(Name::Gone(_) | Name::Label) => Ok(Self::Aside),
            Key::Current(Name::Theme) => theme(text).map(|_| Self::Aside),
            Key::First(name) => {
                let events = format1::read(name, text)?;
                Ok(if events.is_empty() { Self::Aside } else { Self::Events(events) })
            }
            Key::Newer => Err(Damage::Newer),
            Key::Unknown => Err(Damage::Key),
        }
    }
}
