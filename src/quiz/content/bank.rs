//! The bank as the browser reads it: a small catalog, and one shard per skill.
//!
//! Only `cargo xtask assemble` writes both, as JSON from the files in `questions/`. Writer and reader belong to the same
//! release, so the format has no version.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, sync::Arc};

use crate::quiz::{
    content::kind::ItemKind,
    content::{statement::Statement, task::Task},
};

/// The index of a skill in [`Catalog::skills`].
pub type SkillIndex = usize;

/// The index of a stage in [`Catalog::stages`].
pub type StageIndex = usize;

/// A skill's permanent id, such as `networking`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SkillId(pub String);

/// An item's permanent id, such as `nw-001`.
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

/// Everything that is needed before a shard is loaded: skills, stages, steps, and what selects each item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// Identifies this version of the bank: eight hexadecimal digits of a hash of its contents.
    pub version: String,
    /// The skills in display order.
    pub skills: Vec<Skill>,
    /// The stages from the first to the last.
    pub stages: Vec<Stage>,
    /// The steps of the career path in order.
    pub steps: Vec<Step>,
    /// The address of the method page's text, relative to the page.
    pub method: String,
}

/// A skill, with the entries of its items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skill {
    /// Its permanent id.
    pub id: SkillId,
    /// Its full name.
    pub name: String,
    /// Its short name.
    pub short: String,
    /// One sentence on what it is about.
    pub description: String,
    /// Its loading λ on the general factor, in hundredths: 0 to 95.
    pub loading: u8,
    /// The names of its subtopics.
    pub subtopics: Vec<String>,
    /// The address of its shard, relative to the page.
    pub shard: String,
    /// Its items, in the bank's order.
    pub entries: Vec<ItemEntry>,
}

/// What is known about an item before its shard is loaded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemEntry {
    /// The item's permanent id.
    pub id: ItemId,
    /// 1 (junior) to 5 (executive).
    pub level: u8,
    /// Its kind.
    pub kind: ItemKind,
    /// Its index in the skill's subtopics.
    pub subtopic: usize,
    /// How many seconds reading and answering take, estimated from its words.
    pub seconds: u16,
}

/// A career stage, with the career guide's facts about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// Its permanent id.
    pub id: String,
    /// Its full label.
    pub label: String,
    /// Its short label.
    pub short: String,
    /// What it is about.
    pub about: String,
    /// What to do at this stage.
    pub advice: Vec<String>,
    /// The years of experience that the guide gives, in words.
    pub years: Option<String>,
    /// The guide's salary range.
    pub salary: Salary,
    /// The required score (0 to 100) of each skill, in the catalog's order.
    pub required: Vec<u8>,
    /// The weight of each skill, in the catalog's order.
    pub weights: Vec<u8>,
    /// Whether it also requires a statement of scope, which answers can't show.
    pub needs_statement: bool,
}

/// A range of median salaries, in US dollars per year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Salary {
    /// The lower end.
    pub from: u32,
    /// The upper end.
    pub to: u32,
    /// Whether the range has no upper end.
    pub or_more: bool,
    /// Whose salary it is, in words.
    pub who: String,
}

/// A step of the career path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What to do.
    pub title: String,
    /// What that involves.
    pub about: String,
    /// The skills that it builds.
    pub skills: Vec<SkillIndex>,
}

/// The items of one skill, with everything that they refer to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shard {
    /// Its items.
    pub items: Vec<Item>,
    /// The sources that the items cite, each once.
    pub sources: Vec<Source>,
    /// The misconceptions behind wrong answers, each once.
    pub misconceptions: Vec<Misconception>,
}

/// A question with its explanations. Texts are HTML, compiled from Markdown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its permanent id.
    pub id: ItemId,
    /// 1 to 5.
    pub level: u8,
    /// Its index in the skill's subtopics.
    pub subtopic: usize,
    /// The question.
    pub prompt: String,
    /// Its diagram.
    pub figure: Option<Picture>,
    /// What to answer, and how.
    pub task: Task,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// The day of its last review, such as `2026-11-23`.
    pub reviewed: String,
}

/// A diagram, drawn at build time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// The drawing, as an `svg` element.
    pub svg: String,
    /// Its text alternative.
    pub words: String,
}

/// A source and a place in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// The index in the shard's sources.
    pub source: usize,
    /// Section, chapter, page or anchor.
    pub place: String,
}

/// A work of the bibliography.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Its authors, in words.
    pub authors: String,
    /// The year of publication, or the year in which a living document was last consulted.
    pub year: u16,
    /// Its address.
    pub url: String,
}

/// A wrong belief with its correction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Misconception {
    /// The belief as its holder would put it, as HTML.
    pub statement: String,
    /// What is true instead, as HTML.
    pub correction: String,
}

impl Catalog {
    /// The skill with this id, and its index.
    pub fn skill(&self, id: &SkillId) -> Option<(usize, &Skill)> {
        self.skills.iter().enumerate().find(|(_, skill)| skill.id == *id)
    }

    /// How many stages can be reached. Any after these also require something that the reader has not stated.
    pub fn within_reach(&self, statement: Statement) -> usize {
        self.stages.iter().take_while(|stage| !stage.needs_statement || statement.is_executive()).count()
    }

    /// The item's entry, and the index of its skill.
    pub fn entry(&self, id: &ItemId) -> Option<(usize, &ItemEntry)> {
        self.skills.iter().enumerate().find_map(|(at, skill)| {
            let entry = skill.entries.iter().find(|entry| entry.id == *id)?;
            Some((at, entry))
        })
    }
}

impl Skill {
    /// The mean time that an item takes, in seconds.
    pub fn seconds(&self) -> f64 {
        let total: f64 = self.entries.iter().map(|e| f64::from(e.seconds)).sum();
        total / self.entries.len().max(1) as f64
    }
}

impl Shard {
    /// The item with this id.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }
}

/// The loaded shards, by skill.
#[derive(Clone, Debug, Default)]
pub struct Shards(BTreeMap<SkillIndex, Arc<Shard>>);

impl Shards {
    /// The skill's shard, if it is loaded.
    pub fn get(&self, skill: usize) -> Option<&Arc<Shard>> {
        self.0.get(&skill)
    }

    /// Adds a shard.
    pub fn put(&mut self, skill: usize, shard: Shard) {
        self.0.insert(skill, Arc::new(shard));
    }

    /// The item, if its shard is loaded and contains it.
    pub fn item(&self, skill: usize, id: &ItemId) -> Option<&Item> {
        self.get(skill)?.item(id)
    }
}
