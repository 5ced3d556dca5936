//! What is wrong with a site that is to be sealed. Each text says what, where, and how to mend it.

use std::fmt;

/// What the policy refuses to run where it stands within HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    Script,
    Handler(String),
    Address(String),
    StyleElement,
    StyleAttribute,
    Base,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    NoSite { folder: String },
    NotText { file: String },
    NotJson { file: String, why: String },
    NoHead { file: String },
    NoReleaseMeta,
    NoPicture { name: String },
    NotASize { name: String, sizes: String, width: u32, height: u32 },
    Name { file: String, right: String },
    Html { file: String },
    Inline { file: String, what: Inline, tag: String },
    Absolute { file: String, address: String },
    NoFile { file: String, address: String },
    LongWorker { lines: usize, most: usize },
    NoWorkerLine { line: &'static str, found: usize },
    ManyRules { rules: usize, most: usize },
    SameName { file: String, release: String },
}

impl fmt::Display for Inline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Script => f.write_str("a script within the page; put it into a file of src/"),
            Self::Handler(name) => {
                write!(f, "the attribute `{name}`; listen with addEventListener in a file of src/")
            }
            Self::Address(name) => {
                write!(f, "a program as the address in `{name}`; listen in a file of src/ instead")
            }
            Self::StyleElement => f.write_str("a style element; put its rules into a file of style/"),
            Self::StyleAttribute => f.write_str("the attribute `style`; give it a class of style/"),
            Self::Base => f.write_str("a base element, which moves all addresses; remove it"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSite { folder } => {
                write!(f, "{folder} holds no index.html, so there is no site to seal; run `cargo xtask build`")
            }
            Self::NotText { file } => write!(f, "{file} is not UTF-8; save it as that"),
            Self::NotJson { file, why } => write!(f, "{file} is not the JSON that it has to be: {why}"),
            Self::NoHead { file } => write!(f, "{file} has no <head>; write one, the policy stands first in it"),
            Self::NoReleaseMeta => f.write_str(
                "index.html has no <meta name=\"release\" content=\"\">; write it into the <head>, the app reads it",
            ),
            Self::NoPicture { name } => write!(
                f,
                "src/web/manifest.json names {name}, and style/{name} is not there; make that picture, or take its name out"
            ),
            Self::NotASize { name, sizes, width, height } => write!(
                f,
                "style/{name} is no PNG of the size {sizes} that src/web/manifest.json names, but {width}x{height}; \
                 browsers leave out such pictures: mend one of the two"
            ),
            Self::Name { file, right } => write!(
                f,
                "{file} is to be called {right}, after its bytes: it was changed after it was named, or named by \
                 something else; mend what writes it"
            ),
            Self::Html { file } => write!(
                f,
                "{file} ends in .html, and Cloudflare Pages redirects such names; call it .txt"
            ),
            Self::Inline { file, what, tag } => {
                write!(f, "the policy refuses what {file} has in `{tag}`: {what}")
            }
            Self::Absolute { file, address } => write!(
                f,
                "{file} names `{address}`, which is absolute; write it relative to the folder, which may lie at any path"
            ),
            Self::NoFile { file, address } => write!(
                f,
                "{file} names `{address}`, and the site has no such file; mend the address, or what should write the file"
            ),
            Self::LongWorker { lines, most } => write!(
                f,
                "src/web/sw.js has {lines} lines, more than the {most} that can be read in one sitting; shorten it"
            ),
            Self::NoWorkerLine { line, found } => write!(
                f,
                "src/web/sw.js has the line `{line}` {found} times; write it once, the build fills it in"
            ),
            Self::ManyRules { rules, most } => write!(
                f,
                "_headers has {rules} rules, and Cloudflare Pages reads {most}; ship fewer files, or join some rules \
                 by a pattern in xtask/src/seal/hosts.rs"
            ),
            Self::SameName { file, release } => write!(
                f,
                "{file} has other bytes than in the release {release}, so browsers that keep it would never see \
                 them; it must get another name"
            ),
        }
    }
}

impl std::error::Error for Problem {}
