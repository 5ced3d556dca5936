//! What is worth a second look. It never fails the check.

use std::fmt;

use crate::problem::Percent;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Advice {
    PlainNegation { word: String },
    ManyNegations { items: Vec<String>, of: usize },
    AbsoluteWords { wrong: Percent, keys: Percent },
    KeyEchoes { words: Vec<String> },
    LongPrompt { words: usize, most: usize },
    LongCode { lines: usize },
    LongOption { words: usize },
    LongSentence { words: usize, begins: String },
    RatherAlike { other: String, percent: Percent },
    LaterReview { reviewed: String },
    OldReview { reviewed: String, source: String },
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PlainNegation { word } => write!(
                f,
                "the question has \"{word}\", which is easily read over; ask for what holds, or write **{word}**"
            ),
            Self::ManyNegations { items, of } => write!(
                f,
                "{} of {of} questions have a negation ({}); ask for what holds, 2% are the most",
                items.len(),
                items.join(", ")
            ),
            Self::AbsoluteWords { wrong, keys } => write!(
                f,
                "{wrong} of wrong options have a word such as \"always\" or \"never\", and {keys} of keys; keep them \
                 within 5 points of each other"
            ),
            Self::KeyEchoes { words } => write!(
                f,
                "of the options only the key repeats {} of the prompt; use them in others too, or say it otherwise",
                words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
            ),
            Self::LongPrompt { words, most } => {
                write!(f, "the prompt has {words} words besides code; use {most} at most")
            }
            Self::LongCode { lines } => write!(f, "a code block has {lines} lines; use 25 at most"),
            Self::LongOption { words } => write!(f, "the option has {words} words; use 25 at most"),
            Self::LongSentence { words, begins } => {
                write!(f, "the sentence \"{begins} …\" has {words} words; use 22 at most")
            }
            Self::RatherAlike { other, percent } => write!(
                f,
                "the item shares {percent} of its runs of five words with {other}; see that one does not answer the \
                 other"
            ),
            Self::LaterReview { reviewed } => {
                write!(f, "reviewed on {reviewed}, a day still to come; write the day of the last review")
            }
            Self::OldReview { reviewed, source } => write!(
                f,
                "last reviewed on {reviewed}, over 18 months ago, and `{source}` is a document that changes; check the \
                 item against it and set `reviewed`"
            ),
        }
    }
}
