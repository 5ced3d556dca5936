//! Forms: how many questions, and which one next. The same seed and answers give the same form.

use serde::{Deserialize, Serialize};

use super::{
    bank::{Catalog, Entry, Skill, SkillId},
    measure::Posterior,
    random::Random,
    session::{Mark, Session},
};

/// Questions a skill in the full assessment.
const FULL_PER_SKILL: usize = 4;
/// Questions in a one-skill form at the most.
const SKILL_AT_MOST: usize = 20;

/// What a reader chose to take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Form {
    /// One question a skill.
    Quick,
    /// Four questions a skill.
    Full,
    /// One skill alone.
    Skill {
        /// Which.
        skill: SkillId,
        /// How many questions it had when it began, since the bank grows.
        questions: u8,
    },
}

impl Form {
    /// The form on that skill, with as many questions as the bank has for it, 20 at the most.
    pub fn on_skill(skill: &Skill) -> Self {
        Self::Skill {
            skill: skill.id.clone(),
            questions: u8::try_from(skill.entries.len().min(SKILL_AT_MOST)).unwrap_or(0),
        }
    }

    /// How many questions it has.
    pub fn length(&self, catalog: &Catalog) -> usize {
        match self {
            Self::Quick => catalog.skills.len(),
            Self::Full => catalog.skills.len() * FULL_PER_SKILL,
            Self::Skill { questions, .. } => usize::from(*questions),
        }
    }

    /// About how long `questions` of its questions take, in minutes, at least 1.
    pub fn minutes(&self, catalog: &Catalog, questions: usize) -> u32 {
        let each = match self {
            Self::Quick | Self::Full => {
                let total: f64 = catalog.skills.iter().map(Skill::seconds).sum();
                total / catalog.skills.len().max(1) as f64
            }
            Self::Skill { skill, .. } => catalog.skill(skill).map_or(0.0, |(_, s)| s.seconds()),
        };
        (each * questions as f64 / 60.0).round().max(1.0) as u32
    }
}

/// Whether the session has nothing left to ask.
pub fn is_finished(catalog: &Catalog, session: &Session) -> bool {
    upcoming(catalog, session).is_none()
}

/// The skill that is next and its items that were not asked yet, at least one; `None` when the session is
/// finished. It depends on the seed only.
fn upcoming<'a>(catalog: &'a Catalog, session: &Session) -> Option<(usize, Vec<&'a Entry>)> {
    let asked = session.answers.len();
    if asked >= session.form.length(catalog) {
        return None;
    }
    let skill = match &session.form {
        Form::Quick | Form::Full => {
            let skills = catalog.skills.len();
            let round = asked.checked_div(skills)?;
            // Each round has an order of its own.
            let order = Random::new(session.seed, &format!("round/{round}")).permutation(skills);
            *order.get(asked % skills)?
        }
        Form::Skill { skill, .. } => catalog.skill(skill)?.0,
    };
    let entries = &catalog.skills.get(skill)?.entries;
    let unseen: Vec<&Entry> = entries.iter().filter(|entry| !session.answered(&entry.id)).collect();
    (!unseen.is_empty()).then_some((skill, unseen))
}

/// The item that the session asks next, with its skill's position; `None` when it is finished.
///
/// `marks` are those of the session's answers. The level is the one whose item tells most about what is
/// believed so far; where nothing is known yet, it is the middle one or next to it.
pub fn next<'a>(
    catalog: &'a Catalog,
    session: &Session,
    marks: &[Option<Mark>],
) -> Option<(usize, &'a Entry)> {
    let (skill, unseen) = upcoming(catalog, session)?;
    // One answer a skill says little about the skill, so a quick check's level follows all answers together.
    let (first, all): (&[u8], bool) = match session.form {
        Form::Quick => (&[3], true),
        Form::Full | Form::Skill { .. } => (&[2, 3], false),
    };
    let known: Vec<&Mark> = marks.iter().flatten().filter(|mark| all || mark.skill == skill).collect();
    let mut fitting: Vec<&Entry> = if known.is_empty() {
        unseen.iter().copied().filter(|entry| first.contains(&entry.level)).collect()
    } else {
        let belief = belief(known);
        let tells = |entry: &Entry| belief.expected_information(entry.model, entry.level);
        let best = unseen.iter().max_by(|a, b| tells(a).total_cmp(&tells(b)))?.level;
        unseen.iter().copied().filter(|entry| entry.level == best).collect()
    };
    if fitting.is_empty() {
        fitting = unseen;
    }
    let drawn = Random::new(session.seed, &format!("item/{}", session.answers.len())).below(fitting.len());
    fitting.get(drawn).map(|entry| (skill, *entry))
}

/// What the marks say about one ability that they are all taken to measure.
pub fn belief<'a>(marks: impl IntoIterator<Item = &'a Mark>) -> Posterior {
    let mut posterior = Posterior::default();
    for mark in marks {
        posterior.observe(mark.model, mark.level, mark.right);
    }
    posterior
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{bank::Shards, sample};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Takes the form to its end, right wherever `right` says so, and returns the session.
    fn take(
        catalog: &Catalog,
        shards: &Shards,
        form: Form,
        seed: u32,
        right: impl Fn(usize) -> bool,
    ) -> Session {
        let mut session = Session::new(form, seed, 0);
        while let Some((_, entry)) = next(catalog, &session, &session.marks(catalog, shards).unwrap()) {
            let option = u8::from(!right(session.answers.len()));
            assert!(session.answer(sample::answer(&entry.id.0, option)), "asked twice: {}", entry.id);
        }
        session
    }

    fn per_skill(catalog: &Catalog, session: &Session) -> BTreeMap<usize, usize> {
        let mut counts = BTreeMap::new();
        for answer in &session.answers {
            *counts.entry(catalog.entry(&answer.item).unwrap().0).or_default() += 1;
        }
        counts
    }

    #[test]
    fn lengths_are_those_promised() {
        let (catalog, shards) = sample::bank(15);
        for (form, length) in [(Form::Quick, 15), (Form::Full, 60), (Form::on_skill(&catalog.skills[3]), 5)] {
            assert_eq!(form.length(&catalog), length);
            assert_eq!(take(&catalog, &shards, form, 5, |n| n % 2 == 0).answers.len(), length);
        }
    }

    #[test]
    fn a_form_ends_when_the_bank_has_nothing_left() {
        let (catalog, shards) = sample::bank(2);
        let form = Form::Skill { skill: SkillId("s1".into()), questions: 200 };
        let mut session = take(&catalog, &shards, form, 5, |_| true);
        assert_eq!(session.answers.len(), 5);
        assert!(is_finished(&catalog, &session));
        session.answers.pop();
        assert!(!is_finished(&catalog, &session));
    }

    #[test]
    fn the_quick_check_begins_in_the_middle_and_follows_the_answers() {
        let (catalog, shards) = sample::bank(15);
        let level_at = |right: bool, n: usize| {
            let session = take(&catalog, &shards, Form::Quick, 11, |_| right);
            catalog.entry(&session.answers[n].item).unwrap().1.level
        };
        assert_eq!((level_at(true, 0), level_at(false, 0)), (3, 3));
        assert_eq!((level_at(true, 14), level_at(false, 14)), (5, 1));
    }

    #[test]
    fn a_full_form_begins_each_skill_at_level_2_or_3() {
        let (catalog, shards) = sample::bank(15);
        let session = take(&catalog, &shards, Form::Full, 4, |_| true);
        let levels: BTreeSet<u8> =
            session.answers[..15].iter().map(|answer| catalog.entry(&answer.item).unwrap().1.level).collect();
        assert_eq!(levels, BTreeSet::from([2, 3]));
    }

    #[test]
    fn a_bank_without_items_asks_nothing() {
        let (mut catalog, _) = sample::bank(2);
        for skill in &mut catalog.skills {
            skill.entries.clear();
        }
        for form in [Form::Quick, Form::Full, Form::Skill { skill: SkillId("s0".into()), questions: 9 }] {
            assert_eq!(next(&catalog, &Session::new(form, 1, 0), &[]), None);
        }
        catalog.skills.clear();
        assert_eq!(next(&catalog, &Session::new(Form::Full, 1, 0), &[]), None);
    }

    proptest! {
        #[test]
        fn the_same_seed_and_answers_give_the_same_form(seed: u32, pattern: u64) {
            let (catalog, shards) = sample::bank(15);
            let right = |n: usize| pattern >> (n % 64) & 1 == 1;
            let once = take(&catalog, &shards, Form::Full, seed, right);
            prop_assert_eq!(&once, &take(&catalog, &shards, Form::Full, seed, right));
            prop_assert!(per_skill(&catalog, &once).values().all(|&n| n == 4));
        }

        #[test]
        fn every_quick_check_asks_each_skill_once(seed: u32, pattern: u64) {
            let (catalog, shards) = sample::bank(15);
            let session = take(&catalog, &shards, Form::Quick, seed, |n| pattern >> n & 1 == 1);
            prop_assert_eq!(per_skill(&catalog, &session), (0..15).map(|skill| (skill, 1)).collect());
        }
    }
}
