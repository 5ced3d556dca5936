//! The types of file in the folder.

use crate::names::extension;

/// A type of file in the folder.
pub(crate) struct MediaType {
    extension: &'static str,
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
    MEDIA_TYPES.iter().find(|media| extension(path) == media.extension)
}
