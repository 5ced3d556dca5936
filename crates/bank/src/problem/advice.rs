//! What is worth a second look. It never makes the check fail.

use crate::{
    limits::{ABSOLUTES_APART, CODE_LINES, NEGATIONS, OPTION_WORDS, REVIEW_MONTHS, SENTENCE_WORDS},
    problem::Percent,
};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[cfg_attr(test, derive(strum::IntoStaticStr, strum::VariantNames), strum(serialize_all = "kebab-case"))]
pub(crate) enum Advice {
    #[error("\"{word}\" in the question is easily overlooked; ask for what is true, or write **{word}**")]
    PlainNegation { word: String },
    #[error(
        "{} of {of} questions have a negation ({}); keep them to {NEGATIONS}%, and ask for what is true",
        items.len(),
        items.join(", ")
    )]
    ManyNegations { items: Vec<String>, of: usize },
    #[error(
        "{wrong} of wrong options and {keys} of keys have a word such as \"always\" or \"never\"; keep the \
         two within {ABSOLUTES_APART} points"
    )]
    AbsoluteWords { wrong: Percent, keys: Percent },
    #[error(
        "only the key repeats {} from the prompt; use them in other options too, or rephrase",
        words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
    )]
    KeyEchoes { words: Vec<String> },
    #[error("the prompt has {words} words outside code blocks; use at most {most}")]
    LongPrompt { words: usize, most: usize },
    #[error("a code block has {lines} lines; use at most {CODE_LINES}")]
    LongCode { lines: usize },
    #[error("the option has {words} words; use at most {OPTION_WORDS}")]
    LongOption { words: usize },
    #[error("the sentence \"{start} …\" has {words} words; use at most {SENTENCE_WORDS}")]
    LongSentence { words: usize, start: String },
    #[error(
        "the item shares {percent} of its five-word phrases with {other}; make sure neither answers the other"
    )]
    RatherAlike { other: String, percent: Percent },
    #[error("`reviewed` is {reviewed}, which is in the future; write the day of the last review")]
    LaterReview { reviewed: String },
    #[error(
        "last reviewed on {reviewed}, over {REVIEW_MONTHS} months ago, and `{source_key}` may have changed \
         since; check the item against it and update `reviewed`"
    )]
    OldReview { reviewed: String, source_key: String },
}
