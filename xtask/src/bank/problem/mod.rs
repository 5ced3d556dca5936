//! The mistakes that an author can make: one variant each, saying what is wrong and how to mend it.

use std::fmt;

use super::items::Task;

/// A mistake and its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    /// The file's name inside `questions/`.
    pub(crate) file: String,
    /// Counted from 1.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) mistake: Mistake,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "questions/{}:{}: {}", self.file, self.line, self.mistake)
    }
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mistake {
    NotToml(String),
    StrayFile,
    MissingFile,
    UnknownField { field: String, of: &'static str, known: Vec<&'static str> },
    MissingField { field: &'static str, of: &'static str },
    MissingSkill { skill: String, of: &'static str },
    WrongType { field: String, wanted: &'static str, found: &'static str },
    Empty { field: &'static str, of: &'static str },
    BadId { id: String, wanted: String },
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
    PartCount { of: &'static str, count: usize, least: usize, most: usize },
    KeyCount { count: usize },
    KeysAndWrong { keys: usize, wrong: usize },
    BestAndWorst { best: usize, worst: usize },
    NegativeTolerance,
    NumbersTooNear { a: String, b: String },
    FirstStepTooEarly,
    NoStepTooEarly,
    TargetKeys { keys: usize, targets: usize },
    KeyWithMisconception,
    WrongWithoutMisconception,
    DuplicateOption { line: usize },
    CatchAll { phrase: &'static str },
    WhyLength { words: usize },
    KeyTooLong { key: usize, mean: usize },
    NoSource,
    NotHttps { url: String },
    RawHtml { html: String },
    NotOneParagraph { field: &'static str },
    MissingSection { id: &'static str },
}

/// The known name that looks most like a mistyped one, if any is close.
fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let likeness = |known: &&str| strsim::jaro_winkler(name, known);
    let best = known.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match best {
        Some(best) if likeness(&best) > 0.8 => format!("did you mean `{best}`?"),
        _ => String::new(),
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotToml(why) => write!(f, "not TOML: {why}"),
            Self::StrayFile => f.write_str(
                "the file belongs to no skill in skills.toml; name it <skill>.toml, or move it out of questions/",
            ),
            Self::MissingFile => f.write_str("the file is missing; add it"),
            Self::UnknownField { field, of, known } => {
                let guess = nearest(field, known.iter().copied());
                if guess.is_empty() {
                    write!(f, "{of} has no field `{field}`; remove it, or use one of {}", known.join(", "))
                } else {
                    write!(f, "{of} has no field `{field}`; {guess}")
                }
            }
            Self::MissingField { field, of } => write!(f, "{of} has no `{field}`; add it"),
            Self::MissingSkill { skill, of } => {
                write!(f, "`{of}` says nothing about `{skill}`; add a line for it")
            }
            Self::WrongType { field, wanted, found } => {
                write!(f, "`{field}` is {found}; write {wanted}")
            }
            Self::Empty { field, of } => write!(f, "`{field}` of {of} is empty; fill it in"),
            Self::BadId { id, wanted } => write!(f, "`{id}` is not an id for this place; write {wanted}"),
            Self::DuplicateId { id, file, line } => {
                write!(f, "`{id}` was given before, at {file}:{line}; ids are never reused, choose another")
            }
            Self::Dangling { field, name, listed_in, known } => {
                let guess = nearest(name, known.iter().map(String::as_str));
                let mend = if guess.is_empty() {
                    "add it there or correct the name".to_owned()
                } else {
                    guess
                };
                write!(f, "`{field}` names `{name}`, which is not in {listed_in}; {mend}")
            }
            Self::Unused { what, name } => {
                write!(f, "no item uses the {what} `{name}`; remove it, or use it")
            }
            Self::UnknownKind { kind } => {
                let guess = nearest(kind, Task::KINDS);
                if guess.is_empty() {
                    write!(f, "there is no kind `{kind}`; the kinds are {}", Task::KINDS.join(", "))
                } else {
                    write!(f, "there is no kind `{kind}`; {guess}")
                }
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
            Self::SalaryOrder { from, to } => {
                write!(f, "the salary goes from {from} to {to}; put the lower end first, and neither below 0")
            }
            Self::SubtopicCount { count } => write!(f, "the skill has {count} subtopics; it takes six"),
            Self::ItemCount { count, wanted } => write!(
                f,
                "the skill has {count} items; a full assessment asks {wanted} different ones, so write at least {wanted}"
            ),
            Self::PartCount { of, count, least, most } => {
                write!(f, "the item has {count} {of}; give it {least} to {most}")
            }
            Self::KeyCount { count } => {
                write!(f, "{count} options have `key = true`; a single best answer has exactly one")
            }
            Self::KeysAndWrong { keys, wrong } => write!(
                f,
                "{keys} options are right and {wrong} wrong; have at least two of each, so that picking one or all \
                 is no good guess"
            ),
            Self::BestAndWorst { best, worst } => write!(
                f,
                "{best} reactions have `best = true` and {worst} `worst = true`; there is exactly one of each, and they \
                 differ"
            ),
            Self::NegativeTolerance => f.write_str("the tolerance is below 0; write how far off is still right"),
            Self::NumbersTooNear { a, b } => write!(
                f,
                "{a} and {b} are within 5% of each other or within the tolerance: who means one may write the other; \
                 choose numbers further apart"
            ),
            Self::FirstStepTooEarly => f.write_str(
                "the first step names a misconception; it stands for putting a step before the one that it follows, \
                 so give it to a later step",
            ),
            Self::NoStepTooEarly => f.write_str(
                "no step names a misconception; name what those believe who put one before the step that it follows",
            ),
            Self::TargetKeys { keys, targets } => write!(
                f,
                "{keys} of {targets} targets have `key = true`; have at least one that is to be pointed at and one that \
                 is not"
            ),
            Self::KeyWithMisconception => {
                f.write_str("the key names a misconception; only wrong options stand for one, remove it")
            }
            Self::WrongWithoutMisconception => f.write_str(
                "a wrong option names no misconception; add `misconception` with an id from misconceptions.toml",
            ),
            Self::DuplicateOption { line } => {
                write!(f, "the option says the same as the one at line {line}; make them differ")
            }
            Self::CatchAll { phrase } => {
                write!(f, "\"{phrase}\" tests reading, not knowledge; write an option that stands by itself")
            }
            Self::WhyLength { words } => write!(f, "the explanation has {words} words; use 12 to 60"),
            Self::KeyTooLong { key, mean } => write!(
                f,
                "the key has {key} letters, the wrong options {mean} on average: its length gives it away; \
                 keep it at 1.5 times at most"
            ),
            Self::NoSource => f.write_str("the item cites nothing; name at least one source and the place in it"),
            Self::NotHttps { url } => write!(f, "`{url}` is no https address; write one that begins with https://"),
            Self::RawHtml { html } => {
                write!(f, "raw HTML `{html}` is not allowed; write Markdown, and code in backticks")
            }
            Self::MissingSection { id } => {
                write!(f, "no heading ends in {{#{id}}}; figures link to it, add it to the section on them")
            }
            Self::NotOneParagraph { field } => {
                write!(f, "`{field}` takes one paragraph of text; remove headings, lists, blocks and blank lines")
            }
        }
    }
}
