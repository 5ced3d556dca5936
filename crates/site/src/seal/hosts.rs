//! Settings for hosts: the content policy, and how long to cache each file. `host-check` checks that a host
//! applies them.

use crate::{
    html::{Tag, inline},
    names::{PLAIN, integrity},
};

/// What hosts send: no other site may frame this one. In the page's own policy this would have no effect.
pub(crate) const FRAME_POLICY: &str = "frame-ancestors 'self'";

/// What a page may load and run: its own files, and its inline scripts and styles, by their hashes.
pub(crate) fn policy(html: &str) -> String {
    let hashes = |element: &str| -> String {
        let hash = |content: &str| format!(" '{}'", integrity(content.as_bytes()));
        inline(html, element).into_iter().map(hash).collect()
    };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{}; style-src 'self'{}; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'",
        hashes("script"),
        hashes("style")
    )
}

/// Whether the tag contains a page's policy.
pub(crate) fn is_policy(tag: &Tag) -> bool {
    tag.is("meta", "http-equiv", "Content-Security-Policy")
}

/// Cloudflare Pages reads this many rules of `_headers` and ignores the rest.
pub(super) const MOST_RULES: usize = 100;

/// The file `_headers`, which Netlify and Cloudflare Pages read, and its number of rules. If several matching
/// rules set the same header, both hosts join the values, so no two rules here do. A pattern such as
/// `/bank/*` would cache a 404 for a year.
pub(super) fn headers<'a>(hashed: impl Iterator<Item = &'a str>) -> (String, usize) {
    let mut rules = vec![format!(
        "/*\n  Content-Security-Policy: {FRAME_POLICY}\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: no-referrer\n"
    )];
    let plain = [""].into_iter().chain(PLAIN).chain(["release.json"]);
    rules.extend(plain.map(|path| format!("/{path}\n  Cache-Control: no-cache\n")));
    // Without `no-transform`, which would stop Cloudflare from compressing.
    rules.extend(
        hashed.map(|path| format!("/{path}\n  Cache-Control: public, max-age=31536000, immutable\n")),
    );
    (rules.concat(), rules.len())
}
