//! Names of files. A name that contains a hash of the bytes never gets other bytes, so such a file can be
//! cached for ever.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha384};

pub(crate) const SHELL: &str = "index.html";
pub(crate) const NOT_FOUND_PAGE: &str = "404.html";
pub(crate) const WORKER: &str = "sw.js";
/// The list of a release's files.
pub(crate) const RELEASE: &str = "release.json";

/// Files that have the same name in every release, so that browsers must revalidate them.
pub(crate) const PLAIN: [&str; 5] = [NOT_FOUND_PAGE, SHELL, "kill-switch.js", "manifest.json", WORKER];

/// Hexadecimal digits of the hash in a name. 64 bits make a collision between versions of a file negligible.
const DIGITS: usize = 16;

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// The value of an `integrity` attribute, by which browsers check a file.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// The first 64 bits of SHA-256, for names.
pub(crate) fn short(bytes: &[u8]) -> String {
    sha256(bytes).chars().take(DIGITS).collect()
}

/// The final name of a file: its plain name with our hash instead of any other tool's.
pub(crate) fn hashed(path: &str, bytes: &[u8]) -> String {
    let (stem, extension) = stem(path);
    format!("{stem}-{}.{extension}", short(bytes))
}

/// Whether the name contains a hash of the content, as in `style-0123456789abcdef.css`.
pub(crate) fn is_hashed(path: &str) -> bool {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == DIGITS && hash.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// The part after the last dot.
pub(crate) fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The name without a hash, as source files refer to it: `style.css`.
pub(crate) fn plain(path: &str) -> String {
    let (stem, extension) = stem(path);
    format!("{stem}.{extension}")
}

/// Splits `sextant-0123456789abcdef_bg.wasm` into `sextant` and `wasm`. trunk omits leading zeros, so its
/// hashes can be shorter.
fn stem(path: &str) -> (&str, &str) {
    let (name, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    let name = name.strip_suffix("_bg").unwrap_or(name);
    let is_hash = |end: &str| {
        (DIGITS - 6..=DIGITS).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let stem = name.rsplit_once('-').filter(|(_, end)| is_hash(end)).map_or(name, |(stem, _)| stem);
    (stem, extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_contains_the_hash_of_the_bytes_and_no_other() {
        // The hash of nothing is e3b0c44298fc1c14….
        for (name, right) in [
            ("sextant-1a2f46936fffd643_bg.wasm", "sextant-e3b0c44298fc1c14.wasm"),
            ("icon-cda7f73e02cd62a.svg", "icon-e3b0c44298fc1c14.svg"),
            ("start-e3b0c44298fc1c14.js", "start-e3b0c44298fc1c14.js"),
            ("install/icon-512.png", "install/icon-512-e3b0c44298fc1c14.png"),
            ("bank/problem-solving-1a2f46936fffd643.json", "bank/problem-solving-e3b0c44298fc1c14.json"),
        ] {
            assert_eq!(hashed(name, b""), right);
        }
        assert_eq!(plain("icon-cda7f73e02cd62a.svg"), "icon.svg");
    }

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
