//! What a release is: its files and their hashes, which `release.json` lists.

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    seal::{
        folder::Files,
        names::{PLAIN, sha256, short},
        problem::Problem,
    },
};

#[derive(Debug, Deserialize)]
pub struct Release {
    /// The hash of all files that the worker keeps.
    #[serde(rename = "release")]
    pub(super) id: String,
    version: String,
    pub(super) files: Vec<Listed>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Listed {
    pub(super) path: String,
    pub(super) bytes: usize,
    pub(super) sha256: String,
}

impl Release {
    pub(super) fn new(id: String, files: &Files) -> Self {
        let listed = |(path, bytes): (&String, &Vec<u8>)| Listed {
            path: path.clone(),
            bytes: bytes.len(),
            sha256: sha256(bytes),
        };
        Self { id, version: env!("CARGO_PKG_VERSION").to_owned(), files: files.iter().map(listed).collect() }
    }

    /// An earlier release, as its `release.json` tells.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        let not_json = |error: serde_json::Error| {
            let file = path.display().to_string();
            Error::Seal(Problem::NotJson { file, why: error.to_string() })
        };
        serde_json::from_slice(&text).map_err(not_json)
    }

    /// One file a line, so that two releases can be compared by eye.
    pub(super) fn text(&self) -> Result<String> {
        let json = |listed| serde_json::to_string(listed).map_err(Error::Json);
        let files = self.files.iter().map(json).collect::<Result<Vec<_>>>()?;
        Ok(format!(
            "{{\"release\":\"{}\",\"version\":\"{}\",\"files\":[\n  {}\n]}}\n",
            self.id,
            self.version,
            files.join(",\n  ")
        ))
    }

    /// Whether it shipped exactly this file.
    pub(super) fn has(&self, path: &str, bytes: &[u8]) -> bool {
        let hash = sha256(bytes);
        self.files.iter().any(|listed| listed.path == path && listed.sha256 == hash)
    }

    /// Fails where it shipped other bytes under a name that browsers keep for ever.
    pub(super) fn shares_names(&self, files: &Files) -> Result<(), Problem> {
        let kept = self.files.iter().filter(|listed| !PLAIN.contains(&listed.path.as_str()));
        for Listed { path, sha256: old, .. } in kept {
            if files.get(path).is_some_and(|bytes| sha256(bytes) != *old) {
                return Err(Problem::SameName { file: path.clone(), release: self.id.clone() });
            }
        }
        Ok(())
    }
}

/// The hash of paths and bytes together.
pub(super) fn id<'a>(kept: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let lines: Vec<_> = kept.map(|(path, bytes)| format!("{path} {}\n", sha256(bytes))).collect();
    short(lines.concat().as_bytes())
}
