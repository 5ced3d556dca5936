//! The service worker's list of files, with their hashes.

use std::{fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result, SealError};

const MOST_LINES: usize = 150;
const RELEASE: &str = "const RELEASE = \"\";";
const FILES: &str = "const FILES = [];";

/// The worker with its release and files filled in.
pub(super) fn filled<'a>(
    worker: &str,
    release: &str,
    cached: impl Iterator<Item = (&'a str, &'a [u8])>,
) -> Result<String, SealError> {
    let lines = worker.lines().count();
    if lines > MOST_LINES {
        return Err(SealError::LongWorker { lines, most: MOST_LINES });
    }
    for line in [RELEASE, FILES] {
        let found = worker.lines().filter(|own| *own == line).count();
        if found != 1 {
            return Err(SealError::NoWorkerLine { line, found });
        }
    }
    let file = |(path, bytes)| {
        // Cloudflare Pages redirects /index.html to the folder, and browsers refuse a redirected response as
        // a page.
        let path = if path == "index.html" { "" } else { path };
        format!("  [\"{path}\",\"sha256-{}\"],\n", STANDARD.encode(Sha256::digest(bytes)))
    };
    let files: String = cached.map(file).collect();
    let worker = worker.replace(RELEASE, &format!("const RELEASE = \"{release}\";"));
    Ok(worker.replace(FILES, &format!("const FILES = [\n{files}];")))
}

/// Gives an unsealed site the worker that unregisters workers. Otherwise the worker of a sealed build at the
/// same origin would continue to serve its own copy.
///
/// # Errors
/// If the worker can't be read or written.
pub fn end_workers(root: &Path, site: &Path) -> Result<()> {
    let (from, to) = (root.join("src/web/kill-switch.js"), site.join("sw.js"));
    let script = fs::read(&from).map_err(|source| Error::Read { path: from, source })?;
    fs::write(&to, script).map_err(|source| Error::Write { path: to, source })
}
