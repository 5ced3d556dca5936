//! A release: its files and their hashes, as listed in `release.json`.

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result, SealError},
    folder::Files,
    names::{PLAIN, sha256, short},
};

/// A release.
#[derive(Debug, Deserialize)]
pub struct Release {
    /// The hash of all files that the worker caches.
    #[serde(rename = "release")]
    pub(crate) id: String,
    version: String,
    pub(crate) files: Vec<Listed>,
}

/// A file of a release.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Listed {
    pub(crate) path: String,
    pub(crate) bytes: usize,
    /// In lower-case hexadecimal digits.
    pub(crate) sha256: String,
}

impl Release {
    pub(crate) fn new(id: String, files: &Files) -> Self {
        let listed = |(path, bytes): (&String, &Vec<u8>)| Listed {
            path: path.clone(),
            bytes: bytes.len(),
            sha256: sha256(bytes),
        };
        Self { id, version: env!("CARGO_PKG_VERSION").to_owned(), files: files.iter().map(listed).collect() }
    }

    /// Reads the `release.json` of an earlier release.
    ///
    /// # Errors
    /// If the file can't be read, or isn't the list of a release.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        let not_json = |error: serde_json::Error| {
            let file = path.display().to_string();
            Error::Seal(SealError::NotJson { file, why: error.to_string() })
        };
        serde_json::from_slice(&text).map_err(not_json)
    }

    /// One file per line, so that two releases can be compared by eye.
    pub(crate) fn text(&self) -> Result<String> {
        let json = |listed| serde_json::to_string(listed).map_err(Error::Json);
        let files = self.files.iter().map(json).collect::<Result<Vec<_>>>()?;
        Ok(format!(
            "{{\"release\":\"{}\",\"version\":\"{}\",\"files\":[\n  {}\n]}}\n",
            self.id,
            self.version,
            files.join(",\n  ")
        ))
    }

    /// Whether the release contains exactly this file.
    pub(crate) fn has(&self, path: &str, bytes: &[u8]) -> bool {
        let hash = sha256(bytes);
        self.files.iter().any(|listed| listed.path == path && listed.sha256 == hash)
    }

    /// Fails if the release had different bytes under a name that browsers cache for ever.
    pub(crate) fn shares_names(&self, files: &Files) -> Result<(), SealError> {
        let kept = self.files.iter().filter(|listed| !PLAIN.contains(&listed.path.as_str()));
        for Listed { path, sha256: old, .. } in kept {
            if files.get(path).is_some_and(|bytes| sha256(bytes) != *old) {
                return Err(SealError::SameName { file: path.clone(), release: self.id.clone() });
            }
        }
        Ok(())
    }
}

/// The hash of paths and bytes together.
pub(crate) fn id<'a>(cached: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let lines: Vec<_> = cached.map(|(path, bytes)| format!("{path} {}\n", sha256(bytes))).collect();
    short(lines.concat().as_bytes())
}
