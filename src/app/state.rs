//! Everything that changes while the app runs, made once above all pages.

use std::collections::{BTreeMap, BTreeSet};

use leptos::{prelude::*, task::spawn_local};

use crate::{
    app::keeping::Told,
    browser::{
        self,
        offline::{self, Offline},
        page,
        storage::{self, LocalStore},
    },
    quiz::{
        content::{
            bank::{Catalog, ItemId, Shards},
            reply::Reply,
            statement::Statement,
        },
        order::by_largest,
        saved::{
            event::{Change, Event, Stream},
            label::Label,
            store::NotSaved,
        },
        scoring::{
            evidence::{Evidence, seen},
            measure::Posterior,
            report::Report,
        },
        taking::{
            form::{self, Form},
            session::{Answer, Session, SessionId, Waiting},
        },
    },
    route::Route,
    trouble::FetchError,
};

/// The app's state. Pages read its signals and change it through its methods only.
#[derive(Clone, Copy)]
pub(crate) struct App {
    pub(crate) catalog: StoredValue<Catalog>,
    pub(crate) route: RwSignal<Route>,
    pub(crate) shards: RwSignal<Shards>,
    /// What is kept. All that the next five hold is derived from it.
    pub(super) store: StoredValue<LocalStore>,
    pub(crate) sessions: RwSignal<BTreeMap<SessionId, Session>>,
    /// Sessions that were abandoned: only which items they showed is left of them.
    pub(super) abandoned: RwSignal<Vec<Session>>,
    /// What the reader stated about themselves.
    pub(crate) statement: RwSignal<Statement>,
    pub(crate) theme: RwSignal<String>,
    /// What must be told of what is kept.
    pub(crate) told: RwSignal<Told>,
    /// What there is of an offline copy.
    pub(crate) offline: RwSignal<Offline>,
    /// Whether another tab's changes are about to be taken in.
    pub(super) heard: StoredValue<bool>,
    /// The label and scores as they were worked out last.
    label: StoredValue<Option<Label>>,
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
        let store = storage::open(browser::seed());
        let app = Self {
            posterior: StoredValue::default(),
            catalog: StoredValue::new(catalog),
            route: RwSignal::new(page::route()),
            shards: RwSignal::default(),
            sessions: RwSignal::default(),
            abandoned: RwSignal::default(),
            statement: RwSignal::default(),
            theme: RwSignal::new(store.theme().unwrap_or_default()),
            told: RwSignal::default(),
            offline: RwSignal::new(offline::offline()),
            heard: StoredValue::new(false),
            label: StoredValue::new(store.label()),
            store: StoredValue::new(store),
            failed: RwSignal::default(),
            moved: StoredValue::new(false),
            fetching: StoredValue::default(),
        };
        app.show();
        app
    }

    /// Shows the page that the address names now.
    pub(crate) fn arrive(self, route: Route) {
        // The browser tells of each of several moves after the last of them, and drawing the page anew would take away
        // what the reader has put in.
        if self.route.with_untracked(|shown| *shown == route) {
            return;
        }
        self.moved.set_value(true);
        window().scroll_to_with_x_and_y(0.0, 0.0);
        self.route.set(route);
    }

    /// Hands over all sessions, the abandoned ones among them.
    fn with_all<T>(self, read: impl FnOnce(&[&Session]) -> T) -> T {
        self.sessions.with(|sessions| {
            self.abandoned.with(|abandoned| read(&sessions.values().chain(abandoned).collect::<Vec<_>>()))
        })
    }

    /// Whether a session was abandoned.
    pub(crate) fn has_abandoned(self) -> bool {
        self.abandoned.with(|abandoned| !abandoned.is_empty())
    }

    /// Begins a session and goes to its first question.
    pub(crate) fn begin(self, form: Form) {
        let session = Session::new(form, browser::seed(), browser::now());
        self.note(&session, Change::Begun);
        page::go(&Route::Question(session.id(), 1));
    }

    /// Takes in the reply to the open question `item` of a session, and its result if it was the last.
    pub(crate) fn reply(self, id: SessionId, item: ItemId, reply: Reply, opened: u64) {
        // Another tab may have answered it, and then this one shows that answer.
        self.refresh();
        let Some(session) = self.sessions.with_untracked(|sessions| sessions.get(&id).cloned()) else {
            return;
        };
        if session.answered(&item) {
            return;
        }
        let now = browser::now();
        let took = u32::try_from(now.saturating_sub(opened)).unwrap_or(u32::MAX);
        // Before anything is worked out, so that nothing that goes wrong there loses the answer.
        self.note(&session, Change::Answered(Answer { item, reply, at: session.next_at(now), took }));
        let Some(session) = self.sessions.with_untracked(|sessions| sessions.get(&id).cloned()) else {
            return;
        };
        let next = page::timed("answer", || untrack(|| self.next(&session)));
        if next == Some(Next::Finished) {
            self.finish(id);
        }
    }

    /// Notes that a session has no further question.
    pub(crate) fn finish(self, id: SessionId) {
        let session = self.sessions.with_untracked(|sessions| sessions.get(&id).cloned());
        if let Some(session) = session.filter(|session| !session.finished) {
            self.note(&session, Change::Finished);
            untrack(|| self.label());
            self.settle();
        }
    }

    /// Keeps something that happened in a session.
    fn note(self, session: &Session, change: Change) {
        let (id, form) = (session.id(), session.form.clone());
        self.keep(Stream::Session(id), Event::Session { form, change });
        let session = self.store.with_value(|store| store.session(id));
        self.sessions.update(|sessions| {
            sessions.extend(session.map(|session| (id, session)));
        });
    }

    /// Keeps what the reader states. It enters no score, but results are worded by it, the latest label too.
    pub(crate) fn state(self, statement: Statement) {
        // Later than the one before, also after the clock was set back.
        let before = self.store.with_value(|store| store.history().stated_at);
        let at = browser::now().max(before.saturating_add(1));
        self.keep(Stream::Reader, Event::Stated { statement, at });
        self.statement.set(statement);
        untrack(|| self.label());
    }

    /// The latest label and scores. Empty while shards that they rest on are under way.
    pub(crate) fn label(self) -> Label {
        let statement = self.statement.get();
        let finished: Vec<Session> = self.sessions.with(|sessions| {
            sessions.values().filter(|session| self.is_finished(session)).cloned().collect()
        });
        let basis = self.with_all(|all| {
            self.catalog.with_value(|catalog| Label::basis(catalog, all.iter().copied(), statement))
        });
        if let Some(label) = self.label.get_value().filter(|label| label.basis == basis) {
            return label;
        }
        let mut label = Label { basis, ..Label::default() };
        for session in by_largest(finished, |session| session.last_at() as f64) {
            if self.catalog.with_value(|catalog| label.lacks(catalog, &session)) {
                let Some(report) = self.report(&session) else { return Label::default() };
                self.catalog.with_value(|catalog| label.take_earlier(catalog, &session, &report, statement));
            }
        }
        self.store.with_value(|store| store.keep_label(&label));
        self.label.set_value(Some(label.clone()));
        label
    }

    /// Whether the reader is in the midst of something that loading the page anew would take away.
    pub(crate) fn is_busy(self) -> bool {
        let told = self.told.get();
        matches!(told.not_saved, Some(NotSaved::Area(_)))
            || told.adrift > 0
            || self.route.with(|route| matches!(route, Route::Question(..) | Route::Data | Route::Preview(_)))
    }

    pub(crate) fn set_theme(self, theme: String) {
        page::set_theme(&theme);
        self.store.with_value(|store| store.keep_theme(&theme));
        self.theme.set(theme);
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
