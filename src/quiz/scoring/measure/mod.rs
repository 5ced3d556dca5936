//! Estimates of skills with their errors: a higher-order factor model, computed on grids.
//!
//! `θ_k = λ_k g + √(1 − λ_k²) u_k`, with `g` and `u_k` standard normal (de la Torre & Song 2009, "Simultaneous
//! estimation of overall and domain abilities", eq. 1 and 2). Through g, answers on one skill say something about the
//! others. Given g the skills are independent, so the posterior factorises, and an answer changes only the factor of
//! its own skill. All values are logarithms.

use std::sync::Arc;

use crate::quiz::{
    content::bank::Catalog,
    random::Random,
    scoring::model::{Model, log_sum_exp},
};

/// Points of a skill's grid: θ from −6 to 6 by 0.1.
const POINTS: usize = 121;
/// Points of the general factor's grid: g from −6 to 6 by 0.2.
const GENERAL_POINTS: usize = 61;
/// Both grids end at plus and minus this value, in logits.
const REACH: f64 = 6.0;
/// Values of g that are less probable than this don't change the first twelve digits of any figure.
const NEGLIGIBLE: f64 = 1e-16;
/// Half the width of an 80% interval, in standard errors: the 90% quantile of the standard normal distribution.
pub const Z_80: f64 = 1.28;
/// Score points per logit.
const POINTS_PER_LOGIT: f64 = 20.0;
/// The score at θ = 0.
const MIDDLE: f64 = 50.0;

fn theta(at: usize) -> f64 {
    at as f64 / 10.0 - REACH
}

fn general(at: usize) -> f64 {
    at as f64 / 5.0 - REACH
}

/// An ability on the score scale, 50 + 20 θ, not limited to 0 to 100.
pub fn on_scale(theta: f64) -> f64 {
    MIDDLE + POINTS_PER_LOGIT * theta
}

/// p(θ | g) on the grids for one loading λ: the discretized normal with mean λg and variance 1 − λ².
#[derive(Debug, PartialEq)]
struct Conditional {
    loading: f64,
    /// 1 / (2 (1 − λ²)).
    half_precision: f64,
    /// The logarithm of the sum of the densities at each g.
    log_total: Vec<f64>,
}

impl Conditional {
    fn new(loading: f64) -> Self {
        let half_precision = 0.5 / (1.0 - loading * loading);
        let unscaled = Self { loading, half_precision, log_total: vec![0.0; GENERAL_POINTS] };
        let total = |g: usize| log_sum_exp(&(0..POINTS).map(|t| unscaled.log(g, t)).collect::<Vec<_>>());
        let log_total: Vec<f64> = (0..GENERAL_POINTS).map(total).collect();
        Self { log_total, ..unscaled }
    }

    /// ln p(θ = grid point `t` | g = grid point `g`).
    fn log(&self, g: usize, t: usize) -> f64 {
        let off = theta(t) - self.loading * general(g);
        -off * off * self.half_precision - self.log_total.get(g).copied().unwrap_or(0.0)
    }
}

/// The likelihood of the answers on one skill.
#[derive(Clone, Debug)]
struct Skill {
    conditional: Arc<Conditional>,
    /// ln L(θ), up to a constant.
    log_likelihood: Vec<f64>,
    /// `ln A(g) = ln Σ_θ p(θ | g) L(θ)`.
    log_marginal: Vec<f64>,
}

impl Skill {
    fn log_joint(&self, g: usize) -> Vec<f64> {
        let log = |(t, likelihood): (usize, &f64)| likelihood + self.conditional.log(g, t);
        self.log_likelihood.iter().enumerate().map(log).collect()
    }

    /// p(θ | g, answers) on the skill's grid; sums to 1.
    fn given(&self, g: usize) -> Vec<f64> {
        let total = self.log_marginal.get(g).copied().unwrap_or(0.0);
        self.log_joint(g).iter().map(|log| (log - total).exp()).collect()
    }
}

/// An answer as input of the measurement.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// The skill.
    pub skill: usize,
    /// The response model of its item.
    pub model: Model,
    /// Its score, from 0 to the model's maximum.
    pub score: usize,
    /// Its weight: 1, or less for an old answer. The log-likelihood is multiplied by it.
    pub weight: f64,
}

/// The posterior of all skills of a reader.
#[derive(Clone, Debug)]
pub struct Posterior {
    skills: Vec<Skill>,
    /// The answers so far, in order.
    observed: Vec<Observed>,
}

impl Posterior {
    /// The belief before any answer, with the skills and loadings of the catalog.
    pub fn before(catalog: &Catalog) -> Self {
        Self::new(catalog.skills.iter().map(|skill| f64::from(skill.loading) / 100.0))
    }

    /// The belief before any answer, for skills with these loadings λ, each from 0 to below 1. A skill with loading 0
    /// is independent of the others.
    pub fn new(loadings: impl IntoIterator<Item = f64>) -> Self {
        let mut skills: Vec<Skill> = Vec::new();
        for loading in loadings {
            let same = skills.iter().find(|skill| skill.conditional.loading.to_bits() == loading.to_bits());
            let conditional = match same {
                Some(skill) => Arc::clone(&skill.conditional),
                None => Arc::new(Conditional::new(loading)),
            };
            skills.push(Skill {
                conditional,
                log_likelihood: vec![0.0; POINTS],
                log_marginal: vec![0.0; GENERAL_POINTS],
            });
        }
        Self { skills, observed: Vec::new() }
    }

    /// Turns this into the belief after exactly these answers. If it already includes the first of them, only the
    /// skills of the others are updated.
    pub fn follow(&mut self, observed: &[Observed]) {
        if !observed.starts_with(&self.observed) {
            *self = Self::new(self.skills.iter().map(|skill| skill.conditional.loading));
        }
        let further = observed.get(self.observed.len()..).unwrap_or_default();
        for (at, skill) in self.skills.iter_mut().enumerate() {
            let mut changed = false;
            for answer in further.iter().filter(|answer| answer.skill == at) {
                changed = true;
                for (t, log) in skill.log_likelihood.iter_mut().enumerate() {
                    *log += answer.weight * answer.model.log_probability(answer.score, theta(t));
                }
            }
            if changed {
                skill.log_marginal = (0..GENERAL_POINTS).map(|g| log_sum_exp(&skill.log_joint(g))).collect();
            }
        }
        self.observed.extend_from_slice(further);
    }

    /// p(g | answers) on the general grid; sums to 1.
    fn general(&self) -> Vec<f64> {
        let mut density: Vec<f64> = (0..GENERAL_POINTS).map(|g| -general(g) * general(g) / 2.0).collect();
        for skill in &self.skills {
            for (log, marginal) in density.iter_mut().zip(&skill.log_marginal) {
                *log += marginal;
            }
        }
        let total = log_sum_exp(&density);
        density.iter().map(|log| (log - total).exp()).collect()
    }

    /// The belief about one skill; `None` if it doesn't exist.
    pub fn skill(&self, at: usize) -> Option<Belief> {
        let skill = self.skills.get(at)?;
        let mut density = vec![0.0; POINTS];
        for (g, p) in self.general().into_iter().enumerate().filter(|(_, p)| *p > NEGLIGIBLE) {
            for (sum, given) in density.iter_mut().zip(skill.given(g)) {
                *sum += p * given;
            }
        }
        Some(Belief(density))
    }

    /// Everything that a report needs, with `count` profiles drawn from the joint posterior: first g, then each skill
    /// given g. In one pass, because the densities given g are the expensive part.
    pub fn survey(&self, random: &mut Random, count: usize) -> Survey {
        let n = self.skills.len();
        let general = self.general();
        let sums = cumulative(&general);
        // Drawn in advance and profile by profile, so that a slightly different posterior gives slightly different
        // profiles.
        let mut of_general: Vec<Vec<usize>> = vec![Vec::new(); GENERAL_POINTS];
        let mut uniforms = Vec::with_capacity(count * n);
        for profile in 0..count {
            if let Some(profiles) = of_general.get_mut(drawn(&sums, random.unit())) {
                profiles.push(profile);
            }
            uniforms.extend((0..n).map(|_| random.unit()));
        }

        let mut scores = uniforms;
        let mut densities = vec![vec![0.0; POINTS]; n];
        let (mut mean, mut square, mut within) = (0.0, 0.0, 0.0);
        for ((g, p), profiles) in general.into_iter().enumerate().zip(&of_general) {
            if p <= NEGLIGIBLE && profiles.is_empty() {
                continue;
            }
            let (mut sum, mut variance) = (0.0, 0.0);
            for (at, (skill, density)) in self.skills.iter().zip(&mut densities).enumerate() {
                let given = skill.given(g);
                for (density, given) in density.iter_mut().zip(&given) {
                    *density += p * given;
                }
                let sums = cumulative(&given);
                for profile in profiles {
                    if let Some(score) = scores.get_mut(profile * n + at) {
                        *score = on_scale(theta(drawn(&sums, *score)));
                    }
                }
                let estimate = Belief(given).estimate();
                sum += estimate.theta;
                variance += estimate.error * estimate.error;
            }
            // The law of total variance; the skills are independent given g.
            let skills = n.max(1) as f64;
            mean += p * sum / skills;
            square += p * (sum / skills) * (sum / skills);
            within += p * variance / (skills * skills);
        }
        Survey {
            skills: densities.into_iter().map(Belief).collect(),
            overall: Estimate { theta: mean, error: (within + square - mean * mean).max(0.0).sqrt() },
            draws: Draws { skills: n, scores },
        }
    }
}

/// The parts of a posterior that a report needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// The belief about each skill.
    pub skills: Vec<Belief>,
    /// The mean of all skills, with its posterior mean and standard deviation.
    pub overall: Estimate,
    /// Profiles drawn from the joint posterior.
    pub draws: Draws,
}

fn cumulative(density: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let add = |p: &f64| {
        sum += p;
        sum
    };
    density.iter().map(add).collect()
}

/// The index that a number from 0 to below 1 falls on.
fn drawn(cumulative: &[f64], uniform: f64) -> usize {
    let uniform = uniform * cumulative.last().copied().unwrap_or(0.0);
    cumulative.partition_point(|sum| *sum <= uniform).min(cumulative.len().saturating_sub(1))
}

/// Profiles drawn from a posterior: possible values of all skills together.
#[derive(Clone, Debug, PartialEq)]
pub struct Draws {
    skills: usize,
    scores: Vec<f64>,
}

impl Draws {
    /// The profiles: one value per skill, on the score scale but not limited to 0 to 100.
    pub fn profiles(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        self.scores.chunks_exact(self.skills.max(1))
    }
}

/// The belief about one skill: a probability for each point of its grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Belief(Vec<f64>);

impl Belief {
    /// Posterior mean and standard deviation (EAP; Bock & Mislevy 1982, eq. 1 and 2).
    pub fn estimate(&self) -> Estimate {
        let points = || self.0.iter().enumerate().map(|(t, p)| (theta(t), p));
        let mean: f64 = points().map(|(theta, p)| p * theta).sum();
        let variance: f64 = points().map(|(theta, p)| p * (theta - mean) * (theta - mean)).sum();
        Estimate { theta: mean, error: variance.sqrt() }
    }

    /// The expected information of an answer to such an item: Fisher information averaged over this belief (van der
    /// Linden 1998, "Bayesian item selection criteria", §3).
    pub fn expected_information(&self, model: &Model) -> f64 {
        self.0.iter().enumerate().map(|(t, p)| p * model.information(theta(t))).sum()
    }

    /// The probability that the score is below this one. A grid point represents an interval, so a point at the score
    /// itself counts half.
    pub fn below(&self, score: f64) -> f64 {
        let share = |(t, p): (usize, &f64)| match on_scale(theta(t)) - score {
            off if off < -1e-9 => *p,
            off if off > 1e-9 => 0.0,
            _ => p / 2.0,
        };
        self.0.iter().enumerate().map(share).sum()
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
    /// The score: 50 + 20 θ, from 0 to 100.
    pub fn score(self) -> f64 {
        on_scale(self.theta).clamp(0.0, 100.0)
    }

    /// Half the width of the 80% interval, in score points.
    pub fn margin(self) -> f64 {
        Z_80 * POINTS_PER_LOGIT * self.error
    }

    /// The ends of the 80% interval, each from 0 to 100.
    pub fn band(self) -> (f64, f64) {
        let end = |sign: f64| (on_scale(self.theta) + sign * self.margin()).clamp(0.0, 100.0);
        (end(-1.0), end(1.0))
    }
}

#[cfg(test)]
mod tests;
