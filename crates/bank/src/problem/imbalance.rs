//! Errors in the bank as a whole, however good each item is.

use crate::{
    limits::{
        AT_LEVEL, CHI_SQUARE, KEY_LONGEST, KEY_POSITIONS, MIDDLE_LEVEL, OFF_MIDDLE, ON_SUBTOPIC, TEST_WISE,
    },
    problem::Percent,
};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[cfg_attr(test, derive(strum::IntoStaticStr, strum::VariantNames), strum(serialize_all = "kebab-case"))]
pub(crate) enum Imbalance {
    #[error(
        "of the keys among four options, {first} are first, {second} second, {third} third and {last} last; \
         put {KEY_POSITIONS}% in each position, with chi-square below {CHI_SQUARE} (p > .05)"
    )]
    KeyPositions { first: usize, second: usize, third: usize, last: usize },
    #[error(
        "the key is the longest option in {longest} of {of} single best answers (limit {KEY_LONGEST}%); \
         shorten some keys, or lengthen wrong options"
    )]
    KeyLongest { longest: usize, of: usize },
    #[error(
        "picking the option {habit}, without reading the question, finds {percent} of the keys in {of} items \
         with four options (limit {TEST_WISE}%)"
    )]
    TestWise { habit: &'static str, percent: Percent, of: usize },
    #[error("level {level} has {items} of {of} items; each level needs {AT_LEVEL}%, which is {least} here")]
    LevelShare { level: i64, items: usize, of: usize, least: usize },
    #[error(
        "`{subtopic}` has {items} of {of} items; each subtopic needs {ON_SUBTOPIC}%, which is {least} here"
    )]
    SubtopicShare { subtopic: String, items: usize, of: usize, least: usize },
    #[error(
        "the mean level is {:.2}; keep it within {} of {MIDDLE_LEVEL}",
        MIDDLE_LEVEL as f64 + *off_hundredths as f64 / 100.0,
        OFF_MIDDLE as f64 / 100.0
    )]
    MeanLevel { off_hundredths: i64 },
}
