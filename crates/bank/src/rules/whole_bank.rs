//! The whole bank, once it has no errors in files and items.

use crate::{
    limits::LEVELS,
    read::{
        authored::{AuthoredMisconception, AuthoredSkill, AuthoredSource, PathStep, Stages},
        items::{AuthoredItem, Choice, ItemFile},
    },
};

/// A bank that can be read and asked from.
pub(crate) struct Bank {
    pub(crate) skills: Vec<AuthoredSkill>,
    pub(crate) stages: Stages,
    pub(crate) steps: Vec<PathStep>,
    pub(crate) sources: Vec<AuthoredSource>,
    pub(crate) misconceptions: Vec<AuthoredMisconception>,
    /// The items of each skill, in the skills' order.
    pub(crate) item_files: Vec<ItemFile>,
    /// The page on how Sextant measures, in Markdown.
    pub(crate) method: String,
}

impl Bank {
    pub(crate) fn items(&self) -> impl Iterator<Item = &AuthoredItem> {
        self.item_files.iter().flat_map(|file| &file.items)
    }

    /// The single best answers with their options.
    pub(crate) fn singles(&self) -> impl Iterator<Item = (&AuthoredItem, &[Choice])> {
        self.items().filter_map(|item| Some((item, item.task.single()?)))
    }
}

impl ItemFile {
    /// How many items are at each level, from the first to the last.
    pub(crate) fn at_levels(&self) -> Vec<usize> {
        let count = |level| self.items.iter().filter(|item| item.level == level).count();
        (LEVELS.least..=LEVELS.most).map(count).collect()
    }

    pub(crate) fn on_subtopic(&self, id: &str) -> usize {
        self.items.iter().filter(|item| item.subtopic.value == id).count()
    }
}
