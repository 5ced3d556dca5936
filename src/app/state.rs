//! Everything that changes while the app runs, made once above all pages.

use std::collections::{BTreeMap, BTreeSet};

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{
        self,
        bank::FetchError,
        page,
        storage::{self, StorageError},
    },
    quiz::{
        bank::{Catalog, ItemId, Shards},
        evidence::{Evidence, seen},
        form::{self, Form},
        measure::Posterior,
        reply::Reply,
        report::Report,
        saved::{Export, FORMAT, Label},
        session::{Answer, Session, Waiting},
        statement::Statement,
    },
    route::Route,
};

/// The app's state. Pages read its signals and change it through its methods only.
#[derive(Clone, Copy)]
pub(crate) struct App {
    pub(crate) catalog: StoredValue<Catalog>,
    pub(crate) route: RwSignal<Route>,
    pub(crate) shards: RwSignal<Shards>,
    pub(crate) sessions: RwSignal<BTreeMap<String, Session>>,
    /// Sessions that were abandoned: only which items they showed is left of them.
    abandoned: RwSignal<Vec<Session>>,
    pub(crate) label: RwSignal<Label>,
    /// What the reader stated about themselves.
    pub(crate) statement: RwSignal<Statement>,
    pub(crate) theme: RwSignal<String>,
    /// Why the last thing to keep was not kept.
    pub(crate) not_saved: RwSignal<Option<StorageError>>,
    /// How many stored values could not be read.
    pub(crate) unreadable: RwSignal<usize>,
    /// Why shards could not be fetched, by skill.
    pub(crate) failed: RwSignal<BTreeMap<usize, FetchError>>,
    /// Whether the reader has moved since the page was loaded; then headings take the focus.
    pub(crate) moved: StoredValue<bool>,
    fetching: StoredValue<BTreeSet<usize>>,
    /// What is believed after the answers looked at last, so that one more touches one skill only.
    posterior: StoredValue<Option<Posterior>>,
}

impl App {
    /// The state at the start: what was kept, on the page that the address names.
    pub(crate) fn new(catalog: Catalog) -> Self {
        let (kept, refused) = match storage::load() {
            Ok(kept) => (kept, None),
            Err(error) => (storage::Kept::default(), Some(error)),
        };
        let (abandoned, sessions): (Vec<_>, Vec<_>) =
            kept.sessions.into_iter().partition(|session| session.abandoned);
        let sessions = sessions.into_iter().map(|session| (session.id(), session)).collect();
        Self {
            posterior: StoredValue::default(),
            catalog: StoredValue::new(catalog),
            route: RwSignal::new(page::route()),
            shards: RwSignal::default(),
            sessions: RwSignal::new(sessions),
            abandoned: RwSignal::new(abandoned),
            label: RwSignal::new(kept.label),
            statement: RwSignal::new(kept.statement),
            theme: RwSignal::new(kept.theme.unwrap_or_default()),
            not_saved: RwSignal::new(refused),
            unreadable: RwSignal::new(kept.unreadable.len()),
            failed: RwSignal::default(),
            moved: StoredValue::new(false),
            fetching: StoredValue::default(),
        }
    }

    /// Shows the page that the address names now.
    pub(crate) fn arrive(self, route: Route) {
        self.moved.set_value(true);
        window().scroll_to_with_x_and_y(0.0, 0.0);
        self.route.set(route);
    }

    /// Takes in what another tab saved: its sessions where they have more answers than those held here, so that
    /// neither tab writes over the other's. Sessions only end where they were abandoned.
    pub(crate) fn hear_other_tab(self) {
        let Ok(kept) = storage::load() else { return };
        let (abandoned, open): (Vec<_>, Vec<_>) =
            kept.sessions.into_iter().partition(|session| session.abandoned);
        self.sessions.update(|sessions| {
            for session in &abandoned {
                sessions.remove(&session.id());
            }
            for session in open {
                let held = sessions.get(&session.id()).map_or(0, |held| held.answers.len());
                if session.answers.len() >= held {
                    sessions.insert(session.id(), session);
                }
            }
        });
        self.abandoned.set(abandoned);
        self.label.set(kept.label);
        self.statement.set(kept.statement);
    }

    /// Hands over all sessions, the abandoned ones among them.
    fn with_all<T>(self, read: impl FnOnce(&[&Session]) -> T) -> T {
        self.sessions.with(|sessions| {
            self.abandoned.with(|abandoned| read(&sessions.values().chain(abandoned).collect::<Vec<_>>()))
        })
    }

    /// Begins a session and goes to its first question.
    pub(crate) fn begin(self, form: Form) {
        let session = Session::new(form, browser::seed(), browser::now());
        let id = session.id();
        self.keep(storage::save_session(&session));
        self.sessions.update(|sessions| {
            sessions.insert(id.clone(), session);
        });
        page::go(&Route::Question(id, 1));
    }

    /// Takes in the reply to the open question `item` of a session, and its result if it was the last.
    pub(crate) fn reply(self, id: &str, item: ItemId, reply: Reply, opened: u64) {
        let now = browser::now();
        let took = u32::try_from(now.saturating_sub(opened)).unwrap_or(u32::MAX);
        let mut answered = None;
        self.sessions.update(|sessions| {
            if let Some(session) = sessions.get_mut(id)
                && session.answer(Answer { item, reply, at: now, took })
            {
                answered = Some(session.clone());
            }
        });
        let Some(mut session) = answered else { return };
        // Before anything is worked out, so that nothing that goes wrong there loses the answer.
        self.keep(storage::save_session(&session));
        let next = page::timed("answer", || untrack(|| self.next(&session)));
        if next == Some(Next::Finished) {
            session.finished = true;
            self.keep(storage::save_session(&session));
            self.sessions.update(|sessions| {
                sessions.insert(session.id(), session.clone());
            });
            self.label_from(&session, now);
        }
    }

    fn label_from(self, session: &Session, now: u64) {
        self.relabel(session, |label, catalog, report, statement| {
            label.update(catalog, session, report, statement, now);
        });
    }

    fn relabel(self, session: &Session, change: impl FnOnce(&mut Label, &Catalog, &Report, Statement)) {
        // The last question could not be asked before every shard it rests on had arrived.
        let Some(report) = untrack(|| self.report(session)) else { return };
        let statement = self.statement.get_untracked();
        self.label.update(|label| {
            self.catalog.with_value(|catalog| change(label, catalog, &report, statement));
        });
        self.warn(self.label.with_untracked(storage::save_label));
    }

    /// Keeps what the reader states. It enters no score, but results are worded by it, the latest label too.
    pub(crate) fn state(self, statement: Statement) {
        self.statement.set(statement);
        self.warn(storage::save_statement(statement));
        let (id, at) = self.label.with_untracked(|label| (label.session.clone(), label.at));
        let session = id.and_then(|id| self.sessions.with_untracked(|sessions| sessions.get(&id).cloned()));
        if let Some(session) = session {
            self.relabel(&session, |label, catalog, report, statement| {
                label.word(catalog, &session, report, statement, at);
            });
        }
    }

    /// What a session's result rests on, as a file for whoever wants to check it.
    pub(crate) fn export(self, id: &str) {
        let export = Export {
            format: FORMAT,
            session: id.to_owned(),
            sessions: untrack(|| self.with_all(|all| all.iter().map(|session| (*session).clone()).collect())),
            statement: self.statement.get_untracked(),
        };
        page::download(&format!("sextant-{id}.json"), &export);
    }

    /// Deletes a session's answers for good. Which items it showed is kept.
    pub(crate) fn abandon(self, id: &str) {
        let Some(mut session) = self.sessions.try_update(|sessions| sessions.remove(id)).flatten() else {
            return;
        };
        if session.answers.is_empty() {
            return self.warn(storage::remove_session(id));
        }
        session.abandon();
        self.warn(storage::save_session(&session));
        self.abandoned.update(|abandoned| abandoned.push(session));
    }

    pub(crate) fn set_theme(self, theme: String) {
        page::set_theme(&theme);
        self.warn(storage::save_theme(&theme));
        self.theme.set(theme);
    }

    /// Tells whether a session was saved. It is saved whole, so a success mends earlier failures.
    fn keep(self, saved: Result<(), StorageError>) {
        self.not_saved.set(saved.err());
    }

    /// Tells that something else was not saved. Its success says nothing about the answers.
    fn warn(self, saved: Result<(), StorageError>) {
        if let Err(error) = saved {
            self.not_saved.set(Some(error));
        }
    }

    pub(crate) fn is_finished(self, session: &Session) -> bool {
        self.catalog.with_value(|catalog| form::is_finished(catalog, session))
    }

    /// What counts for a session; `None` while shards that it depends on are under way.
    fn evidence(self, session: &Session) -> Option<Evidence> {
        self.failed.track();
        let evidence = self.with_all(|all| {
            self.shards.with(|shards| {
                self.catalog
                    .with_value(|catalog| Evidence::new(catalog, shards, all.iter().copied(), session))
            })
        });
        evidence.map_err(|waiting| self.fetch_all(waiting)).ok()
    }

    /// The item that a session asks next; `None` while shards it depends on are under way.
    pub(crate) fn next(self, session: &Session) -> Option<Next> {
        let seen = self.with_all(|all| seen(all.iter().copied(), session));
        let next = |posterior: Option<&Posterior>| {
            self.catalog.with_value(|catalog| match form::next(catalog, session, &seen, posterior) {
                Some((skill, entry)) => Next::Ask(skill, entry.id.clone()),
                None => Next::Finished,
            })
        };
        // The first question depends on no answer, so it waits for no shard but its own.
        if session.answers.is_empty() {
            return Some(next(None));
        }
        let observed = self.evidence(session)?.observed();
        self.posterior.update_value(|posterior| {
            let prior = || self.catalog.with_value(Catalog::prior);
            posterior.get_or_insert_with(prior).follow(&observed);
        });
        Some(self.posterior.with_value(|posterior| next(posterior.as_ref())))
    }

    /// A session's report; `None` while shards it depends on are under way.
    pub(crate) fn report(self, session: &Session) -> Option<Report> {
        self.failed.track();
        let statement = self.statement.get();
        let report = page::timed("report", || {
            self.with_all(|all| {
                self.shards.with(|shards| {
                    self.catalog.with_value(|catalog| {
                        Report::new(catalog, shards, all.iter().copied(), session, statement)
                    })
                })
            })
        });
        report.map_err(|waiting| self.fetch_all(waiting)).ok()
    }

    fn fetch_all(self, waiting: Waiting) {
        for skill in waiting.0 {
            self.fetch(skill);
        }
    }

    /// Whether a skill's shard is there; where it is not, fetches it. Tracks its arrival and failure.
    pub(crate) fn has(self, skill: usize) -> bool {
        self.failed.track();
        let there = self.shards.with(|shards| shards.get(skill).is_some());
        if !there {
            self.fetch(skill);
        }
        there
    }

    /// Fetches a skill's shard unless it is there, under way, or has failed.
    fn fetch(self, skill: usize) {
        let failed = self.failed.with_untracked(|failed| failed.contains_key(&skill));
        if !failed && self.claim(skill) {
            spawn_local(self.fetch_claimed(skill));
        }
    }

    /// Marks a shard as under way, unless it is or is there: `false`.
    fn claim(self, skill: usize) -> bool {
        let there = self.shards.with_untracked(|shards| shards.get(skill).is_some());
        !there && self.fetching.try_update_value(|skills| skills.insert(skill)) == Some(true)
    }

    async fn fetch_claimed(self, skill: usize) {
        let address = self.catalog.with_value(|catalog| catalog.skills.get(skill).map(|s| s.shard.clone()));
        let Some(address) = address else { return };
        let fetched = browser::bank::json(&address).await;
        self.fetching.update_value(|skills| {
            skills.remove(&skill);
        });
        match fetched {
            Ok(shard) => self.shards.update(|shards| shards.put(skill, shard)),
            Err(error) => self.failed.update(|failed| {
                failed.insert(skill, error);
            }),
        }
    }

    /// Fetches all shards, one after the other, while the reader thinks.
    pub(crate) fn prefetch(self) {
        spawn_local(async move {
            let skills = self.catalog.with_value(|catalog| catalog.skills.len());
            for skill in 0..skills {
                if self.claim(skill) {
                    self.fetch_claimed(skill).await;
                }
            }
            // What failed ahead of its time is tried again when it is needed.
            self.failed.set(BTreeMap::new());
        });
    }

    /// Tries again what could not be fetched.
    pub(crate) fn retry(self) {
        self.failed.set(BTreeMap::new());
    }
}

/// What a session does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Asks that item of that skill.
    Ask(usize, ItemId),
    /// Shows the result.
    Finished,
}
