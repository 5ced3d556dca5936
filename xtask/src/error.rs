//! What can go wrong in a command, each with what to do about it.

use std::{fmt, io, path::PathBuf};

use sextant::quiz::saved::file::FileError;

use crate::seal::Problem;

pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug)]
pub(crate) enum Error {
    Read { path: PathBuf, source: io::Error },
    Write { path: PathBuf, source: io::Error },
    Gone { path: PathBuf },
    Watch { path: PathBuf, source: notify::Error },
    Start { program: String, source: io::Error },
    Failed { command: String },
    Bank { errors: usize, warnings: usize },
    Unreadable { problem: String },
    NoFreeId { prefix: String },
    NoPlaceholder { path: PathBuf, placeholder: &'static str },
    Tracker { path: PathBuf, address: String },
    Json(serde_json::Error),
    NotJson(serde_json::Error),
    NotScores(serde_json::Error),
    NotAnExport(FileError),
    Lambda { skill: String, lambda: f64 },
    DuplicateSkill { id: String },
    BadItem { skill: String, number: usize, why: String },
    NoResult,
    NoSession { id: String },
    NoCacheFolder,
    NoSite,
    NoSkill { skill: String },
    NoItem { item: String, guess: String },
    PortTaken { port: u16 },
    BadAnswers { lines: Vec<String> },
    NotDebian { packages: Vec<&'static str> },
    Seal(Problem),
    Differing { here: PathBuf, there: PathBuf, files: Vec<String> },
    NotSealed { folder: PathBuf },
    NoSetting { path: PathBuf, setting: &'static str },
    NotAnUpload { command: String },
    Template { path: PathBuf, source: serde_json::Error },
    BrokenHosts { hosts: Vec<String> },
}

/// "no error", "1 error", "2 errors".
pub(crate) fn counted(count: usize, of: &str) -> String {
    match count {
        0 => format!("no {of}"),
        1 => format!("1 {of}"),
        _ => format!("{count} {of}s"),
    }
}

impl fmt::Display for Error {
    // One arm a mistake.
    #[allow(clippy::too_many_lines)]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            Self::Write { path, source } => write!(f, "cannot write {}: {source}", path.display()),
            Self::Watch { path, source } => write!(f, "cannot watch {}: {source}", path.display()),
            Self::Gone { path } => {
                write!(f, "{} was removed; run this again once it is back", path.display())
            }
            Self::Start { program, source } => write!(f, "cannot start {program}: {source}"),
            Self::Failed { command } => write!(f, "failed: {command}"),
            Self::Bank { errors, warnings } => write!(
                f,
                "the bank has {} and {}, named above",
                counted(*errors, "error"),
                counted(*warnings, "warning")
            ),
            Self::Unreadable { problem } => write!(f, "{problem}; mend that first"),
            Self::NoFreeId { prefix } => write!(
                f,
                "`{prefix}-999` was given, and ids have three digits; split the skill, or lengthen all ids first"
            ),
            Self::Tracker { path, address } => write!(
                f,
                "{} names the tracker `{address}`; write an https address with {{title}} and {{body}} in it, or nothing",
                path.display()
            ),
            Self::NoPlaceholder { path, placeholder } => write!(
                f,
                "{} does not name {placeholder}; its preload link must, so that the build can fill in the hashed name",
                path.display()
            ),
            Self::Json(source) => write!(f, "cannot write JSON: {source}"),
            Self::NotJson(source) => write!(f, "standard input is not JSON: {source}"),
            Self::NotScores(source) => write!(
                f,
                "standard input is neither scored items ({{\"skills\": […]}}) nor an exported result: {source}"
            ),
            Self::NotAnExport(source) => source.fmt(f),
            Self::Lambda { skill, lambda } => {
                write!(
                    f,
                    "lambda of `{skill}` is {lambda:?}; write a number from 0 (a skill on its own) to 0.99"
                )
            }
            Self::DuplicateSkill { id } => {
                write!(f, "the skill `{id}` is there twice; give each an id of its own")
            }
            Self::BadItem { skill, number, why } => write!(f, "item {number} of `{skill}`: {why}"),
            Self::NoResult => {
                f.write_str("the file holds no finished quiz; finish one, or save the file from a result")
            }
            Self::NoSession { id } => {
                write!(f, "the file names the session {id} and does not hold it; export it again")
            }
            Self::NoCacheFolder => {
                f.write_str("neither XDG_CACHE_HOME nor HOME is set; set one, tools are kept there")
            }
            Self::NoSite => f.write_str("TRUNK_STAGING_DIR is not set; name the site's folder with --into"),
            Self::NoSkill { skill } => {
                write!(f, "no skill is called `{skill}`; questions/skills.toml lists those there are")
            }
            Self::NoItem { item, guess } if guess.is_empty() => {
                write!(f, "no item is called `{item}`; the files questions/<skill>.toml hold those there are")
            }
            Self::NoItem { item, guess } => write!(f, "no item is called `{item}`; {guess}"),
            Self::PortTaken { port } => {
                write!(f, "something listens at port {port} already; end it, or name another with --port")
            }
            Self::BadAnswers { lines } => {
                write!(f, "{} cannot be graded:\n{}", counted(lines.len(), "answer"), lines.join("\n"))
            }
            Self::NotDebian { packages } => write!(
                f,
                "{} must be there, and apt-get is not; install what is named by hand and put it on PATH",
                packages.join(", ")
            ),
            Self::Seal(problem) => problem.fmt(f),
            Self::Differing { here, there, files } => write!(
                f,
                "{} {} between {} and {}: {}; compare the two, often a path or a time has come in",
                counted(files.len(), "file"),
                if files.len() == 1 { "differs" } else { "differ" },
                here.display(),
                there.display(),
                files.join(", ")
            ),
            Self::NotSealed { folder } => write!(
                f,
                "{} has no release.json; name the folder that `cargo xtask build` made, or an address with https://",
                folder.display()
            ),
            Self::NoSetting { path, setting } => write!(
                f,
                "{} must have `{setting}` once; host-check puts the port and the folder that it tries in its place",
                path.display()
            ),
            Self::NotAnUpload { command } => write!(
                f,
                "docs/hosting/s3.sh shows `{command}`; host-check reads `s3 cp --no-progress FILE s3://BUCKET/PATH` \
                 with --content-type, --cache-control and --content-encoding, so teach it what is new"
            ),
            Self::Template { path, source } => write!(f, "{} is not JSON: {source}", path.display()),
            Self::BrokenHosts { hosts } => {
                write!(f, "readers would meet errors at {}; mend what is named above", hosts.join(", "))
            }
        }
    }
}
