//! The latest stage and scores. They are derived from all sessions, and a copy is saved for the start page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::quiz::{
    content::{
        bank::{Catalog, SkillId},
        statement::Statement,
    },
    saved::record::checksum,
    scoring::{measure::Estimate, report::Report, stage::Standing},
    taking::{form::Form, session::Session},
};

/// The latest stage and scores.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// What it was derived from. It is valid as long as [`Label::basis`] gives the same.
    pub basis: u32,
    /// The career stage in words, such as "Senior Distributed Systems Engineer".
    pub label: Option<String>,
    /// The session that determined it.
    pub session: Option<String>,
    /// When that session was last answered, in milliseconds since 1970.
    pub at: u64,
    /// The latest score of each measured skill.
    pub scores: BTreeMap<SkillId, Score>,
}

/// A score with its margin, as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// From 0 to 100.
    pub score: u8,
    /// Half the width of the 80% interval, in score points.
    pub margin: u8,
}

impl Score {
    /// The ends of the interval, if the margin reaches beyond an end of the scale.
    pub fn cut_interval(self) -> Option<(u8, u8)> {
        let (low, high) = (self.score.checked_sub(self.margin), self.score.saturating_add(self.margin));
        (low.is_none() || high > 100).then_some((low.unwrap_or(0), high.min(100)))
    }
}

impl From<Estimate> for Score {
    fn from(estimate: Estimate) -> Self {
        // Both are bounded: the score by 0 and 100, the margin by the grid.
        Self { score: estimate.score().round() as u8, margin: estimate.margin().round() as u8 }
    }
}

impl Label {
    /// A checksum of everything that a label depends on: the bank, the sessions and the statement.
    pub fn basis<'a>(
        catalog: &Catalog,
        sessions: impl IntoIterator<Item = &'a Session>,
        statement: Statement,
    ) -> u32 {
        let session =
            |session: &Session| format!("{} {} {}", session.id(), session.answers.len(), session.last_at());
        let sessions: Vec<String> = sessions.into_iter().map(session).collect();
        checksum(&format!("{} {statement:?} {}", catalog.version, sessions.join(" ")))
    }

    /// Whether a session would add anything, after all later ones.
    pub fn lacks(&self, catalog: &Catalog, session: &Session) -> bool {
        let scores = match &session.form {
            Form::Skill { skill, .. } => !self.scores.contains_key(skill),
            form => form.measures_skills() && self.scores.len() < catalog.skills.len(),
        };
        scores || (session.form.covers_all_skills() && self.label.is_none())
    }

    /// Adds a finished session, after all later ones; what those gave stays.
    pub fn take_earlier(
        &mut self,
        catalog: &Catalog,
        session: &Session,
        report: &Report,
        statement: Statement,
    ) {
        if self.label.is_none()
            && session.form.covers_all_skills()
            && let Some(label) = stage_in_words(catalog, report.standing, statement)
        {
            self.label = Some(label);
            self.session = Some(session.id().to_string());
            self.at = session.last_at();
        }
        if session.form.measures_skills() {
            let measured = catalog.skills.iter().zip(&report.skills).filter(|(_, r)| r.answered > 0);
            for (skill, of_skill) in measured {
                self.scores.entry(skill.id.clone()).or_insert_with(|| of_skill.estimate.into());
            }
        }
    }
}

/// The stage as a heading, if there is one. Scores show knowledge, not leadership, and the last stages say so.
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
        // Nothing is below the first stage, so its requirement can be missed by any distance.
        Standing::At { stage: 0, .. } => Some(format!("{}, or just starting out", stage(0)?.short)),
        Standing::At { stage: at, .. } if stage(at)?.needs_statement => {
            Some(format!("Profile consistent with {}", stage(at)?.label))
        }
        Standing::At { stage: at, .. } => Some(format!("{}{}", stage(at)?.label, knowledge(at))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::sample;

    #[test]
    fn the_latest_result_gives_the_label_and_earlier_ones_what_it_lacks() {
        let (catalog, shards) = sample::bank(15);
        let statement = Statement::default();
        let skill = |at: usize| Form::on_skill(&catalog.skills[at]);
        let taken = |form, started, items: &[String]| {
            let mut session = Session::new(form, 1, started);
            for item in items {
                session.answer(sample::answer(item, 0));
            }
            session
        };
        let all: Vec<_> =
            (0..15).flat_map(|skill| (1..=4).map(move |level| format!("s{skill}-{level}"))).collect();
        let full = taken(Form::Full, 5, &all);
        let (first, later) = (taken(skill(2), 0, &["s2-3".into()]), taken(skill(2), 9, &["s2-4".into()]));
        let sessions = [&full, &first, &later];
        let mut label = Label::default();
        for session in [&later, &full, &first] {
            let report = Report::new(
                &catalog,
                &shards,
                sessions.into_iter().cloned().collect::<Vec<_>>().iter(),
                session,
                statement,
            )
            .unwrap();
            assert_eq!(label.lacks(&catalog, session), session.started > 0);
            let before = label.clone();
            label.take_earlier(&catalog, session, &report, statement);
            assert!(before.scores.iter().all(|(id, score)| label.scores[id] == *score));
            if session.started == 9 {
                assert!(label.label.is_none());
                assert_eq!(label.scores.keys().collect::<Vec<_>>(), [&SkillId("s2".into())]);
            } else {
                assert_eq!(label.session, Some(full.id().to_string()));
                assert_eq!((label.scores.len(), label.at), (15, full.last_at()));
            }
        }
    }

    #[test]
    fn no_interval_reaches_beyond_the_scale() {
        let interval = |score, margin| Score { score, margin }.cut_interval();
        assert_eq!(interval(62, 10), None);
        assert_eq!((interval(10, 10), interval(90, 10)), (None, None));
        assert_eq!((interval(3, 8), interval(95, 8)), (Some((0, 11)), Some((87, 100))));
        assert_eq!(interval(50, 255), Some((0, 100)));
    }

    #[test]
    fn a_label_holds_until_something_it_rests_on_changes() {
        let (catalog, _) = sample::bank(15);
        let statement = Statement::default();
        let session = |started| Session::new(Form::Quick, 1, started);
        let basis = Label::basis(&catalog, [&session(1)], statement);
        assert_eq!(basis, Label::basis(&catalog, [&session(1)], statement));
        assert_ne!(basis, Label::basis(&catalog, [&session(2)], statement));
        assert_ne!(basis, Label::basis(&catalog, [&session(1), &session(2)], statement));
        let led = Statement { scope: Some(crate::quiz::content::statement::Scope::Teams), ..statement };
        assert_ne!(basis, Label::basis(&catalog, [&session(1)], led));
        let newer = Catalog { version: "another".into(), ..catalog };
        assert_ne!(basis, Label::basis(&newer, [&session(1)], statement));
    }

    #[test]
    fn the_last_stages_say_what_scores_cannot_show() {
        use crate::quiz::content::statement::{Scope, Years};
        let (catalog, _) = sample::bank(1);
        let at = |stage| Standing::At { stage, likely: true };
        let nothing = Statement::default();
        let led = Statement { scope: Some(Scope::Teams), ..nothing };
        let executive = Statement { scope: Some(Scope::Organization), years: Some(Years::Ten), ..nothing };
        for (standing, statement, words) in [
            (at(0), nothing, Some("0, or just starting out")),
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
