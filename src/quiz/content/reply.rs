//! What a reader says to a question, as it is kept.

use serde::{Deserialize, Serialize};

/// An answer, by positions in the bank as written, never as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Reply {
    /// "I don't know": scored as wrong.
    DontKnow,
    /// One option of a single-best-answer question.
    Single {
        /// Position of the option.
        option: u8,
        /// How sure the reader was.
        sure: Sure,
    },
    /// The options that were picked as holding.
    Multi {
        /// Their positions, at least one, in no order.
        options: Vec<u8>,
        /// How sure the reader was.
        sure: Sure,
    },
    /// The best and the worst reaction to a situation.
    Judgement {
        /// Position of the best.
        best: u8,
        /// Position of the worst, another one.
        worst: u8,
        /// How sure the reader was.
        sure: Sure,
    },
    /// A number in the question's unit.
    Numeric {
        /// What was entered.
        value: f64,
        /// How sure the reader was.
        sure: Sure,
    },
    /// The steps in the order given.
    Ordering {
        /// Their positions, each once.
        order: Vec<u8>,
        /// How sure the reader was.
        sure: Sure,
    },
    /// What was pointed at in a diagram.
    Diagram {
        /// Positions of the targets, at least one, in no order.
        targets: Vec<u8>,
        /// How sure the reader was.
        sure: Sure,
    },
}

/// How sure a reader is of an answer. It never enters a score.
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
    /// The three in the order of their buttons.
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

    /// The same reply, given as surely as that.
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
