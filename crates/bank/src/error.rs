//! Why a command on the bank failed, and what to do about it.

use std::{io, path::PathBuf};

use sextant::quiz::saved::file::FileError;

use crate::{english::counted, limits::LAST_ID};

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder can't be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file or folder can't be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
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
    /// The check found errors.
    #[error(
        "the bank has {} and {}:\n{}",
        counted(*errors, "error"),
        counted(problems.len() - *errors, "warning"),
        problems.join("\n")
    )]
    Bank {
        /// All errors and warnings, one line each.
        problems: Vec<String>,
        /// How many of them are errors.
        errors: usize,
    },
    /// A problem prevents a command from using the file.
    #[error("{problem}; fix it first")]
    Unreadable {
        /// The problem and its place.
        problem: String,
    },
    /// All three-digit ids of a skill are taken.
    #[error("the last id, `{prefix}-{LAST_ID}`, is taken; split the skill, or make all ids longer first")]
    NoFreeId {
        /// The prefix of the skill's ids.
        prefix: String,
    },
    /// The page lacks the name that the build replaces.
    #[error(
        "{} does not contain {placeholder}; its preload link needs it, so that the build can fill in the \
         hashed name",
        path.display()
    )]
    NoPlaceholder {
        /// The page.
        path: PathBuf,
        /// The missing name.
        placeholder: &'static str,
    },
    /// The page names an issue tracker that can't be used.
    #[error(
        "the tracker `{address}` in {} is invalid; use an https address that contains {{title}} and \
         {{body}}, or leave it empty",
        path.display()
    )]
    Tracker {
        /// The page.
        path: PathBuf,
        /// The tracker's address.
        address: String,
    },
    /// Output can't be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(serde_json::Error),
    /// The input isn't JSON.
    #[error("standard input is not valid JSON: {0}")]
    NotJson(serde_json::Error),
    /// The input is JSON of an unknown shape.
    #[error("standard input is neither scored items ({{\"skills\": […]}}) nor an exported result: {0}")]
    NotScores(serde_json::Error),
    /// The input looks like an export but isn't valid.
    #[error("{0}")]
    NotAnExport(FileError),
    /// A loading is out of range.
    #[error(
        "lambda of `{skill}` is {lambda:?}; use a number from 0 (independent of the other skills) to 0.99"
    )]
    Lambda {
        /// The skill's id.
        skill: String,
        /// The loading.
        lambda: f64,
    },
    /// Two skills have the same id.
    #[error("the skill `{id}` occurs twice; give each skill its own id")]
    DuplicateSkill {
        /// The id.
        id: String,
    },
    /// A scored item can't be used.
    #[error("item {number} of `{skill}`: {why}")]
    BadItem {
        /// The skill's id.
        skill: String,
        /// The item's number, counted from 1.
        number: usize,
        /// What is wrong, and how to fix it.
        why: String,
    },
    /// The export has no finished session.
    #[error("the file contains no finished quiz; finish one, or save the file from a result")]
    NoResult,
    /// The export lacks the session that it was saved from.
    #[error("the file was saved from session {id} but does not contain it; export it again")]
    NoSession {
        /// The session's id.
        id: String,
    },
    /// The bank doesn't have the skill.
    #[error("there is no skill `{skill}`; questions/skills.toml lists all skills")]
    NoSkill {
        /// The id that was asked for.
        skill: String,
    },
    /// The bank doesn't have the item.
    #[error("there is no item `{item}`; {hint}")]
    NoItem {
        /// The id that was asked for.
        item: String,
        /// A similar id, or where to look.
        hint: String,
    },
    /// `grade` can't read some answers.
    #[error("{} cannot be graded:\n{}", counted(lines.len(), "answer"), lines.join("\n"))]
    BadAnswers {
        /// For each answer its line number and what is wrong.
        lines: Vec<String>,
    },
}
