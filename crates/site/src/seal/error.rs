//! Why a site can't be sealed. Each text says what is wrong, where, and how to fix it.

/// Something in HTML that the content policy refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Inline {
    /// A script without `src`.
    #[error("a script within the page; move it to a file in src/web")]
    Script,
    /// An attribute such as `onclick`.
    #[error("the attribute `{0}`; call addEventListener in a file in src/web")]
    Handler(String),
    /// An address such as `javascript:…`.
    #[error("a script as the address in `{0}`; call addEventListener in a file in src/web")]
    Address(String),
    /// A style element.
    #[error("a style element; move its rules to a file in style/")]
    StyleElement,
    /// A style attribute.
    #[error("the attribute `style`; use a class from style/")]
    StyleAttribute,
    /// A base element.
    #[error("a base element, which changes all addresses; remove it")]
    Base,
}

/// A mistake in a site.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's text says what it is")]
pub enum SealError {
    #[error("{folder} has no index.html, so there is no site to seal; run `cargo xtask build`")]
    NoSite { folder: String },
    #[error("{file} is not UTF-8; save it as UTF-8")]
    NotText { file: String },
    #[error("{file} is not the expected JSON: {why}")]
    NotJson { file: String, why: String },
    #[error("{file} has no <head>; add one, the content policy goes there")]
    NoHead { file: String },
    #[error("index.html has no <meta name=\"release\" content=\"\">; add it to the <head>, the app reads it")]
    NoReleaseMeta,
    #[error(
        "src/web/manifest.json lists {name}, but style/{name} does not exist; add the picture, or remove it from the list"
    )]
    NoPicture { name: String },
    #[error(
        "style/{name} is not a PNG of {sizes}, as src/web/manifest.json says, but {width}x{height}; browsers ignore such \
         pictures: fix one of the two"
    )]
    NotASize { name: String, sizes: String, width: u32, height: u32 },
    #[error(
        "{file} should be called {right}, after its bytes: it was changed later, or named by another tool; fix what writes it"
    )]
    Name { file: String, right: String },
    #[error("{file} ends in .html, and Cloudflare Pages redirects such names; call it .txt")]
    Html { file: String },
    #[error("the content policy refuses `{tag}` in {file}: {what}")]
    Inline { file: String, what: Inline, tag: String },
    #[error(
        "{file} contains the absolute address `{address}`; make it relative, the folder may be served at any path"
    )]
    Absolute { file: String, address: String },
    #[error(
        "{file} contains the address `{address}`, but the site has no such file; fix the address, or what should write the file"
    )]
    NoFile { file: String, address: String },
    #[error("src/web/sw.js has {lines} lines; shorten it to {most}, so that it can be read in one sitting")]
    LongWorker { lines: usize, most: usize },
    #[error("src/web/sw.js contains the line `{line}` {found} times; write it once, the build fills it in")]
    NoWorkerLine { line: &'static str, found: usize },
    #[error(
        "_headers has {rules} rules, and Cloudflare Pages reads only {most}; ship fewer files, or combine rules by a \
         pattern in crates/site/src/seal/hosts.rs"
    )]
    ManyRules { rules: usize, most: usize },
    #[error(
        "{file} has different bytes than in release {release}, so browsers that cached it would never see the change; \
         it needs another name"
    )]
    SameName { file: String, release: String },
}
