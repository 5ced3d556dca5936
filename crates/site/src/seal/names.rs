//! Names that contain a hash of the bytes. A file under such a name never changes, so it can be cached for ever.

use sha2::{Digest, Sha256};

/// Files that have the same name in every release, so that browsers must revalidate them.
pub(crate) const PLAIN: [&str; 5] = ["404.html", "index.html", "kill-switch.js", "manifest.json", "sw.js"];

/// Hexadecimal digits of the hash in a name. 64 bits make a collision between versions of a file negligible.
pub(crate) const DIGITS: usize = 16;

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// The first 64 bits of SHA-256, for names.
pub(super) fn short(bytes: &[u8]) -> String {
    sha256(bytes).chars().take(DIGITS).collect()
}

/// The final name of a file: its plain name with our hash instead of any other tool's.
pub(crate) fn hashed(path: &str, bytes: &[u8]) -> String {
    let (stem, extension) = stem(path);
    format!("{stem}-{}.{extension}", short(bytes))
}

/// The part after the last dot.
pub(crate) fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The name without a hash, as source files refer to it: `style.css`.
pub(super) fn plain(path: &str) -> String {
    let (stem, extension) = stem(path);
    format!("{stem}.{extension}")
}

/// Splits `sextant-0123456789abcdef_bg.wasm` into `sextant` and `wasm`. trunk omits leading zeros, so its hashes can be
/// shorter.
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
}
