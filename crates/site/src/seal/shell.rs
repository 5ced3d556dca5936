//! The two pages, `index.html` and `404.html`.

use std::collections::BTreeMap;

use crate::{
    error::SealError,
    folder::Files,
    html::{Tag, edited, tags},
    names::integrity,
    seal::hosts::{is_policy, policy},
};

/// Links whose files browsers check against a hash.
const CHECKED: [&str; 3] = ["stylesheet", "modulepreload", "preload"];

/// A page with the policy at the start of its head, and the names and hashes of its files.
pub(super) fn page(
    file: &str,
    html: &str,
    names: &BTreeMap<String, String>,
    files: &Files,
) -> Result<String, SealError> {
    let before = tags(html);
    if !before.iter().any(|tag| tag.name == "head") {
        return Err(SealError::NoHead { file: file.to_owned() });
    }
    let policy = policy(html);
    // It has a policy if it was sealed before.
    let has_policy = before.iter().any(is_policy);
    Ok(edited(html, |tag| {
        if tag.name == "head" && !has_policy {
            tag.after = format!("\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        } else if is_policy(tag) {
            tag.set("content", &policy);
        }
        rename(tag, names);
        if let Some(bytes) = checked(tag).and_then(|path| files.get(path)) {
            tag.set("integrity", &integrity(bytes));
        }
    }))
}

/// `index.html` with its release, and a link to the manifest, which trunk's server doesn't have. The release
/// is the hash of the page with an empty release.
pub(super) fn with_release(html: &str, release: &str) -> Result<String, SealError> {
    let before = tags(html);
    if !before.iter().any(is_release) {
        return Err(SealError::NoReleaseMeta);
    }
    let has_manifest = before.iter().any(|tag| tag.is("link", "rel", "manifest"));
    Ok(edited(html, |tag| {
        if is_release(tag) {
            tag.set("content", release);
            if !has_manifest {
                "\n    <link rel=\"manifest\" crossorigin=\"use-credentials\" href=\"./manifest.json\">"
                    .clone_into(&mut tag.after);
            }
        }
    }))
}

fn is_release(tag: &Tag) -> bool {
    tag.is("meta", "name", "release")
}

fn rename(tag: &mut Tag, names: &BTreeMap<String, String>) {
    for attribute in ["href", "src"] {
        let name = tag.get(attribute).and_then(|address| names.get(address.trim_start_matches("./")));
        if let Some(name) = name {
            tag.set(attribute, &format!("./{name}"));
        }
    }
}

/// The path of the file whose hash belongs in the tag.
fn checked(tag: &Tag) -> Option<&str> {
    let address = match tag.name.as_str() {
        "script" => tag.get("src"),
        "link" if tag.get("rel").is_some_and(|rel| CHECKED.contains(&rel)) => tag.get("href"),
        _ => None,
    };
    address.map(|address| address.trim_start_matches("./"))
}
