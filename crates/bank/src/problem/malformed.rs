//! What is wrong with files and fields: until it is mended the bank cannot be read.

use std::fmt;

use crate::{
    error::counted,
    read::{items::Task, schema::SCHEMA_LINE},
};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Malformed {
    NotUtf8,
    NoSchemaLine,
    YearRange { year: i64, last: i64 },
    SalarySize { salary: i64 },
    NotToml(String),
    StrayFile,
    MissingFile,
    UnknownField { field: String, of: &'static str, known: Vec<&'static str> },
    MissingField { field: &'static str, of: &'static str },
    MissingSkill { skill: String, of: &'static str },
    BadValue { field: &'static str, why: String },
    WrongType { field: String, wanted: &'static str, found: &'static str },
    Empty { field: &'static str, of: &'static str },
    BadId { id: String, wanted: String },
    MissingIds { prefix: String, first: u16, last: u16 },
    DuplicateId { id: String, file: String, line: usize },
    Dangling { field: &'static str, name: String, listed_in: String, known: Vec<String> },
    Unused { what: &'static str, name: String },
    UnknownKind { kind: String },
    LevelRange { level: i64 },
    ScoreRange { field: String, value: i64 },
    LoadingRange { hundredths: i64 },
    SalaryOrder { from: i64, to: i64 },
    SubtopicCount { count: usize },
    ItemCount { count: usize, wanted: usize },
    NotHttps { url: String },
    Image { url: String },
    RawHtml { html: String },
    NotOneParagraph { field: &'static str },
    UnknownLanguage { language: String, known: Vec<&'static str> },
    MissingSection { id: &'static str },
}

/// The known name that looks most like a mistyped one, if any is close.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let likeness = |known: &&str| strsim::jaro_winkler(name, known);
    let best = known.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(&best) > 0.8).then(|| format!("did you mean `{best}`?"))
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 => {
                f.write_str("a character here is not UTF-8, or was lost in saving; write it anew and save as UTF-8")
            }
            Self::NotToml(why) => write!(f, "not TOML: {why}"),
            Self::StrayFile => f.write_str(
                "the file belongs to no skill in skills.toml; name it <skill>.toml, or move it out of questions/",
            ),
            Self::MissingFile => f.write_str("the file is missing; add it"),
            Self::UnknownField { field, of, known } => {
                let guess = nearest(field, known.iter().copied());
                let mend = guess.unwrap_or_else(|| format!("remove it, or use one of {}", known.join(", ")));
                write!(f, "{of} has no field `{field}`; {mend}")
            }
            Self::MissingField { field, of } => write!(f, "{of} has no `{field}`; add it"),
            Self::MissingSkill { skill, of } => {
                write!(f, "`{of}` says nothing about `{skill}`; add a line for it")
            }
            Self::BadValue { field, why } => write!(f, "`{field}` is not as it must be: {why}"),
            Self::UnknownLanguage { language, known } if language.is_empty() => {
                write!(f, "a code block names no language; write one after the fence: {}", known.join(", "))
            }
            Self::UnknownLanguage { language, known } => {
                let guess = nearest(&language.to_lowercase(), known.iter().copied());
                let mend = guess.unwrap_or_else(|| format!("use one of {}", known.join(", ")));
                write!(f, "a code block is in `{language}`, which can't be coloured; {mend}")
            }
            Self::WrongType { field, wanted, found } => {
                write!(f, "`{field}` is {found}; write {wanted}")
            }
            Self::Empty { field, of } => write!(f, "`{field}` of {of} is empty; fill it in"),
            Self::BadId { id, wanted } => write!(f, "`{id}` is not an id for this place; write {wanted}"),
            Self::DuplicateId { id, file, line } => {
                write!(f, "`{id}` was given before, at {file}:{line}; ids are never reused, choose another")
            }
            Self::MissingIds { prefix, first, last } => {
                write!(f, "`{prefix}-{first:03}` ")?;
                if first == last {
                    f.write_str("is missing")?;
                } else {
                    write!(f, "to `{prefix}-{last:03}` are missing")?;
                }
                f.write_str("; for an item that was withdrawn add [[retired]] with its reason")
            }
            Self::Dangling { field, name, listed_in, known } => {
                let guess = nearest(name, known.iter().map(String::as_str));
                let mend = guess.as_deref().unwrap_or("add it there or correct the name");
                write!(f, "`{field}` names `{name}`, which is not in {listed_in}; {mend}")
            }
            Self::Unused { what, name } => {
                write!(f, "no item uses the {what} `{name}`; remove it, or use it")
            }
            Self::UnknownKind { kind } => {
                let guess = nearest(kind, Task::KINDS);
                let mend = guess.unwrap_or_else(|| format!("the kinds are {}", Task::KINDS.join(", ")));
                write!(f, "there is no kind `{kind}`; {mend}")
            }
            Self::LevelRange { level } => write!(f, "level {level} does not exist; levels go from 1 to 5"),
            Self::ScoreRange { field, value } => {
                write!(f, "`{field}` is {value}; write a whole number from 0 to 100")
            }
            Self::LoadingRange { hundredths } => write!(
                f,
                "the loading is {}; write a number from 0 (a skill on its own) to 0.95",
                *hundredths as f64 / 100.0
            ),
            Self::NoSchemaLine => {
                write!(f, "the first line is not `{SCHEMA_LINE}`; write it there, so that editors complete and check")
            }
            Self::YearRange { year, last } => {
                write!(f, "nothing that can be cited is of the year {year}; write one from 1900 to {last}")
            }
            Self::SalarySize { salary } => {
                write!(f, "the salary of {salary} is none that is paid; write {} at most", u32::MAX)
            }
            Self::SalaryOrder { from, to } => {
                write!(f, "the salary goes from {from} to {to}; put the lower end first, and neither below 0")
            }
            Self::SubtopicCount { count } => write!(f, "the skill has {}; it takes six", counted(*count, "subtopic")),
            Self::ItemCount { count, wanted } => write!(
                f,
                "the skill has {}; a full assessment asks {wanted} different ones, so write at least {wanted}",
                counted(*count, "item")
            ),
            Self::NotHttps { url } => write!(f, "`{url}` is no https address; write one that begins with https://"),
            Self::Image { url } => {
                write!(f, "the image `{url}` is not allowed, as readers fetch nothing from elsewhere; draw a figure")
            }
            Self::RawHtml { html } => {
                write!(f, "raw HTML `{html}` is not allowed; write Markdown, and code in backticks")
            }
            Self::NotOneParagraph { field } => {
                write!(f, "`{field}` takes one paragraph of text; remove headings, lists, blocks and blank lines")
            }
            Self::MissingSection { id } => {
                write!(f, "no heading ends in {{#{id}}}; figures link to it, add it to the section on them")
            }
        }
    }
}
