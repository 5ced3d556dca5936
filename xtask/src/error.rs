//! What can go wrong in a command, each with what to do about it.

use std::{io, path::PathBuf};

use sextant_bank::counted;

pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("cannot read {}: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot write {}: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("cannot start {program}: {source}")]
    Start { program: String, source: io::Error },
    #[error("failed: {command}")]
    Failed { command: String },
    #[error("neither XDG_CACHE_HOME nor HOME is set; set one, tools are stored there")]
    NoCacheFolder,
    #[error("TRUNK_STAGING_DIR is not set; give the site's folder with --into")]
    NoSite,
    #[error("port {port} is already in use; stop what listens there, or choose another with --port")]
    PortTaken { port: u16 },
    #[error(
        "readers would transfer {bytes} bytes before the first question, more than the {budget} in \
         crates/site/src/seal/weight.rs; `cargo xtask weigh` shows where they are"
    )]
    OverBudget { bytes: usize, budget: usize },
    #[error("{} must be installed, and there is no apt-get; install them by hand and put them on PATH", packages.join(", "))]
    NotDebian { packages: Vec<&'static str> },
    #[error(
        "{} {} between {} and {}: {}; compare the two, often a path or a time has slipped in",
        counted(files.len(), "file"),
        if files.len() == 1 { "differs" } else { "differ" },
        here.display(),
        there.display(),
        files.join(", ")
    )]
    Differing { here: PathBuf, there: PathBuf, files: Vec<String> },
    #[error("{host} does not serve the folder correctly; fix the faults listed above")]
    BrokenHost { host: String },
    #[error(transparent)]
    Bank(#[from] sextant_bank::Error),
    #[error(transparent)]
    Site(#[from] sextant_site::Error),
}
