//! What would move the label: the smallest set of skills to raise, and by how much (a counterfactual, in the
//! sense of Wachter, Mittelstadt & Russell 2017, §III). Found by search over the stage rule itself.

use super::{
    bank::Stage,
    measure::{Draws, Estimate},
    order::{by_largest, largest_first},
    stage::{holds_back, reached},
};

/// No skill is raised beyond this: it is the difficulty of the hardest questions (level 5), and nothing above it
/// can be told apart.
const HIGHEST: f64 = 90.0;

/// A skill and how far it would have to rise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Raise {
    /// Position in the catalog.
    pub skill: usize,
    /// The score now, 0 to 100.
    pub from: f64,
    /// What it would have to be.
    pub to: f64,
}

/// The smallest set of skills whose rise lifts the label to `target`, a position in `stages`, or above; `None`
/// where no set does. All skills of the set rise by the same number of points, as few as it
/// takes, and none beyond 90.
///
/// `stages` are those within reach, `draws` and `estimates` what is believed of the reader.
pub fn raises(stages: &[Stage], draws: &Draws, estimates: &[Estimate], target: usize) -> Option<Vec<Raise>> {
    let rises: Vec<f64> = estimates.iter().map(|e| (HIGHEST - e.score()).max(0.0)).collect();
    let search = Search::new(stages.get(1..=target)?, draws, &rises);
    let set = (0..=rises.len()).find_map(|size| search.set(size))?;

    // By as little as it takes: more points never make it less probable.
    let raised = |points: f64| -> Vec<f64> {
        let rise = |(skill, rise): (usize, &f64)| if set.contains(&skill) { rise.min(points) } else { 0.0 };
        rises.iter().enumerate().map(rise).collect()
    };
    if !moves(stages, draws, &raised(100.0), target) {
        return None;
    }
    let (mut too_few, mut enough) = (0_u8, 100_u8);
    while enough - too_few > 1 {
        let middle = u8::midpoint(too_few, enough);
        if moves(stages, draws, &raised(f64::from(middle)), target) {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    let raise = |(skill, points): (usize, f64)| {
        let from = estimates.get(skill)?.score();
        (points > 0.0).then_some(Raise { skill, from, to: from + points })
    };
    Some(raised(f64::from(enough)).into_iter().enumerate().filter_map(raise).collect())
}

/// Whether half of the draws reach `target` once each skill has risen by so many points.
pub fn moves(stages: &[Stage], draws: &Draws, points: &[f64], target: usize) -> bool {
    let risen = |profile: &[f64]| profile.iter().zip(points).map(|(s, p)| s + p).collect::<Vec<_>>();
    let reach = draws.profiles().filter(|profile| reached(stages, &risen(profile)) >= target).count();
    2 * reach >= draws.profiles().len()
}

/// Depth-first search for a set of a given size, with what each draw lacks kept up to date.
struct Search<'a> {
    stages: &'a [Stage],
    draws: &'a Draws,
    /// How far each skill can rise, in points.
    rises: &'a [f64],
    /// Skills in the order in which they are tried: what weighs most first.
    order: Vec<usize>,
}

/// What each draw lacks for each stage.
#[derive(Clone)]
struct Lacks {
    /// The weighted sum above the requirement; negative where it is missed.
    margins: Vec<f64>,
    /// Core skills too far below.
    held_back: Vec<usize>,
}

impl<'a> Search<'a> {
    fn new(stages: &'a [Stage], draws: &'a Draws, rises: &'a [f64]) -> Self {
        let gain = |skill| stages.last().map_or(0.0, |stage| gain(stage, rises, skill));
        let order = largest_first((0..rises.len()).map(|skill| (gain(skill), skill)).collect());
        Self { stages, draws, rises, order }
    }

    /// A set of that size that moves the label.
    fn set(&self, size: usize) -> Option<Vec<usize>> {
        let mut lacks = Lacks { margins: Vec::new(), held_back: Vec::new() };
        for profile in self.draws.profiles() {
            for stage in self.stages {
                let (mut margin, mut held_back) = (0.0, 0);
                for ((score, &required), &weight) in profile.iter().zip(&stage.required).zip(&stage.weights) {
                    let above = score.clamp(0.0, 100.0) - f64::from(required);
                    margin += f64::from(weight) * above;
                    held_back += usize::from(holds_back(weight, above));
                }
                lacks.margins.push(margin);
                lacks.held_back.push(held_back);
            }
        }
        let mut set = Vec::new();
        self.extend(&mut set, &lacks, 0, size).then_some(set)
    }

    /// Adds `left` skills from the order's position `from` on to the set, so that it moves the label.
    fn extend(&self, set: &mut Vec<usize>, lacks: &Lacks, from: usize, left: usize) -> bool {
        if !self.may_reach(lacks, from, left) {
            return false;
        }
        if left == 0 {
            return true;
        }
        for (at, &skill) in self.order.iter().enumerate().skip(from) {
            set.push(skill);
            if self.extend(set, &self.raised(lacks, skill), at + 1, left - 1) {
                return true;
            }
            set.pop();
        }
        false
    }

    /// Whether half of the draws could reach the target with `left` more skills: each stage may take those that
    /// help it most, and each of them mends a core skill. With none left it is the rule itself.
    fn may_reach(&self, lacks: &Lacks, from: usize, left: usize) -> bool {
        let most = |stage: &Stage| -> f64 {
            let rest = self.order.iter().skip(from);
            let gains = by_largest(rest.map(|skill| gain(stage, self.rises, *skill)).collect(), |gain| *gain);
            gains.iter().take(left).sum()
        };
        let most: Vec<f64> = self.stages.iter().map(most).collect();
        let n = most.len().max(1);
        let rows = lacks.margins.chunks(n).zip(lacks.held_back.chunks(n));
        let reach = rows
            .filter(|(margins, held_back)| {
                margins.iter().zip(&most).all(|(margin, most)| margin + most >= -1e-9)
                    && held_back.iter().all(|held_back| *held_back <= left)
            })
            .count();
        2 * reach >= self.draws.profiles().len()
    }

    /// What is lacking once a skill has risen as far as it can.
    fn raised(&self, lacks: &Lacks, skill: usize) -> Lacks {
        let mut lacks = lacks.clone();
        let rise = self.rises.get(skill).copied().unwrap_or(0.0);
        let n = self.stages.len().max(1);
        let rows = lacks.margins.chunks_mut(n).zip(lacks.held_back.chunks_mut(n));
        for (profile, (margins, held_back)) in self.draws.profiles().zip(rows) {
            let Some(&score) = profile.get(skill) else { continue };
            let (before, after) = (score.clamp(0.0, 100.0), (score + rise).clamp(0.0, 100.0));
            for ((stage, margin), held_back) in self.stages.iter().zip(margins).zip(held_back) {
                let (Some(&weight), Some(&required)) = (stage.weights.get(skill), stage.required.get(skill))
                else {
                    continue;
                };
                let required = f64::from(required);
                *margin += f64::from(weight) * (after - before);
                if holds_back(weight, before - required) && !holds_back(weight, after - required) {
                    *held_back -= 1;
                }
            }
        }
        lacks
    }
}

/// By how much a skill's rise adds to a stage's weighted sum, at the most.
fn gain(stage: &Stage, rises: &[f64], skill: usize) -> f64 {
    let weight = stage.weights.get(skill).copied().unwrap_or(0);
    f64::from(weight) * rises.get(skill).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{
        bank::Catalog,
        measure::{Observed, Posterior},
        model::Kind,
        random::Random,
        sample,
        stage::Chances,
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

    /// The belief after four answers a skill, right up to the level that is given for each.
    fn belief(catalog: &Catalog, right_up_to: &[u8]) -> (Posterior, Draws, Vec<Estimate>) {
        let mut posterior = catalog.prior();
        let answers = right_up_to.iter().enumerate().flat_map(|(skill, up_to)| {
            (1..=4).map(move |level| {
                let model = Kind::Numeric.model(level);
                Observed { skill, model, score: usize::from(level <= *up_to), weight: 1.0 }
            })
        });
        posterior.follow(&answers.collect::<Vec<_>>());
        let draws = posterior.draws(&mut Random::new(5, "draws"), 500);
        let estimates = (0..SKILLS).map(|skill| posterior.skill(skill).unwrap().estimate()).collect();
        (posterior, draws, estimates)
    }

    /// The smallest size of a set that moves the label, by trying all sets.
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
        fn the_set_is_the_smallest_and_really_moves_the_label(
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
    fn a_core_skill_that_holds_back_is_in_the_set() {
        let catalog = catalog(&[2, 2, 2, 2, 2, 2]);
        let (_, draws, estimates) = belief(&catalog, &[0, 4, 4, 4, 4, 4]);
        let label = Chances::new(&catalog.stages, 5, &draws).label();
        let found = raises(&catalog.stages, &draws, &estimates, label + 1).unwrap();
        assert!(found.iter().any(|raise| raise.skill == 0), "{found:?}");
    }

    #[test]
    fn other_answers_give_other_advice() {
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
