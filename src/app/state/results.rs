//! What follows from the answers: the next question, the report and the latest label. Each needs shards, and starts to
//! fetch those that are missing.

use leptos::prelude::*;

use crate::{
    app::{
        split::{self, Part},
        state::App,
    },
    browser::page,
    quiz::{
        content::bank::ItemId,
        order::by_largest,
        saved::label::Label,
        scoring::{
            evidence::{Evidence, seen},
            measure::Posterior,
            report::Report,
        },
        taking::{
            selection,
            session::{MissingShards, Session},
        },
    },
};

/// What a session does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Asks that item of that skill.
    Ask(usize, ItemId),
    /// Shows the result.
    Finished,
}

impl App {
    /// What a session does next; `None` while shards for it are being fetched.
    pub(crate) fn next_or_fetch(&'static self, session: &Session) -> Option<Next> {
        let seen = self.with_all(|all| seen(all.iter().copied(), session));
        let next =
            |posterior: Option<&Posterior>| match selection::next(self.catalog, session, &seen, posterior) {
                Some((skill, entry)) => Next::Ask(skill, entry.id.clone()),
                None => Next::Finished,
            };
        // The first question depends on no answer, so it only waits for its own shard.
        if session.answers.is_empty() {
            return Some(next(None));
        }
        self.failed.track();
        let evidence = self.with_all(|all| {
            self.shards.with(|shards| Evidence::new(self.catalog, shards, all.iter().copied(), session))
        });
        let observed = self.arrived(evidence)?.observed();
        self.posterior.update_value(|posterior| {
            posterior.get_or_insert_with(|| Posterior::before(self.catalog)).follow(&observed);
        });
        Some(self.posterior.with_value(|posterior| next(posterior.as_ref())))
    }

    /// A session's report; `None` while shards for it are being fetched.
    pub(crate) fn report_or_fetch(&'static self, session: &Session) -> Option<Report> {
        self.failed.track();
        let statement = self.statement.get();
        let report = page::timed("report", || {
            self.with_all(|all| {
                self.shards
                    .with(|shards| Report::new(self.catalog, shards, all.iter().copied(), session, statement))
            })
        });
        self.arrived(report)
    }

    /// Brings the latest label and scores up to date, saves a copy and returns them. They are empty while what they need is
    /// being fetched.
    pub(crate) fn update_label(&'static self) -> Label {
        let basis = self.basis();
        if let Some(label) = self.label.get_value().filter(|label| label.basis == basis) {
            return label;
        }
        let has_sessions = self.sessions.with(|sessions| sessions.values().any(|session| session.finished));
        if !has_sessions || !self.has_part_or_loads(Part::Results) {
            return Label::default();
        }
        let Some(label) = split::label(self) else { return Label::default() };
        self.store.with_value(|store| store.keep_label(&label));
        self.label.set_value(Some(label.clone()));
        label
    }

    fn basis(&self) -> u32 {
        self.with_all(|all| Label::basis(self.catalog, all.iter().copied(), self.statement.get()))
    }

    /// Works out the latest label and scores; `None` while shards for them are being fetched. [`split::label`] calls this.
    pub(crate) fn derive_label(&'static self) -> Option<Label> {
        let statement = self.statement.get();
        let finished: Vec<Session> = self.sessions.with(|sessions| {
            sessions.values().filter(|session| self.is_finished(session)).cloned().collect()
        });
        let mut label = Label { basis: self.basis(), ..Label::default() };
        for session in by_largest(finished, |session| session.last_at() as f64) {
            if label.lacks(self.catalog, &session) {
                let report = self.report_or_fetch(&session)?;
                label.take_earlier(self.catalog, &session, &report, statement);
            }
        }
        Some(label)
    }

    /// What was worked out, unless shards are missing: then fetches those.
    fn arrived<T>(&'static self, result: Result<T, MissingShards>) -> Option<T> {
        result.map_err(|missing| missing.0.into_iter().for_each(|skill| self.fetch(skill))).ok()
    }
}
