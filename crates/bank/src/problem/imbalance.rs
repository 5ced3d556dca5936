//! What is wrong with the bank as a whole, however good each item is.

use std::fmt;

use crate::problem::Percent;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Imbalance {
    KeyPositions { positions: [usize; 4] },
    KeyLongest { longest: usize, of: usize },
    TestWise { habit: &'static str, percent: Percent, of: usize },
    LevelShare { level: i64, items: usize, of: usize, least: usize },
    SubtopicShare { subtopic: String, items: usize, of: usize, least: usize },
    MeanLevel { hundredths: i64 },
}

impl fmt::Display for Imbalance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyPositions { positions: [one, two, three, four] } => write!(
                f,
                "of keys among four options {one} are written first, {two} second, {three} third and {four} last; put \
                 18 to 32% at each, with chi-square below 7.815 (p > .05)"
            ),
            Self::KeyLongest { longest, of } => write!(
                f,
                "the key is longer than every other option in {longest} of {of} single best answers; 30% is the most, \
                 shorten some or lengthen what is wrong"
            ),
            Self::TestWise { habit, percent, of } => write!(
                f,
                "who reads no question and takes the option {habit} finds {percent} of the keys in {of} items with \
                 four; 33% is the most"
            ),
            Self::LevelShare { level, items, of, least } => write!(
                f,
                "level {level} has {items} of {of} items; a skill needs 15% at each level, here {least}"
            ),
            Self::SubtopicShare { subtopic, items, of, least } => write!(
                f,
                "`{subtopic}` has {items} of {of} items; a skill needs 10% on each subtopic, here {least}"
            ),
            Self::MeanLevel { hundredths } => write!(
                f,
                "the mean level is {:+.2} off the middle; keep it within 0.3 of level 3",
                *hundredths as f64 / 100.0
            ),
        }
    }
}
