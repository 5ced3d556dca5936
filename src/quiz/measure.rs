//! How answers become an estimate with its error: item response theory on a grid.
//!
//! Every difficulty is an expert's assignment (`b = level − 3`), none was measured: the bank is
//! uncalibrated, and the pages say so.

use serde::{Deserialize, Serialize};

/// Half of the grid's width in logits: θ runs from −6 to 6.
const REACH: i32 = 60;
/// Grid points per logit.
const PER_LOGIT: f64 = 10.0;
/// The standard normal's 90% point: half the width of an 80% band in standard errors.
const Z_80: f64 = 1.28;
/// Score points per logit.
const POINTS_PER_LOGIT: f64 = 20.0;

/// How an answer's score depends on ability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// Right or wrong, with a fixed chance of guessing right (Birnbaum 1968, ch. 17, three-parameter
    /// logistic model) for a question with that many options.
    Guess(u8),
}

impl Model {
    /// The chance of a right answer without knowledge: 0.16 to 0.27, a little below one in the number of
    /// options, because good wrong options attract.
    pub fn guessing(self) -> f64 {
        match self {
            Self::Guess(options) if options <= 3 => 0.27,
            Self::Guess(4) => 0.20,
            Self::Guess(_) => 0.16,
        }
    }

    /// The probability of a right answer at ability `theta` to an item of `level`:
    /// P = c + (1 − c) / (1 + e^−(θ − b)).
    pub fn probability(self, level: u8, theta: f64) -> f64 {
        let guessing = self.guessing();
        guessing + (1.0 - guessing) * logistic(theta - difficulty(level))
    }

    /// How much an answer tells about ability at `theta`: Fisher information
    /// (Lord 1980, Applications of Item Response Theory, eq. 5-9).
    pub fn information(self, level: u8, theta: f64) -> f64 {
        let guessing = self.guessing();
        let p = self.probability(level, theta);
        let above_guessing = (p - guessing) / (1.0 - guessing);
        (1.0 - p) / p * above_guessing * above_guessing
    }
}

/// The difficulty `b` in logits that a level stands for: −2 to 2.
pub fn difficulty(level: u8) -> f64 {
    f64::from(level) - 3.0
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// An ability's grid points in logits.
fn grid() -> impl Iterator<Item = f64> {
    (-REACH..=REACH).map(|step| f64::from(step) / PER_LOGIT)
}

/// What is believed of one ability: log density on a grid, up to a constant.
#[derive(Clone, Debug)]
pub struct Posterior {
    log: Vec<f64>,
}

impl Default for Posterior {
    /// The belief before any answer: standard normal.
    fn default() -> Self {
        Self { log: grid().map(|theta| -theta * theta / 2.0).collect() }
    }
}

impl Posterior {
    /// Takes in one answer.
    pub fn observe(&mut self, model: Model, level: u8, right: bool) {
        for (log, theta) in self.log.iter_mut().zip(grid()) {
            let p = model.probability(level, theta);
            *log += if right { p.ln() } else { (1.0 - p).ln() };
        }
    }

    /// Each grid point with its probability; they add up to 1.
    fn density(&self) -> impl Iterator<Item = (f64, f64)> {
        // The largest term becomes e⁰, so the sum is at least 1 and nothing over- or underflows to NaN.
        let top = self.log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = self.log.iter().map(|log| (log - top).exp()).sum();
        grid().zip(&self.log).map(move |(theta, log)| (theta, (log - top).exp() / total))
    }

    /// Posterior mean and standard deviation (EAP; Bock & Mislevy 1982, eq. 1 and 2).
    pub fn estimate(&self) -> Estimate {
        let theta: f64 = self.density().map(|(t, p)| t * p).sum();
        let variance: f64 = self.density().map(|(t, p)| (t - theta).powi(2) * p).sum();
        Estimate { theta, error: variance.sqrt() }
    }

    /// How much an answer to such an item is expected to tell: Fisher information averaged over this
    /// belief (van der Linden 1998, "Bayesian item selection criteria", §3).
    pub fn expected_information(&self, model: Model, level: u8) -> f64 {
        self.density().map(|(theta, p)| p * model.information(level, theta)).sum()
    }
}

/// An ability with its standard error, in logits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Posterior mean, −6 to 6.
    pub theta: f64,
    /// Posterior standard deviation, above 0.
    pub error: f64,
}

impl Estimate {
    /// The ability on the scale that is shown: 50 + 20 θ, 0 to 100.
    pub fn score(self) -> f64 {
        (50.0 + POINTS_PER_LOGIT * self.theta).clamp(0.0, 100.0)
    }

    /// Half the width of the 80% band, in score points.
    pub fn margin(self) -> f64 {
        Z_80 * POINTS_PER_LOGIT * self.error
    }

    /// The ends of the 80% band, each 0 to 100.
    pub fn band(self) -> (f64, f64) {
        let end = |sign: f64| (50.0 + POINTS_PER_LOGIT * self.theta + sign * self.margin()).clamp(0.0, 100.0);
        (end(-1.0), end(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn after(answers: &[(u8, u8, bool)]) -> Estimate {
        let mut posterior = Posterior::default();
        for &(options, level, right) in answers {
            posterior.observe(Model::Guess(options), level, right);
        }
        posterior.estimate()
    }

    #[test]
    fn agrees_with_the_published_vector() {
        // a = 1, c = 0.2, b = −2, −1, 0, 1, 2, answers 1 1 1 0 0, prior N(0, 1). The digits are those of
        // a separate program on grids of step 0.01, 0.1 and 0.2, which agree to nine places.
        let answers = [true, true, true, false, false];
        let estimate = after(&(1..=5).zip(answers).map(|(l, x)| (4, l, x)).collect::<Vec<_>>());
        assert!((estimate.theta - 0.117_378).abs() < 5e-7, "{estimate:?}");
        assert!((estimate.error - 0.796_064).abs() < 5e-7, "{estimate:?}");
    }

    #[test]
    fn nothing_answered_is_the_prior() {
        let prior = Posterior::default().estimate();
        assert!(prior.theta.abs() < 1e-12);
        assert!((prior.error - 1.0).abs() < 1e-6);
        assert!((prior.margin() - 25.6).abs() < 1e-4);
    }

    #[test]
    fn the_grid_reaches_from_minus_six_to_six() {
        assert_eq!(grid().count(), 121);
        assert_eq!(grid().next(), Some(-6.0));
        assert_eq!(grid().last(), Some(6.0));
    }

    #[test]
    fn information_is_the_squared_slope_over_the_variance() {
        // Lord 1980, eq. 5-1: I = P′² / (P (1 − P)), with the slope taken numerically.
        for options in 3..=5 {
            for theta in grid().filter(|t| t.abs() < 4.0) {
                let model = Model::Guess(options);
                let h = 1e-5;
                let slope = (model.probability(2, theta + h) - model.probability(2, theta - h)) / (2.0 * h);
                let p = model.probability(2, theta);
                let expected = slope * slope / (p * (1.0 - p));
                assert!((model.information(2, theta) - expected).abs() < 1e-7);
            }
        }
    }

    #[test]
    fn a_strong_reader_is_best_asked_something_hard() {
        let mut posterior = Posterior::default();
        for _ in 0..8 {
            posterior.observe(Model::Guess(4), 5, true);
        }
        let best = (1..=5_u8).max_by(|&a, &b| {
            let of = |level| posterior.expected_information(Model::Guess(4), level);
            of(a).total_cmp(&of(b))
        });
        assert_eq!(best, Some(5));
    }

    fn answers() -> impl Strategy<Value = Vec<(u8, u8, bool)>> {
        prop::collection::vec((3_u8..=5, 1_u8..=5, any::<bool>()), 0..200)
    }

    proptest! {
        #[test]
        fn order_does_not_matter(mut list in answers()) {
            let forwards = after(&list);
            list.reverse();
            let backwards = after(&list);
            prop_assert!((forwards.theta - backwards.theta).abs() < 1e-9);
            prop_assert!((forwards.error - backwards.error).abs() < 1e-9);
        }

        #[test]
        fn a_right_answer_raises_and_a_wrong_one_lowers(list in answers(), options in 3_u8..=5, level in 1_u8..=5) {
            let now = after(&list).theta;
            let with = |right| {
                let mut list = list.clone();
                list.push((options, level, right));
                after(&list).theta
            };
            prop_assert!(with(true) >= now - 1e-9);
            prop_assert!(with(false) <= now + 1e-9);
        }

        #[test]
        fn figures_stay_finite_and_in_range(list in answers()) {
            let estimate = after(&list);
            prop_assert!(estimate.theta.abs() <= 6.0);
            prop_assert!(estimate.error > 0.0 && estimate.error < 2.0);
            let (low, high) = estimate.band();
            prop_assert!((0.0..=100.0).contains(&low) && low <= estimate.score() && estimate.score() <= high);
        }
    }
}
