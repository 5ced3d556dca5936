//! Errors in an item: it can be answered without knowledge, or teaches nothing.

use crate::{
    english::did_you_mean,
    figure::FigureError,
    limits::{EACH_OF_MULTI, KEY_LENGTH, NEAR, Span, WHY_WORDS},
    problem::Percent,
};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[cfg_attr(test, derive(strum::IntoStaticStr, strum::VariantNames), strum(serialize_all = "kebab-case"))]
pub(crate) enum Mistake {
    #[error("the item has {count} {of}; give it {wanted}")]
    PartCount { of: &'static str, count: usize, wanted: Span },
    #[error("{count} options have `key = true`; a single best answer has exactly one")]
    KeyCount { count: usize },
    #[error(
        "{keys} of {} options are keys; have at least {EACH_OF_MULTI} keys and {EACH_OF_MULTI} wrong \
         options, so that picking one or all is not a good guess",
        keys + wrong
    )]
    KeysAndWrong { keys: usize, wrong: usize },
    #[error("reactions marked best: {best}, worst: {worst}; mark exactly one as best and another as worst")]
    BestAndWorst { best: usize, worst: usize },
    #[error("the tolerance is below 0; write how far off an answer may be")]
    NegativeTolerance,
    #[error(
        "{a} and {b} are within {NEAR}% of each other or within twice the tolerance, so someone who means \
         one could give the other; choose numbers further apart"
    )]
    NumbersTooNear { a: String, b: String },
    #[error(
        "the first step has a `misconception`, but there is no step above that someone could put it before; \
         move it to a later step"
    )]
    FirstStepTooEarly,
    #[error(
        "no step has a `misconception`; add the one that makes people put a step before the one above it"
    )]
    NoStepTooEarly,
    #[error(
        "{keys} of {targets} targets have `key = true`; at least one must be a key, and at least one must not"
    )]
    TargetKeys { keys: usize, targets: usize },
    #[error("the prompt has no paragraph outside lists and quotes; ask the question in one")]
    NoQuestion,
    #[error("a diagram needs a figure; add [item.figure.<shape>]")]
    NoFigure,
    #[error(
        "`{name}` is out of order: the figure has it before `{before}`; write targets in the figure's order, \
         in which keyboards and screen readers reach them"
    )]
    TargetOrder { name: String, before: String },
    #[error("the figure has no `{name}`; {}", did_you_mean(name, known.iter().map(String::as_str))
        .unwrap_or_else(|| format!("it has {}", known.join(", "))))]
    UnknownTarget { name: String, known: Vec<String> },
    #[error(transparent)]
    Figure(FigureError),
    #[error("only wrong options have a `misconception`; remove it from the key")]
    KeyWithMisconception,
    #[error("a wrong option has no `misconception`; add an id from misconceptions.toml")]
    WrongWithoutMisconception,
    #[error("the option says the same as the one at line {line}; make them differ")]
    DuplicateOption { line: usize },
    #[error("\"{phrase}\" tests reading, not knowledge; write an option that makes sense by itself")]
    CatchAll { phrase: String },
    #[error("the explanation has {words} words; write {WHY_WORDS}")]
    WhyLength { words: usize },
    #[error(
        "{keys} {key} characters, the others {mean} on average, which gives it away; keep it within {} times \
         theirs",
        KEY_LENGTH as f64 / 10.0
    )]
    KeyTooLong { keys: &'static str, key: usize, mean: usize },
    #[error(
        "the question ends in \"{article}\", which rules out some options; move the article into the options"
    )]
    OpenArticle { article: String },
    #[error("only the key {alone}, so its grammar gives it away; word all options alike")]
    KeyGrammar { alone: &'static str },
    #[error(
        "the item shares {percent} of its five-word phrases with {other}, so answering one gives the other \
         away; ask something else, or withdraw one"
    )]
    TooAlike { other: String, percent: Percent },
    #[error("the item cites no source; add at least one, with the place in it")]
    NoSource,
}
