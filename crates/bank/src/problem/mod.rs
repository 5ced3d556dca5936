//! What the check can find. Each variant says what is wrong and how to fix it; its name in kebab-case is the
//! name of the rule in `questions/README.md`.

mod advice;
mod imbalance;
mod malformed;
mod mistake;

use std::fmt;

pub(crate) use advice::Advice;
pub(crate) use imbalance::Imbalance;
pub(crate) use malformed::Malformed;
pub(crate) use mistake::Mistake;

/// A finding and its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{}: {}: {found}", if self.is_error() { "error" } else { "warning" }, self.place())]
pub(crate) struct Problem {
    /// The file's name inside `questions/`; empty for the bank as a whole.
    pub(crate) file: String,
    /// Counted from 1.
    pub(crate) line: usize,
    pub(crate) found: Finding,
}

impl Problem {
    /// A problem of the bank as a whole.
    pub(crate) fn of_bank(found: impl Into<Finding>) -> Self {
        Self { file: String::new(), line: 0, found: found.into() }
    }

    /// Whether it makes the check fail. Advice never does.
    pub(crate) fn is_error(&self) -> bool {
        !matches!(self.found, Finding::Advice(_))
    }

    pub(crate) fn place(&self) -> String {
        if self.file.is_empty() {
            "questions".to_owned()
        } else {
            format!("questions/{}:{}", self.file, self.line)
        }
    }
}

/// What was found, grouped by what it concerns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error(transparent)]
pub(crate) enum Finding {
    Malformed(#[from] Malformed),
    Mistake(#[from] Mistake),
    Imbalance(#[from] Imbalance),
    Advice(#[from] Advice),
}

/// A share in tenths of a percent. Rounded to whole percents, 33.3% would read as within a limit of 33%.
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
