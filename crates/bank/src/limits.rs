//! The numbers in the rules, for the checks, their messages, the schema and the templates of new items.

use std::fmt;

/// A range with both of its ends, shown as "3 to 5".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span<T = usize> {
    pub(crate) least: T,
    pub(crate) most: T,
}

impl<T: PartialOrd> Span<T> {
    pub(crate) fn contains(&self, number: T) -> bool {
        self.least <= number && number <= self.most
    }
}

impl<T: fmt::Display> fmt::Display for Span<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.least, self.most)
    }
}

const fn span<T>(least: T, most: T) -> Span<T> {
    Span { least, most }
}

// Skills and stages
pub(crate) const LEVELS: Span<i64> = span(1, 5);
pub(crate) const MIDDLE_LEVEL: i64 = 3;
pub(crate) const SUBTOPICS: usize = 6;
/// The full assessment asks this many different items of each skill.
pub(crate) const ITEMS_PER_SKILL: usize = 4;
/// A skill's loading in hundredths. Above 95, a skill would be nothing but what all skills share.
pub(crate) const LOADINGS: Span<i64> = span(0, 95);
/// Required scores and weights.
pub(crate) const SCORES: Span<i64> = span(0, 100);
/// The app stores salaries in 32 bits.
pub(crate) const LARGEST_SALARY: i64 = u32::MAX as i64;
pub(crate) const FIRST_YEAR: i64 = 1900;
/// The last number of a three-digit id.
pub(crate) const LAST_ID: u16 = 999;

// Parts of an item
pub(crate) const SINGLE_OPTIONS: Span = span(3, 5);
pub(crate) const MULTI_OPTIONS: Span = span(4, 5);
pub(crate) const REACTIONS: Span = span(4, 5);
pub(crate) const SLIPS: Span = span(1, 5);
pub(crate) const STEPS: Span = span(4, 7);
pub(crate) const TARGETS: Span = span(5, 12);
/// A question with several keys needs at least this many keys, and as many wrong options.
pub(crate) const EACH_OF_MULTI: usize = 2;

// Texts
/// The number of words in an explanation.
pub(crate) const WHY_WORDS: Span = span(12, 60);
pub(crate) const PROMPT_WORDS: usize = 90;
/// A situation needs more words than a mechanism.
pub(crate) const SITUATION_WORDS: usize = 140;
pub(crate) const CODE_LINES: usize = 25;
pub(crate) const OPTION_WORDS: usize = 25;
pub(crate) const SENTENCE_WORDS: usize = 22;
/// How long keys may be on average, in tenths of the mean length of wrong options.
pub(crate) const KEY_LENGTH: usize = 15;
/// Numbers that differ by at most this percentage of the larger one are the same answer.
pub(crate) const NEAR: f64 = 5.0;
/// Items that share this percentage of their phrases ask the same thing.
pub(crate) const TOO_ALIKE: f64 = 50.0;
/// Items that share this percentage are worth comparing.
pub(crate) const RATHER_ALIKE: f64 = 35.0;
pub(crate) const REVIEW_MONTHS: i64 = 18;
/// [`REVIEW_MONTHS`] in days.
pub(crate) const REVIEW_DAYS: i64 = 548;

// The bank as a whole
/// Statistics of fewer items say nothing: of forty keys placed at random, some position has less than 18% or
/// more than 32% in three banks of four.
pub(crate) const ENOUGH_ITEMS: usize = 50;
/// The percentage of keys at each of four positions.
pub(crate) const KEY_POSITIONS: Span = span(18, 32);
/// With three degrees of freedom, 5% of random spreads are further from an even one (p = .05).
pub(crate) const CHI_SQUARE: f64 = 7.815;
/// The percentage of single best answers whose key may be the longest option.
pub(crate) const KEY_LONGEST: usize = 30;
/// The percentage of keys that a habit may find without the question.
pub(crate) const TEST_WISE: f64 = 33.0;
/// The percentage of questions that may have a negation.
pub(crate) const NEGATIONS: usize = 2;
/// Absolute words may be this many percentage points more common in wrong options than in keys.
pub(crate) const ABSOLUTES_APART: f64 = 5.0;
/// The percentage of a skill's items at each level.
pub(crate) const AT_LEVEL: usize = 15;
/// The percentage of a skill's items on each subtopic.
pub(crate) const ON_SUBTOPIC: usize = 10;
/// How far a skill's mean level may be from the middle, in hundredths.
pub(crate) const OFF_MIDDLE: usize = 30;
