//! The result of a session. Pages only put it into words; they compute no figures.

use std::collections::BTreeSet;

use crate::quiz::{
    content::{
        bank::{Catalog, Shards, SkillIndex, StageIndex, Step},
        reply::Sure,
        statement::Statement,
    },
    order::{by_largest, gathered, largest_first},
    random::Random,
    scoring::{
        advice::{Raise, raises},
        confidence::Calibration,
        evidence::Evidence,
        measure::{Belief, Estimate, Survey},
        stage::{Chances, Check, Standing},
    },
    taking::{
        form::Form,
        session::{MissingShards, Session},
    },
};

/// The fewest answers for which a stage is named.
pub const ENOUGH_ANSWERS: usize = 15;
/// The fewest skills with answers for which a stage is named.
pub const ENOUGH_SKILLS: usize = 10;
/// The stage rule is applied to this many profiles drawn from the posterior.
pub const DRAWS: usize = 1000;
/// With this probability of being below its requirement a skill is a gap, and of being above it, a strength.
pub const CLEARLY: f64 = 0.8;
/// The report suggests steps for this many of the weakest skills.
const WEAKEST: usize = 3;
/// The most steps that the report suggests.
const STEPS: usize = 4;

/// A session's result.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The form of the session.
    pub form: Form,
    /// The mean of all skills, or the one skill of a one-skill form.
    pub overall: Estimate,
    /// The session's answers whose items the bank still has.
    pub answered: usize,
    /// How many of them were completely right.
    pub right: usize,
    /// How many of them are not scored, because their items were seen recently.
    pub repeated: usize,
    /// How many answers from earlier sessions also count. Older ones weigh less.
    pub earlier: usize,
    /// Each skill, in the catalog's order.
    pub skills: Vec<SkillReport>,
    /// How probable each stage is.
    pub chances: Chances,
    /// The reader's stage.
    pub standing: Standing,
    /// The mean profile compared with each stage, in the catalog's order.
    pub checks: Vec<Check>,
    /// The stage after the label, if there is one.
    pub next: Option<StageIndex>,
    /// What would change the label to the next stage; `None` if that isn't reported, or nothing does.
    pub raises: Option<Vec<Raise>>,
    /// The skills to work on first.
    pub weakest: Vec<SkillIndex>,
    /// The steps of the path that build them.
    pub steps: Vec<usize>,
    /// The subtopics of missed items.
    pub missed: Vec<Topic>,
    /// The misconceptions that answers suggest, the most confident ones first.
    pub held: Vec<HeldMisconception>,
    /// How well confidence matches accuracy, if at least 20 answers have a confidence.
    pub calibration: Option<Calibration>,
}

/// One skill's result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SkillReport {
    /// The estimate from everything that counts.
    pub estimate: Estimate,
    /// The session's own answers, scored or not.
    pub answered: usize,
    /// How many of them were completely right.
    pub right: usize,
    /// The probability that it is below the next stage's requirement; `None` without a next stage.
    pub below_next: Option<f64>,
}

/// A subtopic of a skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Topic {
    /// The skill.
    pub skill: SkillIndex,
    /// Its index in the skill's list.
    pub subtopic: usize,
}

/// A misconception that an answer suggests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldMisconception {
    /// The skill.
    pub skill: usize,
    /// Its index in the skill's shard.
    pub misconception: usize,
    /// The number of the question in the session, from 1.
    pub question: usize,
    /// How sure the reader was.
    pub sure: Sure,
}

impl SkillReport {
    /// Whether it is clearly below the next stage's requirement.
    pub fn is_gap(&self) -> bool {
        self.below_next.is_some_and(|p| p >= CLEARLY)
    }

    /// Whether it is clearly above the next stage's requirement.
    pub fn is_strength(&self) -> bool {
        self.below_next.is_some_and(|p| p <= 1.0 - CLEARLY + 1e-9)
    }
}

impl Report {
    /// Derives the report of a session. `others` may include the session itself.
    ///
    /// # Errors
    /// [`MissingShards`], if shards are not loaded yet.
    pub fn new<'a>(
        catalog: &Catalog,
        shards: &Shards,
        others: impl IntoIterator<Item = &'a Session>,
        session: &'a Session,
        statement: Statement,
    ) -> Result<Self, MissingShards> {
        let evidence = Evidence::new(catalog, shards, others, session)?;
        let report = Self::on(catalog, &evidence, &session.form, session.seed, statement);
        Ok(Self { missed: missed(catalog, shards, session), held: held(catalog, shards, session), ..report })
    }

    /// The report on the scores alone, without missed topics and misconceptions.
    pub fn on(catalog: &Catalog, evidence: &Evidence, form: &Form, seed: u32, statement: Statement) -> Self {
        let posterior = evidence.posterior(catalog);
        let Survey { skills: beliefs, overall, draws } =
            posterior.survey(&mut Random::new(seed, "draws"), DRAWS);
        let within_reach = catalog.within_reach(statement);
        let chances = Chances::new(&catalog.stages, within_reach, &draws);
        let label = chances.label();
        let next = Some(label + 1).filter(|next| *next < catalog.stages.len());
        let skills: Vec<SkillReport> = beliefs
            .iter()
            .enumerate()
            .map(|(skill, belief)| SkillReport::new(catalog, belief, evidence, skill, next))
            .collect();
        let estimates: Vec<Estimate> = skills.iter().map(|skill| skill.estimate).collect();
        let standing = standing(form, evidence, &chances);
        let is_full = names_stage(form, standing) && form.measures_skills();
        let raises = next
            .filter(|next| is_full && *next < within_reach)
            .and_then(|next| raises(catalog.stages.get(..within_reach)?, &draws, &estimates, next));
        let profile: Vec<f64> = estimates.iter().map(|estimate| estimate.score()).collect();
        let mut report = Self {
            form: form.clone(),
            overall: match form {
                Form::Skill { skill, .. } => {
                    catalog.skill(skill).and_then(|(at, _)| estimates.get(at).copied()).unwrap_or(overall)
                }
                Form::Quick | Form::Full | Form::Short => overall,
            },
            answered: evidence.own.len(),
            right: evidence.own.iter().filter(|mark| mark.is_right()).count(),
            repeated: evidence.repeated,
            earlier: evidence.earlier,
            standing,
            checks: catalog.stages.iter().map(|stage| Check::new(stage, &profile)).collect(),
            next,
            raises,
            weakest: Vec::new(),
            steps: Vec::new(),
            missed: Vec::new(),
            held: Vec::new(),
            calibration: Calibration::new(&evidence.counted),
            skills,
            chances,
        };
        report.weakest = report.weakest(catalog, form);
        report.steps = steps(catalog, &report.weakest);
        report
    }

    /// The skills to work on: those that would change the label, then the gaps. Without either, the lowest ones among
    /// those with a wrong answer.
    fn weakest(&self, catalog: &Catalog, form: &Form) -> Vec<usize> {
        if let Form::Skill { skill, .. } = form {
            return catalog.skill(skill).map(|(at, _)| at).into_iter().collect();
        }
        let raises = self.raises.iter().flatten().map(|raise| (raise.to - raise.from, raise.skill));
        let mut weakest = largest_first(raises.collect());
        if form.measures_skills() {
            weakest.extend(
                self.gaps(catalog).into_iter().filter(|gap| !weakest.contains(gap)).collect::<Vec<_>>(),
            );
        }
        // One answer per skill can't rank skills.
        if weakest.is_empty() && form.measures_skills() {
            let missed = self.skills.iter().enumerate().filter(|(_, skill)| skill.right < skill.answered);
            weakest = largest_first(missed.map(|(at, skill)| (-skill.estimate.theta, at)).collect());
        }
        weakest.truncate(WEAKEST);
        weakest
    }

    /// Whether it names a stage: the form covers all skills, and there are enough answers.
    pub fn names_stage(&self) -> bool {
        names_stage(&self.form, self.standing)
    }

    /// Whether it has everything: a stage, and each skill's score.
    pub fn is_full(&self) -> bool {
        self.names_stage() && self.form.measures_skills()
    }

    /// The skills clearly below the next stage's requirement, those that weigh most first.
    pub fn gaps(&self, catalog: &Catalog) -> Vec<usize> {
        let next = self.next.and_then(|next| catalog.stages.get(next));
        let weighted = |(at, skill): (usize, &SkillReport)| {
            let (&required, &weight) = (next?.required.get(at)?, next?.weights.get(at)?);
            let below = f64::from(required) - skill.estimate.score();
            skill.is_gap().then_some((f64::from(weight) * below, at))
        };
        largest_first(self.skills.iter().enumerate().filter_map(weighted).collect())
    }

    /// The skills clearly above the next stage's requirement, the most certain first.
    pub fn strengths(&self) -> Vec<usize> {
        let surest = |(at, skill): (usize, &SkillReport)| {
            skill.is_strength().then_some((-skill.below_next.unwrap_or(1.0), at))
        };
        largest_first(self.skills.iter().enumerate().filter_map(surest).collect())
    }
}

impl SkillReport {
    fn new(catalog: &Catalog, belief: &Belief, evidence: &Evidence, at: usize, next: Option<usize>) -> Self {
        let own = || evidence.own.iter().filter(|mark| mark.skill == at);
        let required = next.and_then(|next| catalog.stages.get(next)?.required.get(at).copied());
        Self {
            estimate: belief.estimate(),
            answered: own().count(),
            right: own().filter(|mark| mark.is_right()).count(),
            below_next: required.map(|required| belief.below(f64::from(required))),
        }
    }
}

fn names_stage(form: &Form, standing: Standing) -> bool {
    form.covers_all_skills() && !matches!(standing, Standing::NotEnough { .. })
}

fn standing(form: &Form, evidence: &Evidence, chances: &Chances) -> Standing {
    let recent = || evidence.counted.iter().filter(|counted| counted.is_recent());
    let covered: BTreeSet<usize> = gathered(recent().map(|counted| counted.mark.skill));
    let answers = ENOUGH_ANSWERS.saturating_sub(recent().count());
    let skills = ENOUGH_SKILLS.saturating_sub(covered.len());
    match form {
        _ if answers > 0 || skills > 0 => Standing::NotEnough { answers, skills },
        Form::Quick => chances.quick_standing(),
        Form::Full | Form::Short | Form::Skill { .. } => chances.standing(),
    }
}

/// The steps that build most of these skills, in the order of the path.
fn steps(catalog: &Catalog, skills: &[usize]) -> Vec<usize> {
    let built = |step: &Step| step.skills.iter().filter(|skill| skills.contains(skill)).count();
    let building = catalog.steps.iter().map(built).enumerate().filter(|(_, built)| *built > 0);
    let mut chosen = largest_first(building.map(|(step, built)| (built as f64, step)).collect());
    chosen.truncate(STEPS);
    (0..catalog.steps.len()).filter(|step| chosen.contains(step)).collect()
}

fn missed(catalog: &Catalog, shards: &Shards, session: &Session) -> Vec<Topic> {
    let missed = session.answers.iter().filter_map(|answer| {
        let (skill, entry) = catalog.entry(&answer.item)?;
        let score = shards.item(skill, &answer.item)?.task.score(&answer.reply)?;
        (score < entry.kind.top()).then_some(Topic { skill, subtopic: entry.subtopic })
    });
    missed.collect()
}

fn held(catalog: &Catalog, shards: &Shards, session: &Session) -> Vec<HeldMisconception> {
    let held = |(at, answer): (usize, &crate::quiz::taking::session::Answer)| {
        let (skill, _) = catalog.entry(&answer.item)?;
        let (misconceptions, sure) =
            (shards.item(skill, &answer.item)?.task.misconceptions(&answer.reply), answer.reply.sure()?);
        let held = move |misconception| HeldMisconception { skill, misconception, question: at + 1, sure };
        Some(misconceptions.into_iter().map(held))
    };
    let all = session.answers.iter().enumerate().filter_map(held).flatten().collect();
    by_largest(all, |held: &HeldMisconception| held.sure.probability())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{
        content::{
            reply::Reply,
            statement::{Scope, Years},
        },
        sample,
        scoring::evidence::seen,
        scoring::measure::Posterior,
        taking::{selection::next, session::Answer},
    };

    /// Takes a form to its end. `right` decides by skill and level which answers are right.
    fn taken(form: Form, right: impl Fn(usize, u8) -> bool) -> Session {
        let (catalog, shards) = sample::bank(15);
        let mut session = Session::new(form, 3, 0);
        let mut posterior = Posterior::before(&catalog);
        loop {
            let evidence = Evidence::new(&catalog, &shards, [], &session).unwrap();
            posterior.follow(&evidence.observed());
            let Some((skill, entry)) = next(&catalog, &session, &seen([], &session), Some(&posterior)) else {
                return session;
            };
            session.answer(sample::answer(&entry.id.0, u8::from(!right(skill, entry.level))));
        }
    }

    fn report_of(session: &Session, statement: Statement) -> Report {
        let (catalog, shards) = sample::bank(15);
        Report::new(&catalog, &shards, [session], session, statement).unwrap()
    }

    fn report(form: Form, right: impl Fn(usize, u8) -> bool) -> Report {
        report_of(&taken(form, right), Statement::default())
    }

    #[test]
    fn a_full_assessment_reports_everything() {
        let (catalog, _) = sample::bank(15);
        let report = report(Form::Full, |skill, level| skill > 2 && level <= 4);
        assert_eq!((report.answered, report.repeated, report.earlier), (60, 0, 0));
        assert!(report.skills[0].estimate.theta < report.skills[9].estimate.theta);
        let next = report.next.unwrap();
        assert_eq!(next, report.chances.label() + 1);
        let gaps = report.gaps(&catalog);
        let mut first = gaps[..3].to_vec();
        first.sort_unstable();
        assert_eq!(first, [0, 1, 2], "the skills that were all wrong");
        let required = f64::from(catalog.stages[next].required[0]);
        assert!(gaps.iter().all(|&skill| report.skills[skill].estimate.score() < required));
        assert!(report.strengths().iter().all(|&skill| report.skills[skill].estimate.score() > required));
        assert!(report.strengths().iter().all(|skill| !gaps.contains(skill)));
        assert!(!report.raises.as_ref().unwrap().is_empty());
        let raised = |skill: usize| report.raises.as_ref().unwrap().iter().any(|raise| raise.skill == skill);
        assert!(report.weakest.iter().all(|&skill| raised(skill) || gaps.contains(&skill)));
        assert_eq!(report.steps.len(), report.weakest.len(), "one step builds each of them");
        assert_eq!(report.held.len(), report.answered - report.right);
        let calibration = report.calibration.unwrap();
        assert_eq!((calibration.answers, calibration.buttons[0].right), (60, report.right));
    }

    #[test]
    fn a_quick_check_names_a_clear_stage_or_two_adjacent_ones_and_no_rise() {
        for (up_to, expected) in [
            (0, Standing::At { stage: 0, likely: true }),
            (2, Standing::Between(1, 2)),
            (5, Standing::Between(2, 3)),
        ] {
            let report = report(Form::Quick, |_, level| level <= up_to);
            assert_eq!(report.standing, expected, "{:?}", report.chances);
            assert_eq!((report.raises, report.calibration), (None, None));
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
        assert_eq!(report.overall, report.skills[4].estimate);
        assert_eq!(report.raises, None);
    }

    #[test]
    fn an_empty_session_has_the_prior_and_no_advice() {
        let report = report_of(&Session::new(Form::Full, 1, 0), Statement::default());
        assert_eq!((report.answered, report.right), (0, 0));
        assert!(report.overall.theta.abs() < 1e-9);
        assert_eq!(report.standing, Standing::NotEnough { answers: 15, skills: 10 });
        assert!(report.steps.is_empty() && report.missed.is_empty() && report.raises.is_none());
    }

    #[test]
    fn a_statement_opens_the_last_stage_and_changes_no_score() {
        let session = taken(Form::Full, |_, _| true);
        let stated = Statement { years: Some(Years::Ten), scope: Some(Scope::Organization), people: None };
        let (without, with) = (report_of(&session, Statement::default()), report_of(&session, stated));
        assert_eq!(
            without.skills,
            with.skills
                .iter()
                .zip(&without.skills)
                .map(|(with, without)| { SkillReport { below_next: without.below_next, ..*with } })
                .collect::<Vec<_>>()
        );
        assert_eq!(without.overall, with.overall);
        assert!(without.chances.of(4).abs() < 1e-12 && with.chances.of(4) > 0.5, "{:?}", with.chances);
        assert_eq!((without.next, with.next), (Some(4), None));
        assert_eq!(without.raises, None, "no score opens it");
    }

    #[test]
    fn earlier_sessions_count_but_no_item_is_scored_twice() {
        let (catalog, shards) = sample::bank(15);
        let mut quick = taken(Form::Quick, |_, level| level <= 3);
        quick.finished = true;
        let mut later = Session::new(Form::Full, 9, 1000);
        let repeated = quick.answers[0].item.clone();
        later.answer(Answer { at: 2000, item: repeated, reply: Reply::DontKnow, took: 0 });
        let report = Report::new(&catalog, &shards, [&quick, &later], &later, Statement::default()).unwrap();
        assert_eq!((report.answered, report.repeated, report.earlier), (1, 1, 15));
        assert!(matches!(report.standing, Standing::Between(..) | Standing::At { .. }));
        let alone = Report::new(&catalog, &shards, [&quick], &quick, Statement::default()).unwrap();
        assert!(
            (report.overall.theta - alone.overall.theta).abs() < 1e-4,
            "the same answers, a second older"
        );
    }

    #[test]
    fn the_label_rises_with_every_skill() {
        // More right answers on one skill never lower the label.
        let of = |skill: usize, up_to: u8| {
            let (catalog, _) = sample::bank(15);
            let mut session = Session::new(Form::Full, 3, 0);
            for (at, _) in catalog.skills.iter().enumerate() {
                for level in 1..=4 {
                    let right = level <= if at == skill { up_to } else { 2 };
                    session.answer(sample::answer(&format!("s{at}-{level}"), u8::from(!right)));
                }
            }
            report_of(&session, Statement::default()).chances
        };
        for skill in 0..15 {
            let chances: Vec<Chances> = (0..=4).map(|up_to| of(skill, up_to)).collect();
            assert!(chances.windows(2).all(|w| w[0].label() <= w[1].label()));
            assert!(chances.windows(2).all(|w| w[0].needle <= w[1].needle + 0.15));
        }
    }
}
