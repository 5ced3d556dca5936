//! The service worker: which files its release has, and with which hashes it takes them.

use std::{fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::{
    error::{Error, Result},
    seal::problem::Problem,
};

const MOST_LINES: usize = 150;
const RELEASE: &str = "const RELEASE = \"\";";
const FILES: &str = "const FILES = [];";

/// The worker with its release and its files, paths and bytes, in place of the two empty lines.
pub(super) fn filled<'a>(
    worker: &str,
    release: &str,
    kept: impl Iterator<Item = (&'a str, &'a [u8])>,
) -> Result<String, Problem> {
    let lines = worker.lines().count();
    if lines > MOST_LINES {
        return Err(Problem::LongWorker { lines, most: MOST_LINES });
    }
    for line in [RELEASE, FILES] {
        let found = worker.lines().filter(|own| *own == line).count();
        if found != 1 {
            return Err(Problem::NoWorkerLine { line, found });
        }
    }
    let file = |(path, bytes)| {
        // Cloudflare Pages redirects /index.html to the folder, and a redirected answer cannot stand for the page.
        let path = if path == "index.html" { "" } else { path };
        format!("  [\"{path}\",\"sha256-{}\"],\n", STANDARD.encode(Sha256::digest(bytes)))
    };
    let files: String = kept.map(file).collect();
    let worker = worker.replace(RELEASE, &format!("const RELEASE = \"{release}\";"));
    Ok(worker.replace(FILES, &format!("const FILES = [\n{files}];")))
}

/// Puts the worker that ends workers into a site that is not sealed: one that a sealed build left at this origin
/// would go on serving its own copy.
pub fn end_workers(root: &Path, site: &Path) -> Result<()> {
    let (from, to) = (root.join("src/web/kill-switch.js"), site.join("sw.js"));
    let script = fs::read(&from).map_err(|source| Error::Read { path: from, source })?;
    fs::write(&to, script).map_err(|source| Error::Write { path: to, source })
}
