//! The kinds of item, and how each is scored.

use serde::{Deserialize, Serialize};

/// The kind of an item. It determines how answers are scored and modelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Pick the best of this many options: 0 or 1.
    Single(u8),
    /// Enter a number: 0 or 1.
    Numeric,
    /// Put steps in the only right order: 0 or 1.
    Ordering,
    /// Select targets in a diagram: 0 or 1.
    Diagram,
    /// Pick all correct options: 2, or 1 with exactly one error.
    Multi,
    /// Put steps in order: 2, or 1 if one swap of neighbours is missing.
    PartialOrdering,
    /// Pick the best and the worst reaction: 2, or 1 if only the best is right.
    Judgement,
}

impl ItemKind {
    /// The highest possible score: 1 or 2.
    pub fn top(self) -> u8 {
        match self {
            Self::Single(_) | Self::Numeric | Self::Ordering | Self::Diagram => 1,
            Self::Multi | Self::PartialOrdering | Self::Judgement => 2,
        }
    }

    /// Whether the two kinds look alike to a reader, whatever the number of options or the credit.
    pub fn is_like(self, other: Self) -> bool {
        let is_ordering = |kind| matches!(kind, Self::Ordering | Self::PartialOrdering);
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
            || is_ordering(self) && is_ordering(other)
    }
}
