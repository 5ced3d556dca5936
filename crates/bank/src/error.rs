//! What can go wrong in a command on the bank, each with what to do about it.

use std::{io, path::PathBuf};

use sextant::quiz::saved::file::FileError;

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder can't be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file or folder can't be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A watched folder was removed.
    #[error("{} was removed; run this again once it is back", path.display())]
    Gone {
        /// The folder.
        path: PathBuf,
    },
    /// A folder can't be watched.
    #[error("cannot watch {}: {source}", path.display())]
    Watch {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: notify::Error,
    },
    /// The check found problems, which it has printed.
    #[error("the bank has {} and {}, listed above", counted(*errors, "error"), counted(*warnings, "warning"))]
    Bank {
        /// How many errors.
        errors: usize,
        /// How many warnings.
        warnings: usize,
    },
    /// A problem in the way of adding an item.
    #[error("{problem}; fix it first")]
    Unreadable {
        /// The problem, with its place.
        problem: String,
    },
    /// All three-digit ids of a skill are taken.
    #[error("the last id, `{prefix}-999`, is taken; split the skill, or make all ids longer first")]
    NoFreeId {
        /// What the skill's ids start with.
        prefix: String,
    },
    /// The page lacks a name that the build replaces.
    #[error(
        "{} does not contain {placeholder}; its preload link needs it, so that the build can fill in the hashed name",
        path.display()
    )]
    NoPlaceholder {
        /// The page.
        path: PathBuf,
        /// What it lacks.
        placeholder: &'static str,
    },
    /// The page has an address for reports that can't be used.
    #[error(
        "the tracker `{address}` in {} is invalid; use an https address that contains {{title}} and {{body}}, or leave \
         it empty",
        path.display()
    )]
    Tracker {
        /// The page.
        path: PathBuf,
        /// The address.
        address: String,
    },
    /// Output can't be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(serde_json::Error),
    /// The input isn't JSON.
    #[error("standard input is not valid JSON: {0}")]
    NotJson(serde_json::Error),
    /// The input is JSON of another shape.
    #[error("standard input is neither scored items ({{\"skills\": […]}}) nor an exported result: {0}")]
    NotScores(serde_json::Error),
    /// The input looks like an export and isn't a valid one.
    #[error("{0}")]
    NotAnExport(FileError),
    /// A loading out of range.
    #[error(
        "lambda of `{skill}` is {lambda:?}; use a number from 0 (independent of the other skills) to 0.99"
    )]
    Lambda {
        /// The skill's id.
        skill: String,
        /// What the input says.
        lambda: f64,
    },
    /// Two skills with one id.
    #[error("the skill `{id}` occurs twice; give each skill its own id")]
    DuplicateSkill {
        /// The id.
        id: String,
    },
    /// A scored item that can't be used.
    #[error("item {number} of `{skill}`: {why}")]
    BadItem {
        /// The skill's id.
        skill: String,
        /// Counted from 1.
        number: usize,
        /// What is wrong, and how to fix it.
        why: String,
    },
    /// An export without a finished session.
    #[error("the file contains no finished quiz; finish one, or save the file from a result")]
    NoResult,
    /// An export that lacks the session it was saved from.
    #[error("the file was saved from session {id} but does not contain it; export it again")]
    NoSession {
        /// The session's id.
        id: String,
    },
    /// A skill that the bank doesn't have.
    #[error("there is no skill `{skill}`; questions/skills.toml lists all skills")]
    NoSkill {
        /// The id asked for.
        skill: String,
    },
    /// An item that the bank doesn't have.
    #[error("there is no item `{item}`; {guess}")]
    NoItem {
        /// The id asked for.
        item: String,
        /// A similar id, or where to look.
        guess: String,
    },
    /// Answers that `grade` can't read.
    #[error("{} cannot be graded:\n{}", counted(lines.len(), "answer"), lines.join("\n"))]
    BadAnswers {
        /// A line for each, with its number and what is wrong.
        lines: Vec<String>,
    },
}

/// "no error", "1 error", "2 errors".
pub fn counted(count: usize, of: &str) -> String {
    match count {
        0 => format!("no {of}"),
        1 => format!("1 {of}"),
        _ => format!("{count} {of}s"),
    }
}
