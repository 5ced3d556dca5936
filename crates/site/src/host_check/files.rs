//! What a file's name says about it.

use std::path::Path;

use crate::seal::names::DIGITS;

pub(crate) const RELEASE: &str = "release.json";
pub(crate) const NOT_FOUND_PAGE: &str = "404.html";
pub(crate) const SHELL: &str = "index.html";
pub(crate) const WORKER: &str = "sw.js";

/// The address of a file. The page is requested as its folder, because some hosts redirect from its name.
pub(crate) fn address(path: &str) -> &str {
    if path == SHELL { "" } else { path }
}

/// Whether the name contains a hash of the content, as in `style-0123456789abcdef.css`.
pub(crate) fn is_hashed(path: &str) -> bool {
    let stem = Path::new(path).file_stem().and_then(|stem| stem.to_str());
    stem.and_then(|stem| stem.rsplit_once('-')).is_some_and(|(_, hash)| {
        hash.len() == DIGITS && hash.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// A type of file in the folder.
pub(crate) struct MediaType {
    pub(crate) extension: &'static str,
    /// The name that we send, and another that is also valid.
    pub(crate) names: [&'static str; 2],
    /// Whether browsers refuse the file under any other name.
    pub(crate) strict: bool,
    /// Whether compressing makes it smaller.
    pub(crate) compressible: bool,
}

const MEDIA_TYPES: [MediaType; 8] = [
    media("html", ["text/html", "text/html"], true, true),
    media("css", ["text/css", "text/css"], true, true),
    media("js", ["text/javascript", "application/javascript"], true, true),
    media("svg", ["image/svg+xml", "image/svg+xml"], true, true),
    // With another type the program still runs, but isn't compiled while it downloads.
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

/// The type of a file, by its name.
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
