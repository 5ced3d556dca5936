//! From scores to a career stage: what each stage requires, and whether a profile meets it.

use crate::quiz::{content::bank::Stage, order::by_largest, scoring::measure::Draws};

/// A skill with at least this weight is core to a stage.
const CORE_WEIGHT: u8 = 2;
/// A core skill this many points below its requirement rules out a stage, whatever the other skills are.
pub const TOO_FAR_BELOW: f64 = 30.0;
/// Requirements and weights are integers, so a smaller difference is a rounding error.
pub(super) const ROUNDING: f64 = 1e-9;
/// The smallest share of draws for which a stage is "likely".
const LIKELY: f64 = 0.8;
/// The smallest share of draws for which a stage is "probable".
const PROBABLE: f64 = 0.6;

/// The smallest share of draws for which a quick check names one stage. With one answer per skill, simulated takers are
/// then at it in at least 85% of cases.
pub const CLEAR: f64 = 0.9;

/// A profile compared with one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// By how many score points the weighted average is above the requirement; negative if it is below.
    pub margin: f64,
    /// Core skills that are too far below their requirement.
    pub held_back: Vec<usize>,
}

impl Check {
    /// Compares a profile with a stage. The profile has a score per skill, in the catalog's order, and is limited to 0
    /// to 100 here.
    pub fn new(stage: &Stage, profile: &[f64]) -> Self {
        let held_back = above(stage, profile)
            .enumerate()
            .filter(|(_, (weight, above))| holds_back(*weight, *above))
            .map(|(skill, _)| skill);
        Self { margin: margin(stage, profile), held_back: held_back.collect() }
    }
}

/// Each skill's weight, and by how many points it is above the stage's requirement.
fn above(stage: &Stage, profile: &[f64]) -> impl Iterator<Item = (u8, f64)> {
    let rows = profile.iter().zip(&stage.required).zip(&stage.weights);
    rows.map(|((score, &required), &weight)| (weight, score.clamp(0.0, 100.0) - f64::from(required)))
}

/// See [`Check::margin`].
fn margin(stage: &Stage, profile: &[f64]) -> f64 {
    let (sum, weights) = above(stage, profile).fold((0.0, 0.0), |(sum, weights), (weight, above)| {
        (sum + f64::from(weight) * above, weights + f64::from(weight))
    });
    if weights > 0.0 { sum / weights } else { sum }
}

/// Whether a profile meets a stage's requirement.
pub fn passes(stage: &Stage, profile: &[f64]) -> bool {
    margin(stage, profile) >= -ROUNDING
        && above(stage, profile).all(|(weight, above)| !holds_back(weight, above))
}

/// Whether a skill with this weight and margin rules out a stage by itself.
pub fn holds_back(weight: u8, above: f64) -> bool {
    weight >= CORE_WEIGHT && above < -TOO_FAR_BELOW - ROUNDING
}

/// The highest of `stages`, which are those within reach, whose requirement is met together with those of all stages
/// below it. The first stage is always reached.
pub fn reached(stages: &[Stage], profile: &[f64]) -> usize {
    stages.iter().skip(1).take_while(|stage| passes(stage, profile)).count()
}

/// The profile's position on the arc: the integer part is the stage reached among the first `within_reach`, the
/// fraction is the progress to the next one.
pub fn position(stages: &[Stage], within_reach: usize, profile: &[f64]) -> f64 {
    let at = reached(stages.get(..within_reach).unwrap_or(stages), profile);
    let margin = |stage: usize| Some(margin(stages.get(stage)?, profile));
    let behind = margin(at).unwrap_or(0.0).max(0.0);
    let ahead = match margin(at + 1) {
        Some(margin) => (-margin).max(0.0),
        None => return at as f64 + 0.5,
    };
    let fraction = if behind + ahead > 0.0 { behind / (behind + ahead) } else { 0.0 };
    at as f64 + fraction.min(0.98)
}

/// How probable each stage is: the share of drawn profiles that reach it and no higher one.
#[derive(Clone, Debug, PartialEq)]
pub struct Chances {
    /// A share for each stage, in order. They sum to 1. Stages out of reach have 0.
    pub shares: Vec<f64>,
    /// The position of the arc's needle: the median of the draws' [`position`]s.
    pub needle: f64,
    /// The ends of its wedge: the middle 80% of the draws.
    pub wedge: (f64, f64),
}

impl Chances {
    /// Applies the rule to every draw.
    pub fn new(stages: &[Stage], within_reach: usize, draws: &Draws) -> Self {
        let positions = draws.profiles().map(|profile| position(stages, within_reach, profile));
        let positions = by_largest(positions.collect(), |position| -position);
        let share = |stage| {
            let at = positions.iter().filter(|position| **position as usize == stage).count();
            at as f64 / positions.len().max(1) as f64
        };
        let shares = (0..stages.len()).map(share).collect();
        // At least half of the draws are at or above this index, as the label requires.
        let at = |part: usize| positions.get(positions.len() * part / 10).copied().unwrap_or(0.0);
        Self { shares, needle: at(5), wedge: (at(1), at(9)) }
    }

    /// The label: the highest stage that at least half of the draws reach.
    pub fn label(&self) -> usize {
        self.needle as usize
    }

    /// The share of the draws at one stage.
    pub fn of(&self, stage: usize) -> f64 {
        self.shares.get(stage).copied().unwrap_or(0.0)
    }

    /// What can be said about one stage alone.
    pub fn standing(&self) -> Standing {
        let label = self.label();
        match self.of(label) {
            share if share >= LIKELY => Standing::At { stage: label, likely: true },
            share if share >= PROBABLE => Standing::At { stage: label, likely: false },
            _ => self.pair(),
        }
    }

    /// What can be said after one answer per skill: one stage only where it is clear, as at the ends of the scale.
    pub fn quick_standing(&self) -> Standing {
        let stage = self.label();
        if self.of(stage) >= CLEAR { Standing::At { stage, likely: true } } else { self.pair() }
    }

    /// The label and the more probable of its neighbours.
    pub fn pair(&self) -> Standing {
        let label = self.label();
        let up = self.of(label + 1);
        match label.checked_sub(1) {
            Some(below) if self.of(below) >= up => Standing::Between(below, label),
            None if self.shares.len() < 2 => Standing::At { stage: label, likely: true },
            _ if label + 1 < self.shares.len() => Standing::Between(label, label + 1),
            _ => Standing::Between(label.saturating_sub(1), label),
        }
    }
}

/// The stage, as far as the answers show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Naming a stage requires this many more answers, and answers in this many more skills.
    NotEnough {
        /// Missing answers.
        answers: usize,
        /// Missing skills.
        skills: usize,
    },
    /// Between two adjacent stages.
    Between(usize, usize),
    /// At one stage.
    At {
        /// The stage.
        stage: usize,
        /// Whether it is likely (a share of 0.8 or more) or only probable (0.6 or more).
        likely: bool,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{random::Random, sample, scoring::measure::Posterior};
    use proptest::prelude::*;

    fn stages() -> Vec<Stage> {
        sample::bank(4).0.stages
    }

    #[test]
    fn the_margin_is_the_weighted_mean() {
        let mut stage = stages().swap_remove(2); // requires 50 of each
        stage.weights = vec![3, 1, 0, 0];
        let check = Check::new(&stage, &[60.0, 40.0, 0.0, 0.0]);
        assert!((check.margin - 5.0).abs() < 1e-12);
        assert!(passes(&stage, &[60.0, 40.0, 0.0, 0.0]), "skills without weight do not count");
    }

    #[test]
    fn a_core_skill_far_below_rules_out_a_stage() {
        let stage = stages().swap_remove(2);
        let check = Check::new(&stage, &[90.0, 90.0, 90.0, 19.9]);
        assert!(check.margin > 0.0);
        assert_eq!(check.held_back, [3]);
        assert!(!passes(&stage, &[90.0, 90.0, 90.0, 19.9]));
        assert!(passes(&stage, &[90.0, 90.0, 90.0, 20.0]), "exactly 30 below is allowed");
    }

    #[test]
    fn rounding_does_not_decide() {
        let stage = stages().swap_remove(2);
        let almost = 50.0 - 1e-12;
        assert!(almost < 50.0 && passes(&stage, &[almost; 4]));
        assert!(passes(&stage, &[90.0, 90.0, 90.0, 20.0 - 1e-12]));
    }

    #[test]
    fn stages_are_reached_one_after_the_other() {
        let of = |score: f64| reached(&stages(), &[score; 4]);
        assert_eq!([0.0, 29.9, 30.0, 49.9, 50.0, 70.0].map(of), [0, 0, 1, 1, 2, 3]);
        assert_eq!([79.0, 80.0, 100.0, 130.0].map(of), [3, 4, 4, 4]);
        assert_eq!(reached(&stages()[..4], &[100.0; 4]), 3, "the last one is out of reach");

        let mut stages = stages();
        stages[1].required = vec![95; 4];
        assert_eq!(reached(&stages, &[90.0; 4]), 0, "a stage is not reached over one that is missed");
    }

    #[test]
    fn the_arc_moves_within_a_stage() {
        let of = |score: f64| position(&stages(), 4, &[score; 4]);
        assert!((of(40.0) - 1.5).abs() < 1e-9);
        assert!((of(50.0) - 2.0).abs() < 1e-9);
        assert!(of(0.0).abs() < 1e-9);
        assert!(of(100.0) < 4.0);
        assert!((position(&stages(), 5, &[100.0; 4]) - 4.5).abs() < 1e-9);
    }

    /// Chances with these shares, in hundredths.
    fn chances(shares: [u32; 5]) -> Chances {
        let mut from_top = 0;
        let label = (0..5).rev().find(|stage| {
            from_top += shares[*stage];
            from_top >= 50
        });
        let shares = shares.map(|share| f64::from(share) / 100.0).to_vec();
        Chances { shares, needle: label.unwrap() as f64 + 0.3, wedge: (0.0, 5.0) }
    }

    #[test]
    fn the_wording_follows_the_share_of_the_label() {
        let at = |stage, likely| Standing::At { stage, likely };
        for (shares, expected) in [
            ([0, 15, 80, 5, 0], at(2, true)),
            ([0, 21, 79, 0, 0], at(2, false)),
            ([0, 40, 60, 0, 0], at(2, false)),
            ([0, 41, 59, 0, 0], Standing::Between(1, 2)),
            ([0, 20, 40, 40, 0], Standing::Between(2, 3)),
            ([55, 45, 0, 0, 0], Standing::Between(0, 1)),
            ([85, 15, 0, 0, 0], at(0, true)),
            ([0, 0, 0, 45, 55], Standing::Between(3, 4)),
        ] {
            assert_eq!(chances(shares).standing(), expected, "{shares:?}");
        }
        for (shares, expected) in [
            ([90, 10, 0, 0, 0], at(0, true)),
            ([89, 11, 0, 0, 0], Standing::Between(0, 1)),
            ([0, 0, 95, 5, 0], at(2, true)),
            ([0, 0, 0, 11, 89], Standing::Between(3, 4)),
            ([0, 0, 0, 5, 95], at(4, true)),
        ] {
            assert_eq!(chances(shares).quick_standing(), expected, "{shares:?}");
        }
    }

    #[test]
    fn shares_and_needle_come_from_the_same_draws() {
        let prior = Posterior::before(&sample::bank(4).0);
        let draws = prior.survey(&mut Random::new(1, "draws"), 1000).draws;
        let chances = Chances::new(&stages(), 4, &draws);
        assert!((chances.shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(chances.of(4).abs() < 1e-12, "out of reach");
        let from = |stage: usize| chances.shares[stage..].iter().sum::<f64>();
        let label = chances.label();
        assert!(from(label) >= 0.5 && from(label + 1) < 0.5, "{chances:?}");
        assert!(chances.wedge.0 <= chances.needle && chances.needle <= chances.wedge.1);
    }

    proptest! {
        #[test]
        fn a_higher_score_never_lowers_the_stage(
            profile in prop::collection::vec(-20.0_f64..120.0, 4), skill in 0_usize..4, more in 0.0_f64..50.0
        ) {
            let mut higher = profile.clone();
            higher[skill] += more;
            prop_assert!(reached(&stages(), &higher) >= reached(&stages(), &profile));
            let at = |profile: &[f64]| position(&stages(), 4, profile);
            prop_assert!(at(&higher) >= at(&profile) - 1e-9);
        }
    }
}
