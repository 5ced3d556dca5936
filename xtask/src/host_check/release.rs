//! What the build promises of the folder: `release.json`, and what a file's name says.

use std::path::Path;

use serde::Deserialize;

pub(crate) const RELEASE: &str = "release.json";
pub(crate) const NOT_FOUND_PAGE: &str = "404.html";
pub(crate) const SHELL: &str = "index.html";
pub(crate) const WORKER: &str = "sw.js";

/// The digits of a hash in a file's name.
const HASH_DIGITS: usize = 16;

/// The list of a release's files.
#[derive(Deserialize)]
pub(crate) struct Release {
    /// Its name.
    pub(crate) release: String,
    pub(crate) files: Vec<File>,
}

/// A file, and what is promised of its bytes.
#[derive(Deserialize)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) bytes: u64,
    /// In lower-case hex.
    pub(crate) sha256: String,
}

impl File {
    /// What browsers ask for. The shell is asked for as its folder, because some hosts redirect from its name.
    pub(crate) fn address(&self) -> &str {
        if self.path == SHELL { "" } else { &self.path }
    }
}

/// Whether the name holds a hash of the content, as in `style-0123456789abcdef.css`.
pub(crate) fn is_hashed(path: &str) -> bool {
    let stem = Path::new(path).file_stem().and_then(|stem| stem.to_str());
    stem.and_then(|stem| stem.rsplit_once('-')).is_some_and(|(_, hash)| {
        hash.len() == HASH_DIGITS && hash.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// A kind of file that the folder holds.
pub(crate) struct MediaType {
    pub(crate) extension: &'static str,
    /// The name that we send, and another that does as well.
    pub(crate) names: [&'static str; 2],
    /// Whether browsers refuse the file under another name.
    pub(crate) strict: bool,
    /// Whether compressing makes it smaller.
    pub(crate) compressible: bool,
}

const MEDIA_TYPES: [MediaType; 8] = [
    media("html", ["text/html", "text/html"], true, true),
    media("css", ["text/css", "text/css"], true, true),
    media("js", ["text/javascript", "application/javascript"], true, true),
    media("svg", ["image/svg+xml", "image/svg+xml"], true, true),
    // The program then starts when it is all there, instead of being compiled while it arrives.
    media("wasm", ["application/wasm", "application/wasm"], false, true),
    media("json", ["application/json", "application/json"], false, true),
    media("txt", ["text/plain", "text/plain"], false, true),
    media("png", ["image/png", "image/png"], false, false),
];

const fn media(
    extension: &'static str,
    names: [&'static str; 2],
    strict: bool,
    compressible: bool,
) -> MediaType {
    MediaType { extension, names, strict, compressible }
}

/// The kind of a file, by its name.
pub(crate) fn media_type(path: &str) -> Option<&'static MediaType> {
    let extension = Path::new(path).extension()?;
    MEDIA_TYPES.iter().find(|media| extension == media.extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_sixteen_digits_at_the_end_of_the_stem() {
        assert!(is_hashed("bank/networking-0123456789abcdef.json"));
        for path in [
            "sw.js",
            "kill-switch.js",
            "a-0123456789abcde.js",
            "a-0123456789ABCDEF.js",
            "a.0123456789abcdef.js",
        ] {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
