//! What can go wrong with a built folder, each with what to do about it.

use std::{io, path::PathBuf};

use crate::seal::Problem;

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
    /// A list can't be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(serde_json::Error),
    /// The folder can't be sealed.
    #[error(transparent)]
    Seal(#[from] Problem),
}
