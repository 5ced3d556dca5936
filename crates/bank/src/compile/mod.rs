//! Compiles the bank for the browser: a small catalog and one shard per skill, as compact JSON under
//! content-hashed names. The page gets the catalog's name.

mod catalog;
mod shard;
mod start_page;

use std::{fs, path::Path};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    error::{Error, Result},
    rules::check::load,
    text::html::to_page,
};

pub(crate) use catalog::{compiled, in_memory};

/// The catalog's name in the page's source; replaced by its hashed name.
const PLACEHOLDER: &str = "bank/catalog.json";

/// Where the page's source has the start page.
const START_PAGE: &str = "<!-- The build writes the start page here. -->";

/// Where the page's source lists the shards.
const SHARDS: &str = "<meta name=\"shards\" content=\"\">";

/// Checks the bank in `questions`, writes it into the folder `site`, and names its catalog in the site's
/// `index.html`.
pub fn compile(questions: &Path, site: &Path) -> Result<()> {
    let bank = load(questions)?;
    let folder = site.join("bank");
    fs::create_dir_all(&folder).map_err(|source| Error::Write { path: folder.clone(), source })?;

    let (mut catalog, shards) = compiled(&bank);
    for (skill, shard) in catalog.skills.iter_mut().zip(&shards) {
        skill.shard = write(site, &skill.id.0, shard)?;
    }
    // Not named .html, because some hosts redirect such names.
    catalog.method = write_as(site, "method", "txt", to_page(&catalog::method(&bank)).as_bytes())?;
    // The catalog has the hashed names of all other files, so its own hash identifies the whole bank.
    let content = serde_json::to_vec(&catalog).map_err(Error::Json)?;
    catalog.version = format!("{:08x}", hash(&content) >> 32);
    let start_page = start_page::html(&catalog);
    let addresses: Vec<&str> = catalog.skills.iter().map(|skill| skill.shard.as_str()).collect();
    let shards = SHARDS.replace("\"\"", &format!("\"{}\"", addresses.join(" ")));
    let catalog = write(site, "catalog", &catalog)?;

    let page = site.join("index.html");
    let html = fs::read_to_string(&page).map_err(|source| Error::Read { path: page.clone(), source })?;
    if let Some(placeholder) = [PLACEHOLDER, START_PAGE, SHARDS].into_iter().find(|text| !html.contains(text))
    {
        return Err(Error::NoPlaceholder { path: page, placeholder });
    }
    if let Some(address) = tracker(&html).filter(|address| !is_tracker(address)) {
        return Err(Error::Tracker { path: page, address: address.to_owned() });
    }
    fs::write(
        &page,
        html.replace(PLACEHOLDER, &catalog).replace(START_PAGE, &start_page).replace(SHARDS, &shards),
    )
    .map_err(|source| Error::Write { path: page, source })
}

/// The address of the issue tracker that the page names, if any.
fn tracker(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once("<meta name=\"tracker\" content=\"")?;
    rest.split_once('"').map(|(address, _)| address).filter(|address| !address.is_empty())
}

/// Whether reports can be sent to the address: it must be secure and have placeholders for title and body.
fn is_tracker(address: &str) -> bool {
    address.starts_with("https://") && address.contains("{title}") && address.contains("{body}")
}

/// Writes `value` into the site's bank and returns its address relative to the page.
fn write(site: &Path, name: &str, value: &impl Serialize) -> Result<String> {
    write_as(site, name, "json", &serde_json::to_vec(value).map_err(Error::Json)?)
}

fn write_as(site: &Path, name: &str, extension: &str, content: &[u8]) -> Result<String> {
    let address = format!("bank/{name}-{:016x}.{extension}", hash(content));
    let path = site.join(&address);
    fs::write(&path, content).map_err(|source| Error::Write { path, source })?;
    Ok(address)
}

/// The first 64 bits of the SHA-256, enough to tell all versions of a file apart.
pub(crate) fn hash(content: &[u8]) -> u64 {
    Sha256::digest(content).into_iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::folder::tests::repository;

    #[test]
    fn a_tracker_must_be_secure_and_have_placeholders() {
        let page = |address| format!("<head><meta name=\"tracker\" content=\"{address}\"></head>");
        assert_eq!(tracker(&page("")), None);
        for (address, good) in [
            ("https://github.com/a/b/issues/new?title={title}&amp;body={body}", true),
            ("https://github.com/a/b/issues/new", false),
            ("http://example.org/?t={title}&b={body}", false),
            ("javascript:alert('{title}{body}')", false),
        ] {
            assert_eq!(tracker(&page(address)).map(is_tracker), Some(good), "{address}");
        }
        let shipped = fs::read_to_string(repository("index.html")).unwrap();
        assert!(shipped.contains("<meta name=\"tracker\" content=\""), "the page has a place for a tracker");
    }
}
