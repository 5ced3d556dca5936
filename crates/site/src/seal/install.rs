//! What browsers need to install the app: the manifest and its pictures.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{error::SealError, folder::Files, names::hashed};

/// The parts of `src/web/manifest.json` that the seal reads.
#[derive(Deserialize)]
pub(super) struct Manifest {
    start_url: String,
    scope: String,
    icons: Vec<Picture>,
    screenshots: Vec<Picture>,
}

#[derive(Deserialize)]
struct Picture {
    src: String,
    sizes: String,
}

impl Manifest {
    pub(super) fn read(file: &str, text: &str) -> Result<Self, SealError> {
        serde_json::from_str(text)
            .map_err(|error| SealError::NotJson { file: file.to_owned(), why: error.to_string() })
    }

    /// All addresses in it.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        let pictures = self.icons.iter().chain(&self.screenshots).map(|picture| picture.src.as_str());
        [self.start_url.as_str(), &self.scope].into_iter().chain(pictures)
    }

    /// Only shown in the install dialog, so not needed offline.
    pub(super) fn is_screenshot(&self, path: &str) -> bool {
        self.screenshots.iter().any(|picture| picture.src == path)
    }

    /// Adds the manifest's pictures from `style/install` to the site, and their hashed names to the map.
    pub(super) fn put_pictures(
        &self,
        pictures: &Files,
        site: &mut Files,
        names: &mut BTreeMap<String, String>,
    ) -> Result<(), SealError> {
        let is_here = |picture: &&Picture| picture.src.starts_with("install/");
        for Picture { src, sizes } in self.icons.iter().chain(&self.screenshots).filter(is_here) {
            let bytes = pictures.get(src).ok_or_else(|| SealError::NoPicture { name: src.clone() })?;
            let (width, height) = size(bytes);
            if *sizes != format!("{width}x{height}") {
                let (name, sizes) = (src.clone(), sizes.clone());
                return Err(SealError::NotASize { name, sizes, width, height });
            }
            let name = hashed(src, bytes);
            site.insert(name.clone(), bytes.clone());
            names.insert(src.clone(), name);
        }
        Ok(())
    }

    /// The text of the manifest with hashed names.
    pub(super) fn with_names(&self, text: &str, names: &BTreeMap<String, String>) -> String {
        self.addresses().fold(text.to_owned(), |text, address| match names.get(address) {
            Some(name) => text.replace(&format!("\"{address}\""), &format!("\"{name}\"")),
            None => text,
        })
    }
}

/// Width and height of a PNG (W3C, Portable Network Graphics, §5.2 and §11.2.1); 0 if it isn't one.
fn size(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| {
        let bytes = png.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_be_bytes)
    };
    if png.starts_with(b"\x89PNG\r\n\x1a\n") { (number(16), number(20)) } else { (0, 0) }
}
