//! Example replies that show a question in each state: right, partly right, and wrong in each known way.

use crate::quiz::content::{
    reply::{Reply, Sure},
    task::{Choice, Task},
};

/// The confidence of the examples.
const SURE: Sure = Sure::Fairly;

impl Task {
    /// Example replies: the right one first, "I don't know" last.
    pub fn examples(&self) -> Vec<Reply> {
        let mut replies = match self {
            Self::Single(options) => {
                let single = |option| Reply::Single { option, sure: SURE };
                let (keys, wrong) = keys(options.iter());
                keys.into_iter().chain(wrong).map(single).collect()
            }
            Self::Multi(options) => {
                let multi = |options| Reply::Multi { options, sure: SURE };
                subsets(options.iter()).into_iter().map(multi).collect()
            }
            Self::Diagram(targets) => {
                let diagram = |targets| Reply::Diagram { targets, sure: SURE };
                subsets(targets.iter().map(|target| &target.choice)).into_iter().map(diagram).collect()
            }
            Self::Judgement { reactions, worst } => {
                let worst = position(*worst);
                let (best, others) = keys(reactions.iter());
                let best = best.first().copied().unwrap_or_default();
                let between = others.iter().copied().find(|other| *other != worst).unwrap_or(worst);
                [(best, worst), (best, between), (between, worst), (worst, best)]
                    .map(|(best, worst)| Reply::Judgement { best, worst, sure: SURE })
                    .to_vec()
            }
            Self::Numeric(quantity) => {
                let numeric = |value| Reply::Numeric { value, sure: SURE };
                let slips = quantity.slips.iter().map(|slip| slip.value);
                std::iter::once(quantity.value).chain(slips).map(numeric).collect()
            }
            Self::Ordering { steps, .. } => {
                let right: Vec<u8> = (0..steps.len()).map(position).collect();
                let mut swapped = right.clone();
                if steps.len() > 1 {
                    swapped.swap(0, 1);
                }
                let reversed = right.iter().rev().copied().collect();
                [right, swapped, reversed].map(|order| Reply::Ordering { order, sure: SURE }).to_vec()
            }
        };
        replies.push(Reply::DontKnow);
        replies
    }
}

fn position(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(u8::MAX)
}

/// The indices of the right and of the wrong choices.
fn keys<'a>(choices: impl Iterator<Item = &'a Choice>) -> (Vec<u8>, Vec<u8>) {
    let (keys, wrong): (Vec<_>, Vec<_>) = choices.enumerate().partition(|(_, choice)| choice.is_key());
    let positions = |choices: Vec<(usize, &Choice)>| choices.iter().map(|(at, _)| position(*at)).collect();
    (positions(keys), positions(wrong))
}

/// All right choices; the same and a wrong one; only a wrong one; all choices.
fn subsets<'a>(choices: impl Iterator<Item = &'a Choice>) -> Vec<Vec<u8>> {
    let (keys, wrong) = keys(choices);
    let one_wrong: Vec<u8> = wrong.iter().take(1).copied().collect();
    let all = [&keys[..], &wrong].concat();
    vec![keys.clone(), [keys, one_wrong.clone()].concat(), one_wrong, all]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{
        content::task::{Quantity, Slip, Spot, Target},
        sample,
    };

    #[test]
    fn the_first_example_is_right_and_the_others_are_not() {
        let choices = || sample::choices(&[1, 2], 5);
        let target = |choice| Target { choice, label: String::new(), spot: Spot::default() };
        let slip = |value| Slip { value, why: String::new(), misconception: 0 };
        let quantity = Quantity {
            unit: "ms".into(),
            value: 5.0,
            tolerance: 0.5,
            why: String::new(),
            slips: [9.0, 1.0].map(slip).to_vec(),
        };
        let tasks = [
            Task::Single(sample::choices(&[2], 4)),
            Task::Multi(choices()),
            Task::Diagram(choices().into_iter().map(target).collect()),
            Task::Judgement { reactions: sample::choices(&[3], 4), worst: 0 },
            Task::Numeric(quantity),
            Task::Ordering { steps: sample::choices(&[], 4), partial: true },
        ];
        for task in tasks {
            let replies = task.examples();
            let scores: Vec<_> = replies.iter().map(|reply| task.score(reply).unwrap()).collect();
            let top = task.kind().top();
            assert_eq!((scores.first(), scores.last()), (Some(&top), Some(&0)), "{task:?}");
            assert!(scores.iter().skip(1).all(|score| *score < top), "{scores:?} {task:?}");
            assert!(scores.contains(&1), "{scores:?} {task:?}");
        }
    }
}
