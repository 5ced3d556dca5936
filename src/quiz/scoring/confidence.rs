//! How well readers know what they know. Confidence never affects a score.

use crate::quiz::{
    content::reply::Sure,
    scoring::{evidence::Counted, measure::Z_80},
    taking::session::Mark,
};

/// The fewest answers with a confidence that calibration needs.
const ENOUGH: usize = 20;
/// The fewest answers with a confidence that a skill's bias needs.
const ENOUGH_IN_SKILL: usize = 8;
/// A skill's bias is significant beyond this many standard errors: 90%, two-sided.
const Z_90: f64 = 1.64;

impl Sure {
    /// The probability of being right that the button represents.
    pub fn probability(self) -> f64 {
        match self {
            Self::Not => 0.50,
            Self::Fairly => 0.73,
            Self::Sure => 0.92,
        }
    }

    /// The range of probabilities in its label.
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::Not => (0.0, 0.67),
            Self::Fairly => (0.67, 0.80),
            Self::Sure => (0.80, 1.0),
        }
    }

    /// Certainty-based mark (Gardner-Medwin 1995, "Confidence assessment in the teaching of basic science"). Choosing
    /// the true confidence earns most on average.
    pub fn mark(self, right: bool) -> i32 {
        match (self, right) {
            (Self::Not, true) => 1,
            (Self::Not, false) => 0,
            (Self::Fairly, true) => 2,
            (Self::Fairly, false) => -2,
            (Self::Sure, true) => 3,
            (Self::Sure, false) => -6,
        }
    }
}

/// How confidence and accuracy agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Answers with a confidence.
    pub answers: usize,
    /// A row for each button that was used, in their order.
    pub buttons: Vec<Button>,
    /// Skills in which confidence and accuracy differ significantly.
    pub skills: Vec<Bias>,
    /// Mean squared difference between confidence and outcome (Brier 1950). 0 is perfect; always saying 50% gives 0.25.
    pub brier: f64,
    /// The Brier scores of the sessions with enough answers of their own, oldest first, each with the time when it
    /// began.
    pub trend: Vec<(u64, f64)>,
    /// The sum of the certainty-based marks.
    pub marks: i32,
    /// The highest possible sum: "sure" and right throughout.
    pub marks_at_most: i32,
}

/// The outcome of the answers given with one button.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Button {
    /// The button.
    pub sure: Sure,
    /// Answers given with it.
    pub answers: usize,
    /// How many of them were right.
    pub right: usize,
    /// The 80% interval of the accuracy, from 0 to 1.
    pub interval: (f64, f64),
    /// How that compares with the button's range.
    pub verdict: Verdict,
}

/// Confidence against accuracy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// More confident than right.
    Over,
    /// Less confident than right.
    Under,
    /// No significant difference.
    Fits,
}

/// A skill with a biased confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bias {
    /// The skill.
    pub skill: usize,
    /// Answers with a confidence.
    pub answers: usize,
    /// Mean confidence minus accuracy, from −1 to 1. Positive means over-confident.
    pub bias: f64,
}

impl Calibration {
    /// Uses all answers that count, regardless of age; `None` with fewer than 20 with a confidence.
    pub fn new(counted: &[Counted]) -> Option<Self> {
        let told: Vec<(Sure, Mark, u64)> =
            counted.iter().filter_map(|c| Some((c.sure?, c.mark, c.started))).collect();
        if told.len() < ENOUGH {
            return None;
        }
        let brier = |of: &mut dyn Iterator<Item = &(Sure, Mark, u64)>| {
            let squares: Vec<f64> =
                of.map(|(sure, mark, _)| (sure.probability() - outcome(*mark)).powi(2)).collect();
            (squares.len(), squares.iter().sum::<f64>() / squares.len().max(1) as f64)
        };
        // In the order of their first answers, which is chronological.
        let mut sessions: Vec<u64> = Vec::new();
        for (_, _, started) in &told {
            if !sessions.contains(started) {
                sessions.push(*started);
            }
        }
        let trend = sessions.into_iter().filter_map(|session| {
            let (answers, score) = brier(&mut told.iter().filter(|(_, _, started)| *started == session));
            (answers >= ENOUGH).then_some((session, score))
        });
        let skills = told.iter().map(|(_, mark, _)| mark.skill + 1).max().unwrap_or(0);
        Some(Self {
            answers: told.len(),
            buttons: Sure::ALL.into_iter().filter_map(|sure| Button::new(sure, &told)).collect(),
            skills: (0..skills).filter_map(|skill| Bias::new(skill, &told)).collect(),
            brier: brier(&mut told.iter()).1,
            trend: trend.collect(),
            marks: told.iter().map(|(sure, mark, _)| sure.mark(mark.is_right())).sum(),
            marks_at_most: told.iter().map(|_| Sure::Sure.mark(true)).sum(),
        })
    }
}

fn outcome(mark: Mark) -> f64 {
    f64::from(u8::from(mark.is_right()))
}

impl Button {
    fn new(sure: Sure, told: &[(Sure, Mark, u64)]) -> Option<Self> {
        let of: Vec<Mark> =
            told.iter().filter(|(with, ..)| *with == sure).map(|(_, mark, _)| *mark).collect();
        let (answers, right) = (of.len(), of.iter().filter(|mark| mark.is_right()).count());
        let interval = wilson(right, answers)?;
        let (low, high) = sure.range();
        let verdict = match interval {
            (_, top) if top < low => Verdict::Over,
            (bottom, _) if bottom > high => Verdict::Under,
            _ => Verdict::Fits,
        };
        Some(Self { sure, answers, right, interval, verdict })
    }
}

impl Bias {
    fn new(skill: usize, told: &[(Sure, Mark, u64)]) -> Option<Self> {
        let of = || told.iter().filter(|(_, mark, _)| mark.skill == skill);
        let answers = of().count();
        if answers < ENOUGH_IN_SKILL {
            return None;
        }
        let n = answers as f64;
        let bias = of().map(|(sure, mark, _)| sure.probability() - outcome(*mark)).sum::<f64>() / n;
        // The variance if the confidence is accurate (Spiegelhalter 1986, §2.3).
        let variance: f64 = of().map(|(sure, ..)| sure.probability() * (1.0 - sure.probability())).sum();
        (bias.abs() > Z_90 * variance.sqrt() / n).then_some(Self { skill, answers, bias })
    }
}

/// The 80% interval of a share (Wilson 1927, "Probable inference", p. 210); `None` if there are no answers.
fn wilson(right: usize, of: usize) -> Option<(f64, f64)> {
    if of == 0 {
        return None;
    }
    let (n, share, z2) = (of as f64, right as f64 / of as f64, Z_80 * Z_80);
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_80 * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::content::kind::ItemKind;
    use proptest::prelude::*;

    fn counted(skill: usize, sure: Option<Sure>, right: bool, started: u64) -> Counted {
        let mark = Mark { skill, level: 3, kind: ItemKind::Single(4), score: u8::from(right) };
        Counted { mark, sure, weight: 1.0, own: true, started }
    }

    fn many(n: usize, skill: usize, sure: Sure, right: usize) -> Vec<Counted> {
        (0..n).map(|at| counted(skill, Some(sure), at < right, 1)).collect()
    }

    #[test]
    fn wilson_intervals_match_the_formula() {
        // From the formula for z = 1.28, computed with 28 digits.
        for (right, of, low, high) in
            [(7, 10, 0.497_617, 0.846_073), (0, 10, 0.0, 0.140_775), (10, 10, 0.859_225, 1.0)]
        {
            let (found_low, found_high) = wilson(right, of).unwrap();
            assert!(
                (found_low - low).abs() < 5e-7 && (found_high - high).abs() < 5e-7,
                "{found_low} {found_high}"
            );
        }
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn calibration_needs_twenty_answers_with_a_confidence() {
        let mut answers = many(19, 0, Sure::Fairly, 14);
        answers.push(counted(0, None, false, 1));
        assert_eq!(Calibration::new(&answers), None);
        answers.push(counted(1, Some(Sure::Sure), true, 1));
        let calibration = Calibration::new(&answers).unwrap();
        assert_eq!(calibration.answers, 20);
        assert_eq!(
            calibration.buttons.iter().map(|b| b.sure).collect::<Vec<_>>(),
            [Sure::Fairly, Sure::Sure]
        );
        assert_eq!((calibration.marks, calibration.marks_at_most), (14 * 2 - 5 * 2 + 3, 60));
        // 14 (1 − .73)² + 5 × .73² + .08², over 20.
        let brier = (14.0 * 0.0729 + 5.0 * 0.5329 + 0.0064) / 20.0;
        assert!((calibration.brier - brier).abs() < 1e-12);
    }

    #[test]
    fn verdicts_compare_the_interval_with_the_range() {
        let of = |sure, right| Calibration::new(&many(30, 0, sure, right)).unwrap().buttons[0].verdict;
        assert_eq!(of(Sure::Sure, 15), Verdict::Over);
        assert_eq!(of(Sure::Sure, 28), Verdict::Fits);
        assert_eq!(of(Sure::Not, 28), Verdict::Under);
        assert_eq!(of(Sure::Not, 15), Verdict::Fits);
        assert_eq!(of(Sure::Fairly, 22), Verdict::Fits);
        assert_eq!(of(Sure::Fairly, 30), Verdict::Under);
    }

    #[test]
    fn a_skill_is_flagged_only_if_the_bias_is_significant() {
        let mut answers = many(8, 0, Sure::Sure, 4); // .92 against .5
        answers.extend(many(8, 1, Sure::Sure, 8)); // .92 against 1: chance
        answers.extend(many(7, 2, Sure::Sure, 0)); // too few
        answers.extend(many(9, 3, Sure::Not, 9)); // .5 against 1
        let skills = Calibration::new(&answers).unwrap().skills;
        let flagged: Vec<(usize, bool)> = skills.iter().map(|bias| (bias.skill, bias.bias > 0.0)).collect();
        assert_eq!(flagged, [(0, true), (3, false)]);
        assert!((skills[0].bias - 0.42).abs() < 1e-12);
    }

    #[test]
    fn the_trend_has_one_figure_per_session_that_is_long_enough() {
        let mut answers = many(20, 0, Sure::Not, 10);
        answers.extend((0..20).map(|_| counted(0, Some(Sure::Sure), true, 2)));
        answers.extend((0..19).map(|_| counted(0, Some(Sure::Sure), false, 3)));
        let trend = Calibration::new(&answers).unwrap().trend;
        assert_eq!(trend.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [1, 2]);
        assert!((trend[0].1 - 0.25).abs() < 1e-12 && (trend[1].1 - 0.0064).abs() < 1e-12);
    }

    #[test]
    fn honest_confidence_is_the_best_strategy() {
        for percent in 1..100 {
            let p = f64::from(percent) / 100.0;
            let expected =
                |sure: Sure| p * f64::from(sure.mark(true)) + (1.0 - p) * f64::from(sure.mark(false));
            let best = Sure::ALL.into_iter().max_by(|a, b| expected(*a).total_cmp(&expected(*b))).unwrap();
            let (low, high) = best.range();
            assert!(low - 0.005 <= p && p <= high + 0.005, "{p}: {best:?}");
        }
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_share(of in 1_usize..500, right in 0_usize..500) {
            let right = right.min(of);
            let (low, high) = wilson(right, of).unwrap();
            let share = right as f64 / of as f64;
            prop_assert!(0.0 <= low && low <= share + 1e-12 && share - 1e-12 <= high && high <= 1.0);
        }
    }
}
