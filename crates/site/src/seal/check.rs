//! What is held against the finished site, because nothing that runs later would tell: the policy is silent about an
//! attribute that it drops, and a missing file shows only to who needs it.

use serde::Deserialize;
use serde_json::Value;

use crate::seal::{
    folder::Files,
    html::{Tag, tags},
    install::Manifest,
    names::{PLAIN, extension, hashed},
    problem::{Inline, Problem},
};

/// As much of the catalog as names files.
#[derive(Deserialize)]
struct Catalog {
    method: String,
    skills: Vec<Skill>,
}

#[derive(Deserialize)]
struct Skill {
    shard: String,
}

/// Finds the first mistake in the site's files.
pub(super) fn check(files: &Files) -> Result<(), Problem> {
    for (path, bytes) in files {
        name(path, bytes)?;
        if path.starts_with("bank/") {
            bank_file(path, files)?;
        }
    }
    for page in ["index.html", "404.html"] {
        let html = text(files, page)?;
        for tag in tags(html) {
            // A page without scripts is one that shows even where scripts are what is wrong.
            inline(page, &tag, page == "index.html")?;
            let mut addresses = ["href", "src"].into_iter().filter_map(|attribute| tag.get(attribute));
            addresses.try_for_each(|address| reached(page, address, files))?;
        }
    }
    let manifest = Manifest::read("manifest.json", text(files, "manifest.json")?)?;
    manifest.addresses().try_for_each(|address| reached("manifest.json", address, files))
}

fn text<'a>(files: &'a Files, path: &str) -> Result<&'a str, Problem> {
    let bytes = files.get(path).map(Vec::as_slice).unwrap_or_default();
    std::str::from_utf8(bytes).map_err(|_| Problem::NotText { file: path.to_owned() })
}

fn name(path: &str, bytes: &[u8]) -> Result<(), Problem> {
    if PLAIN.contains(&path) {
        return Ok(());
    }
    if extension(path) == "html" {
        return Err(Problem::Html { file: path.to_owned() });
    }
    let right = hashed(path, bytes);
    if right == path { Ok(()) } else { Err(Problem::Name { file: path.to_owned(), right }) }
}

/// The bank's texts become parts of the page as they are.
fn bank_file(path: &str, files: &Files) -> Result<(), Problem> {
    let html = text(files, path)?;
    if extension(path) != "json" {
        return tags(html).iter().try_for_each(|tag| inline(path, tag, false));
    }
    let not_json =
        |error: serde_json::Error| Problem::NotJson { file: path.to_owned(), why: error.to_string() };
    strings(path, &serde_json::from_str(html).map_err(not_json)?)?;
    if path.starts_with("bank/catalog-") {
        let catalog: Catalog = serde_json::from_str(html).map_err(not_json)?;
        let mut addresses = catalog.skills.iter().map(|skill| &skill.shard).chain([&catalog.method]);
        addresses.try_for_each(|address| reached(path, address, files))
    } else {
        Ok(())
    }
}

fn strings(path: &str, value: &Value) -> Result<(), Problem> {
    match value {
        Value::String(html) => tags(html).iter().try_for_each(|tag| inline(path, tag, false)),
        Value::Array(values) => values.iter().try_for_each(|value| strings(path, value)),
        Value::Object(values) => values.values().try_for_each(|value| strings(path, value)),
        _ => Ok(()),
    }
}

/// Whether the tag holds nothing that the policy refuses to run or that moves addresses.
fn inline(file: &str, tag: &Tag, has_scripts: bool) -> Result<(), Problem> {
    let what = match tag.name.as_str() {
        "script" if !has_scripts || tag.get("src").is_none() => Some(Inline::Script),
        "style" => Some(Inline::StyleElement),
        "base" => Some(Inline::Base),
        _ => tag.attributes().find_map(|(name, value)| match name {
            "style" => Some(Inline::StyleAttribute),
            _ if name.starts_with("on") => Some(Inline::Handler(name.to_owned())),
            _ if is_program(value) => Some(Inline::Address(name.to_owned())),
            _ => None,
        }),
    };
    what.map_or(Ok(()), |what| Err(Problem::Inline { file: file.to_owned(), what, tag: tag.to_string() }))
}

/// As browsers read the scheme: in any case, with spaces before it, and without line breaks and tabs within
/// (WHATWG, URL, "basic URL parser").
fn is_program(value: &str) -> bool {
    let meant: String = value.chars().filter(|c| *c > ' ').take("javascript:".len()).collect();
    meant.eq_ignore_ascii_case("javascript:")
}

/// Whether an address leads to a file of the site, a folder or a place in the page.
fn reached(file: &str, address: &str, files: &Files) -> Result<(), Problem> {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    if path.starts_with('/') || path.split('/').next().is_some_and(|first| first.contains(':')) {
        return Err(Problem::Absolute { file: file.to_owned(), address: address.to_owned() });
    }
    let path = path.strip_prefix("./").unwrap_or(path);
    let is_folder = path.is_empty() || (file == "404.html" && path == "../");
    if is_folder || files.contains_key(path) {
        Ok(())
    } else {
        Err(Problem::NoFile { file: file.to_owned(), address: address.to_owned() })
    }
}
