//! What a session says about its reader. The pages put it into words; no figure is made there.

use super::{
    bank::{Catalog, Shards, Step},
    form::{Form, belief},
    measure::Estimate,
    session::{Mark, Session, Waiting},
    stage::{Check, position, reached},
};

/// A stage takes at least this many answers,
pub const ENOUGH_ANSWERS: usize = 15;
/// in at least this many skills.
pub const ENOUGH_SKILLS: usize = 10;
/// For so many of the weakest skills the report gives steps,
const WEAKEST: usize = 3;
/// at most so many.
const STEPS: usize = 4;

/// A session's result.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What all answers say together, as if they measured one ability.
    pub overall: Estimate,
    /// Answers that count: those whose item the bank still has.
    pub answered: usize,
    /// How many of them were right.
    pub right: usize,
    /// Each skill, in the catalog's order.
    pub skills: Vec<SkillReport>,
    /// Where that puts the reader.
    pub standing: Standing,
    /// The profile against each stage, in the catalog's order.
    pub checks: Vec<Check>,
    /// The needle of the arc (see [`position`]) and the two ends of its wedge: the same with every
    /// skill moved by the overall 80% band.
    pub needle: [f64; 3],
    /// What is below the next stage's requirement, what weighs most first. Empty where one answer a
    /// skill says too little.
    pub gaps: Vec<Gap>,
    /// The skills to work on first, by position in the catalog.
    pub weakest: Vec<usize>,
    /// The steps of the path that build them, by position in the catalog.
    pub steps: Vec<usize>,
}

/// One skill's result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SkillReport {
    /// What its answers say; the prior where there are none.
    pub estimate: Estimate,
    /// Its answers.
    pub answered: usize,
    /// How many of them were right.
    pub right: usize,
}

/// The stage, as far as the answers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A stage takes that many more answers, and answers in that many more skills.
    NotEnough {
        /// Answers that are missing.
        answers: usize,
        /// Skills that are missing.
        skills: usize,
    },
    /// Between two adjacent stages: a quick check says no more.
    Between(usize, usize),
    /// At one stage.
    At(usize),
}

/// A skill below what the next stage requires.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Position in the catalog.
    pub skill: usize,
    /// The reader's score.
    pub score: f64,
    /// The next stage's requirement, 0 to 100.
    pub required: u8,
}

impl Report {
    /// Derives the report of a session.
    ///
    /// # Errors
    /// [`Waiting`] names the shards that have not arrived.
    pub fn new(catalog: &Catalog, shards: &Shards, session: &Session) -> Result<Self, Waiting> {
        let marks: Vec<Mark> = session.marks(catalog, shards)?.into_iter().flatten().collect();
        let overall = belief(&marks).estimate();
        let skills: Vec<SkillReport> =
            (0..catalog.skills.len()).map(|skill| SkillReport::new(&of_skill(&marks, skill))).collect();
        // One answer a skill measures no skill: the quick check's profile is its overall score.
        let profile: Vec<f64> = match session.form {
            Form::Quick => vec![overall.score(); skills.len()],
            Form::Full | Form::Skill { .. } => skills.iter().map(|s| s.estimate.score()).collect(),
        };
        let moved = |by: f64| -> Vec<f64> { profile.iter().map(|s| (s + by).clamp(0.0, 100.0)).collect() };
        let needle =
            [0.0, -overall.margin(), overall.margin()].map(|by| position(&catalog.stages, &moved(by)));
        let standing = standing(catalog, &session.form, &marks, &skills, &profile);
        let gaps = match standing {
            Standing::At(stage) => gaps(catalog, stage + 1, &profile),
            Standing::NotEnough { .. } | Standing::Between(..) => Vec::new(),
        };
        let weakest = weakest(&session.form, catalog, &skills, &gaps);
        Ok(Self {
            overall,
            answered: marks.len(),
            right: marks.iter().filter(|mark| mark.right).count(),
            standing,
            checks: catalog.stages.iter().map(|stage| Check::new(stage, &profile)).collect(),
            needle,
            gaps,
            steps: steps(catalog, &weakest),
            weakest,
            skills,
        })
    }
}

impl SkillReport {
    fn new(marks: &[Mark]) -> Self {
        Self {
            estimate: belief(marks).estimate(),
            answered: marks.len(),
            right: marks.iter().filter(|mark| mark.right).count(),
        }
    }
}

fn of_skill(marks: &[Mark], skill: usize) -> Vec<Mark> {
    marks.iter().filter(|mark| mark.skill == skill).copied().collect()
}

fn standing(
    catalog: &Catalog,
    form: &Form,
    marks: &[Mark],
    skills: &[SkillReport],
    profile: &[f64],
) -> Standing {
    let covered = skills.iter().filter(|skill| skill.answered > 0).count();
    let answers = ENOUGH_ANSWERS.saturating_sub(marks.len());
    let more_skills = ENOUGH_SKILLS.saturating_sub(covered);
    if answers > 0 || more_skills > 0 {
        return Standing::NotEnough { answers, skills: more_skills };
    }
    let at = reached(&catalog.stages, profile);
    match form {
        Form::Quick
            if at + 1 < catalog.stages_by_scores()
                && (at == 0 || position(&catalog.stages, profile).fract() >= 0.5) =>
        {
            Standing::Between(at, at + 1)
        }
        Form::Quick if at > 0 => Standing::Between(at - 1, at),
        _ => Standing::At(at),
    }
}

fn gaps(catalog: &Catalog, next: usize, profile: &[f64]) -> Vec<Gap> {
    let Some(stage) = catalog.stages.get(next) else {
        return Vec::new();
    };
    let gap = |skill: usize| {
        let (&score, &required) = (profile.get(skill)?, stage.required.get(skill)?);
        Some(Gap { skill, score, required })
    };
    let weighted = |gap: Gap| {
        let weight = f64::from(stage.weights.get(gap.skill).copied().unwrap_or(0));
        (weight * (f64::from(gap.required) - gap.score), gap.skill)
    };
    let below = (0..profile.len()).filter_map(gap).map(weighted).filter(|(below, _)| *below > 0.0).collect();
    largest_first(below).into_iter().filter_map(gap).collect()
}

/// The skills with the gaps that weigh most; without gaps the lowest scores among those asked about.
fn weakest(form: &Form, catalog: &Catalog, skills: &[SkillReport], gaps: &[Gap]) -> Vec<usize> {
    if let Form::Skill { skill, .. } = form {
        return catalog.skill(skill).map(|(at, _)| at).into_iter().collect();
    }
    let mut weakest: Vec<usize> = if gaps.is_empty() {
        let missed = skills.iter().enumerate().filter(|(_, skill)| skill.right < skill.answered);
        largest_first(missed.map(|(at, skill)| (-skill.estimate.theta, at)).collect())
    } else {
        gaps.iter().map(|gap| gap.skill).collect()
    };
    weakest.truncate(WEAKEST);
    weakest
}

/// The steps that build most of these skills, in the path's order.
fn steps(catalog: &Catalog, skills: &[usize]) -> Vec<usize> {
    let built = |step: &Step| step.skills.iter().filter(|skill| skills.contains(skill)).count();
    let building = catalog.steps.iter().map(built).enumerate().filter(|(_, built)| *built > 0);
    let mut chosen = largest_first(building.map(|(step, built)| (built as f64, step)).collect());
    chosen.truncate(STEPS);
    (0..catalog.steps.len()).filter(|step| chosen.contains(step)).collect()
}

/// Positions by their figures, the largest first; equal ones stay in order.
fn largest_first(mut rows: Vec<(f64, usize)>) -> Vec<usize> {
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    rows.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{form::next, sample};

    /// The report on a form taken to its end, right wherever `right` says so of a skill and level.
    fn report(form: Form, right: impl Fn(usize, u8) -> bool) -> Report {
        let (catalog, shards) = sample::bank(15);
        let mut session = Session::new(form, 3, 0);
        while let Some((skill, entry)) = next(&catalog, &session, &session.marks(&catalog, &shards).unwrap())
        {
            let option = u8::from(!right(skill, entry.level));
            session.answer(sample::answer(&entry.id.0, option));
        }
        Report::new(&catalog, &shards, &session).unwrap()
    }

    #[test]
    fn a_full_assessment_says_everything() {
        let report = report(Form::Full, |skill, level| skill > 2 && level <= 4);
        assert_eq!(report.answered, 60);
        assert!(matches!(report.standing, Standing::At(1 | 2)), "{:?}", report.standing);
        assert!(report.skills[0].estimate.theta < report.skills[9].estimate.theta);
        let mut weakest = report.weakest.clone();
        weakest.sort_unstable();
        assert_eq!(weakest, [0, 1, 2], "the skills that were all wrong");
        assert_eq!(report.steps, [0, 1, 2], "one step builds each of them");
        let below = |gap: Gap| f64::from(gap.required) - gap.score;
        assert!(report.gaps.windows(2).all(|w| below(w[0]) >= below(w[1])));
        let [at, low, high] = report.needle;
        assert!(low < at && at < high);
    }

    #[test]
    fn a_quick_check_names_two_adjacent_stages_and_no_gap() {
        // Right up to which level, and what follows.
        for (up_to, expected) in
            [(0, Standing::Between(0, 1)), (2, Standing::Between(1, 2)), (5, Standing::Between(2, 3))]
        {
            let report = report(Form::Quick, |_, level| level <= up_to);
            assert_eq!(report.standing, expected);
            assert!(report.gaps.is_empty());
        }
    }

    #[test]
    fn one_skill_is_not_enough_for_a_stage() {
        let (catalog, _) = sample::bank(15);
        let report = report(Form::on_skill(&catalog.skills[4]), |_, _| true);
        assert_eq!(report.standing, Standing::NotEnough { answers: 10, skills: 9 });
        assert_eq!(report.weakest, [4]);
        assert_eq!((report.skills[4].answered, report.skills[4].right), (5, 5));
        assert_eq!(report.skills[3].answered, 0);
    }

    #[test]
    fn an_empty_session_has_the_prior_and_no_advice() {
        let (catalog, shards) = sample::bank(15);
        let report = Report::new(&catalog, &shards, &Session::new(Form::Full, 1, 0)).unwrap();
        assert_eq!((report.answered, report.right), (0, 0));
        assert!(report.overall.theta.abs() < 1e-9);
        assert_eq!(report.standing, Standing::NotEnough { answers: 15, skills: 10 });
        assert!(report.steps.is_empty());
    }
}
