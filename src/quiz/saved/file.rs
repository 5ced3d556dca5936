//! The file that everything is exported to and imported from.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::quiz::{
    order::gathered,
    saved::{
        FORMAT,
        event::{EventId, StoredEvent},
        format1,
        value::{Key, Value},
    },
};

/// The largest file that is read, in bytes, so that everything exported can be imported: browsers store about five million
/// characters for a host, and a file needs at most six bytes for each, and a few per entry.
pub const MOST_BYTES: usize = 40_000_000;

/// The file as written. `docs/storage-format.md` describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportFile {
    /// See [`FORMAT`].
    pub format: u32,
    /// When it was written, in milliseconds since 1970.
    pub exported: u64,
    /// The session that it was saved from, if it was saved from a result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// What the reader did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<StoredEvent>,
    /// Keys and values exactly as stored: those that can't be read, or all of them if the program has stopped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stored: Vec<(String, String)>,
}

/// The contents of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// The session that it was saved from, if it was saved from a result.
    pub result: Option<String>,
    /// What the reader did: each event once, ordered by id.
    pub entries: Vec<StoredEvent>,
    /// How many of its values can't be read.
    pub unreadable: usize,
}

/// What importing a file would change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// New sessions.
    pub sessions: usize,
    /// Known sessions with new events.
    pub extended: usize,
    /// New answers.
    pub answers: usize,
    /// New statements.
    pub statements: usize,
    /// Known events.
    pub known: usize,
}

/// Why a file is not imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is larger than [`MOST_BYTES`].
    TooLarge,
    /// The browser couldn't read it.
    NotRead,
    /// It isn't text.
    NotText,
    /// It isn't valid JSON, or is incomplete.
    NotJson {
        /// The line of the mistake, counted from 1.
        line: usize,
    },
    /// It is JSON, but not an export.
    NotOurs,
    /// A later version wrote it.
    Newer {
        /// Its format.
        format: u64,
    },
    /// A field is missing, unknown, or of the wrong type.
    Field {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong, in the words of the JSON reader.
        why: String,
    },
    /// One of its events isn't valid.
    Event {
        /// Its id.
        id: EventId,
    },
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(
                f,
                "The file is larger than {} MB, the most that Sextant reads.",
                MOST_BYTES / 1_000_000
            ),
            Self::NotRead => f.write_str(
                "The browser couldn’t read the file. It may have been moved, deleted or changed after you chose it.",
            ),
            Self::NotText => f.write_str("The file isn’t text, so it isn’t an export from Sextant."),
            Self::NotJson { line } => write!(
                f,
                "The file isn’t valid JSON, or is incomplete (line {line}). It may not have been copied completely."
            ),
            Self::NotOurs => f.write_str("The file is JSON, but not an export from Sextant."),
            Self::Newer { format } => write!(
                f,
                "A later version of Sextant wrote this file. It has format {format}, and this version reads up to {FORMAT}. Reload the page \
                 to get the later version."
            ),
            Self::Field { line, why } => {
                write!(f, "The file isn’t quite an export from Sextant. Line {line}: {why}.")
            }
            Self::Event { id } => write!(f, "The file was changed: its entry {id} isn’t valid."),
        }
    }
}

impl ExportFile {
    /// Reads a file of this or any earlier format, in any encoding that an editor or a mail program may have saved it in.
    ///
    /// # Errors
    /// The first mistake. Nothing is imported then.
    pub fn read(bytes: &[u8]) -> Result<Contents, FileError> {
        if bytes.len() > MOST_BYTES {
            return Err(FileError::TooLarge);
        }
        let text = decoded(bytes).ok_or(FileError::NotText)?;
        let mut contents = match version(&text)? {
            1 => {
                let (result, entries) = format1::read_file(&text).map_err(field)?;
                Contents { result: Some(result), entries, unreadable: 0 }
            }
            _ => Self::contents(&text)?,
        };
        let once: BTreeMap<EventId, StoredEvent> =
            gathered(contents.entries.into_iter().map(|entry| (entry.id, entry)));
        contents.entries = once.into_values().collect();
        match contents.entries.iter().find(|entry| entry.check().is_err()) {
            Some(entry) => Err(FileError::Event { id: entry.id }),
            None => Ok(contents),
        }
    }

    fn contents(text: &str) -> Result<Contents, FileError> {
        let file: Self = serde_json::from_str(text).map_err(field)?;
        let mut contents = Contents { result: file.result, entries: file.entries, unreadable: 0 };
        for (key, text) in file.stored {
            // The folder is that of the host where it was exported.
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

/// A text in UTF-8 or UTF-16, with or without a byte order mark. `None` if it is neither.
pub fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    // Every export begins with a brace, so that the zero beside it shows the encoding even without a mark.
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks();
        let units = pairs.iter().map(|pair| unit(*pair));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        text.ok().filter(|_| rest.is_empty()).map(Cow::Owned)
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [first, 0, ..] if *first != 0 => utf16(bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => utf16(bytes, u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

/// The format that a file says it has.
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
    // The line is reported separately.
    let why = why.split(" at line ").next().unwrap_or_default().to_owned();
    FileError::Field { line: error.line(), why }
}
