//! From scores to a career stage: what each stage requires, and whether a profile meets it.

use super::bank::Stage;

/// A skill with at least this weight is core to a stage.
const CORE_WEIGHT: u8 = 2;
/// A core skill this far below its requirement holds a stage back, whatever the others are.
const TOO_FAR_BELOW: f64 = 30.0;

/// A profile held against one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// By how many score points the profile is above the requirement, on the weighted average;
    /// negative where it is below.
    pub margin: f64,
    /// Core skills more than 30 points below their requirement, by position in the catalog.
    pub held_back: Vec<usize>,
}

impl Check {
    /// Holds a profile (a score a skill, 0 to 100, in the catalog's order) against a stage.
    pub fn new(stage: &Stage, profile: &[f64]) -> Self {
        let mut margin = 0.0;
        let mut weight = 0.0;
        let mut held_back = Vec::new();
        let rows = profile.iter().zip(&stage.required).zip(&stage.weights);
        for (skill, ((score, &required), &w)) in rows.enumerate() {
            let above = score - f64::from(required);
            margin += f64::from(w) * above;
            weight += f64::from(w);
            if w >= CORE_WEIGHT && above < -TOO_FAR_BELOW {
                held_back.push(skill);
            }
        }
        if weight > 0.0 {
            margin /= weight;
        }
        Self { margin, held_back }
    }

    /// Whether the profile meets the requirement.
    pub fn passes(&self) -> bool {
        self.margin >= 0.0 && self.held_back.is_empty()
    }
}

/// The highest stage whose requirement is met along with those of all stages below it. The first stage
/// is the floor; a stage that needs a statement of scope is not reached by scores.
pub fn reached(stages: &[Stage], profile: &[f64]) -> usize {
    stages
        .iter()
        .skip(1)
        .take_while(|stage| !stage.needs_statement && Check::new(stage, profile).passes())
        .count()
}

/// Where the profile is on the arc: the whole part is the stage reached, the fraction how much of the way
/// to the next one, 0 to below 1.
pub fn position(stages: &[Stage], profile: &[f64]) -> f64 {
    let at = reached(stages, profile);
    let margin = |stage: usize| {
        let stage = stages.get(stage)?;
        Some(Check::new(stage, profile).margin)
    };
    let behind = margin(at).unwrap_or(0.0).max(0.0);
    let ahead = match margin(at + 1) {
        Some(margin) => (-margin).max(0.0),
        None => return at as f64,
    };
    let fraction = if behind + ahead > 0.0 { behind / (behind + ahead) } else { 0.0 };
    at as f64 + fraction.min(0.98)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::sample;
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
        assert!(check.passes(), "skills without weight do not count: {check:?}");
    }

    #[test]
    fn a_core_skill_far_below_holds_a_stage_back() {
        let stage = stages().swap_remove(2);
        let check = Check::new(&stage, &[90.0, 90.0, 90.0, 19.9]);
        assert!(check.margin > 0.0);
        assert_eq!(check.held_back, [3]);
        assert!(!check.passes());
        assert!(Check::new(&stage, &[90.0, 90.0, 90.0, 20.0]).passes(), "exactly 30 below is allowed");
    }

    #[test]
    fn stages_are_reached_one_after_the_other() {
        let of = |score: f64| reached(&stages(), &[score; 4]);
        assert_eq!([0.0, 29.9, 30.0, 49.9, 50.0, 70.0].map(of), [0, 0, 1, 1, 2, 3]);
        assert_eq!(of(100.0), 3, "scores alone do not reach the stage that needs a statement");

        let mut stages = stages();
        stages[1].required = vec![95; 4];
        assert_eq!(reached(&stages, &[90.0; 4]), 0, "a stage is not reached over one that is missed");
    }

    #[test]
    fn the_arc_moves_within_a_stage() {
        let of = |score: f64| position(&stages(), &[score; 4]);
        assert!((of(40.0) - 1.5).abs() < 1e-9);
        assert!((of(50.0) - 2.0).abs() < 1e-9);
        assert!(of(0.0).abs() < 1e-9);
        assert!(of(100.0) < 4.0);
    }

    proptest! {
        #[test]
        fn a_higher_score_never_lowers_the_stage(
            profile in prop::collection::vec(0.0_f64..100.0, 4), skill in 0_usize..4, more in 0.0_f64..50.0
        ) {
            let mut higher = profile.clone();
            higher[skill] += more;
            prop_assert!(reached(&stages(), &higher) >= reached(&stages(), &profile));
        }
    }
}
