//! The last step of a build. It makes a folder that any host can serve and any browser can cache: every name
//! contains the hash of the file's bytes, the page refers to these names, and `release.json` lists them.
//!
//! A sealed folder can be sealed again. The result is the same unless a file has changed. The browser tests
//! make a second release this way.

// The files that the seal writes or edits.
pub(crate) mod hosts;
mod install;
mod shell;
mod worker;

// What happens to all files.
mod check;
mod packed;
mod weight;

mod second;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    error::{Error, Result, SealError},
    folder,
    names::{PLAIN, extension, hashed, plain},
    release,
};

use install::Manifest;

pub use crate::{
    folder::{Files, read as files},
    release::Release,
};
pub use second::second;
pub use weight::{BUDGET, to_first_question};
pub use worker::end_workers;

/// The files that the seal takes from the repository.
struct Sources {
    manifest: String,
    not_found: String,
    worker: String,
    kill_switch: String,
    /// By the paths that the manifest uses: `install/….png`.
    pictures: Files,
}

impl Sources {
    fn read(root: &Path) -> Result<Self> {
        let text = |name: &str| {
            let path = root.join("src/web").join(name);
            fs::read_to_string(&path).map_err(|source| Error::Read { path, source })
        };
        let pictures = folder::read(&root.join("style/install"))?;
        Ok(Self {
            manifest: text("manifest.json")?,
            not_found: text("404.html")?,
            worker: text("sw.js")?,
            kill_switch: text("kill-switch.js")?,
            pictures: pictures.into_iter().map(|(name, bytes)| (format!("install/{name}"), bytes)).collect(),
        })
    }
}

/// A finished site.
struct Sealed {
    release: Release,
    /// The files that `release.json` lists.
    files: Files,
    /// The paths of the files that the worker caches.
    cached: Vec<String>,
}

/// Seals the folder and returns a table of its files' sizes. Given an earlier release, the table also shows
/// what its readers will transfer.
///
/// # Errors
/// If the folder contains a mistake, in which case nothing is written; or if it can't be read or written.
pub fn seal(root: &Path, site: &Path, since: Option<&Release>) -> Result<String> {
    let files = folder::read(site)?;
    if !files.contains_key("index.html") {
        return Err(SealError::NoSite { folder: site.display().to_string() }.into());
    }
    let sealed = sealed(&Sources::read(root)?, files)?;
    if let Some(since) = since {
        since.shares_names(&sealed.files)?;
    }
    let (headers, rules) = hosts::headers(hashed_names(&sealed.files));
    if rules > hosts::MOST_RULES {
        return Err(SealError::ManyRules { rules, most: hosts::MOST_RULES }.into());
    }
    let packed = packed::packed(&sealed.files)?;
    let weights = weight::table(&sealed, &packed, since);
    let mut all = sealed.files;
    all.extend(packed);
    all.insert("release.json".to_owned(), sealed.release.text()?.into_bytes());
    all.insert("_headers".to_owned(), headers.into_bytes());
    // Without it GitHub Pages ignores files whose names start with an underscore.
    all.insert(".nojekyll".to_owned(), Vec::new());
    folder::write(site, &all)?;
    Ok(weights)
}

/// The site's files with their final names, hashes and lists.
fn sealed(sources: &Sources, mut files: Files) -> Result<Sealed, SealError> {
    files.retain(|path, _| !is_made(path));
    let index = take_text(&mut files, "index.html")?;
    let manifest = Manifest::read("src/web/manifest.json", &sources.manifest)?;

    let (mut files, mut names) = renamed(files);
    manifest.put_pictures(&sources.pictures, &mut files, &mut names)?;
    let manifest = manifest.with_names(&sources.manifest, &names);
    let index = shell::with_release(&shell::page("index.html", &index, &names, &files)?, "")?;
    let not_found = shell::page("src/web/404.html", &sources.not_found, &names, &files)?;
    let made = [
        ("index.html", &index),
        ("404.html", &not_found),
        ("manifest.json", &manifest),
        ("kill-switch.js", &sources.kill_switch),
    ];
    files.extend(made.map(|(path, text)| (path.to_owned(), text.clone().into_bytes())));
    check::check(&files)?;

    let manifest = Manifest::read("manifest.json", &manifest)?;
    let is_cached = |path: &&String| match path.as_str() {
        "index.html" | "manifest.json" => true,
        // The shell's style sheet is inline. Only 404.html loads the file.
        path => !PLAIN.contains(&path) && !manifest.is_screenshot(path) && extension(path) != "css",
    };
    let cached: Vec<String> = files.keys().filter(is_cached).cloned().collect();
    let id = release::id(contents(&cached, &files));
    files.insert("index.html".to_owned(), shell::with_release(&index, &id)?.into_bytes());
    let worker = worker::filled(&sources.worker, &id, contents(&cached, &files))?;
    files.insert("sw.js".to_owned(), worker.into_bytes());
    Ok(Sealed { release: Release::new(id, &files), files, cached })
}

/// Whether the seal itself writes the file, so that an existing one is from an earlier seal.
fn is_made(path: &str) -> bool {
    let is_plain = path != "index.html" && PLAIN.contains(&path);
    let is_listed = ["release.json", "_headers", ".nojekyll"].contains(&path);
    let is_packed = [".br", ".gz"].iter().any(|end| path.ends_with(end));
    is_plain || is_listed || is_packed || path.starts_with("install/")
}

fn take_text(files: &mut Files, path: &str) -> Result<String, SealError> {
    let bytes = files.remove(path).unwrap_or_default();
    String::from_utf8(bytes).map_err(|_| SealError::NotText { file: path.to_owned() })
}

/// The files under their hashed names, and a map from their old names. Files in a subfolder already have
/// hashed names, because they refer to each other.
fn renamed(files: Files) -> (Files, BTreeMap<String, String>) {
    let mut names = BTreeMap::new();
    let rename = |(path, bytes): (String, Vec<u8>)| {
        if path.contains('/') {
            return (path, bytes);
        }
        let name = hashed(&path, &bytes);
        names.insert(plain(&path), name.clone());
        names.insert(path, name.clone());
        (name, bytes)
    };
    let files = files.into_iter().map(rename).collect();
    (files, names)
}

fn contents<'a>(paths: &'a [String], files: &'a Files) -> impl Iterator<Item = (&'a str, &'a [u8])> {
    paths.iter().filter_map(|path| files.get(path).map(|bytes| (path.as_str(), bytes.as_slice())))
}

fn hashed_names(files: &Files) -> impl Iterator<Item = &str> {
    files.keys().map(String::as_str).filter(|path| !PLAIN.contains(path))
}
