//! Names that hold a hash of the bytes, so that a file under such a name never changes and may be kept for ever.

use sha2::{Digest, Sha256};

/// Files that every release has under the same name, and that hosts therefore do not let browsers keep.
pub(super) const PLAIN: [&str; 5] = ["404.html", "index.html", "kill-switch.js", "manifest.json", "sw.js"];

/// Hexadecimal digits of the hash in a name: 64 bits, enough that no two versions of a file meet.
const DIGITS: usize = 16;

/// SHA-256 in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// The first 64 bits of that, as they stand in names.
pub(super) fn short(bytes: &[u8]) -> String {
    sha256(bytes).chars().take(DIGITS).collect()
}

/// What a file is to be called: its name without any other tool's hash, and its own.
pub(super) fn hashed(path: &str, bytes: &[u8]) -> String {
    let (stem, extension) = stem(path);
    format!("{stem}-{}.{extension}", short(bytes))
}

/// What follows the last dot.
pub(super) fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// What a source file calls it: `style.css`.
pub(super) fn plain(path: &str) -> String {
    let (stem, extension) = stem(path);
    format!("{stem}.{extension}")
}

/// `sextant-0123456789abcdef_bg.wasm` is `sextant` and `wasm`. trunk writes no leading zeros, so its hashes may be
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
    fn a_name_holds_the_hash_of_the_bytes_and_no_other() {
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
