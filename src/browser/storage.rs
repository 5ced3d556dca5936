//! What is kept between visits, in localStorage through gloo-storage.
//!
//! A host's origin is shared with other programs, so every key begins with the app, the folder it is
//! served from and the format. Each session has a key of its own: what cannot be read is left alone and
//! nothing is written over it.

use std::fmt;

use gloo_storage::{LocalStorage, Storage, errors::StorageError as Gloo};
use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};

use crate::quiz::{
    saved::{FORMAT, Label, SavedSession, SavedStatement},
    session::Session,
    statement::Statement,
};

/// Why something is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// The browser gives this page no storage.
    Refused,
    /// The browser did not take the value: its space is full, or it withdrew the storage.
    NotWritten,
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused => {
                "This browser gives the page no storage, so nothing is saved: your answers and your result last \
                 until you close or reload this page."
            }
            Self::NotWritten => {
                "This browser did not save the last change, perhaps because its space is full. Until it does, \
                 your answers last only while this page stays open."
            }
        })
    }
}

/// Everything that was kept.
#[derive(Debug, Default)]
pub struct Kept {
    /// The sessions that could be read.
    pub sessions: Vec<Session>,
    /// Where the reader stands.
    pub label: Label,
    /// What the reader stated.
    pub statement: Statement,
    /// The chosen theme.
    pub theme: Option<String>,
    /// The keys whose values could not be read; they are left as they are.
    pub unreadable: Vec<String>,
}

/// The browser's storage, asked for and read from anew each time because it can be withdrawn. gloo-storage
/// panics where there is none or reading throws, so nothing here calls it before this.
fn probe() -> Result<web_sys::Storage, StorageError> {
    let storage = window().local_storage().ok().flatten().ok_or(StorageError::Refused)?;
    storage.get_item("sextant").map_err(|_| StorageError::Refused)?;
    Ok(storage)
}

/// What all of this program's keys begin with.
fn prefix() -> String {
    let path = window().location().pathname().unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _page)| folder);
    format!("sextant:{folder}/:{FORMAT}:")
}

fn session_key(id: &str) -> String {
    format!("{}session:{id}", prefix())
}

/// Reads everything of this program's.
///
/// # Errors
/// [`StorageError::Refused`] where there is no storage.
pub fn load() -> Result<Kept, StorageError> {
    let storage = probe()?;
    let prefix = prefix();
    let length = storage.length().map_err(|_| StorageError::Refused)?;
    let keys = (0..length).filter_map(|at| storage.key(at).ok().flatten());
    let mut kept = Kept::default();
    for key in keys.collect::<Vec<_>>() {
        let Some(name) = key.strip_prefix(&prefix) else { continue };
        let read = if name.starts_with("session:") {
            read::<SavedSession>(&key)
                .filter(|saved| saved.format == FORMAT)
                .map(|s| kept.sessions.push(s.session))
        } else if name == "label" {
            read::<Label>(&key).filter(|label| label.format == FORMAT).map(|label| kept.label = label)
        } else if name == "statement" {
            read::<SavedStatement>(&key)
                .filter(|saved| saved.format == FORMAT)
                .map(|saved| kept.statement = saved.statement)
        } else if name == "theme" {
            read(&key).map(|theme| kept.theme = Some(theme))
        } else {
            None
        };
        if read.is_none() {
            kept.unreadable.push(key);
        }
    }
    Ok(kept)
}

fn read<T: DeserializeOwned>(key: &str) -> Option<T> {
    LocalStorage::get(key).ok()
}

fn write(key: &str, value: &impl Serialize) -> Result<(), StorageError> {
    probe()?;
    LocalStorage::set(key, value).map_err(|error| match error {
        Gloo::SerdeError(_) | Gloo::KeyNotFound(_) | Gloo::JsError(_) => StorageError::NotWritten,
    })
}

/// Keeps a session.
///
/// # Errors
/// See [`StorageError`].
pub fn save_session(session: &Session) -> Result<(), StorageError> {
    write(&session_key(&session.id()), &SavedSession { format: FORMAT, session: session.clone() })
}

/// Forgets a session.
///
/// # Errors
/// See [`StorageError`].
pub fn remove_session(id: &str) -> Result<(), StorageError> {
    // Not through gloo-storage, which panics where removing throws.
    probe()?.remove_item(&session_key(id)).map_err(|_| StorageError::NotWritten)
}

/// Keeps where the reader stands.
///
/// # Errors
/// See [`StorageError`].
pub fn save_label(label: &Label) -> Result<(), StorageError> {
    replace("label", label, |old: &Label| old.format)
}

/// Keeps what the reader stated.
///
/// # Errors
/// See [`StorageError`].
pub fn save_statement(statement: Statement) -> Result<(), StorageError> {
    let saved = SavedStatement { format: FORMAT, statement };
    replace("statement", &saved, |old: &SavedStatement| old.format)
}

/// Writes a value that there is one of. An old one that could not be read is set aside, not written over.
fn replace<T: Serialize + DeserializeOwned>(
    name: &str,
    value: &T,
    format: impl Fn(&T) -> u32,
) -> Result<(), StorageError> {
    let storage = probe()?;
    let key = prefix() + name;
    if read::<T>(&key).is_none_or(|old| format(&old) != FORMAT)
        && let Ok(Some(text)) = storage.get_item(&key)
    {
        // Raw text, so not through gloo-storage, which reads and writes JSON only.
        storage.set_item(&format!("{key}:set-aside"), &text).map_err(|_| StorageError::NotWritten)?;
    }
    write(&key, value)
}

/// Keeps the theme.
///
/// # Errors
/// See [`StorageError`].
pub fn save_theme(theme: &str) -> Result<(), StorageError> {
    write(&format!("{}theme", prefix()), &theme)
}
