//! What would change the label: the smallest set of skills to raise, and by how much. This is a counterfactual
//! explanation (Wachter, Mittelstadt & Russell 2017, §III), found by a search over the stage rule itself.

use crate::quiz::{
    content::bank::Stage,
    order::{by_largest, largest_first},
    scoring::{
        measure::{Draws, Estimate},
        stage::{ROUNDING, holds_back, reached},
    },
};

/// No skill is raised above this score, the difficulty of the hardest questions (level 5). Scores above it can't be
/// told apart.
pub const HIGHEST: f64 = 90.0;

/// A skill, and how far it has to rise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Raise {
    /// The skill.
    pub skill: usize,
    /// The current score, from 0 to 100.
    pub from: f64,
    /// The required score.
    pub to: f64,
}

/// The smallest set of skills that, if raised, lifts the label to stage `target` or above; `None` if there is none. All
/// skills of the set rise by the same number of points, as few as possible, and none above 90. If several sets have
/// this size, the first one found is returned; the search starts with the skills that weigh most.
///
/// `stages` are those within reach. `draws` and `estimates` are the belief about the reader.
pub fn raises(stages: &[Stage], draws: &Draws, estimates: &[Estimate], target: usize) -> Option<Vec<Raise>> {
    let rises: Vec<f64> = estimates.iter().map(|e| (HIGHEST - e.score()).max(0.0)).collect();
    let search = Search::new(stages.get(1..=target)?, draws, &rises);
    let lacks = search.lacks();
    let set = (0..=rises.len()).find_map(|size| search.set(&lacks, size))?;

    // As few points as possible; more points never make the stage less probable.
    let up_to = |skill: usize, points: f64| rises.get(skill).map_or(0.0, |rise| rise.min(points));
    let is_enough = |points: f64| {
        let rise =
            |(place, skill): (usize, &usize)| set.contains(skill).then(|| (place, up_to(*skill, points)));
        let rises = search.order.iter().enumerate().filter_map(rise);
        let raised = rises.fold(lacks.clone(), |lacks, (place, by)| search.raised(&lacks, place, by));
        search.reach(&raised, None, 0, 0)
    };
    let (mut too_few, mut enough) = (0_u8, 100_u8);
    while enough - too_few > 1 {
        let middle = u8::midpoint(too_few, enough);
        if is_enough(f64::from(middle)) {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    let mut points = vec![0.0; rises.len()];
    for &skill in &set {
        if let Some(points) = points.get_mut(skill) {
            *points = up_to(skill, f64::from(enough));
        }
    }
    let raise = |(skill, points): (usize, &f64)| {
        let from = estimates.get(skill)?.score();
        (*points > 0.0).then_some(Raise { skill, from, to: from + points })
    };
    // The search used sums, so check the result with the rule itself.
    moves(stages, draws, &points, target).then(|| points.iter().enumerate().filter_map(raise).collect())
}

/// Whether half of the draws reach `target` if each skill rises by this many points.
pub fn moves(stages: &[Stage], draws: &Draws, points: &[f64], target: usize) -> bool {
    let mut risen = vec![0.0; points.len()];
    let mut reaches = |profile: &&[f64]| {
        for ((risen, score), points) in risen.iter_mut().zip(*profile).zip(points) {
            *risen = score.clamp(0.0, 100.0) + points;
        }
        reached(stages, &risen) >= target
    };
    let reach = draws.profiles().filter(|profile| reaches(profile)).count();
    2 * reach >= draws.profiles().len()
}

/// Depth-first search for a set of a given size, with the deficit of each draw kept up to date.
struct Search<'a> {
    stages: &'a [Stage],
    draws: &'a Draws,
    /// How far each skill can rise, in points.
    rises: &'a [f64],
    /// Skills in search order: the ones that weigh most first.
    order: Vec<usize>,
}

/// The deficit of a draw for a stage.
#[derive(Clone)]
struct Lack {
    /// The weighted sum minus the requirement; negative if it is missed.
    margin: f64,
    /// Core skills too far below, as one bit per place in the search order.
    held_back: u64,
}

impl<'a> Search<'a> {
    fn new(stages: &'a [Stage], draws: &'a Draws, rises: &'a [f64]) -> Self {
        let gain = |skill| stages.last().map_or(0.0, |stage| gain(stage, rises, skill));
        let order = largest_first((0..rises.len()).map(|skill| (gain(skill), skill)).collect());
        Self { stages, draws, rises, order }
    }

    /// The deficit of each draw for each stage before any skill rises.
    fn lacks(&self) -> Vec<Lack> {
        let lack = |profile: &[f64], stage: &Stage| {
            let mut lack = Lack { margin: 0.0, held_back: 0 };
            for (place, &skill) in self.order.iter().enumerate() {
                let of = profile.get(skill).zip(stage.required.get(skill)).zip(stage.weights.get(skill));
                let Some(((score, &required), &weight)) = of else { continue };
                let above = score.clamp(0.0, 100.0) - f64::from(required);
                lack.margin += f64::from(weight) * above;
                if holds_back(weight, above) {
                    lack.held_back |= bit(place);
                }
            }
            lack
        };
        self.draws
            .profiles()
            .flat_map(|profile| self.stages.iter().map(move |stage| lack(profile, stage)))
            .collect()
    }

    /// A set of this size that changes the label.
    fn set(&self, lacks: &[Lack], size: usize) -> Option<Vec<usize>> {
        let mut set = Vec::new();
        let found = self.reach(lacks, None, 0, size) && self.extend(&mut set, lacks, 0, size);
        found.then_some(set)
    }

    /// Adds `left` skills from place `from` of the search order to the set, so that it changes the label.
    fn extend(&self, set: &mut Vec<usize>, lacks: &[Lack], from: usize, left: usize) -> bool {
        let Some(left) = left.checked_sub(1) else { return true };
        for (place, &skill) in self.order.iter().enumerate().skip(from) {
            let rise = self.rises.get(skill).copied().unwrap_or(0.0);
            // A cheap check first, because most candidates fail here.
            if self.reach(lacks, Some((place, rise)), place + 1, left) {
                set.push(skill);
                if left == 0 || self.extend(set, &self.raised(lacks, place, rise), place + 1, left) {
                    return true;
                }
                set.pop();
            }
        }
        false
    }

    /// The most that `left` skills from place `from` of the search order can add to each stage's sum. Each stage may
    /// use the ones that help it most.
    fn most(&self, from: usize, left: usize) -> Vec<f64> {
        let most = |stage: &Stage| -> f64 {
            let rest = self.order.iter().skip(from);
            let gains = by_largest(rest.map(|skill| gain(stage, self.rises, *skill)).collect(), |gain| *gain);
            gains.iter().take(left).sum()
        };
        self.stages.iter().map(most).collect()
    }

    /// Whether half of the draws could reach the target if the skill at this place rises by this many points, with
    /// `left` more skills from place `from`. They are assumed to add as much as possible to each stage's sum, and to
    /// lift any core skill among them. With none left this is the rule itself.
    fn reach(&self, lacks: &[Lack], risen: Option<(usize, f64)>, from: usize, left: usize) -> bool {
        let most = self.most(from, left);
        let mendable = u64::MAX.checked_shl(from as u32).unwrap_or(0);
        let n = self.stages.len().max(1);
        let mut may_fail = self.draws.profiles().len() / 2;
        for (profile, lacks) in self.draws.profiles().zip(lacks.chunks(n)) {
            let reaches = self.stages.iter().zip(lacks).zip(&most).all(|((stage, lack), most)| {
                let (more, lifted) =
                    risen.map_or((0.0, 0), |(place, by)| self.effect(stage, profile, place, by));
                let held_back = lack.held_back & !lifted;
                lack.margin + more + most >= -ROUNDING
                    && held_back & !mendable == 0
                    && held_back.count_ones() as usize <= left
            });
            if !reaches {
                // Counts down, so that a hopeless set is abandoned after half of the draws.
                let Some(fewer) = may_fail.checked_sub(1) else { return false };
                may_fail = fewer;
            }
        }
        true
    }

    /// The deficit after the skill at a place rises by this many points.
    fn raised(&self, lacks: &[Lack], place: usize, by: f64) -> Vec<Lack> {
        let rows = self.draws.profiles().zip(lacks.chunks(self.stages.len().max(1)));
        let raised = |(profile, lacks): (&'a [f64], &[Lack])| {
            let raise = |(stage, lack): (&Stage, &Lack)| {
                let (more, lifted) = self.effect(stage, profile, place, by);
                Lack { margin: lack.margin + more, held_back: lack.held_back & !lifted }
            };
            self.stages.iter().zip(lacks).map(raise).collect::<Vec<_>>()
        };
        rows.flat_map(raised).collect()
    }

    /// What the rise of the skill at a place changes for one draw and stage: what it adds to the weighted sum, and its
    /// bit if it is no longer too far below.
    fn effect(&self, stage: &Stage, profile: &[f64], place: usize, by: f64) -> (f64, u64) {
        let skill = self.order.get(place).copied().unwrap_or(usize::MAX);
        let (Some(score), Some(&weight), Some(&required)) =
            (profile.get(skill), stage.weights.get(skill), stage.required.get(skill))
        else {
            return (0.0, 0);
        };
        let before = score.clamp(0.0, 100.0);
        let after = (before + by).min(100.0);
        let lifted = !holds_back(weight, after - f64::from(required));
        (f64::from(weight) * (after - before), if lifted { bit(place) } else { 0 })
    }
}

/// The bit of a place. Places beyond the 64th have none; there the final check with the rule decides.
fn bit(place: usize) -> u64 {
    1_u64.checked_shl(place as u32).unwrap_or(0)
}

/// The most that a skill's rise adds to a stage's weighted sum.
fn gain(stage: &Stage, rises: &[f64], skill: usize) -> f64 {
    let weight = stage.weights.get(skill).copied().unwrap_or(0);
    f64::from(weight) * rises.get(skill).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{
        content::bank::Catalog,
        content::kind::ItemKind,
        random::Random,
        sample,
        scoring::{
            measure::{Observed, Posterior},
            stage::Chances,
        },
    };
    use proptest::prelude::*;

    const SKILLS: usize = 6;

    fn catalog(weights: &[u8]) -> Catalog {
        let mut catalog = sample::bank(SKILLS).0;
        for stage in &mut catalog.stages {
            stage.weights = weights.to_vec();
        }
        catalog
    }

    /// The belief after four answers per skill, right up to the level given for each.
    fn belief(catalog: &Catalog, right_up_to: &[u8]) -> (Posterior, Draws, Vec<Estimate>) {
        let mut posterior = Posterior::before(catalog);
        let answers = right_up_to.iter().enumerate().flat_map(|(skill, up_to)| {
            (1..=4).map(move |level| {
                let model = ItemKind::Numeric.model(level);
                Observed { skill, model, score: usize::from(level <= *up_to), weight: 1.0 }
            })
        });
        posterior.follow(&answers.collect::<Vec<_>>());
        let draws = posterior.survey(&mut Random::new(5, "draws"), 500).draws;
        let estimates = (0..SKILLS).map(|skill| posterior.skill(skill).unwrap().estimate()).collect();
        (posterior, draws, estimates)
    }

    /// The smallest size of a set that changes the label, found by trying all sets.
    fn smallest(stages: &[Stage], draws: &Draws, estimates: &[Estimate], target: usize) -> Option<usize> {
        let sets = (0..1_u32 << SKILLS).filter(|set| {
            let points: Vec<f64> = estimates
                .iter()
                .enumerate()
                .map(|(skill, e)| if set >> skill & 1 == 1 { (HIGHEST - e.score()).max(0.0) } else { 0.0 })
                .collect();
            moves(stages, draws, &points, target)
        });
        sets.map(|set| set.count_ones() as usize).min()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn the_set_is_the_smallest_that_changes_the_label(
            weights in prop::collection::vec(0_u8..=3, SKILLS),
            right_up_to in prop::collection::vec(0_u8..=4, SKILLS),
        ) {
            let catalog = catalog(&weights);
            let (_, draws, estimates) = belief(&catalog, &right_up_to);
            let label = Chances::new(&catalog.stages, 5, &draws).label();
            let target = label + 1;
            prop_assume!(target < 5);
            let found = raises(&catalog.stages, &draws, &estimates, target);
            let expected = smallest(&catalog.stages, &draws, &estimates, target);
            prop_assert_eq!(found.as_ref().map(Vec::len), expected);
            let Some(found) = found else { return Ok(()) };
            let points = |less: f64| {
                let mut points = vec![0.0; SKILLS];
                for raise in &found {
                    points[raise.skill] = (raise.to - raise.from - less).max(0.0);
                }
                points
            };
            prop_assert!(moves(&catalog.stages, &draws, &points(0.0), target), "it moves the label");
            prop_assert!(!moves(&catalog.stages, &draws, &points(1.0), target), "and by no point too many");
            prop_assert!(found.iter().all(|raise| raise.to <= HIGHEST + 1e-9 && raise.to > raise.from));
        }
    }

    #[test]
    fn a_core_skill_that_rules_out_the_stage_is_in_the_set() {
        let catalog = catalog(&[2, 2, 2, 2, 2, 2]);
        let (_, draws, estimates) = belief(&catalog, &[0, 4, 4, 4, 4, 4]);
        let label = Chances::new(&catalog.stages, 5, &draws).label();
        let found = raises(&catalog.stages, &draws, &estimates, label + 1).unwrap();
        assert!(found.iter().any(|raise| raise.skill == 0), "{found:?}");
    }

    #[test]
    fn different_answers_give_different_advice() {
        let catalog = catalog(&[2, 2, 2, 2, 2, 2]);
        let of = |levels: &[u8]| {
            let (_, draws, estimates) = belief(&catalog, levels);
            let label = Chances::new(&catalog.stages, 5, &draws).label();
            raises(&catalog.stages, &draws, &estimates, label + 1).unwrap()
        };
        assert_ne!(of(&[0, 3, 3, 3, 3, 3]), of(&[3, 3, 3, 3, 3, 0]));
    }

    #[test]
    fn there_is_no_stage_beyond_the_last() {
        let catalog = catalog(&[2; SKILLS]);
        let (_, draws, estimates) = belief(&catalog, &[4; SKILLS]);
        assert_eq!(raises(&catalog.stages, &draws, &estimates, 5), None);
    }
}
