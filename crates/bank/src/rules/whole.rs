//! The rules on the bank as a whole: good items may still be guessed from, or measure one level only.

use crate::{
    problem::{Advice, Imbalance, Percent, Problem},
    read::{
        authored::Skill,
        items::{Choice, Items},
    },
    rules::{
        bot::{ABSOLUTES, Bot},
        check::Bank,
        keys::Keys,
        reading::negation,
    },
};

/// Figures on fewer items say nothing: of forty keys put at random, some position has less than 18% or more
/// than 32% in three banks of four.
const ENOUGH: usize = 50;
/// Of spreads by chance 5% are further from an even one, with three degrees of freedom.
const CHI_SQUARE: f64 = 7.815;
/// In percent, of single best answers.
const LONGEST: usize = 30;
/// A share of those with four options.
const TEST_WISE: f64 = 0.33;
/// In percent, of all items.
const NEGATIONS: usize = 2;
/// In percentage points.
const ABSOLUTES_APART: f64 = 5.0;
/// In percent, of a skill's items.
const AT_LEVEL: usize = 15;
const ON_SUBTOPIC: usize = 10;
/// In hundredths of a level, to either side of the middle.
const OFF_MIDDLE: usize = 30;
const MIDDLE: i64 = 3;

pub(crate) fn check(bank: &Bank) -> Vec<Problem> {
    let mut problems: Vec<Problem> = keys(bank).into_iter().map(Problem::of_all).collect();
    problems.extend(absolutes(bank).into_iter().chain(negations(bank)).map(Problem::of_all));
    for (skill, items) in bank.skills.iter().zip(&bank.items) {
        let file = format!("{}.toml", skill.id.value);
        let of_skill = of_skill(skill, items).into_iter();
        problems.extend(of_skill.map(|found| Problem { file: file.clone(), line: 1, found: found.into() }));
    }
    problems
}

/// What lets somebody find keys who reads no question.
fn keys(bank: &Bank) -> Vec<Imbalance> {
    let keys = Keys::new(bank);
    let mut found = Vec::new();
    if keys.singles >= ENOUGH && 100 * keys.longest > LONGEST * keys.singles {
        found.push(Imbalance::KeyLongest { longest: keys.longest, of: keys.singles });
    }
    if keys.items < ENOUGH {
        return found;
    }
    let even = keys.positions.iter().all(|at| (18 * keys.items..=32 * keys.items).contains(&(100 * at)));
    if !even || keys.chi_square() >= CHI_SQUARE {
        found.push(Imbalance::KeyPositions { positions: keys.positions });
    }
    let (habit, share) = Bot::new(bank).best();
    if share > TEST_WISE {
        let percent = Percent::of(share);
        found.push(Imbalance::TestWise { habit, percent, of: keys.items });
    }
    found
}

/// Test-takers learn soon that who writes "always" is wrong.
fn absolutes(bank: &Bank) -> Option<Advice> {
    let options: Vec<&Choice> = bank.singles().flat_map(|(_, options)| options).collect();
    let share = |key: bool| {
        let of = || options.iter().filter(|option| option.key == key);
        let with = of().filter(|option| ABSOLUTES.iter().any(|word| option.text.words().contains(*word)));
        with.count() as f64 / of().count().max(1) as f64
    };
    let (wrong, keys) = (share(false), share(true));
    let judged = bank.singles().count() >= ENOUGH && 100.0 * (wrong - keys) > ABSOLUTES_APART;
    judged.then(|| Advice::AbsoluteWords { wrong: Percent::of(wrong), keys: Percent::of(keys) })
}

fn negations(bank: &Bank) -> Option<Advice> {
    let items = || bank.items.iter().flat_map(|file| &file.items);
    let of = items().count();
    let negated = items().filter(|item| negation(item.prompt.prose()).is_some());
    let ids: Vec<String> = negated.map(|item| item.id.value.clone()).collect();
    let judged = of >= ENOUGH && 100 * ids.len() > NEGATIONS * of;
    judged.then_some(Advice::ManyNegations { items: ids, of })
}

/// Whether a skill's items measure every level of it and all that it is made of.
fn of_skill(skill: &Skill, items: &Items) -> Vec<Imbalance> {
    let of = items.items.len();
    let mut found = Vec::new();
    for level in 1..=5 {
        let items = items.items.iter().filter(|item| item.level == level).count();
        let least = least(of, 5, AT_LEVEL);
        if items < least {
            found.push(Imbalance::LevelShare { level, items, of, least });
        }
    }
    for subtopic in skill.subtopics.iter().map(|subtopic| &subtopic.id.value) {
        let items = items.items.iter().filter(|item| item.subtopic.value == *subtopic).count();
        let least = least(of, skill.subtopics.len(), ON_SUBTOPIC);
        if items < least {
            found.push(Imbalance::SubtopicShare { subtopic: subtopic.clone(), items, of, least });
        }
    }
    let off: i64 = items.items.iter().map(|item| item.level - MIDDLE).sum();
    if 100 * off.unsigned_abs() as usize > OFF_MIDDLE * of {
        let hundredths = (100.0 * off as f64 / of as f64).round() as i64;
        found.push(Imbalance::MeanLevel { hundredths });
    }
    found
}

/// The fewest items that each of some parts has. Seven items cannot give five levels 15% each, so no more is
/// asked than an even share in whole items, and never less than one.
fn least(of: usize, parts: usize, percent: usize) -> usize {
    (of * percent).div_ceil(100).min((of / parts.max(1)).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_asked_in_whole_items() {
        for (of, levels, subtopics) in [(4, 1, 1), (5, 1, 1), (7, 1, 1), (10, 2, 1), (14, 2, 2), (67, 11, 7)]
        {
            assert_eq!(
                (least(of, 5, AT_LEVEL), least(of, 6, ON_SUBTOPIC)),
                (levels, subtopics),
                "{of} items"
            );
        }
    }
}
