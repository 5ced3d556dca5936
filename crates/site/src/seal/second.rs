//! A second release for the browser tests, made from the first: with a different program, style sheet and
//! question.

use std::{fs, path::Path};

use crate::{
    error::{Error, Result},
    folder::{self, Files},
    names::{extension, hashed},
    seal::seal,
};

/// A custom section of one byte, which browsers ignore (WebAssembly Core Specification, §5.5.3).
const SECTION: [u8; 4] = [0, 2, 1, b'x'];

/// Makes a second release in another folder.
///
/// # Errors
/// As [`seal`](super::seal).
pub fn second(root: &Path, first: &Path, second: &Path) -> Result<()> {
    let mut files = folder::read(first)?;
    change_question(&mut files, "bank/networking-");
    for (path, bytes) in files.iter_mut().filter(|(path, _)| !path.contains('/') && path.contains('-')) {
        match extension(path) {
            "wasm" => bytes.extend(SECTION),
            "js" => bytes.extend(b"// Changed.\n"),
            "css" => bytes.extend(b"/* Changed. */\n"),
            _ => {}
        }
    }
    fs::create_dir_all(second).map_err(|source| Error::Write { path: second.to_owned(), source })?;
    folder::write(second, &files)?;
    seal(root, second, None).map(drop)
}

/// Changes the first question of a shard, and with it the names of the shard and the catalog.
fn change_question(files: &mut Files, shard: &str) {
    let changed = |text: String| text.replacen("<p>", "<p>Changed: ", 1);
    let renamed = |files: &mut Files, begin: &str, change: &dyn Fn(String) -> String| {
        // Its compressed copies sort after it.
        let old = files.keys().find(|path| path.starts_with(begin))?.clone();
        let bytes = change(String::from_utf8(files.remove(&old)?).ok()?).into_bytes();
        let new = hashed(&old, &bytes);
        files.insert(new.clone(), bytes);
        Some((old, new))
    };
    // If one of them is missing nothing changes, and the journeys report that the releases are the same.
    let Some((old_shard, new_shard)) = renamed(files, shard, &changed) else { return };
    let named = |text: String| text.replace(&old_shard, &new_shard);
    let Some((old, new)) = renamed(files, "bank/catalog-", &named) else { return };
    if let Some(page) = files.get_mut("index.html") {
        let text = String::from_utf8_lossy(page).replace(&old, &new).replace(&old_shard, &new_shard);
        *page = text.into_bytes();
    }
}
