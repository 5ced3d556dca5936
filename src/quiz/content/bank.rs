//! The bank as the browser reads it: a small catalog, and one shard a skill.
//!
//! `cargo xtask assemble` writes both as JSON from the files in `questions/`; nothing else does,
//! so these types are a format between two parts of one release and carry no version of their own.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, sync::Arc};

use crate::quiz::{
    content::{statement::Statement, task::Task},
    scoring::model::ItemKind,
};

/// The index of a skill in [`Catalog::skills`].
pub type SkillIndex = usize;

/// The index of a stage in [`Catalog::stages`].
pub type StageIndex = usize;

/// A skill's permanent name, such as `networking`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SkillId(pub String);

/// An item's permanent name, such as `nw-001`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(pub String);

impl fmt::Display for SkillId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// All that is known without a shard: skills, stages, steps, and of each item what selects it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// Names this state of the bank: eight hexadecimal digits that follow from all it holds.
    pub version: String,
    /// The skills in the order in which they are shown.
    pub skills: Vec<Skill>,
    /// The stages from the first to the last.
    pub stages: Vec<Stage>,
    /// The steps of the career path in order.
    pub steps: Vec<Step>,
    /// Where the text on how it measures is, relative to the page.
    pub method: String,
}

/// One skill and its items' entries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skill {
    /// Its permanent name.
    pub id: SkillId,
    /// Its name in full.
    pub name: String,
    /// Its name where space is short.
    pub short: String,
    /// One sentence on what it is about.
    pub description: String,
    /// How much it has in common with the other skills, λ, in hundredths: 0 to 95.
    pub loading: u8,
    /// The names of its subtopics.
    pub subtopics: Vec<String>,
    /// Where its shard is, relative to the page.
    pub shard: String,
    /// Its items, in the bank's order.
    pub entries: Vec<Entry>,
}

/// What is known of an item before its shard is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The item's permanent name.
    pub id: ItemId,
    /// 1 (junior) to 5 (executive).
    pub level: u8,
    /// What it asks its reader to do.
    pub kind: ItemKind,
    /// Position in the skill's subtopics.
    pub subtopic: usize,
    /// How long reading and answering it takes, estimated from its words.
    pub seconds: u16,
}

/// One career stage, with the career guide's facts about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// Its permanent name.
    pub id: String,
    /// Its label in full.
    pub label: String,
    /// Its label where space is short.
    pub short: String,
    /// What it is about.
    pub about: String,
    /// What to do there.
    pub advice: Vec<String>,
    /// The guide's years of experience, in words.
    pub years: Option<String>,
    /// The guide's salary range.
    pub salary: Salary,
    /// The score (0 to 100) that it requires, by skill in the catalog's order.
    pub required: Vec<u8>,
    /// How much each skill counts, in the catalog's order.
    pub weights: Vec<u8>,
    /// Whether it also takes a statement of scope, which no answer can give.
    pub needs_statement: bool,
}

/// A median salary range, US dollars a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Salary {
    /// Its lower end.
    pub from: u32,
    /// Its upper end.
    pub to: u32,
    /// Whether it is open upwards.
    pub or_more: bool,
    /// Whose salary it is, in words.
    pub who: String,
}

/// One step of the career path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What to do.
    pub title: String,
    /// What it consists of.
    pub about: String,
    /// The skills it builds, as positions in the catalog.
    pub skills: Vec<usize>,
}

/// The items of one skill, with all that they refer to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shard {
    /// Its items.
    pub items: Vec<Item>,
    /// What the items cite, once each.
    pub sources: Vec<Source>,
    /// What the wrong options stand for, once each.
    pub misconceptions: Vec<Misconception>,
}

/// One question with its explanations. Texts are HTML that the build made from Markdown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its permanent name.
    pub id: ItemId,
    /// 1 to 5.
    pub level: u8,
    /// Position in the skill's subtopics.
    pub subtopic: usize,
    /// The question.
    pub prompt: String,
    /// The diagram that goes with it.
    pub figure: Option<Picture>,
    /// What is answered, and how.
    pub task: Task,
    /// What it cites.
    pub citations: Vec<Citation>,
    /// The day of its last review, as `2026-11-23`.
    pub reviewed: String,
}

/// A diagram, drawn by the build.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// The drawing, as an `svg` element.
    pub svg: String,
    /// All that it says, in words.
    pub words: String,
}

/// A source and a place in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// Position in the shard's sources.
    pub source: usize,
    /// Section, chapter, page or anchor.
    pub place: String,
}

/// One work of the bibliography.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Its authors, in words.
    pub authors: String,
    /// When it appeared, or when a living document was last consulted.
    pub year: u16,
    /// Where it is.
    pub url: String,
}

/// A wrong belief with its correction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Misconception {
    /// The belief as its holder would put it, as HTML.
    pub statement: String,
    /// What is so instead, as HTML.
    pub correction: String,
}

impl Catalog {
    /// The skill of that name, with its position.
    pub fn skill(&self, id: &SkillId) -> Option<(usize, &Skill)> {
        self.skills.iter().enumerate().find(|(_, skill)| skill.id == *id)
    }

    /// How many stages can be reached: those after it also take what the reader has not stated.
    pub fn within_reach(&self, statement: Statement) -> usize {
        self.stages.iter().take_while(|stage| !stage.needs_statement || statement.is_executive()).count()
    }

    /// The item's entry, with its skill's position.
    pub fn entry(&self, id: &ItemId) -> Option<(usize, &Entry)> {
        self.skills.iter().enumerate().find_map(|(at, skill)| {
            let entry = skill.entries.iter().find(|entry| entry.id == *id)?;
            Some((at, entry))
        })
    }
}

impl Skill {
    /// Mean seconds that one of its items takes.
    pub fn seconds(&self) -> f64 {
        let total: f64 = self.entries.iter().map(|e| f64::from(e.seconds)).sum();
        total / self.entries.len().max(1) as f64
    }
}

impl Shard {
    /// The item of that name.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }
}

/// The shards that have arrived, by the skill's position in the catalog.
#[derive(Clone, Debug, Default)]
pub struct Shards(BTreeMap<usize, Arc<Shard>>);

impl Shards {
    /// The skill's shard, if it has arrived.
    pub fn get(&self, skill: usize) -> Option<&Arc<Shard>> {
        self.0.get(&skill)
    }

    /// Takes in a shard that arrived.
    pub fn put(&mut self, skill: usize, shard: Shard) {
        self.0.insert(skill, Arc::new(shard));
    }

    /// The item, if its shard has arrived and holds it.
    pub fn item(&self, skill: usize, id: &ItemId) -> Option<&Item> {
        self.get(skill)?.item(id)
    }
}
