//! What can go wrong in a command, each with what to do about it.

use std::{fmt, io, path::PathBuf};

pub(crate) type Result<T> = std::result::Result<T, Error>;

#[derive(Debug)]
pub(crate) enum Error {
    Read { path: PathBuf, source: io::Error },
    Write { path: PathBuf, source: io::Error },
    Start { program: String, source: io::Error },
    Failed { command: String },
    Bank { problems: usize },
    NoPlaceholder { path: PathBuf, placeholder: &'static str },
    Json(serde_json::Error),
    NoCacheFolder,
    NoSite,
    NotDebian { packages: Vec<&'static str> },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            Self::Write { path, source } => write!(f, "cannot write {}: {source}", path.display()),
            Self::Start { program, source } => write!(f, "cannot start {program}: {source}"),
            Self::Failed { command } => write!(f, "failed: {command}"),
            Self::Bank { problems: 1 } => f.write_str("the bank has one problem, named above"),
            Self::Bank { problems } => write!(f, "the bank has {problems} problems, named above"),
            Self::NoPlaceholder { path, placeholder } => write!(
                f,
                "{} does not name {placeholder}; its preload link must, so that the build can fill in the hashed name",
                path.display()
            ),
            Self::Json(source) => write!(f, "cannot write JSON: {source}"),
            Self::NoCacheFolder => {
                f.write_str("neither XDG_CACHE_HOME nor HOME is set; set one, tools are kept there")
            }
            Self::NoSite => f.write_str("TRUNK_STAGING_DIR is not set; name the site's folder with --into"),
            Self::NotDebian { packages } => write!(
                f,
                "the browser tests need {}; there is no apt-get here, so install them by hand and put them on PATH",
                packages.join(", ")
            ),
        }
    }
}
