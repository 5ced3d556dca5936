//! Errors in files and fields. Until they are fixed, the bank can't be read.

use crate::{
    english::{counted, did_you_mean},
    limits::{FIRST_YEAR, ITEMS_PER_SKILL, LARGEST_SALARY, LEVELS, LOADINGS, SCORES, SUBTOPICS},
};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[cfg_attr(test, derive(strum::IntoStaticStr, strum::VariantNames), strum(serialize_all = "kebab-case"))]
pub(crate) enum Malformed {
    #[error(
        "a character here is not UTF-8, or was lost when the file was saved; retype it and save as UTF-8"
    )]
    NotUtf8,
    #[error("the first line is not `{line}`; add it, so that editors can complete and check the file")]
    NoSchemaLine { line: &'static str },
    #[error("the year {year} is out of range; write one from {FIRST_YEAR} to {last}")]
    YearRange { year: i64, last: i64 },
    #[error("the salary {salary} is too large; write at most {LARGEST_SALARY}")]
    SalarySize { salary: i64 },
    #[error("not valid TOML: {0}")]
    NotToml(String),
    #[error("no skill in skills.toml has this file; rename it to <skill>.toml, or move it out of questions/")]
    StrayFile,
    #[error("the file is missing; add it")]
    MissingFile,
    #[error("{of} has no field `{field}`; {}", did_you_mean(field, known.iter().copied())
        .unwrap_or_else(|| format!("remove it, or use one of {}", known.join(", "))))]
    UnknownField { field: String, of: &'static str, known: Vec<&'static str> },
    #[error("{of} has no `{field}`; add it")]
    MissingField { field: &'static str, of: &'static str },
    #[error("`{of}` has no number for `{skill}`; add a line for it")]
    MissingSkill { skill: String, of: &'static str },
    #[error("cannot read `{field}`: {why}")]
    BadValue { field: &'static str, why: String },
    #[error("`{field}` is {found}; write {wanted}")]
    WrongType { field: String, wanted: &'static str, found: &'static str },
    #[error("`{field}` of {of} is empty; fill it in")]
    Empty { field: &'static str, of: &'static str },
    #[error("`{id}` is not a valid id here; write {wanted}")]
    BadId { id: String, wanted: String },
    #[error("{}; for each withdrawn item, add a [[retired]] entry with its reason", if first == last {
        format!("`{prefix}-{first:03}` is missing")
    } else {
        format!("`{prefix}-{first:03}` to `{prefix}-{last:03}` are missing")
    })]
    MissingIds { prefix: String, first: u16, last: u16 },
    #[error("`{id}` is already used at {file}:{line}; ids are never reused, so choose another")]
    DuplicateId { id: String, file: String, line: usize },
    #[error("`{field}` refers to `{name}`, which is not in {listed_in}; {}",
        did_you_mean(name, known.iter().map(String::as_str))
            .unwrap_or_else(|| "add it there or correct the name".to_owned()))]
    Dangling { field: &'static str, name: String, listed_in: String, known: Vec<String> },
    #[error("no item uses the {what} `{name}`; use it or remove it")]
    Unused { what: &'static str, name: String },
    #[error("there is no kind `{kind}`; {}", did_you_mean(kind, known.iter().copied())
        .unwrap_or_else(|| format!("use one of {}", known.join(", "))))]
    UnknownKind { kind: String, known: &'static [&'static str] },
    #[error("level {level} does not exist; write {LEVELS}")]
    LevelRange { level: i64 },
    #[error("`{field}` is {value}; write a whole number from {SCORES}")]
    ScoreRange { field: String, value: i64 },
    #[error("the loading is {}; write a number from {} (independent of the other skills) to {}",
        decimal(*hundredths), decimal(LOADINGS.least), decimal(LOADINGS.most))]
    LoadingRange { hundredths: i64 },
    #[error("the salary goes from {from} to {to}; put the lower end first, and go no lower than 0")]
    SalaryOrder { from: i64, to: i64 },
    #[error("the skill has {}; it needs exactly {SUBTOPICS}", counted(*count, "subtopic"))]
    SubtopicCount { count: usize },
    #[error("the skill has {}; write at least {ITEMS_PER_SKILL}, which is how many a full assessment asks",
        counted(*count, "item"))]
    ItemCount { count: usize },
    #[error("`{url}` is not an https address; write one that starts with https://")]
    NotHttps { url: String },
    #[error("the image `{url}` is not allowed, because readers load nothing from other sites; draw a figure")]
    Image { url: String },
    #[error("raw HTML (`{html}`) is not allowed; write Markdown, and put code in backticks")]
    RawHtml { html: String },
    #[error("`{field}` must be one paragraph of text; remove headings, lists, blocks and blank lines")]
    NotOneParagraph { field: &'static str },
    #[error("{}", if language.is_empty() {
        format!("a code block has no language; write one after the fence: {}", known.join(", "))
    } else {
        let hint = did_you_mean(&language.to_lowercase(), known.iter().copied());
        let hint = hint.unwrap_or_else(|| format!("use one of {}", known.join(", ")));
        format!("code in `{language}` can't be coloured; {hint}")
    })]
    UnknownLanguage { language: String, known: Vec<&'static str> },
    #[error(
        "no heading ends in {{#{id}}}; figures in the app link to it, so add it to the section about them"
    )]
    MissingSection { id: &'static str },
}

fn decimal(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}
