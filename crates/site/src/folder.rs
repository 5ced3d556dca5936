//! A folder's files in memory, so that nothing is written before everything has been checked.

use std::{collections::BTreeMap, fs, io, path::Path};

use crate::error::{Error, Result};

/// The bytes of each file, by its path within the folder, with `/` as the separator.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Reads all files of a folder and its subfolders.
///
/// # Errors
/// If one of them can't be read.
pub fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    read_below(folder, "", &mut files)?;
    Ok(files)
}

fn read_below(folder: &Path, within: &str, files: &mut Files) -> Result<()> {
    let failed = |source| Error::Read { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            read_below(&path, &format!("{name}/"), files)?;
        } else {
            let bytes = fs::read(&path).map_err(|source| Error::Read { path, source })?;
            files.insert(name, bytes);
        }
    }
    Ok(())
}

/// Writes the files and removes all others from the folder.
pub(crate) fn write(folder: &Path, files: &Files) -> Result<()> {
    for name in read(folder)?.keys().filter(|name| !files.contains_key(*name)) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(|source| Error::Write { path, source })?;
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, bytes));
        written.map_err(|source: io::Error| Error::Write { path, source })?;
    }
    Ok(())
}
