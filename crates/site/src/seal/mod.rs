//! The last step of a build makes a folder that can be put on any host and kept by any browser: every name holds a
//! hash of the file's bytes, the page names no other, and one list tells the worker, hosts and people what there is.
//!
//! It may be run on a sealed folder again. What it made is then made anew, so that nothing changes unless a file
//! did: that is how the browser tests make a second release.

mod check;
mod folder;
mod hosts;
mod html;
mod install;
mod names;
mod packed;
mod problem;
mod release;
mod second;
mod shell;
#[cfg(test)]
mod tests;
mod weight;
mod worker;

use std::{collections::BTreeMap, fs, path::Path};

use crate::error::{Error, Result};

use install::Manifest;
use names::{PLAIN, hashed, plain};

pub use folder::{Files, read as files};
pub use problem::Problem;
pub use release::Release;
pub use second::second;
pub use worker::end_workers;

/// What the seal takes from the repository.
struct Sources {
    manifest: String,
    not_found: String,
    worker: String,
    kill_switch: String,
    /// Under the paths that the manifest has for them: `install/….png`.
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

/// A site with nothing left to do.
struct Sealed {
    release: Release,
    /// What `release.json` lists.
    files: Files,
    /// The files that the worker keeps, by path.
    kept: Vec<String>,
}

/// Seals the folder, and prints what its files weigh; compared with an earlier release, also what readers who have
/// that one transfer.
pub fn seal(root: &Path, site: &Path, since: Option<&Release>) -> Result<()> {
    print!("{}", seal_folder(root, site, since)?);
    Ok(())
}

/// Seals the folder, and returns what its files weigh.
fn seal_folder(root: &Path, site: &Path, since: Option<&Release>) -> Result<String> {
    let files = folder::read(site)?;
    if !files.contains_key("index.html") {
        return Err(Error::Seal(Problem::NoSite { folder: site.display().to_string() }));
    }
    let sealed = sealed(&Sources::read(root)?, files).map_err(Error::Seal)?;
    if let Some(since) = since {
        since.shares_names(&sealed.files).map_err(Error::Seal)?;
    }
    let (headers, rules) = hosts::headers(hashed_names(&sealed.files));
    if rules > hosts::MOST_RULES {
        return Err(Error::Seal(Problem::ManyRules { rules, most: hosts::MOST_RULES }));
    }
    let packed = packed::packed(&sealed.files)?;
    let weights = weight::table(&sealed, &packed, since);
    let mut all = sealed.files;
    all.extend(packed);
    all.insert("release.json".to_owned(), sealed.release.text()?.into_bytes());
    all.insert("_headers".to_owned(), headers.into_bytes());
    // Without it GitHub Pages leaves out files whose names begin with an underscore.
    all.insert(".nojekyll".to_owned(), Vec::new());
    folder::write(site, &all)?;
    Ok(weights)
}

/// The site's files with the names, hashes and lists that they keep.
fn sealed(sources: &Sources, mut files: Files) -> Result<Sealed, Problem> {
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
    let is_kept = |path: &&String| match path.as_str() {
        "index.html" | "manifest.json" => true,
        path => !PLAIN.contains(&path) && !manifest.is_screenshot(path),
    };
    let kept: Vec<String> = files.keys().filter(is_kept).cloned().collect();
    let id = release::id(contents(&kept, &files));
    files.insert("index.html".to_owned(), shell::with_release(&index, &id)?.into_bytes());
    let worker = worker::filled(&sources.worker, &id, contents(&kept, &files))?;
    files.insert("sw.js".to_owned(), worker.into_bytes());
    Ok(Sealed { release: Release::new(id, &files), files, kept })
}

/// Whether the seal itself writes the file, so that what lies there is of an earlier one.
fn is_made(path: &str) -> bool {
    let is_plain = path != "index.html" && PLAIN.contains(&path);
    let is_listed = ["release.json", "_headers", ".nojekyll"].contains(&path);
    let is_packed = [".br", ".gz"].iter().any(|end| path.ends_with(end));
    is_plain || is_listed || is_packed || path.starts_with("install/")
}

fn take_text(files: &mut Files, path: &str) -> Result<String, Problem> {
    let bytes = files.remove(path).unwrap_or_default();
    String::from_utf8(bytes).map_err(|_| Problem::NotText { file: path.to_owned() })
}

/// The files beside the page under the names that hold their hashes, and what they were called before. Files in a
/// folder are named by what wrote them, as others of them name them.
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
