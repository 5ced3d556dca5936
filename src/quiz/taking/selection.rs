//! Which question comes next. The same seed and answers always select the same questions.

use std::collections::BTreeSet;

use crate::quiz::{
    content::bank::{Catalog, ItemEntry, ItemId},
    random::Random,
    scoring::measure::Posterior,
    taking::{
        form::{Form, SKILL_AT_LEAST},
        session::Session,
    },
};

/// A one-skill form ends once the skill's standard error, in logits, is at most this.
const SKILL_ERROR: f64 = 0.48;

/// Whether the session has nothing left to ask.
pub fn is_finished(catalog: &Catalog, session: &Session) -> bool {
    session.finished || upcoming(catalog, session).is_none()
}

/// The next skill with its unasked items, at least one; `None` if nothing is left. The skill depends only on the seed.
fn upcoming<'a>(catalog: &'a Catalog, session: &Session) -> Option<(usize, Vec<&'a ItemEntry>)> {
    let asked = session.answers.len();
    if asked >= session.form.length(catalog) {
        return None;
    }
    let skill = match &session.form {
        Form::Quick | Form::Full | Form::Short => {
            let skills = catalog.skills.len();
            let round = asked.checked_div(skills)?;
            // Each round has its own order.
            let order = Random::new(session.seed, &format!("round/{round}")).permutation(skills);
            *order.get(asked % skills)?
        }
        Form::Skill { skill, .. } => catalog.skill(skill)?.0,
    };
    let entries = &catalog.skills.get(skill)?.entries;
    let unasked: Vec<&ItemEntry> = entries.iter().filter(|entry| !session.answered(&entry.id)).collect();
    (!unasked.is_empty()).then_some((skill, unasked))
}

/// The next item and the index of its skill; `None` if the session is finished.
///
/// `seen` are the items that other sessions showed recently. They are asked only if the skill has no others left.
/// `posterior` is needed for every question except the first. It determines the level: the one with the highest expected
/// information (van der Linden 1998). Within the level the kind alternates if possible, then the subtopics asked least
/// come first, and the rest is random.
pub fn next<'a>(
    catalog: &'a Catalog,
    session: &Session,
    seen: &BTreeSet<ItemId>,
    posterior: Option<&Posterior>,
) -> Option<(usize, &'a ItemEntry)> {
    if session.finished {
        return None;
    }
    let (skill, mut fitting) = upcoming(catalog, session)?;
    prefer(&mut fitting, |entry| !seen.contains(&entry.id));
    if session.answers.is_empty() {
        prefer(&mut fitting, |entry| session.form.first_levels().contains(&entry.level));
    } else {
        let belief = posterior?.skill(skill)?;
        if matches!(session.form, Form::Skill { .. })
            && session.answers.len() >= SKILL_AT_LEAST
            && belief.estimate().error <= SKILL_ERROR
        {
            return None;
        }
        // Items of one kind and level give the same information.
        let mut informative: Vec<(&ItemEntry, f64)> = Vec::new();
        for entry in &fitting {
            if !informative.iter().any(|(other, _)| (other.kind, other.level) == (entry.kind, entry.level)) {
                informative.push((entry, belief.expected_information(&entry.kind.model(entry.level))));
            }
        }
        let best = informative.iter().max_by(|a, b| a.1.total_cmp(&b.1))?.0.level;
        prefer(&mut fitting, |entry| entry.level == best);
    }
    let asked: Vec<(usize, &ItemEntry)> =
        session.answers.iter().filter_map(|answer| catalog.entry(&answer.item)).collect();
    if let Some((_, last)) = asked.last() {
        prefer(&mut fitting, |entry| !entry.kind.is_like(last.kind));
    }
    let times = |entry: &ItemEntry| {
        asked.iter().filter(|(of, other)| *of == skill && other.subtopic == entry.subtopic).count()
    };
    let fewest = fitting.iter().map(|entry| times(entry)).min()?;
    prefer(&mut fitting, |entry| times(entry) == fewest);
    let drawn = Random::new(session.seed, &format!("item/{}", session.answers.len())).below(fitting.len());
    fitting.get(drawn).map(|entry| (skill, *entry))
}

/// Keeps the entries that fit, unless none does.
fn prefer(entries: &mut Vec<&ItemEntry>, fit: impl Fn(&ItemEntry) -> bool) {
    if entries.iter().any(|entry| fit(entry)) {
        entries.retain(|entry| fit(entry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{
        content::bank::{Shards, SkillId},
        content::kind::ItemKind,
        sample,
        scoring::evidence::{Evidence, seen},
    };
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Takes the form to its end. `right` decides by skill and number of answers which answers are right.
    fn take_after(
        bank: &(Catalog, Shards),
        others: &[Session],
        form: Form,
        seed: u32,
        right: impl Fn(usize, usize) -> bool,
    ) -> Session {
        let (catalog, shards) = bank;
        let mut session = Session::new(form, seed, 1000);
        let mut posterior = Posterior::before(catalog);
        loop {
            let evidence = Evidence::new(catalog, shards, others, &session).unwrap();
            posterior.follow(&evidence.observed());
            let Some((skill, entry)) = next(catalog, &session, &seen(others, &session), Some(&posterior))
            else {
                return session;
            };
            let option = u8::from(!right(skill, session.answers.len()));
            assert!(session.answer(sample::answer(&entry.id.0, option)), "asked twice: {}", entry.id);
        }
    }

    fn take(bank: &(Catalog, Shards), form: Form, seed: u32, right: impl Fn(usize) -> bool) -> Session {
        take_after(bank, &[], form, seed, |_, n| right(n))
    }

    fn entries<'a>(catalog: &'a Catalog, session: &Session) -> Vec<(usize, &'a ItemEntry)> {
        session.answers.iter().map(|answer| catalog.entry(&answer.item).unwrap()).collect()
    }

    fn per_skill(catalog: &Catalog, session: &Session) -> BTreeMap<usize, usize> {
        let mut counts = BTreeMap::new();
        for (skill, _) in entries(catalog, session) {
            *counts.entry(skill).or_default() += 1;
        }
        counts
    }

    #[test]
    fn forms_have_the_promised_lengths() {
        let bank = sample::bank(15);
        let forms = [(Form::Quick, 15), (Form::Full, 60), (Form::Short, 45)];
        for (form, length) in forms.into_iter().chain([(Form::on_skill(&bank.0.skills[3]), 5)]) {
            assert_eq!((form.length(&bank.0), form.length_at_least(&bank.0)), (length, length));
            assert_eq!(take(&bank, form, 5, |n| n % 2 == 0).answers.len(), length);
        }
    }

    #[test]
    fn a_form_ends_when_the_bank_has_nothing_left() {
        let bank = sample::bank(2);
        let form = Form::Skill { skill: SkillId("s1".into()), questions: 200 };
        let mut session = take(&bank, form, 5, |_| true);
        assert_eq!(session.answers.len(), 5);
        assert!(is_finished(&bank.0, &session));
        session.answers.pop();
        assert!(!is_finished(&bank.0, &session));
        session.finished = true;
        assert!(is_finished(&bank.0, &session), "what was finished stays so, whatever the bank has");
        assert_eq!(next(&bank.0, &session, &BTreeSet::new(), Some(&Posterior::before(&bank.0))), None);
    }

    #[test]
    fn a_skill_form_asks_8_to_20_and_stops_at_its_error() {
        let bank = sample::bank_of(1, 40);
        let form = Form::on_skill(&bank.0.skills[0]);
        assert_eq!((form.length_at_least(&bank.0), form.length(&bank.0)), (8, 20));
        for seed in 0..20 {
            let session = take(&bank, form.clone(), seed, |n| !(n + seed as usize).is_multiple_of(3));
            let error = |answers: usize| {
                let mut session = session.clone();
                session.answers.truncate(answers);
                let evidence = Evidence::new(&bank.0, &bank.1, [], &session).unwrap();
                evidence.posterior(&bank.0).skill(0).unwrap().estimate().error
            };
            let asked = session.answers.len();
            assert!((8..=20).contains(&asked));
            assert!(asked == 20 || error(asked) <= SKILL_ERROR);
            assert!(asked == 8 || error(asked - 1) > SKILL_ERROR, "it went on without need");
        }
    }

    #[test]
    fn a_quick_check_starts_in_the_middle_and_follows_the_answers() {
        let bank = sample::bank(15);
        let levels = |right: bool| {
            let session = take(&bank, Form::Quick, 11, |_| right);
            entries(&bank.0, &session).iter().map(|(_, entry)| entry.level).collect::<Vec<_>>()
        };
        let (up, down) = (levels(true), levels(false));
        assert_eq!((up[0], down[0]), (3, 3));
        assert!(up.is_sorted() && down.is_sorted_by(|a, b| a >= b), "{up:?} {down:?}");
        assert!(up[14] >= 4 && down[14] == 1, "{up:?} {down:?}");
    }

    #[test]
    fn a_full_form_starts_at_level_2_or_3() {
        let bank = sample::bank(15);
        let first =
            |form: &Form, seed| entries(&bank.0, &take(&bank, form.clone(), seed, |_| true))[0].1.level;
        for form in [Form::Full, Form::Short] {
            assert_eq!(
                (0..12).map(|seed| first(&form, seed)).collect::<BTreeSet<_>>(),
                BTreeSet::from([2, 3])
            );
        }
    }

    #[test]
    fn answers_on_other_skills_move_the_level() {
        let bank = sample::bank(15);
        let level = |right: bool| {
            let session = take_after(&bank, &[], Form::Full, 4, |_, _| right);
            let first_round = entries(&bank.0, &session);
            first_round[14].1.level
        };
        assert!(level(true) > level(false), "{} {}", level(true), level(false));
    }

    #[test]
    fn seen_items_are_asked_only_if_no_others_are_left() {
        let bank = sample::bank(15);
        let mut before = take(&bank, Form::Short, 3, |n| n % 2 == 0);
        before.finished = true;
        let after = take_after(&bank, std::slice::from_ref(&before), Form::Full, 9, |_, n| n % 2 == 0);
        let repeated = after.answers.iter().filter(|answer| before.answered(&answer.item)).count();
        assert_eq!(repeated, 30, "each skill has two items left of its five, and four are asked");
        let first_two_rounds = after.answers.iter().take(30);
        assert_eq!(first_two_rounds.filter(|answer| before.answered(&answer.item)).count(), 0);
    }

    #[test]
    fn kinds_alternate_and_subtopics_are_balanced() {
        let mut bank = sample::bank_of(15, 24);
        for skill in &mut bank.0.skills {
            for (at, entry) in skill.entries.iter_mut().enumerate() {
                entry.kind = [ItemKind::Single(4), ItemKind::Multi][at / 5 % 2];
                entry.subtopic = at % 6;
            }
        }
        let session = take(&bank, Form::Full, 8, |n| n % 3 > 0);
        let asked = entries(&bank.0, &session);
        let same = asked.windows(2).filter(|w| w[0].1.kind.is_like(w[1].1.kind)).count();
        assert_eq!(same, 0, "{asked:?}");
        for skill in 0..15 {
            let subtopics: Vec<usize> =
                asked.iter().filter(|(of, _)| *of == skill).map(|(_, entry)| entry.subtopic).collect();
            let different: BTreeSet<_> = subtopics.iter().collect();
            assert!(different.len() >= 3, "{subtopics:?}");
        }
    }

    #[test]
    fn a_bank_without_items_asks_nothing() {
        let (mut catalog, _) = sample::bank(2);
        for skill in &mut catalog.skills {
            skill.entries.clear();
        }
        let next = |catalog: &Catalog, form| {
            next(catalog, &Session::new(form, 1, 0), &BTreeSet::new(), None).is_some()
        };
        for form in [Form::Quick, Form::Full, Form::Skill { skill: SkillId("s0".into()), questions: 9 }] {
            assert!(!next(&catalog, form));
        }
        catalog.skills.clear();
        assert!(!next(&catalog, Form::Full));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn the_same_seed_and_answers_give_the_same_form(seed: u32, pattern: u64) {
            let bank = sample::bank(15);
            let right = |n: usize| pattern >> (n % 64) & 1 == 1;
            let once = take(&bank, Form::Full, seed, right);
            prop_assert_eq!(&once, &take(&bank, Form::Full, seed, right));
            prop_assert!(per_skill(&bank.0, &once).values().all(|&n| n == 4));
        }

        #[test]
        fn every_quick_check_asks_each_skill_once(seed: u32, pattern: u64) {
            let bank = sample::bank(15);
            let session = take(&bank, Form::Quick, seed, |n| pattern >> n & 1 == 1);
            prop_assert_eq!(per_skill(&bank.0, &session), (0..15).map(|skill| (skill, 1)).collect());
        }
    }
}
