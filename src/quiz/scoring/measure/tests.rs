use crate::quiz::{content::kind::ItemKind, scoring::measure::*};
use proptest::prelude::*;

/// A right-or-wrong answer with a = 1 and c = 0.2.
fn answer(skill: usize, b: f64, right: bool) -> Observed {
    let model = Model::Guessing { a: 1.0, b, c: 0.2 };
    Observed { skill, model, score: usize::from(right), weight: 1.0 }
}

fn after(loadings: &[f64], observed: &[Observed]) -> Posterior {
    let mut posterior = Posterior::new(loadings.iter().copied());
    posterior.follow(observed);
    posterior
}

fn estimate(posterior: &Posterior, skill: usize) -> Estimate {
    posterior.skill(skill).unwrap().estimate()
}

fn overall(posterior: &Posterior) -> Estimate {
    posterior.survey(&mut Random::new(1, "draws"), 0).overall
}

fn assert_close(estimate: Estimate, theta: f64, error: f64) {
    assert!((estimate.theta - theta).abs() < 5e-7, "{estimate:?}, expected {theta}");
    assert!((estimate.error - error).abs() < 5e-7, "{estimate:?}, expected {error}");
}

fn first_vector(skill: usize) -> Vec<Observed> {
    let answers = [(-2.0, true), (-1.0, true), (0.0, true), (1.0, false), (2.0, false)];
    answers.map(|(b, right)| answer(skill, b, right)).to_vec()
}

#[test]
fn agrees_with_the_vectors() {
    // b = −2, −1, 0, 1, 2, answered 1 1 1 0 0; a second skill with b = −1, 0, 1, all right; a third without answers. A
    // separate program computed the expected digits.
    assert_close(estimate(&after(&[0.0], &first_vector(0)), 0), 0.117_378, 0.796_064);
    assert_close(estimate(&after(&[0.75], &first_vector(0)), 0), 0.117_378, 0.796_064);

    let mut observed = first_vector(0);
    observed.extend([-1.0, 0.0, 1.0].map(|b| answer(1, b, true)));
    let posterior = after(&[0.75; 3], &observed);
    assert_close(estimate(&posterior, 0), 0.365_054, 0.771_941);
    assert_close(estimate(&posterior, 1), 0.684_015, 0.851_689);
    assert_close(estimate(&posterior, 2), 0.377_665, 0.916_961);
}

/// The estimates of two skills by integrating over both at once: a bivariate normal prior with the correlation λ₁ λ₂
/// that the general factor implies, on a square grid with step 0.05.
fn brute_force(loadings: [f64; 2], observed: &[Observed]) -> [Estimate; 2] {
    let correlation = loadings[0] * loadings[1];
    let grid: Vec<f64> = (-120..=120).map(|step| f64::from(step) / 20.0).collect();
    let likelihood = |skill: usize, theta: f64| -> f64 {
        let of_skill = observed.iter().filter(|answer| answer.skill == skill);
        of_skill.map(|a| a.weight * a.model.log_probability(a.score, theta)).sum()
    };
    let likelihoods = [0, 1].map(|skill| grid.iter().map(|t| likelihood(skill, *t)).collect::<Vec<_>>());
    let mut sums = [0.0; 5];
    for (x, at_x) in grid.iter().zip(&likelihoods[0]) {
        for (y, at_y) in grid.iter().zip(&likelihoods[1]) {
            let prior =
                -(x * x - 2.0 * correlation * x * y + y * y) / (2.0 * (1.0 - correlation * correlation));
            let p = (prior + at_x + at_y).exp();
            for (sum, term) in sums.iter_mut().zip([1.0, *x, x * x, *y, y * y]) {
                *sum += p * term;
            }
        }
    }
    let estimate = |mean: f64, square: f64| Estimate { theta: mean, error: (square - mean * mean).sqrt() };
    let [total, x, xx, y, yy] = sums;
    [estimate(x / total, xx / total), estimate(y / total, yy / total)]
}

#[test]
fn agrees_with_integrating_over_two_skills_at_once() {
    let partial =
        |skill, level, score| Observed { skill, model: ItemKind::Multi.model(level), score, weight: 0.6 };
    let mut observed = first_vector(0);
    observed.extend([answer(1, 1.0, true), partial(1, 4, 2), partial(1, 2, 1), partial(0, 3, 0)]);
    for loadings in [[0.75, 0.55], [0.95, 0.75], [0.0, 0.75], [0.3, 0.9]] {
        let posterior = after(&loadings, &observed);
        for (skill, expected) in brute_force(loadings, &observed).into_iter().enumerate() {
            let found = estimate(&posterior, skill);
            assert!((found.theta - expected.theta).abs() < 1e-6, "{loadings:?}: {found:?} {expected:?}");
            assert!((found.error - expected.error).abs() < 1e-6, "{loadings:?}: {found:?} {expected:?}");
        }
    }
}

#[test]
fn without_answers_the_posterior_is_the_prior() {
    let prior = after(&[0.75, 0.0, 0.95], &[]);
    for skill in 0..3 {
        let estimate = estimate(&prior, skill);
        assert!(estimate.theta.abs() < 1e-12);
        assert!((estimate.error - 1.0).abs() < 1e-6, "{estimate:?}");
        assert!((estimate.margin() - 25.6).abs() < 1e-4);
        assert!((prior.skill(skill).unwrap().below(50.0) - 0.5).abs() < 1e-9);
        // The standard normal at −0.25, between two points, and at −0.2, a point.
        assert!((prior.skill(skill).unwrap().below(45.0) - 0.4013).abs() < 2e-3);
        assert!((prior.skill(skill).unwrap().below(46.0) - 0.4207).abs() < 2e-3);
    }
    assert!(prior.skill(3).is_none());
}

#[test]
fn the_overall_score_is_the_mean_of_the_skills() {
    // Before any answer: the variance of a mean of normals with correlation λᵢ λⱼ.
    let prior = overall(&after(&[0.75, 0.75, 0.55], &[]));
    let expected = (3.0 + 2.0 * (0.75 * 0.75 + 2.0 * 0.75 * 0.55)) / 9.0;
    assert!(prior.theta.abs() < 1e-12 && (prior.error * prior.error - expected).abs() < 1e-5, "{prior:?}");

    let posterior = after(&[0.75; 3], &first_vector(1));
    let mean = (0..3).map(|skill| estimate(&posterior, skill).theta).sum::<f64>() / 3.0;
    assert!((overall(&posterior).theta - mean).abs() < 1e-12);
}

#[test]
fn an_unrelated_skill_learns_nothing() {
    let posterior = after(&[0.0, 0.75], &first_vector(0));
    assert_close(estimate(&posterior, 1), 0.0, estimate(&after(&[0.75], &[]), 0).error);
}

#[test]
fn draws_follow_the_posterior() {
    let mut observed = first_vector(0);
    observed.extend([-1.0, 0.0, 1.0].map(|b| answer(1, b, true)));
    let posterior = after(&[0.75; 3], &observed);
    let survey = posterior.survey(&mut Random::new(1, "draws"), 20_000);
    let draws = &survey.draws;
    assert_eq!(survey.skills[2], posterior.skill(2).unwrap());
    assert_eq!(draws.profiles().len(), 20_000);
    let mean = |of: &dyn Fn(&[f64]) -> f64| draws.profiles().map(of).sum::<f64>() / 20_000.0;
    for skill in 0..3 {
        let expected = estimate(&posterior, skill);
        let found = mean(&|profile| profile[skill]);
        // Four standard errors of a mean of 20,000.
        assert!((found - on_scale(expected.theta)).abs() < 4.0 * 20.0 * expected.error / 141.0);
    }
    let overall = survey.overall;
    let square = mean(&|profile| (profile.iter().sum::<f64>() / 3.0 - on_scale(overall.theta)).powi(2));
    assert!((square.sqrt() / 20.0 - overall.error).abs() < 0.02, "the skills vary together");
    assert_eq!(survey, posterior.survey(&mut Random::new(1, "draws"), 20_000));
}

#[test]
fn following_updates_only_changed_skills_and_equals_starting_again() {
    let mut observed = first_vector(0);
    observed.extend(first_vector(1));
    let mut posterior = Posterior::new([0.75; 2]);
    for upto in 0..=observed.len() {
        let untouched = posterior.skills[0].log_marginal.clone();
        posterior.follow(&observed[..upto]);
        assert_eq!(posterior.skill(0), after(&[0.75; 2], &observed[..upto]).skill(0));
        assert!(upto <= 5 || posterior.skills[0].log_marginal == untouched);
    }
    // Different answers than before: it starts again.
    posterior.follow(&observed[5..]);
    assert_eq!(posterior.skill(0), after(&[0.75; 2], &observed[5..]).skill(0));
}

#[test]
fn a_surprise_widens_the_band_a_little() {
    // So not every answer narrows the band: here, eight wrong answers to easy questions, then a right one to a hard
    // question.
    let mut observed: Vec<Observed> = vec![answer(0, -2.0, false); 8];
    let before = estimate(&after(&[0.75], &observed), 0);
    observed.push(answer(0, 2.0, true));
    let surprised = estimate(&after(&[0.75], &observed), 0);
    assert!(
        surprised.error > before.error && surprised.error < before.error * 1.1,
        "{before:?} {surprised:?}"
    );
}

#[test]
fn extremes_stay_finite() {
    for loading in [0.0, 0.55, 0.75, 0.95, 0.99] {
        for right in [false, true] {
            for b in [-30.0, -2.0, 2.0, 30.0] {
                // 200 answers one way on one skill, 200 the other way on another.
                let mut observed = vec![answer(0, b, right); 200];
                observed.extend(vec![answer(1, -b, !right); 200]);
                let posterior = after(&[loading; 3], &observed);
                for figure in (0..3).map(|skill| estimate(&posterior, skill)).chain([overall(&posterior)]) {
                    assert!(
                        figure.theta.is_finite() && figure.theta.abs() <= 6.0,
                        "{loading} {b} {figure:?}"
                    );
                    assert!(figure.error.is_finite() && figure.error >= 0.0, "{loading} {b} {figure:?}");
                }
                assert_eq!(posterior.survey(&mut Random::new(3, "x"), 10).draws.profiles().len(), 10);
            }
        }
    }
}

const SKILLS: usize = 4;
const LOADINGS: [f64; SKILLS] = [0.75, 0.75, 0.55, 0.0];
const KINDS: [ItemKind; 5] =
    [ItemKind::Single(3), ItemKind::Single(4), ItemKind::Numeric, ItemKind::Multi, ItemKind::Judgement];

fn observed() -> impl Strategy<Value = Observed> {
    (0..SKILLS, 0..KINDS.len(), 1_u8..=5, 0_usize..=2, 0.01_f64..=1.0).prop_map(
        |(skill, kind, level, score, weight)| {
            let model = KINDS[kind].model(level);
            Observed { skill, score: score.min(model.top()), model, weight }
        },
    )
}

fn with(list: &[Observed], further: &Observed, score: usize) -> Posterior {
    let mut list = list.to_vec();
    list.push(Observed { score, ..further.clone() });
    after(&LOADINGS, &list)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn order_does_not_matter(mut list in prop::collection::vec(observed(), 0..60)) {
        let forwards = after(&LOADINGS, &list);
        list.reverse();
        let backwards = after(&LOADINGS, &list);
        for skill in 0..SKILLS {
            let (a, b) = (estimate(&forwards, skill), estimate(&backwards, skill));
            prop_assert!((a.theta - b.theta).abs() < 1e-9 && (a.error - b.error).abs() < 1e-9);
        }
    }

    #[test]
    fn a_better_answer_never_lowers_any_score(
        list in prop::collection::vec(observed(), 0..60), further in observed()
    ) {
        let of = |score: usize| with(&list, &further, score);
        for score in 0..further.model.top() {
            let (worse, better) = (of(score), of(score + 1));
            for skill in 0..SKILLS {
                prop_assert!(estimate(&better, skill).theta >= estimate(&worse, skill).theta - 1e-9);
            }
            prop_assert!(overall(&better).theta >= overall(&worse).theta - 1e-9);
        }
        // Right is above unanswered, which is above wrong.
        let now = overall(&after(&LOADINGS, &list)).theta;
        prop_assert!(overall(&of(further.model.top())).theta >= now - 1e-9);
        prop_assert!(overall(&of(0)).theta <= now + 1e-9);
    }

    #[test]
    fn an_answer_is_not_expected_to_widen_any_band(
        list in prop::collection::vec(observed(), 0..40), further in observed()
    ) {
        // A single surprising answer can widen it. Over all possible answers, each with its probability, the variance
        // only falls (law of total variance). Weighted likelihoods are not probabilities, so this answer has full
        // weight.
        let further = Observed { weight: 1.0, ..further };
        let now = after(&LOADINGS, &list);
        let belief = now.skill(further.skill).unwrap();
        let mut expected = [0.0; SKILLS];
        for score in 0..=further.model.top() {
            let p: f64 = belief.0.iter().enumerate()
                .map(|(t, p)| p * further.model.log_probability(score, theta(t)).exp()).sum();
            let then = with(&list, &further, score);
            for (skill, variance) in expected.iter_mut().enumerate() {
                *variance += p * estimate(&then, skill).error.powi(2);
            }
        }
        for (skill, variance) in expected.iter().enumerate() {
            prop_assert!(*variance <= estimate(&now, skill).error.powi(2) + 1e-9);
        }
    }

    #[test]
    fn figures_stay_finite_and_in_range(list in prop::collection::vec(observed(), 0..200)) {
        let posterior = after(&LOADINGS, &list);
        for skill in 0..SKILLS {
            let belief = posterior.skill(skill).unwrap();
            let estimate = belief.estimate();
            prop_assert!((belief.0.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert!(estimate.theta.abs() <= 6.0 && estimate.error > 0.0 && estimate.error < 2.0);
            let (low, high) = estimate.band();
            prop_assert!((0.0..=100.0).contains(&low) && low <= estimate.score() && estimate.score() <= high);
        }
    }
}
