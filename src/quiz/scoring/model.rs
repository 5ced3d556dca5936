//! How the score of an answer depends on ability: the response models of item response theory.
//!
//! Every difficulty is assigned by an author (`b = level − 3`). None has been measured, so the bank is uncalibrated,
//! and the pages say so.

use crate::quiz::content::kind::ItemKind;

/// Slope of an item that is right or wrong. It is below the plausible 1.15, to absorb errors of the assigned levels.
const SLOPE: f64 = 1.0;
/// Slope of an item with partial credit.
const PARTIAL_SLOPE: f64 = 0.7;
/// The two steps of such an item are this far below and above its difficulty.
const PARTIAL_STEP: f64 = 0.5;
/// The probability of guessing right without options.
const GUESSING_OPEN: f64 = 0.03;

impl ItemKind {
    /// The response model of an item of this kind at a level from 1 to 5.
    pub fn model(self, level: u8) -> Model {
        let b = difficulty(level);
        let guessing = |c| Model::Guessing { a: SLOPE, b, c };
        match self {
            // A little below one divided by the number of options, because good wrong options attract answers.
            Self::Single(options) if options <= 3 => guessing(0.27),
            Self::Single(4) => guessing(0.20),
            Self::Single(_) => guessing(0.16),
            Self::Numeric | Self::Ordering | Self::Diagram => guessing(GUESSING_OPEN),
            Self::Multi | Self::PartialOrdering | Self::Judgement => {
                Model::Partial { a: PARTIAL_SLOPE, steps: vec![b - PARTIAL_STEP, b + PARTIAL_STEP] }
            }
        }
    }
}

/// The difficulty `b`, in logits, of a level from 1 to 5: −2 to 2.
pub fn difficulty(level: u8) -> f64 {
    f64::from(level) - 3.0
}

/// The probability of each score as a function of ability θ, in logits.
#[derive(Clone, Debug, PartialEq)]
pub enum Model {
    /// Scores 0 and 1 with a fixed probability of guessing right: P(1) = c + (1 − c) / (1 + e^−a(θ − b)). The
    /// three-parameter logistic model (Birnbaum 1968, ch. 17).
    Guessing {
        /// Slope, above 0.
        a: f64,
        /// Difficulty, in logits.
        b: f64,
        /// Probability of a right answer without knowledge, from 0 to below 1.
        c: f64,
    },
    /// Scores from 0 to the number of steps: `P(x) ∝ exp Σ_{v ≤ x} a (θ − b_v)`. The generalized partial credit model
    /// (Muraki 1992, eq. 5).
    Partial {
        /// Slope, above 0.
        a: f64,
        /// The abilities, in logits, at which a score and the next are equally probable.
        steps: Vec<f64>,
    },
}

impl Model {
    /// The highest score.
    pub fn top(&self) -> usize {
        match self {
            Self::Guessing { .. } => 1,
            Self::Partial { steps, .. } => steps.len(),
        }
    }

    /// The logarithm of the probability of score `x` at ability `theta`; finite for every finite ability. A score above
    /// the maximum, which no answer can have, gives 0.
    pub fn log_probability(&self, x: usize, theta: f64) -> f64 {
        match self {
            Self::Guessing { a, b, c } => match (x, a * (theta - b)) {
                (0, z) => (1.0 - c).ln() - log_one_plus_exp(z),
                (1, z) if *c > 0.0 => (c + (1.0 - c) * logistic(z)).ln(),
                (1, z) => -log_one_plus_exp(-z),
                _ => 0.0,
            },
            Self::Partial { a, steps } => {
                let top = exponents(*a, steps, theta).fold(f64::NEG_INFINITY, f64::max);
                let total: f64 = exponents(*a, steps, theta).map(|exponent| (exponent - top).exp()).sum();
                exponents(*a, steps, theta).nth(x).map_or(0.0, |exponent| exponent - top - total.ln())
            }
        }
    }

    /// Fisher information of an answer about ability at `theta`. Right or wrong: Lord 1980, "Applications of Item
    /// Response Theory", eq. 5-9. Partial credit: a² times the variance of the score (Muraki 1993, "Information
    /// functions of the generalized partial credit model", eq. 13).
    pub fn information(&self, theta: f64) -> f64 {
        match self {
            Self::Guessing { a, c, .. } => {
                let p = self.log_probability(1, theta).exp();
                let above_guessing = (p - c) / (1.0 - c);
                if p > 0.0 { a * a * (1.0 - p) / p * above_guessing * above_guessing } else { 0.0 }
            }
            Self::Partial { a, steps } => {
                let top = exponents(*a, steps, theta).fold(f64::NEG_INFINITY, f64::max);
                let (mut total, mut sum, mut squares) = (0.0, 0.0, 0.0);
                for (x, exponent) in exponents(*a, steps, theta).enumerate() {
                    let p = (exponent - top).exp();
                    total += p;
                    sum += p * x as f64;
                    squares += p * (x * x) as f64;
                }
                let mean = sum / total;
                a * a * (squares / total - mean * mean).max(0.0)
            }
        }
    }
}

/// `Σ_{v ≤ x} a (θ − b_v)` for each score x from 0, where the sum is empty. An iterator rather than a list, because the
/// grid needs it very often.
fn exponents(a: f64, steps: &[f64], theta: f64) -> impl Iterator<Item = f64> {
    let sums = steps.iter().scan(0.0, move |sum, step| {
        *sum += a * (theta - step);
        Some(*sum)
    });
    std::iter::once(0.0).chain(sums)
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// ln(1 + eˣ) without overflow.
fn log_one_plus_exp(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// ln Σ eˣ without overflow: the largest term becomes e⁰. The sum of nothing gives −∞.
pub(super) fn log_sum_exp(terms: &[f64]) -> f64 {
    let top = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if top == f64::NEG_INFINITY {
        return top;
    }
    top + terms.iter().map(|term| (term - top).exp()).sum::<f64>().ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KINDS: [ItemKind; 9] = [
        ItemKind::Single(3),
        ItemKind::Single(4),
        ItemKind::Single(5),
        ItemKind::Numeric,
        ItemKind::Ordering,
        ItemKind::Diagram,
        ItemKind::Multi,
        ItemKind::PartialOrdering,
        ItemKind::Judgement,
    ];

    #[test]
    fn each_kind_has_its_probability_of_guessing() {
        let c = |kind: ItemKind| match kind.model(3) {
            Model::Guessing { c, .. } => Some(c),
            Model::Partial { .. } => None,
        };
        let expected =
            [Some(0.27), Some(0.20), Some(0.16), Some(0.03), Some(0.03), Some(0.03), None, None, None];
        assert_eq!(KINDS.map(c), expected);
        assert!(KINDS.iter().all(|kind| kind.model(3).top() == usize::from(kind.top())));
    }

    #[test]
    fn worked_examples() {
        // At θ = b, half of those who don't guess know the answer: P = .2 + .8 / 2.
        let single = ItemKind::Single(4).model(3);
        assert!((single.log_probability(1, 0.0).exp() - 0.6).abs() < 1e-12);
        // At θ = b the partial exponents are 0, a/2 and 0.
        let partial = ItemKind::Multi.model(3);
        let half = 0.35_f64.exp();
        assert!((partial.log_probability(1, 0.0).exp() - half / (2.0 + half)).abs() < 1e-12);
        assert!((partial.log_probability(2, 0.0).exp() - 1.0 / (2.0 + half)).abs() < 1e-12);
        // With one step, partial credit is the model without guessing.
        let (one, none) =
            (Model::Partial { a: 1.3, steps: vec![0.4] }, Model::Guessing { a: 1.3, b: 0.4, c: 0.0 });
        for theta in [-40.0, -3.0, 0.0, 0.4, 9.0] {
            for x in 0..2 {
                assert!((one.log_probability(x, theta) - none.log_probability(x, theta)).abs() < 1e-12);
            }
            assert!((one.information(theta) - none.information(theta)).abs() < 1e-12);
        }
    }

    #[test]
    fn information_is_the_expected_squared_slope_of_the_log_likelihood() {
        // Lord 1980, eq. 5-1, with the slope taken numerically.
        let h = 1e-5;
        for kind in KINDS {
            let model = kind.model(2);
            for step in -40..=40 {
                let theta = f64::from(step) / 10.0;
                let expected: f64 = (0..=model.top())
                    .map(|x| {
                        let log = |theta| model.log_probability(x, theta);
                        let slope = (log(theta + h) - log(theta - h)) / (2.0 * h);
                        log(theta).exp() * slope * slope
                    })
                    .sum();
                assert!((model.information(theta) - expected).abs() < 1e-7, "{kind:?} at {theta}");
            }
        }
    }

    proptest! {
        #[test]
        fn probabilities_add_up_and_stay_finite(
            which in 0_usize..9, level in 1_u8..=5, theta in -1000.0_f64..1000.0
        ) {
            let model = KINDS[which].model(level);
            let logs: Vec<f64> = (0..=model.top()).map(|x| model.log_probability(x, theta)).collect();
            prop_assert!(logs.iter().all(|log| log.is_finite()), "{logs:?}");
            prop_assert!((logs.iter().map(|log| log.exp()).sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert!(model.information(theta) >= 0.0 && model.information(theta).is_finite());
        }
    }
}
