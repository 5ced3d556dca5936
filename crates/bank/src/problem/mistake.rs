//! What is wrong with an item: it may be answered without knowing, or teaches nothing.

use std::fmt;

use crate::figure::FigureError;

use crate::problem::{Percent, have, nearest};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mistake {
    PartCount { of: &'static str, count: usize, least: usize, most: usize },
    KeyCount { count: usize },
    KeysAndWrong { keys: usize, wrong: usize },
    BestAndWorst { best: usize, worst: usize },
    NegativeTolerance,
    NumbersTooNear { a: String, b: String },
    FirstStepTooEarly,
    NoStepTooEarly,
    TargetKeys { keys: usize, targets: usize },
    NoQuestion,
    NoFigure,
    TargetOrder { name: String, before: String },
    UnknownTarget { name: String, known: Vec<String> },
    Figure(FigureError),
    KeyWithMisconception,
    WrongWithoutMisconception,
    DuplicateOption { line: usize },
    CatchAll { phrase: String },
    WhyLength { words: usize },
    KeyTooLong { keys: &'static str, key: usize, mean: usize },
    OpenArticle { article: String },
    KeyGrammar { alone: &'static str },
    TooAlike { other: String, percent: Percent },
    NoSource,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PartCount { of, count, least, most } => {
                write!(f, "the item has {count} {of}; give it {least} to {most}")
            }
            Self::KeyCount { count } => {
                write!(f, "{} `key = true`; a single best answer has exactly one", have(*count, "option"))
            }
            Self::KeysAndWrong { keys, wrong } => write!(
                f,
                "{keys} of {} options hold; have at least two that do and two that don't, so that picking one or all \
                 is no good guess",
                keys + wrong
            ),
            Self::BestAndWorst { best, worst } => write!(
                f,
                "{} `best = true` and {worst} `worst = true`; there is exactly one of each, and they differ",
                have(*best, "reaction")
            ),
            Self::NegativeTolerance => f.write_str("the tolerance is below 0; write how far off is still right"),
            Self::NumbersTooNear { a, b } => write!(
                f,
                "{a} and {b} are within 5% of each other or within twice the tolerance: who means one may give the other; \
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
            Self::NoQuestion => {
                f.write_str("the prompt ends in no paragraph of its own; ask the question in one, outside lists and quotes")
            }
            Self::TargetOrder { name, before } => write!(
                f,
                "`{name}` is out of place: the figure names it before `{before}`; write targets in the figure's order, in \
                 which a keyboard meets them"
            ),
            Self::NoFigure => f.write_str("a diagram needs a figure; add [item.figure.<shape>]"),
            Self::UnknownTarget { name, known } => {
                let guess = nearest(name, known.iter().map(String::as_str));
                let mend = guess.unwrap_or_else(|| format!("it has {}", known.join(", ")));
                write!(f, "the figure has no `{name}`; {mend}")
            }
            Self::Figure(found) => found.fmt(f),
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
            Self::KeyTooLong { keys, key, mean } => write!(
                f,
                "{keys} {key} letters, the others {mean} on average: such a length tells; keep to 1.5 times at most"
            ),
            Self::OpenArticle { article } => write!(
                f,
                "the question ends in \"{article}\", which rules out the options that do not fit; move the article into \
                 them"
            ),
            Self::KeyGrammar { alone } => {
                write!(f, "the key alone {alone}: its grammar gives it away; word the options alike")
            }
            Self::TooAlike { other, percent } => write!(
                f,
                "the item shares {percent} of its runs of five words with {other}: who has answered one knows the other; \
                 ask something else, or withdraw one"
            ),
            Self::NoSource => f.write_str("the item cites nothing; name at least one source and the place in it"),
        }
    }
}
