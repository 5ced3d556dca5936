//! Checks of the finished site for mistakes that would not show later: the content policy drops an attribute
//! silently, and a missing file is noticed only by a reader who needs it.

use serde::Deserialize;
use serde_json::Value;

use crate::{
    error::{Inline, SealError},
    folder::Files,
    html::{Tag, tags},
    names::{PLAIN, extension, hashed},
    seal::install::Manifest,
};

/// The parts of the catalog that refer to files.
#[derive(Deserialize)]
struct Catalog {
    method: String,
    skills: Vec<Skill>,
}

#[derive(Deserialize)]
struct Skill {
    shard: String,
}

/// Returns the first mistake in the site's files.
pub(super) fn check(files: &Files) -> Result<(), SealError> {
    for (path, bytes) in files {
        name(path, bytes)?;
        if path.starts_with("bank/") {
            bank_file(path, files)?;
        }
    }
    for page in ["index.html", "404.html"] {
        let html = text(files, page)?;
        for tag in tags(html) {
            // 404.html has no scripts, so that it works even if scripts are the problem.
            inline(page, &tag, page == "index.html")?;
            let mut addresses = ["href", "src"].into_iter().filter_map(|attribute| tag.get(attribute));
            addresses.try_for_each(|address| reached(page, address, files))?;
        }
    }
    let manifest = Manifest::read("manifest.json", text(files, "manifest.json")?)?;
    manifest.addresses().try_for_each(|address| reached("manifest.json", address, files))
}

fn text<'a>(files: &'a Files, path: &str) -> Result<&'a str, SealError> {
    let bytes = files.get(path).map(Vec::as_slice).unwrap_or_default();
    std::str::from_utf8(bytes).map_err(|_| SealError::NotText { file: path.to_owned() })
}

fn name(path: &str, bytes: &[u8]) -> Result<(), SealError> {
    if PLAIN.contains(&path) {
        return Ok(());
    }
    if extension(path) == "html" {
        return Err(SealError::Html { file: path.to_owned() });
    }
    let right = hashed(path, bytes);
    if right == path { Ok(()) } else { Err(SealError::Name { file: path.to_owned(), right }) }
}

/// The bank's texts become part of the page unchanged.
fn bank_file(path: &str, files: &Files) -> Result<(), SealError> {
    let html = text(files, path)?;
    if extension(path) != "json" {
        return tags(html).iter().try_for_each(|tag| inline(path, tag, false));
    }
    let not_json =
        |error: serde_json::Error| SealError::NotJson { file: path.to_owned(), why: error.to_string() };
    strings(path, &serde_json::from_str(html).map_err(not_json)?)?;
    if path.starts_with("bank/catalog-") {
        let catalog: Catalog = serde_json::from_str(html).map_err(not_json)?;
        let mut addresses = catalog.skills.iter().map(|skill| &skill.shard).chain([&catalog.method]);
        addresses.try_for_each(|address| reached(path, address, files))
    } else {
        Ok(())
    }
}

fn strings(path: &str, value: &Value) -> Result<(), SealError> {
    match value {
        Value::String(html) => tags(html).iter().try_for_each(|tag| inline(path, tag, false)),
        Value::Array(values) => values.iter().try_for_each(|value| strings(path, value)),
        Value::Object(values) => values.values().try_for_each(|value| strings(path, value)),
        _ => Ok(()),
    }
}

/// Fails if the tag has something that the policy refuses, or that changes addresses. In the shell, scripts and
/// styles may be inline, because the policy lists their hashes.
fn inline(file: &str, tag: &Tag, is_shell: bool) -> Result<(), SealError> {
    let what = match tag.name.as_str() {
        "script" if !is_shell => Some(Inline::Script),
        "style" if !is_shell => Some(Inline::StyleElement),
        "base" => Some(Inline::Base),
        _ => tag.attributes().find_map(|(name, value)| match name {
            "style" => Some(Inline::StyleAttribute),
            _ if name.starts_with("on") => Some(Inline::Handler(name.to_owned())),
            _ if is_program(value) => Some(Inline::Address(name.to_owned())),
            _ => None,
        }),
    };
    what.map_or(Ok(()), |what| Err(SealError::Inline { file: file.to_owned(), what, tag: tag.to_string() }))
}

/// Reads the scheme as browsers do: in any case, after leading spaces, ignoring line breaks and tabs (WHATWG,
/// URL, "basic URL parser").
fn is_program(value: &str) -> bool {
    let meant: String = value.chars().filter(|c| *c > ' ').take("javascript:".len()).collect();
    meant.eq_ignore_ascii_case("javascript:")
}

/// Fails if the address is not a file of the site, its folder, or a fragment of the page.
fn reached(file: &str, address: &str, files: &Files) -> Result<(), SealError> {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    if path.starts_with('/') || path.split('/').next().is_some_and(|first| first.contains(':')) {
        return Err(SealError::Absolute { file: file.to_owned(), address: address.to_owned() });
    }
    let path = path.strip_prefix("./").unwrap_or(path);
    let is_folder = path.is_empty() || (file == "404.html" && path == "../");
    if is_folder || files.contains_key(path) {
        Ok(())
    } else {
        Err(SealError::NoFile { file: file.to_owned(), address: address.to_owned() })
    }
}
