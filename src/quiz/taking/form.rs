//! Forms: what a reader chose to take, and how many questions it has.

use serde::{Deserialize, Serialize};

use crate::quiz::content::bank::{Catalog, Skill, SkillId};

/// Questions per skill in the full assessment.
const FULL_PER_SKILL: usize = 4;
/// Questions per skill in the short form.
const SHORT_PER_SKILL: usize = 3;
/// The fewest questions in a one-skill form, if the bank has that many.
pub(super) const SKILL_AT_LEAST: usize = 8;
/// The most questions in a one-skill form.
const SKILL_AT_MOST: usize = 20;

/// What a reader chose to take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Form {
    /// One question per skill.
    Quick,
    /// Four questions per skill.
    Full,
    /// Three questions per skill.
    Short,
    /// One skill only.
    Skill {
        /// The skill.
        skill: SkillId,
        /// The most questions it could have when it began. The bank may have grown since.
        questions: u8,
    },
}

impl Form {
    /// The form for one skill, with up to 20 questions if the bank has that many.
    pub fn on_skill(skill: &Skill) -> Self {
        Self::Skill {
            skill: skill.id.clone(),
            questions: u8::try_from(skill.entries.len().min(SKILL_AT_MOST)).unwrap_or(0),
        }
    }

    /// The most questions it can have.
    pub fn length(&self, catalog: &Catalog) -> usize {
        match self {
            Self::Quick => catalog.skills.len(),
            Self::Full => catalog.skills.len() * FULL_PER_SKILL,
            Self::Short => catalog.skills.len() * SHORT_PER_SKILL,
            Self::Skill { questions, .. } => usize::from(*questions),
        }
    }

    /// The fewest questions it can have.
    pub fn length_at_least(&self, catalog: &Catalog) -> usize {
        match self {
            Self::Quick | Self::Full | Self::Short => self.length(catalog),
            Self::Skill { .. } => self.length(catalog).min(SKILL_AT_LEAST),
        }
    }

    /// About how many minutes this many of its questions take; at least 1.
    pub fn minutes(&self, catalog: &Catalog, questions: usize) -> u32 {
        let each = match self {
            Self::Quick | Self::Full | Self::Short => {
                let total: f64 = catalog.skills.iter().map(Skill::seconds).sum();
                total / catalog.skills.len().max(1) as f64
            }
            Self::Skill { skill, .. } => catalog.skill(skill).map_or(0.0, |(_, s)| s.seconds()),
        };
        (each * questions as f64 / 60.0).round().max(1.0) as u32
    }

    /// The levels of its first question.
    pub(super) fn first_levels(&self) -> &'static [u8] {
        match self {
            Self::Quick | Self::Skill { .. } => &[3],
            Self::Full | Self::Short => &[2, 3],
        }
    }

    /// Whether it measures each skill well enough to report it.
    pub fn measures_skills(&self) -> bool {
        *self != Self::Quick
    }

    /// Whether it covers all skills, as a stage requires.
    pub fn covers_all_skills(&self) -> bool {
        !matches!(self, Self::Skill { .. })
    }
}
