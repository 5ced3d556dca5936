//! What can go wrong with a built folder, each with what to do about it.

use std::{io, path::PathBuf};

use crate::seal::SealError;

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
        /// The reason.
        source: io::Error,
    },
    /// A file or folder can't be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// A program can't be started.
    #[error("cannot start {program}: {source}")]
    Start {
        /// The program.
        program: String,
        /// The reason.
        source: io::Error,
    },
    /// The release can't be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(serde_json::Error),
    /// The folder can't be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The folder was not sealed.
    #[error(
        "{} has no release.json; give the folder that `cargo xtask build` made, or an address that starts with https://",
        folder.display()
    )]
    NotSealed {
        /// The folder.
        folder: PathBuf,
    },
    /// The shipped settings lack a line that the check replaces.
    #[error("{} must contain `{setting}` exactly once; host-check replaces the port and the folder there", path.display())]
    NoSetting {
        /// The settings.
        path: PathBuf,
        /// The line.
        setting: &'static str,
    },
    /// nginx ended instead of serving.
    #[error("nginx does not run with {}: {why}", settings.display())]
    Nginx {
        /// The settings.
        settings: PathBuf,
        /// What it wrote to its log.
        why: String,
    },
}
