//! What is kept between visits, with the version of its format.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    bank::{Catalog, SkillId},
    form::Form,
    measure::Estimate,
    report::{Report, Standing},
    session::Session,
};

/// The version of everything saved. A change that older code cannot read raises it.
pub const FORMAT: u32 = 1;

/// One session as saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSession {
    /// See [`FORMAT`].
    pub format: u32,
    /// The session.
    pub session: Session,
}

/// Where the reader stands by the latest results: what home shows without loading any shard.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// See [`FORMAT`].
    pub format: u32,
    /// The career stage in words, such as "Senior Distributed Systems Engineer".
    pub label: Option<String>,
    /// The session that gave it.
    pub session: Option<String>,
    /// When it was given, milliseconds since 1970.
    pub at: u64,
    /// The latest score of each skill that was measured.
    pub scores: BTreeMap<SkillId, Score>,
}

/// A score with its margin, as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// 0 to 100.
    pub score: u8,
    /// Half the width of the 80% band in score points.
    pub margin: u8,
}

impl From<Estimate> for Score {
    fn from(estimate: Estimate) -> Self {
        // Both are bounded: the score to 0…100, the margin by the grid.
        Self { score: estimate.score().round() as u8, margin: estimate.margin().round() as u8 }
    }
}

impl Label {
    /// Takes in the report of a finished session.
    pub fn update(&mut self, catalog: &Catalog, session: &Session, report: &Report, now: u64) {
        self.format = FORMAT;
        if let Some(label) = stage_in_words(catalog, report.standing) {
            self.label = Some(label);
            self.session = Some(session.id());
            self.at = now;
        }
        if session.form != Form::Quick {
            let measured = catalog.skills.iter().zip(&report.skills).filter(|(_, r)| r.answered > 0);
            self.scores.extend(measured.map(|(skill, r)| (skill.id.clone(), r.estimate.into())));
        }
    }
}

/// The stage as a heading, if there is one. Scores show knowledge, not leading: the last stages say so.
pub fn stage_in_words(catalog: &Catalog, standing: Standing) -> Option<String> {
    let stage = |at: usize| catalog.stages.get(at);
    match standing {
        Standing::NotEnough { .. } => None,
        Standing::Between(low, high) => {
            Some(format!("Between {} and {}", stage(low)?.short, stage(high)?.short))
        }
        Standing::At(at) if at + 1 == catalog.stages_by_scores() => {
            Some(format!("{} (knowledge)", stage(at)?.label))
        }
        Standing::At(at) => Some(stage(at)?.label.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{
        bank::ItemId,
        sample,
        session::{Answer, Reply, Sure},
    };

    #[test]
    fn the_first_format_reads_as_it_was_written() {
        // This text is what version 1 stores; it must be read for ever.
        let text = include_str!("../../tests/saved/session-1.json");
        let saved: SavedSession = serde_json::from_str(text).unwrap();
        let expected = Session {
            form: Form::Skill { skill: SkillId("networking".into()), questions: 5 },
            seed: 4_000_000_000,
            started: 1_795_000_000_000,
            answers: vec![
                Answer {
                    item: ItemId("nw-003".into()),
                    reply: Reply::Single { option: 2, sure: Sure::Fairly },
                    at: 1_795_000_031_000,
                    took: 30_500,
                },
                Answer {
                    item: ItemId("nw-002".into()),
                    reply: Reply::DontKnow,
                    at: 1_795_000_040_000,
                    took: 8_000,
                },
            ],
        };
        assert_eq!(saved, SavedSession { format: 1, session: expected });
        assert_eq!(serde_json::to_string(&saved).unwrap(), text.trim_end());
    }

    #[test]
    fn a_skill_form_keeps_the_label_and_updates_one_score() {
        let (catalog, shards) = sample::bank(15);
        let mut label = Label { label: Some("Kept".into()), ..Label::default() };
        let mut session = Session::new(Form::on_skill(&catalog.skills[2]), 1, 0);
        session.answer(sample::answer("s2-3", 0));
        let report = Report::new(&catalog, &shards, &session).unwrap();
        label.update(&catalog, &session, &report, 5);
        assert_eq!(label.label.as_deref(), Some("Kept"));
        assert_eq!(label.scores.keys().collect::<Vec<_>>(), [&SkillId("s2".into())]);
    }

    #[test]
    fn the_last_stage_that_scores_reach_is_called_knowledge() {
        let (catalog, _) = sample::bank(1);
        let words = |standing| stage_in_words(&catalog, standing);
        assert_eq!(words(Standing::At(3)).as_deref(), Some("Stage 3 (knowledge)"));
        assert_eq!(words(Standing::At(2)).as_deref(), Some("Stage 2"));
        assert_eq!(words(Standing::Between(1, 2)).as_deref(), Some("Between 1 and 2"));
        assert_eq!(words(Standing::NotEnough { answers: 1, skills: 0 }), None);
    }
}
