//! The kinds of question, and the score of a reply to each.

use serde::{Deserialize, Serialize};

use crate::quiz::{content::kind::ItemKind, content::reply::Reply};

/// What a question asks for, by its kind. Texts are HTML, compiled from Markdown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// Pick the single best option: exactly one is the key.
    Single(Vec<Choice>),
    /// Pick all correct options: at least two are keys.
    Multi(Vec<Choice>),
    /// Name the best and the worst of several reactions.
    Judgement {
        /// The reactions; the best is the key.
        reactions: Vec<Choice>,
        /// The index of the worst.
        worst: usize,
    },
    /// Enter a number.
    Numeric(Quantity),
    /// Put steps in order.
    Ordering {
        /// The steps in the right order. A step's misconception is that it comes before the previous one.
        steps: Vec<Choice>,
        /// Whether an order that is one swap of neighbours off gets half the score.
        partial: bool,
    },
    /// Point at things in the item's diagram.
    Diagram(Vec<Target>),
}

/// One option, reaction or step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// Why it is right or wrong.
    pub why: String,
    /// The index in the shard of the misconception behind it; a key has none.
    pub misconception: Option<usize>,
}

/// A number to enter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Its unit.
    pub unit: String,
    /// The right value.
    pub value: f64,
    /// The largest error that still counts as right; at least 0.
    pub tolerance: f64,
    /// How to work it out.
    pub why: String,
    /// The wrong values that known mistakes lead to.
    pub slips: Vec<Slip>,
}

/// A wrong number that a misconception leads to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slip {
    /// The number.
    pub value: f64,
    /// Why it is wrong.
    pub why: String,
    /// The index in the shard of the misconception behind it.
    pub misconception: usize,
}

/// Something in a diagram that can be selected. Its name is its choice's text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Its name, and why it is right or wrong.
    pub choice: Choice,
    /// Its text alternative.
    pub label: String,
    /// Its area in the picture.
    pub spot: Spot,
}

/// An area over a picture, in CSS lengths.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// From the picture's left edge to its centre.
    pub left: String,
    /// From the picture's top edge to its centre.
    pub top: String,
    /// Its width.
    pub width: String,
    /// Its height.
    pub height: String,
    /// Whether it surrounds a dot. Otherwise it covers a box.
    pub round: bool,
}

impl Choice {
    /// Whether it is right.
    pub fn is_key(&self) -> bool {
        self.misconception.is_none()
    }
}

impl Quantity {
    /// Whether a number is right.
    pub fn accepts(&self, value: f64) -> bool {
        self.near(value, self.value)
    }

    /// The mistake that leads to a number, if it is a known one.
    pub fn slip(&self, value: f64) -> Option<&Slip> {
        self.slips.iter().find(|slip| !self.accepts(value) && self.near(value, slip.value))
    }

    fn near(&self, value: f64, other: f64) -> bool {
        // Decimal numbers are off by a rounding error or two.
        (value - other).abs() <= self.tolerance + 1e-9 * other.abs()
    }
}

impl Task {
    /// Its kind, as in the catalog.
    pub fn kind(&self) -> ItemKind {
        match self {
            Self::Single(options) => ItemKind::Single(u8::try_from(options.len()).unwrap_or(u8::MAX)),
            Self::Multi(_) => ItemKind::Multi,
            Self::Judgement { .. } => ItemKind::Judgement,
            Self::Numeric(_) => ItemKind::Numeric,
            Self::Ordering { partial: false, .. } => ItemKind::Ordering,
            Self::Ordering { partial: true, .. } => ItemKind::PartialOrdering,
            Self::Diagram(_) => ItemKind::Diagram,
        }
    }

    /// The score of a reply, from 0 to the kind's maximum. `None` if the reply doesn't fit, for example because the item's
    /// kind has changed.
    pub fn score(&self, reply: &Reply) -> Option<u8> {
        match (self, reply) {
            (_, Reply::DontKnow) => Some(0),
            (Self::Single(options), Reply::Single { option, .. }) => {
                options.get(usize::from(*option)).map(|option| u8::from(option.is_key()))
            }
            (Self::Multi(options), Reply::Multi { options: picked, .. }) => {
                let errors = errors(options.iter(), picked)?;
                Some(2_u8.saturating_sub(u8::try_from(errors).unwrap_or(2)))
            }
            (Self::Judgement { reactions, worst }, Reply::Judgement { best, worst: named, .. }) => {
                let (best, named) = (reactions.get(usize::from(*best))?, usize::from(*named));
                reactions.get(named)?;
                Some(if best.is_key() { 1 + u8::from(named == *worst) } else { 0 })
            }
            (Self::Numeric(quantity), Reply::Numeric { value, .. }) => {
                value.is_finite().then(|| u8::from(quantity.accepts(*value)))
            }
            (Self::Ordering { steps, partial }, Reply::Ordering { order, .. }) => {
                let swaps = u8::try_from(inversions(order, steps.len())?).unwrap_or(u8::MAX);
                Some(if *partial { 2_u8.saturating_sub(swaps) } else { u8::from(swaps == 0) })
            }
            (Self::Diagram(targets), Reply::Diagram { targets: picked, .. }) => {
                let errors = errors(targets.iter().map(|target| &target.choice), picked)?;
                Some(u8::from(errors == 0))
            }
            _ => None,
        }
    }

    /// Whether the reply is completely right.
    pub fn is_right(&self, reply: &Reply) -> bool {
        self.score(reply) == Some(self.kind().top())
    }

    /// The misconceptions that the reply suggests, as indices in the shard, each once. None if the reply has no score.
    pub fn misconceptions(&self, reply: &Reply) -> Vec<usize> {
        if self.score(reply).is_none() {
            return Vec::new();
        }
        let at = |choices: &[Choice], position: u8| choices.get(usize::from(position))?.misconception;
        let mut held: Vec<usize> = match (self, reply) {
            (Self::Single(options), Reply::Single { option, .. }) => {
                at(options, *option).into_iter().collect()
            }
            (Self::Multi(options), Reply::Multi { options: picked, .. }) => {
                picked.iter().filter_map(|picked| at(options, *picked)).collect()
            }
            (Self::Judgement { reactions, .. }, Reply::Judgement { best, .. }) => {
                at(reactions, *best).into_iter().collect()
            }
            (Self::Numeric(quantity), Reply::Numeric { value, .. }) => {
                quantity.slip(*value).map(|slip| slip.misconception).into_iter().collect()
            }
            (Self::Ordering { steps, .. }, Reply::Ordering { order, .. }) => {
                let place = |step: usize| order.iter().position(|other| usize::from(*other) == step);
                let early = |step: &usize| place(*step) < place(step - 1);
                (1..steps.len()).filter(early).filter_map(|step| steps.get(step)?.misconception).collect()
            }
            (Self::Diagram(targets), Reply::Diagram { targets: picked, .. }) => picked
                .iter()
                .filter_map(|picked| targets.get(usize::from(*picked))?.choice.misconception)
                .collect(),
            _ => Vec::new(),
        };
        held.sort_unstable();
        held.dedup();
        held
    }
}

/// How many wrong choices were picked and right ones left out. `None` if a picked choice doesn't exist.
fn errors<'a>(choices: impl ExactSizeIterator<Item = &'a Choice>, picked: &[u8]) -> Option<usize> {
    if picked.iter().any(|picked| usize::from(*picked) >= choices.len()) {
        return None;
    }
    let is_picked = |at: usize| picked.iter().any(|picked| usize::from(*picked) == at);
    Some(choices.enumerate().filter(|(at, choice)| is_picked(*at) != choice.is_key()).count())
}

/// How many pairs of `n` steps are in the wrong order. This is also how many swaps of neighbours sort them (Knuth 1998,
/// "Sorting and Searching", §5.1.1). `None` unless each step occurs once.
pub fn inversions(order: &[u8], n: usize) -> Option<usize> {
    let there = |step: usize| order.iter().filter(|other| usize::from(**other) == step).count() == 1;
    if order.len() != n || !(0..n).all(there) {
        return None;
    }
    let after = |at: usize, step: u8| order.iter().skip(at).filter(|later| **later < step).count();
    Some(order.iter().enumerate().map(|(at, step)| after(at, *step)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{content::reply::Sure, sample};
    use proptest::prelude::*;

    const SURE: Sure = Sure::Sure;

    fn multi(options: &[u8]) -> Reply {
        Reply::Multi { options: options.to_vec(), sure: SURE }
    }

    fn order(order: &[u8]) -> Reply {
        Reply::Ordering { order: order.to_vec(), sure: SURE }
    }

    #[test]
    fn only_the_key_is_right() {
        let task = Task::Single(sample::choices(&[0], 4));
        let single = |option| Reply::Single { option, sure: SURE };
        let scores: Vec<_> = (0..5).map(|option| task.score(&single(option))).collect();
        assert_eq!(scores, [Some(1), Some(0), Some(0), Some(0), None]);
        assert_eq!(task.misconceptions(&single(0)), [0; 0]);
        assert_eq!(task.misconceptions(&single(2)), [2]);
    }

    #[test]
    fn with_several_keys_one_error_gets_half() {
        let task = Task::Multi(sample::choices(&[0, 2], 5));
        for (picked, expected) in [
            (&[0, 2][..], Some(2)),
            (&[2, 0, 0], Some(2)),
            (&[0], Some(1)),
            (&[0, 2, 4], Some(1)),
            (&[0, 1], Some(0)),
            (&[0, 1, 2, 3, 4], Some(0)),
            (&[], Some(0)),
            (&[5], None),
        ] {
            assert_eq!(task.score(&multi(picked)), expected, "{picked:?}");
        }
        assert_eq!(task.misconceptions(&multi(&[4, 0, 1])), [1, 4]);
    }

    #[test]
    fn the_best_alone_gets_half_and_the_worst_alone_nothing() {
        let task = Task::Judgement { reactions: sample::choices(&[1], 4), worst: 3 };
        let named = |best, worst| task.score(&Reply::Judgement { best, worst, sure: SURE });
        assert_eq!(
            (named(1, 3), named(1, 0), named(0, 3), named(3, 1)),
            (Some(2), Some(1), Some(0), Some(0))
        );
        assert_eq!((named(4, 0), named(1, 4)), (None, None));
        assert_eq!(task.misconceptions(&Reply::Judgement { best: 3, worst: 1, sure: SURE }), [3]);
    }

    #[test]
    fn a_number_is_right_within_its_tolerance() {
        let slip = Slip { value: 20.0, why: String::new(), misconception: 7 };
        let task = Task::Numeric(Quantity {
            unit: "%".into(),
            value: 18.2,
            tolerance: 0.2,
            why: String::new(),
            slips: vec![slip],
        });
        let given = |value| Reply::Numeric { value, sure: SURE };
        for (value, expected) in [(18.2, 1), (18.4, 1), (18.0, 1), (18.41, 0), (20.0, 0), (-18.2, 0)] {
            assert_eq!(task.score(&given(value)), Some(expected), "{value}");
        }
        assert_eq!(task.score(&given(f64::NAN)), None);
        assert_eq!((task.misconceptions(&given(20.1)), task.misconceptions(&given(19.0))), (vec![7], vec![]));
    }

    #[test]
    fn with_partial_credit_one_swap_gets_half() {
        let steps = sample::choices(&[], 4);
        let exact = Task::Ordering { steps: steps.clone(), partial: false };
        let partial = Task::Ordering { steps, partial: true };
        for (given, all, half) in [
            (&[0, 1, 2, 3][..], Some(1), Some(2)),
            (&[0, 2, 1, 3], Some(0), Some(1)),
            (&[1, 0, 3, 2], Some(0), Some(0)),
            (&[3, 2, 1, 0], Some(0), Some(0)),
            (&[0, 1, 2], None, None),
            (&[0, 1, 2, 2], None, None),
            (&[0, 1, 2, 9], None, None),
        ] {
            assert_eq!((exact.score(&order(given)), partial.score(&order(given))), (all, half), "{given:?}");
        }
        // Step 2 came before step 1, step 3 did not come before step 2.
        assert_eq!(partial.misconceptions(&order(&[0, 2, 1, 3])), [2]);
    }

    #[test]
    fn a_diagram_needs_exactly_its_keys() {
        let target = |choice| Target { choice, label: String::new(), spot: Spot::default() };
        let task = Task::Diagram(sample::choices(&[1, 4], 6).into_iter().map(target).collect());
        let pointed = |at: &[u8]| Reply::Diagram { targets: at.to_vec(), sure: SURE };
        assert_eq!(task.score(&pointed(&[4, 1])), Some(1));
        assert_eq!(task.score(&pointed(&[1])), Some(0));
        assert_eq!(task.score(&pointed(&[1, 4, 5])), Some(0));
        assert_eq!(task.score(&pointed(&[6])), None);
        assert_eq!(task.misconceptions(&pointed(&[1, 5, 0])), [0, 5]);
    }

    #[test]
    fn a_reply_to_another_kind_has_no_score() {
        let task = Task::Single(sample::choices(&[0], 4));
        assert_eq!((task.score(&multi(&[0])), task.score(&Reply::DontKnow)), (None, Some(0)));
    }

    proptest! {
        #[test]
        fn inversions_count_the_swaps_of_neighbours_that_sort(order in Just((0_u8..7).collect::<Vec<_>>()).prop_shuffle()) {
            let (mut sorted, mut swaps) = (order.clone(), 0);
            for _ in 0..sorted.len() {
                for at in 1..sorted.len() {
                    if sorted[at - 1] > sorted[at] {
                        sorted.swap(at - 1, at);
                        swaps += 1;
                    }
                }
            }
            prop_assert_eq!(inversions(&order, order.len()), Some(swaps));
        }

        #[test]
        fn any_reply_can_be_scored(picked in proptest::collection::vec(any::<u8>(), 0..9), value: f64) {
            let target = |choice| Target { choice, label: String::new(), spot: Spot::default() };
            let choices = || sample::choices(&[0, 1], 5);
            let quantity = Quantity { unit: String::new(), value: 1.0, tolerance: 0.0, why: String::new(), slips: vec![] };
            let tasks = [
                Task::Single(choices()),
                Task::Multi(choices()),
                Task::Judgement { reactions: choices(), worst: 4 },
                Task::Numeric(quantity),
                Task::Ordering { steps: choices(), partial: true },
                Task::Diagram(choices().into_iter().map(target).collect()),
            ];
            let first = picked.first().copied().unwrap_or(9);
            let replies = [
                Reply::Single { option: first, sure: SURE },
                multi(&picked),
                Reply::Judgement { best: first, worst: first, sure: SURE },
                Reply::Numeric { value, sure: SURE },
                order(&picked),
                Reply::Diagram { targets: picked.clone(), sure: SURE },
            ];
            for task in &tasks {
                for reply in &replies {
                    prop_assert!(task.score(reply).is_none_or(|score| score <= task.kind().top()));
                    let held = task.misconceptions(reply);
                    prop_assert!(held.iter().all(|at| *at < 5));
                    prop_assert!(task.score(reply).is_some() || held.is_empty());
                }
            }
        }
    }
}
