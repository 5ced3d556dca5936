//! The file that everything kept can be saved as, and read from again.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::quiz::{
    order::gathered,
    saved::{
        FORMAT,
        event::{Entry, EventId},
        first,
        record::{Key, Value},
    },
};

/// A file may have this many bytes: about seven thousand answers.
pub const MOST_BYTES: usize = 2_000_000;
/// Clocks of two devices differ by less than this, in milliseconds.
const DAY: u64 = 24 * 60 * 60 * 1000;
/// A file may have this many events.
const MOST_EVENTS: usize = 20_000;

/// The file, as it is written. `README.md` describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// See [`FORMAT`].
    pub format: u32,
    /// When it was written, milliseconds since 1970.
    pub exported: u64,
    /// The session that it was saved from, if it was from a result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// What the reader did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// Whole keys and texts as they are stored: of values that are not understood. Where the program has stopped, of
    /// all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stored: Vec<(String, String)>,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// The name of the session that it was saved from, if it was from a result.
    pub result: Option<String>,
    /// What the reader did, each event once and in the order of their names.
    pub entries: Vec<Entry>,
    /// How many values in it are not understood.
    pub unreadable: usize,
}

/// What importing a file would change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Sessions that are not here.
    pub sessions: usize,
    /// Sessions that are here and of which the file knows more.
    pub extended: usize,
    /// Answers that are not here.
    pub answers: usize,
    /// Statements that are not here.
    pub statements: usize,
    /// Events that are here already.
    pub known: usize,
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is larger than [`MOST_BYTES`].
    TooLarge,
    /// The browser did not hand it over.
    NotRead,
    /// It is no text.
    NotText,
    /// It is no JSON, or cut short.
    NotJson {
        /// The line where that shows, from 1.
        line: usize,
    },
    /// It is JSON of something else.
    NotOurs,
    /// A later version wrote it.
    Newer {
        /// Its format.
        format: u64,
    },
    /// A field is missing, unknown, or of the wrong kind.
    Field {
        /// The line, from 1.
        line: usize,
        /// What is wrong, in the words of the JSON reader.
        why: String,
    },
    /// It has more than [`MOST_EVENTS`] events.
    TooMany,
    /// An event of it says what no event can.
    Event {
        /// Its name.
        id: EventId,
    },
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => f.write_str("The file is larger than 2 MB, the most that Sextant reads."),
            Self::NotRead => f.write_str(
                "The browser could not read the file. Perhaps it was moved, deleted or changed after you chose it.",
            ),
            Self::NotText => f.write_str("The file is no text, so Sextant did not write it."),
            Self::NotJson { line } => write!(
                f,
                "The file is no JSON, or was cut short: see its line {line}. Perhaps it was not fully copied."
            ),
            Self::NotOurs => f.write_str("The file is JSON, but not a file that Sextant writes."),
            Self::Newer { format } => write!(
                f,
                "A later version of Sextant wrote this file: it has format {format}, and this version reads up to {FORMAT}. Load this page again to get the later version."
            ),
            Self::Field { line, why } => {
                write!(f, "The file is not as Sextant writes it. Its line {line}: {why}.")
            }
            Self::TooMany => f.write_str("The file has more than 20,000 entries, the most that Sextant reads."),
            Self::Event { id } => write!(f, "The file was changed: its entry {id} says what no entry can."),
        }
    }
}

impl File {
    /// Reads a file of any format up to this one. `now` is in milliseconds since 1970: what happened after it did not
    /// happen, and would come after all that a reader does from now on.
    ///
    /// # Errors
    /// The first mistake. Nothing of the file counts then.
    pub fn read(bytes: &[u8], now: u64) -> Result<Contents, FileError> {
        if bytes.len() > MOST_BYTES {
            return Err(FileError::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| FileError::NotText)?;
        let mut contents = match version(text)? {
            1 => {
                let (result, entries) = first::read_file(text).map_err(field)?;
                Contents { result: Some(result), entries, unreadable: 0 }
            }
            _ => Self::contents(text)?,
        };
        let once: BTreeMap<EventId, Entry> =
            gathered(contents.entries.into_iter().map(|entry| (entry.id, entry)));
        contents.entries = once.into_values().collect();
        if contents.entries.len() > MOST_EVENTS {
            return Err(FileError::TooMany);
        }
        let latest = now.saturating_add(DAY);
        let wrong = |entry: &&Entry| entry.check().is_err() || entry.latest() > latest;
        match contents.entries.iter().find(wrong) {
            Some(entry) => Err(FileError::Event { id: entry.id }),
            None => Ok(contents),
        }
    }

    fn contents(text: &str) -> Result<Contents, FileError> {
        let file: Self = serde_json::from_str(text).map_err(field)?;
        let mut contents = Contents { result: file.result, entries: file.entries, unreadable: 0 };
        for (key, text) in file.stored {
            // The folder is that of the host it came from.
            let key = key.strip_prefix("sextant:").and_then(|key| key.split_once("/:"));
            match key.and_then(|(_folder, key)| Key::parse(key)).map(|key| Value::read(&key, &text)) {
                Some(Ok(Value::Events(entries))) => contents.entries.extend(entries),
                Some(Ok(Value::Snapshot(_, snapshot))) => contents.entries.extend(snapshot.entries),
                Some(Ok(Value::Aside)) => {}
                Some(Err(_)) | None => contents.unreadable += 1,
            }
        }
        Ok(contents)
    }
}

/// The format that a file says it is of.
fn version(text: &str) -> Result<u64, FileError> {
    #[derive(Deserialize)]
    struct Versioned {
        format: u64,
    }
    match serde_json::from_str::<Versioned>(text) {
        Ok(Versioned { format: 0 }) => Err(FileError::NotOurs),
        Ok(Versioned { format }) if format > u64::from(FORMAT) => Err(FileError::Newer { format }),
        Ok(Versioned { format }) => Ok(format),
        Err(error) if error.is_data() => Err(FileError::NotOurs),
        Err(error) => Err(FileError::NotJson { line: error.line() }),
    }
}

fn field(error: serde_json::Error) -> FileError {
    let why = error.to_string();
    // The place is told apart.
    let why = why.split(" at line ").next().unwrap_or_default().to_owned();
    FileError::Field { line: error.line(), why }
}
