//! What the check finds: one variant each, saying what is wrong and how to mend it.

mod advice;
mod imbalance;
mod malformed;
mod mistake;

use std::fmt;

pub(crate) use advice::Advice;
pub(crate) use imbalance::Imbalance;
pub(crate) use malformed::{Malformed, nearest};
pub(crate) use mistake::Mistake;

/// Something found and its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    /// The file's name inside `questions/`; empty where it is the bank as a whole.
    pub(crate) file: String,
    /// Counted from 1.
    pub(crate) line: usize,
    pub(crate) found: Finding,
}

impl Problem {
    /// Of the bank as a whole.
    pub(crate) fn of_all(found: impl Into<Finding>) -> Self {
        Self { file: String::new(), line: 0, found: found.into() }
    }

    /// Whether the check fails for it. It never does for advice.
    pub(crate) fn is_error(&self) -> bool {
        !matches!(self.found, Finding::Advice(_))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_error() { "error" } else { "warning" })?;
        if self.file.is_empty() {
            write!(f, ": questions: {}", self.found)
        } else {
            write!(f, ": questions/{}:{}: {}", self.file, self.line, self.found)
        }
    }
}

/// A share in tenths of a percent: in whole ones 33.3% would read as the 33% that it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Percent(usize);

impl Percent {
    pub(crate) fn of(share: f64) -> Self {
        Self((1000.0 * share).round() as usize)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 10, self.0 % 10) {
            (whole, 0) => write!(f, "{whole}%"),
            (whole, tenths) => write!(f, "{whole}.{tenths}%"),
        }
    }
}

/// "1 key has", "2 keys have".
pub(crate) fn have(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what} has") } else { format!("{count} {what}s have") }
}

/// By what it is about: each group has its own enum.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Finding {
    Malformed(Malformed),
    Mistake(Mistake),
    Imbalance(Imbalance),
    Advice(Advice),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(found) => found.fmt(f),
            Self::Mistake(found) => found.fmt(f),
            Self::Imbalance(found) => found.fmt(f),
            Self::Advice(found) => found.fmt(f),
        }
    }
}

impl From<Malformed> for Finding {
    fn from(found: Malformed) -> Self {
        Self::Malformed(found)
    }
}

impl From<Mistake> for Finding {
    fn from(found: Mistake) -> Self {
        Self::Mistake(found)
    }
}

impl From<Imbalance> for Finding {
    fn from(found: Imbalance) -> Self {
        Self::Imbalance(found)
    }
}

impl From<Advice> for Finding {
    fn from(found: Advice) -> Self {
        Self::Advice(found)
    }
}
