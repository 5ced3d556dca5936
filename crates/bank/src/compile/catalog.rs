//! The catalog: everything about the bank except the texts of items.

use std::path::Path;

use sextant::quiz::content::bank::{Catalog, ItemEntry, Salary, Shard, Shards, Skill, SkillId, Stage, Step};

use crate::{
    compile::shard::{position, shard, small},
    error::Result,
    read::{
        authored::AuthoredSkill,
        items::{AuthoredItem, AuthoredTask, ItemFile},
    },
    rules::{check::load, whole_bank::Bank},
    text::{At, Text},
};

/// Silent reading of English non-fiction in words per minute (Brysbaert 2019, "How many words do we read per
/// minute?", abstract).
const WORDS_PER_MINUTE: usize = 238;
/// How long a decision takes after reading. A guess, to be replaced by measurements.
const SECONDS_TO_DECIDE: usize = 15;

/// Checks the bank and compiles it in memory.
pub(crate) fn in_memory(questions: &Path) -> Result<(Catalog, Shards)> {
    let (catalog, compiled) = compiled(&load(questions)?);
    let mut shards = Shards::default();
    for (skill, shard) in compiled.into_iter().enumerate() {
        shards.put(skill, shard);
    }
    Ok((catalog, shards))
}

/// The bank as the app reads it: the catalog, without the addresses of other files, and each skill's shard.
pub(crate) fn compiled(bank: &Bank) -> (Catalog, Vec<Shard>) {
    let of_skills = || bank.skills.iter().zip(&bank.item_files);
    let shards: Vec<Shard> = of_skills().map(|(skill, items)| shard(bank, skill, items)).collect();
    let catalog = Catalog {
        version: String::new(),
        skills: of_skills()
            .zip(&shards)
            .map(|((skill, items), shard)| catalog_skill(skill, items, shard))
            .collect(),
        stages: stages(bank),
        steps: steps(bank),
        method: String::new(),
    };
    (catalog, shards)
}

fn catalog_skill(skill: &AuthoredSkill, items: &ItemFile, shard: &Shard) -> Skill {
    Skill {
        id: SkillId(skill.id.value.clone()),
        name: skill.name.clone(),
        short: skill.short.clone(),
        description: skill.description.clone(),
        subtopics: skill.subtopics.iter().map(|subtopic| subtopic.name.clone()).collect(),
        shard: String::new(),
        loading: small(skill.loading),
        entries: items
            .items
            .iter()
            .zip(&shard.items)
            .map(|(authored, item)| ItemEntry {
                id: item.id.clone(),
                level: item.level,
                kind: item.task.kind(),
                subtopic: item.subtopic,
                seconds: seconds(authored),
            })
            .collect(),
    }
}

/// How long an item takes: reading its prompt, its options, and the explanation of what is right.
fn seconds(item: &AuthoredItem) -> u16 {
    let parts = item.task.parts();
    let texts = parts.iter().filter_map(|part| part.text).map(Text::word_count);
    let whys = parts.iter().filter(|part| part.right).map(|part| part.why.word_count());
    let worked_out = match &item.task {
        AuthoredTask::Numeric { why, .. } => why.word_count(),
        _ => 0,
    };
    let to_read = item.prompt.word_count() + worked_out + texts.chain(whys).sum::<usize>();
    u16::try_from(to_read * 60 / WORDS_PER_MINUTE + SECONDS_TO_DECIDE).unwrap_or(u16::MAX)
}

fn stages(bank: &Bank) -> Vec<Stage> {
    let by_skill = |table: &[(At<String>, i64)]| -> Vec<u8> {
        bank.skills
            .iter()
            .filter_map(|skill| table.iter().find(|(name, _)| name.value == skill.id.value))
            .map(|(_, number)| small(*number))
            .collect()
    };
    bank.stages
        .stages
        .iter()
        .map(|stage| Stage {
            id: stage.id.value.clone(),
            label: stage.label.clone(),
            short: stage.short.clone(),
            about: stage.about.clone(),
            advice: stage.advice.clone(),
            years: stage.years.clone(),
            salary: Salary {
                from: u32::try_from(stage.salary.from).unwrap_or(u32::MAX),
                to: u32::try_from(stage.salary.to).unwrap_or(u32::MAX),
                or_more: stage.salary.or_more,
                who: stage.salary.who.clone(),
            },
            required: by_skill(stage.required.as_deref().unwrap_or_default()),
            weights: by_skill(stage.weights.as_ref().unwrap_or(&bank.stages.weights)),
            needs_statement: stage.needs_statement,
        })
        .collect()
}

fn steps(bank: &Bank) -> Vec<Step> {
    let skill = |name| position(bank.skills.iter().map(|skill| &skill.id), name);
    bank.steps
        .iter()
        .map(|step| Step {
            title: step.title.clone(),
            about: step.about.clone(),
            skills: step.skills.iter().map(skill).collect(),
        })
        .collect()
}

/// The page on how Sextant measures, in Markdown, with the table of requirements filled in.
pub(super) fn method(bank: &Bank) -> String {
    bank.method.replace("{requirements}", &requirements(bank))
}

/// What each stage requires of each skill, as a Markdown table.
fn requirements(bank: &Bank) -> String {
    let stages = stages(bank);
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = ["Skill", "Weight"].into_iter().chain(stages.iter().map(|stage| stage.short.as_str()));
    let mut table = line(head.map(str::to_owned).collect());
    table += &line(vec!["---".to_owned(); stages.len() + 2]);
    for (at, skill) in bank.skills.iter().enumerate() {
        let weights = stages.iter().filter_map(|stage| stage.weights.get(at)).collect::<Vec<_>>();
        let weight = match (weights.first(), weights.last()) {
            (Some(first), Some(last)) if first != last => format!("{first} (last stage {last})"),
            (first, _) => first.map_or_else(String::new, ToString::to_string),
        };
        let required = stages.iter().filter_map(|stage| stage.required.get(at)).map(ToString::to_string);
        table += &line([skill.short.clone(), weight].into_iter().chain(required).collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::folder::tests::good_bank;

    #[test]
    fn the_time_for_a_number_includes_how_it_is_worked_out() {
        let bank = load(&good_bank()).unwrap();
        let item = bank.items().find(|item| item.task.kind() == "numeric").unwrap();
        // The prompt has 18 words, the explanation 25.
        assert_eq!(seconds(item), 15 + (18 + 25) * 60 / 238);
    }
}
