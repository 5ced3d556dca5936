//! What the bank contains, by skill, level, subtopic and kind, and what its options give away.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::Serialize;

use crate::{
    compile::compiled,
    error::{Error, Result},
    rules::{bot::Bot, check::load, keys::Keys, whole_bank::Bank},
};

#[derive(Debug, Serialize)]
struct Stats {
    items: usize,
    sources: usize,
    misconceptions: usize,
    /// The app's estimate for answering all items.
    minutes: usize,
    skills: Vec<SkillStats>,
    keys: Keys,
    bot: Bot,
}

#[derive(Debug, Serialize)]
struct SkillStats {
    id: String,
    items: usize,
    /// Items at each level from 1 to 5.
    levels: Vec<usize>,
    kinds: BTreeMap<&'static str, usize>,
    subtopics: BTreeMap<String, usize>,
    /// How many sources it cites.
    sources: usize,
    minutes: usize,
}

/// Returns what the bank contains and what its options give away, as a table or as JSON.
pub fn stats(questions: &Path, json: bool) -> Result<String> {
    let stats = Stats::new(&load(questions)?);
    if json { serde_json::to_string_pretty(&stats).map_err(Error::Json) } else { Ok(stats.table()) }
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
        let skills =
            bank.skills.iter().zip(&bank.item_files).zip(&seconds).map(|((skill, file), seconds)| {
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
                let subtopics = skill.subtopics.iter().map(|subtopic| &subtopic.id.value);
                SkillStats {
                    id: skill.id.value.clone(),
                    items: file.items.len(),
                    levels: file.at_levels(),
                    kinds,
                    subtopics: subtopics.map(|id| (id.clone(), file.on_subtopic(id))).collect(),
                    sources: cited.len(),
                    minutes: minutes(*seconds),
                }
            });
        Self {
            items: bank.items().count(),
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
            "{:width$}  items  level 1  2  3  4  5  empty subtopics    sources  minutes  kinds",
            "skill"
        )];
        lines.extend(self.skills.iter().map(|skill| {
            let levels: Vec<String> = skill.levels.iter().map(|items| format!("{items:>2}")).collect();
            let empty: Vec<&str> =
                skill.subtopics.iter().filter(|(_, items)| **items == 0).map(|(id, _)| id.as_str()).collect();
            let kinds: Vec<String> = skill.kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
            format!(
                "{:width$}  {:>5}       {}  {:<17}  {:>7}  {:>7}  {}",
                skill.id,
                skill.items,
                levels.join(" "),
                empty.join(", "),
                skill.sources,
                skill.minutes,
                kinds.join(", ")
            )
        }));
        let percent = |share: f64| format!("{:.0}%", share * 100.0);
        lines.push(format!(
            "\n{} items, {} sources, {} misconceptions, {} minutes to answer them all",
            self.items, self.sources, self.misconceptions, self.minutes
        ));
        let [one, two, three, four] = self.keys.positions;
        lines.push(format!(
            "Keys of {} items with four options: {one} first, {two} second, {three} third, {four} last \
             (chi-square {:.2}). In {} single best answers, the key is the longest option in {}.",
            self.keys.items,
            self.keys.chi_square(),
            self.keys.singles,
            percent(self.keys.longest as f64 / self.keys.singles.max(1) as f64)
        ));
        lines.push(format!(
            "A bot that reads no questions finds this share of the keys (chance is 25%): longest option {}, \
             most like the others {}, fewest absolute words {}, most words of the prompt {}, all four \
             together {}.",
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
    use crate::read::folder::tests::repository;

    #[test]
    fn statistics_of_the_shipped_bank_add_up() {
        let stats = Stats::new(&load(&repository("questions")).unwrap());
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
