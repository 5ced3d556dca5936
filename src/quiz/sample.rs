//! A small invented bank for tests and benchmarks. The key is always the first option.

use crate::quiz::{
    content::kind::ItemKind,
    content::{
        bank::{
            Catalog, Item, ItemEntry, ItemId, Misconception, Salary, Shard, Shards, Skill, SkillId, Stage,
            Step,
        },
        reply::{Reply, Sure},
        task::{Choice, Task},
    },
    taking::session::Answer,
};

/// A bank with this many skills `s0`, `s1`, …, each with items `s0-1` to `s0-5`, and five stages.
pub fn bank(skills: usize) -> (Catalog, Shards) {
    bank_of(skills, 5)
}

/// The same with more items per skill. Their levels repeat from 1 to 5.
pub fn bank_of(skills: usize, items: u8) -> (Catalog, Shards) {
    let mut shards = Shards::default();
    for at in 0..skills {
        shards.put(at, shard(at, items));
    }
    let catalog = Catalog {
        version: "00000000".into(),
        skills: (0..skills).map(|at| skill(at, items)).collect(),
        stages: [0, 1, 2, 3, 4].map(|at| stage(at, skills)).to_vec(),
        steps: (0..skills)
            .map(|skill| Step { title: format!("Step {skill}"), about: String::new(), skills: vec![skill] })
            .collect(),
        method: String::new(),
    };
    (catalog, shards)
}

/// An answer that picks this option and is sure.
pub fn answer(item: &str, option: u8) -> Answer {
    Answer { item: ItemId(item.into()), reply: Reply::Single { option, sure: Sure::Sure }, at: 0, took: 0 }
}

fn skill(at: usize, items: u8) -> Skill {
    Skill {
        id: SkillId(format!("s{at}")),
        name: format!("Skill {at}"),
        short: format!("S{at}"),
        description: String::new(),
        loading: 75,
        subtopics: vec!["Subtopic".into()],
        shard: String::new(),
        entries: (1..=items)
            .map(|item| ItemEntry {
                id: ItemId(format!("s{at}-{item}")),
                level: (item - 1) % 5 + 1,
                kind: ItemKind::Single(4),
                subtopic: 0,
                seconds: 30,
            })
            .collect(),
    }
}

/// This many choices. Each wrong one has the misconception with its own index.
pub fn choices(keys: &[usize], n: usize) -> Vec<Choice> {
    let choice = |at: usize| Choice {
        text: String::new(),
        why: String::new(),
        misconception: (!keys.contains(&at)).then_some(at),
    };
    (0..n).map(choice).collect()
}

fn shard(skill: usize, items: u8) -> Shard {
    let misconception = Misconception { statement: String::new(), correction: String::new() };
    Shard {
        items: (1..=items)
            .map(|item| Item {
                id: ItemId(format!("s{skill}-{item}")),
                level: (item - 1) % 5 + 1,
                subtopic: 0,
                prompt: String::new(),
                figure: None,
                task: Task::Single(choices(&[0], 4)),
                citations: Vec::new(),
                reviewed: String::new(),
            })
            .collect(),
        sources: Vec::new(),
        misconceptions: vec![misconception; 4],
    }
}

/// Stages that require 10, 30, 50, 70 and 80 in every skill, all of them core skills.
fn stage(at: usize, skills: usize) -> Stage {
    let required = [10, 30, 50, 70].get(at).copied().unwrap_or(80);
    Stage {
        id: format!("stage-{at}"),
        label: format!("Stage {at}"),
        short: format!("{at}"),
        about: String::new(),
        advice: Vec::new(),
        years: None,
        salary: Salary { from: 0, to: 0, or_more: false, who: String::new() },
        required: vec![required; skills],
        weights: vec![2; skills],
        needs_statement: at == 4,
    }
}
