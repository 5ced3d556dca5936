//! What can go wrong with a built folder. Each text says what is wrong, where, and how to fix it.

use std::{io, path::PathBuf};

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder can't be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// A file or folder can't be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// A program can't be started.
    #[error("cannot start {program}: {source}")]
    Start {
        /// The program.
        program: String,
        /// The reason.
        source: io::Error,
    },
    /// The release can't be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(serde_json::Error),
    /// The program can't be cut into its parts.
    #[error(
        "cannot split the program: {why}; the versions of wasm-bindgen and wasm_split_cli_support must fit together"
    )]
    Split {
        /// The reason.
        why: String,
    },
    /// The folder can't be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The folder was not sealed.
    #[error(
        "{} has no release.json; give the folder that `cargo xtask build` made, or an address that starts \
         with https://",
        folder.display()
    )]
    NotSealed {
        /// The folder.
        folder: PathBuf,
    },
    /// The shipped settings lack a line that the check replaces.
    #[error(
        "{} must contain `{setting}` exactly once; host-check replaces the port and the folder there",
        path.display()
    )]
    NoSetting {
        /// The settings.
        path: PathBuf,
        /// The line.
        setting: &'static str,
    },
    /// nginx ended instead of serving.
    #[error("nginx does not run with {}: {why}", settings.display())]
    Nginx {
        /// The settings.
        settings: PathBuf,
        /// What it wrote to its log.
        why: String,
    },
}

/// A mistake in a site that is to be sealed.
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
        "src/web/manifest.json lists {name}, but style/{name} does not exist; add the picture, or remove it \
         from the list"
    )]
    NoPicture { name: String },
    #[error(
        "style/{name} is not a PNG of {sizes}, as src/web/manifest.json says, but {width}x{height}; browsers \
         ignore such pictures, so fix one of the two"
    )]
    NotASize { name: String, sizes: String, width: u32, height: u32 },
    #[error(
        "{file} should be called {right}, after its bytes; it was changed later or named by another tool, so \
         fix what writes it"
    )]
    Name { file: String, right: String },
    #[error("{file} ends in .html, and Cloudflare Pages redirects such names; call it .txt")]
    Html { file: String },
    #[error("the content policy refuses `{tag}` in {file}: {what}")]
    Inline { file: String, what: Inline, tag: String },
    #[error(
        "{file} contains the absolute address `{address}`; make it relative, the folder may be served at any \
         path"
    )]
    Absolute { file: String, address: String },
    #[error(
        "{file} contains the address `{address}`, but the site has no such file; fix the address, or what \
         should write the file"
    )]
    NoFile { file: String, address: String },
    #[error("src/web/sw.js has {lines} lines; shorten it to {most}, so that it can be read in one sitting")]
    LongWorker { lines: usize, most: usize },
    #[error("src/web/sw.js contains the line `{line}` {found} times; write it once, the build fills it in")]
    NoWorkerLine { line: &'static str, found: usize },
    #[error(
        "_headers has {rules} rules, and Cloudflare Pages reads only {most}; ship fewer files, or combine \
         rules by a pattern in crates/site/src/seal/hosts.rs"
    )]
    ManyRules { rules: usize, most: usize },
    #[error(
        "{file} differs from the file in release {release}, so browsers that cached that one would never see \
         the change; give it another name"
    )]
    SameName { file: String, release: String },
}

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
