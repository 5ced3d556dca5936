//! What hosts are told: the policy, and how long each file may be kept. `host-check` asks a host whether it heard.

use crate::seal::names::PLAIN;

/// What the page may load and run: its own files, and nothing that stands within a page.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'";

/// Cloudflare Pages reads so many rules of a `_headers` and leaves out the rest.
pub(super) const MOST_RULES: usize = 100;

/// The file `_headers`, which Netlify and Cloudflare Pages read, and how many rules it has. Both join the values of rules that match one path, so
/// no two rules that match the same name one header. A pattern such as `/bank/*` would let a 404 be kept for a year.
pub(super) fn headers<'a>(hashed: impl Iterator<Item = &'a str>) -> (String, usize) {
    let mut rules = vec![format!(
        "/*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'self'\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: no-referrer\n"
    )];
    let plain = [""].into_iter().chain(PLAIN).chain(["release.json"]);
    rules.extend(plain.map(|path| format!("/{path}\n  Cache-Control: no-cache\n")));
    // Without `no-transform`: Cloudflare would not compress what has it.
    rules.extend(
        hashed.map(|path| format!("/{path}\n  Cache-Control: public, max-age=31536000, immutable\n")),
    );
    (rules.concat(), rules.len())
}
