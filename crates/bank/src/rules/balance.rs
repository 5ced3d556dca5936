//! The rules for the bank as a whole. Even if every item is good, keys may be easy to guess, or levels and
//! subtopics may be missing.

use crate::{
    limits::{
        ABSOLUTES_APART, AT_LEVEL, CHI_SQUARE, ENOUGH_ITEMS, KEY_LONGEST, KEY_POSITIONS, LEVELS,
        MIDDLE_LEVEL, NEGATIONS, OFF_MIDDLE, ON_SUBTOPIC, TEST_WISE,
    },
    problem::{Advice, Imbalance, Percent, Problem},
    read::{
        authored::AuthoredSkill,
        folder::file_of,
        items::{Choice, ItemFile},
    },
    rules::{
        bot::{ABSOLUTES, Bot},
        keys::Keys,
        reading::negation,
        whole_bank::Bank,
    },
};

pub(crate) fn check(bank: &Bank) -> Vec<Problem> {
    let mut problems: Vec<Problem> = keys(bank).into_iter().map(Problem::of_bank).collect();
    problems.extend(absolutes(bank).into_iter().chain(negations(bank)).map(Problem::of_bank));
    for (skill, items) in bank.skills.iter().zip(&bank.item_files) {
        let of_skill = of_skill(skill, items).into_iter();
        problems.extend(of_skill.map(|found| Problem { file: file_of(skill), line: 1, found: found.into() }));
    }
    problems
}

/// What makes keys easy to find without reading the question.
fn keys(bank: &Bank) -> Vec<Imbalance> {
    let keys = Keys::new(bank);
    let mut found = Vec::new();
    if keys.singles >= ENOUGH_ITEMS && 100 * keys.longest > KEY_LONGEST * keys.singles {
        found.push(Imbalance::KeyLongest { longest: keys.longest, of: keys.singles });
    }
    if keys.items < ENOUGH_ITEMS {
        return found;
    }
    let in_range = |keys_here: &usize| {
        (KEY_POSITIONS.least * keys.items..=KEY_POSITIONS.most * keys.items).contains(&(100 * keys_here))
    };
    if !keys.positions.iter().all(in_range) || keys.chi_square() >= CHI_SQUARE {
        let [first, second, third, last] = keys.positions;
        found.push(Imbalance::KeyPositions { first, second, third, last });
    }
    let (habit, share) = Bot::new(bank).best();
    if 100.0 * share > TEST_WISE {
        found.push(Imbalance::TestWise { habit, percent: Percent::of(share), of: keys.items });
    }
    found
}

/// Test takers soon learn that an option with "always" is wrong.
fn absolutes(bank: &Bank) -> Option<Advice> {
    let options: Vec<&Choice> = bank.singles().flat_map(|(_, options)| options).collect();
    let share = |key: bool| {
        let of = || options.iter().filter(|option| option.key == key);
        let with = of().filter(|option| ABSOLUTES.iter().any(|word| option.text.words().contains(*word)));
        with.count() as f64 / of().count().max(1) as f64
    };
    let (wrong, keys) = (share(false), share(true));
    let reported = bank.singles().count() >= ENOUGH_ITEMS && 100.0 * (wrong - keys) > ABSOLUTES_APART;
    reported.then(|| Advice::AbsoluteWords { wrong: Percent::of(wrong), keys: Percent::of(keys) })
}

fn negations(bank: &Bank) -> Option<Advice> {
    let of = bank.items().count();
    let negated = bank.items().filter(|item| negation(item.prompt.prose()).is_some());
    let items: Vec<String> = negated.map(|item| item.id.value.clone()).collect();
    let reported = of >= ENOUGH_ITEMS && 100 * items.len() > NEGATIONS * of;
    reported.then_some(Advice::ManyNegations { items, of })
}

/// Whether a skill's items cover all its levels and subtopics.
fn of_skill(skill: &AuthoredSkill, file: &ItemFile) -> Vec<Imbalance> {
    let of = file.items.len();
    let mut found = Vec::new();
    let at_levels = file.at_levels();
    let least_at_level = least(of, at_levels.len(), AT_LEVEL);
    for (level, items) in (LEVELS.least..).zip(at_levels) {
        if items < least_at_level {
            found.push(Imbalance::LevelShare { level, items, of, least: least_at_level });
        }
    }
    let least_on_subtopic = least(of, skill.subtopics.len(), ON_SUBTOPIC);
    for subtopic in skill.subtopics.iter().map(|subtopic| &subtopic.id.value) {
        let items = file.on_subtopic(subtopic);
        if items < least_on_subtopic {
            let subtopic = subtopic.clone();
            found.push(Imbalance::SubtopicShare { subtopic, items, of, least: least_on_subtopic });
        }
    }
    let off: i64 = file.items.iter().map(|item| item.level - MIDDLE_LEVEL).sum();
    if 100 * off.unsigned_abs() as usize > OFF_MIDDLE * of {
        let off_hundredths = (100.0 * off as f64 / of as f64).round() as i64;
        found.push(Imbalance::MeanLevel { off_hundredths });
    }
    found
}

/// The fewest items that a level or subtopic needs. Seven items can't give each of five levels 15%, so this
/// is at most an even share in whole items, and at least one.
fn least(of: usize, parts: usize, percent: usize) -> usize {
    (of * percent).div_ceil(100).min((of / parts.max(1)).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_counted_in_whole_items() {
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
