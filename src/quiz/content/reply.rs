//! The reply to a question, as it is saved.

use serde::{Deserialize, Serialize};

/// A reply. Indices refer to the order in the bank, not the order on the screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Reply {
    /// "I don't know"; scored as wrong.
    DontKnow,
    /// One option as the best.
    Single {
        /// The index of the option.
        option: u8,
        /// How sure the reader was.
        sure: Sure,
    },
    /// All options that were picked as correct.
    Multi {
        /// Their indices; at least one, in any order.
        options: Vec<u8>,
        /// How sure the reader was.
        sure: Sure,
    },
    /// The best and the worst reaction to a situation.
    Judgement {
        /// The index of the best.
        best: u8,
        /// The index of the worst, which differs from the best.
        worst: u8,
        /// How sure the reader was.
        sure: Sure,
    },
    /// A number in the question's unit.
    Numeric {
        /// The number.
        value: f64,
        /// How sure the reader was.
        sure: Sure,
    },
    /// Steps in an order.
    Ordering {
        /// Their indices, each once.
        order: Vec<u8>,
        /// How sure the reader was.
        sure: Sure,
    },
    /// The selected targets of a diagram.
    Diagram {
        /// Their indices; at least one, in any order.
        targets: Vec<u8>,
        /// How sure the reader was.
        sure: Sure,
    },
}

/// How sure a reader is of an answer. It never affects a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sure {
    /// Below 67%.
    Not,
    /// 67 to 80%.
    Fairly,
    /// Above 80%.
    Sure,
}

impl Sure {
    /// All three, in the order of the buttons.
    pub const ALL: [Self; 3] = [Self::Not, Self::Fairly, Self::Sure];
}

impl Reply {
    /// How sure the reader was; `None` for "I don't know".
    pub fn sure(&self) -> Option<Sure> {
        match self {
            Self::DontKnow => None,
            Self::Single { sure, .. }
            | Self::Multi { sure, .. }
            | Self::Judgement { sure, .. }
            | Self::Numeric { sure, .. }
            | Self::Ordering { sure, .. }
            | Self::Diagram { sure, .. } => Some(*sure),
        }
    }

    /// The same reply with another confidence.
    #[must_use]
    pub fn with_sure(mut self, how: Sure) -> Self {
        match &mut self {
            Self::DontKnow => {}
            Self::Single { sure, .. }
            | Self::Multi { sure, .. }
            | Self::Judgement { sure, .. }
            | Self::Numeric { sure, .. }
            | Self::Ordering { sure, .. }
            | Self::Diagram { sure, .. } => *sure = how,
        }
        self
    }
}
