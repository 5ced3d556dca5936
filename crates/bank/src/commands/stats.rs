//! What the bank holds: by skill, level, subtopic and kind, with what its options give away.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::Serialize;

use crate::{
    compile::compiled,
    error::{Error, Result},
    load, print,
    read::items::Item,
    rules::{bot::Bot, check::Bank, keys::Keys},
};

#[derive(Debug, Serialize)]
struct Stats {
    items: usize,
    sources: usize,
    misconceptions: usize,
    /// Reading and answering all of it, as the app estimates.
    minutes: usize,
    skills: Vec<SkillStats>,
    keys: Keys,
    bot: Bot,
}

#[derive(Debug, Serialize)]
struct SkillStats {
    id: String,
    items: usize,
    /// Items at level 1 to 5.
    levels: [usize; 5],
    kinds: BTreeMap<&'static str, usize>,
    subtopics: BTreeMap<String, usize>,
    /// Different works cited.
    sources: usize,
    minutes: usize,
}

/// Prints the figures as a table or JSON.
pub fn stats(questions: &Path, json: bool) -> Result<()> {
    let stats = Stats::new(&load(questions)?);
    if json {
        print(&serde_json::to_string_pretty(&stats).map_err(Error::Json)?)
    } else {
        print(&stats.table())
    }
}

impl Stats {
    fn new(bank: &Bank) -> Self {
        let (catalog, _) = compiled(bank);
        let minutes = |seconds: u32| (f64::from(seconds) / 60.0).round() as usize;
        let seconds: Vec<u32> = catalog
            .skills
            .iter()
            .map(|skill| skill.entries.iter().map(|entry| u32::from(entry.seconds)).sum())
            .collect();
        let skills = bank.skills.iter().zip(&bank.items).zip(&seconds).map(|((skill, file), seconds)| {
            let count = |level: i64| file.items.iter().filter(|item| item.level == level).count();
            let cited: BTreeSet<&str> = file
                .items
                .iter()
                .flat_map(|item| &item.sources)
                .map(|cited| cited.key.value.as_str())
                .collect();
            let mut kinds = BTreeMap::new();
            for item in &file.items {
                *kinds.entry(item.task.kind()).or_default() += 1;
            }
            let of = |id: &str| file.items.iter().filter(|item| item.subtopic.value == id).count();
            SkillStats {
                id: skill.id.value.clone(),
                items: file.items.len(),
                levels: [1, 2, 3, 4, 5].map(count),
                kinds,
                subtopics: skill.subtopics.iter().map(|s| (s.id.value.clone(), of(&s.id.value))).collect(),
                sources: cited.len(),
                minutes: minutes(*seconds),
            }
        });
        let items: Vec<&Item> = bank.items.iter().flat_map(|file| &file.items).collect();
        Self {
            items: items.len(),
            sources: bank.sources.len(),
            misconceptions: bank.misconceptions.len(),
            minutes: minutes(seconds.iter().sum()),
            skills: skills.collect(),
            keys: Keys::new(bank),
            bot: Bot::new(bank),
        }
    }

    fn table(&self) -> String {
        let width = self.skills.iter().map(|skill| skill.id.len()).max().unwrap_or(0);
        let mut lines = vec![format!(
            "{:width$}  items  level 1  2  3  4  5  subtopics without  sources  minutes  kinds",
            "skill"
        )];
        lines.extend(self.skills.iter().map(|skill| {
            let [one, two, three, four, five] = skill.levels;
            let without: Vec<&str> =
                skill.subtopics.iter().filter(|(_, items)| **items == 0).map(|(id, _)| id.as_str()).collect();
            let kinds: Vec<String> = skill.kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
            format!(
                "{:width$}  {:>5}  {one:>7} {two:>2} {three:>2} {four:>2} {five:>2}  {:<17}  {:>7}  {:>7}  {}",
                skill.id,
                skill.items,
                without.join(", "),
                skill.sources,
                skill.minutes,
                kinds.join(", ")
            )
        }));
        let percent = |share: f64| format!("{:.0}%", share * 100.0);
        lines.push(format!(
            "\n{} items, {} sources, {} misconceptions, {} minutes to answer all",
            self.items, self.sources, self.misconceptions, self.minutes
        ));
        let [one, two, three, four] = self.keys.positions;
        lines.push(format!(
            "Keys of {} items with four options: first {one}, second {two}, third {three}, last {four} (chi-square {:.2}); \
             of all {} the key is longer than every other option in {}",
            self.keys.items,
            self.keys.chi_square(),
            self.keys.singles,
            percent(self.keys.longest as f64 / self.keys.singles.max(1) as f64)
        ));
        lines.push(format!(
            "A bot that reads no question finds of these keys (chance is 25%): longest {}, most like the others {}, \
             without absolutes {}, echo of the question {}, the four together {}",
            percent(self.bot.longest),
            percent(self.bot.most_alike),
            percent(self.bot.no_absolutes),
            percent(self.bot.echo),
            percent(self.bot.together)
        ));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn figures_of_the_shipped_bank_add_up() {
        let questions = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../questions");
        let stats = Stats::new(&load(&questions).unwrap());
        assert_eq!(stats.skills.iter().map(|skill| skill.items).sum::<usize>(), stats.items);
        assert_eq!(stats.keys.positions.iter().sum::<usize>(), stats.keys.items);
        for skill in &stats.skills {
            assert_eq!(skill.levels.iter().sum::<usize>(), skill.items);
            assert_eq!(skill.subtopics.values().sum::<usize>(), skill.items);
            assert_eq!(skill.kinds.values().sum::<usize>(), skill.items);
        }
        assert!(stats.minutes > 0 && stats.skills.iter().all(|skill| skill.sources > 0));
    }
}
