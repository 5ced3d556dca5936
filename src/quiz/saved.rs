//! What is kept between visits, with the version of its format.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    bank::{Catalog, SkillId},
    measure::Estimate,
    report::Report,
    session::Session,
    stage::Standing,
    statement::Statement,
};

/// The version of everything saved. A change that older code cannot read raises it.
pub const FORMAT: u32 = 1;

/// One session as saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    pub fn update(
        &mut self,
        catalog: &Catalog,
        session: &Session,
        report: &Report,
        statement: Statement,
        now: u64,
    ) {
        self.word(catalog, session, report, statement, now);
        if session.form.tells_skills() {
            let measured = catalog.skills.iter().zip(&report.skills).filter(|(_, r)| r.answered > 0);
            self.scores.extend(measured.map(|(skill, r)| (skill.id.clone(), r.estimate.into())));
        }
    }

    /// Words the stage by the report and what was stated. Scores stay as they are: a later quiz may have given them.
    pub fn word(
        &mut self,
        catalog: &Catalog,
        session: &Session,
        report: &Report,
        statement: Statement,
        at: u64,
    ) {
        self.format = FORMAT;
        if session.form.tells_stage()
            && let Some(label) = stage_in_words(catalog, report.standing, statement)
        {
            self.label = Some(label);
            self.session = Some(session.id());
            self.at = at;
        }
    }
}

/// What a reader stated, as saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedStatement {
    /// See [`FORMAT`].
    pub format: u32,
    /// The statement.
    pub statement: Statement,
}

/// A file with what a result rests on, for whoever wants to check it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// See [`FORMAT`].
    pub format: u32,
    /// The name of the session whose result it is.
    pub session: String,
    /// That session and all others, whose answers count too.
    pub sessions: Vec<Session>,
    /// What the reader stated.
    pub statement: Statement,
}

/// The stage as a heading, if there is one. Scores show knowledge, not leading: the last stages say so.
pub fn stage_in_words(catalog: &Catalog, standing: Standing, statement: Statement) -> Option<String> {
    let stage = |at: usize| catalog.stages.get(at);
    let knowledge = |at: usize| {
        let before_last = stage(at + 1).is_some_and(|next| next.needs_statement);
        if before_last && !statement.is_multi_team() { " (knowledge)" } else { "" }
    };
    match standing {
        Standing::NotEnough { .. } => None,
        Standing::Between(low, high) => {
            let between = if stage(high)?.needs_statement { "Profile between" } else { "Between" };
            let (low_words, high_words) = (&stage(low)?.short, &stage(high)?.short);
            Some(format!("{between} {low_words}{} and {high_words}{}", knowledge(low), knowledge(high)))
        }
        Standing::At { stage: at, .. } if stage(at)?.needs_statement => {
            Some(format!("Profile consistent with {}", stage(at)?.label))
        }
        Standing::At { stage: at, .. } => Some(format!("{}{}", stage(at)?.label, knowledge(at))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{
        bank::ItemId,
        form::Form,
        reply::{Reply, Sure},
        sample,
        session::Answer,
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
            finished: false,
            abandoned: false,
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
        let statement = Statement::default();
        let report = Report::new(&catalog, &shards, [], &session, statement).unwrap();
        label.update(&catalog, &session, &report, statement, 5);
        assert_eq!(label.label.as_deref(), Some("Kept"));
        assert_eq!(label.scores.keys().collect::<Vec<_>>(), [&SkillId("s2".into())]);
    }

    #[test]
    fn wording_a_label_anew_leaves_the_scores() {
        let (catalog, shards) = sample::bank(15);
        let mut session = Session::new(Form::Full, 1, 0);
        for skill in 0..15 {
            for level in 1..=4 {
                session.answer(sample::answer(&format!("s{skill}-{level}"), 0));
            }
        }
        let statement = Statement::default();
        let report = Report::new(&catalog, &shards, [], &session, statement).unwrap();
        let later = Score { score: 1, margin: 2 };
        let mut label = Label::default();
        label.scores.insert(SkillId("s3".into()), later);
        label.word(&catalog, &session, &report, statement, 7);
        assert!(label.label.is_some() && label.at == 7);
        assert_eq!(label.scores.values().collect::<Vec<_>>(), [&later]);
        label.update(&catalog, &session, &report, statement, 8);
        assert!(label.scores.len() == 15 && label.scores[&SkillId("s3".into())] != later);
    }

    #[test]
    fn a_finished_session_reads_back() {
        let mut session = Session::new(Form::Short, 1, 2);
        session.finished = true;
        let text = serde_json::to_string(&session).unwrap();
        assert!(text.ends_with("\"finished\":true}"), "{text}");
        assert_eq!(serde_json::from_str::<Session>(&text).unwrap(), session);
    }

    #[test]
    fn the_last_stages_say_what_scores_cannot_show() {
        use crate::quiz::statement::{Scope, Years};
        let (catalog, _) = sample::bank(1);
        let at = |stage| Standing::At { stage, likely: true };
        let nothing = Statement::default();
        let led = Statement { scope: Some(Scope::Teams), ..nothing };
        let executive = Statement { scope: Some(Scope::Organization), years: Some(Years::Ten), ..nothing };
        for (standing, statement, words) in [
            (at(2), nothing, Some("Stage 2")),
            (at(3), nothing, Some("Stage 3 (knowledge)")),
            (at(3), led, Some("Stage 3")),
            (at(4), executive, Some("Profile consistent with Stage 4")),
            (Standing::Between(1, 2), nothing, Some("Between 1 and 2")),
            (Standing::Between(2, 3), nothing, Some("Between 2 and 3 (knowledge)")),
            (Standing::Between(2, 3), led, Some("Between 2 and 3")),
            (Standing::Between(3, 4), executive, Some("Profile between 3 and 4")),
            (Standing::NotEnough { answers: 1, skills: 0 }, led, None),
        ] {
            assert_eq!(stage_in_words(&catalog, standing, statement).as_deref(), words);
        }
    }
}
