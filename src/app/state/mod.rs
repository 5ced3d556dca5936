//! Everything that changes while the app runs. It is made once, above all pages.
//!
//! This file has the state itself and how a quiz is taken. [`results`] works out what follows from the answers,
//! [`shards`] fetches what that needs, [`parts`] loads the rest of the program, and [`saving`] has everything that goes
//! through storage.

mod parts;
mod results;
mod saving;
mod shards;

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use crate::{
    browser::{
        self,
        offline::{self, Offline},
        page,
        storage::{self, LocalStore},
    },
    quiz::{
        content::{
            bank::{Catalog, ItemId, Shards, SkillId},
            reply::Reply,
            statement::Statement,
        },
        order::by_largest,
        saved::{
            event::{Change, Event, Stream},
            label::Label,
            store::NotSaved,
        },
        scoring::{evidence::seen, measure::Posterior},
        taking::{
            form::Form,
            selection,
            session::{Answer, Session, SessionId},
        },
    },
    route::{Begin, Route},
    trouble::FetchError,
};

use crate::app::{kinds::needs_part, split::Part};
use parts::Parts;
pub(crate) use results::Next;
pub(crate) use saving::{Deletion, StorageStatus};

/// How many seeds a new session tries. One in fifteen begins with a given skill, so nearly always one of them does.
const TRIES: usize = 100;

/// The app's state, which lives as long as the page. Pages read its signals; only its methods write them.
pub(crate) struct App {
    pub(crate) catalog: &'static Catalog,
    pub(crate) route: ReadSignal<Route>,
    set_route: WriteSignal<Route>,
    /// Whether the reader has moved since the page was loaded. From then on headings take the focus.
    moved: StoredValue<bool>,

    /// Everything saved. The fields up to `status` are derived from it.
    store: StoredValue<LocalStore>,
    /// The sessions that were not abandoned.
    pub(crate) sessions: ReadSignal<BTreeMap<SessionId, Session>>,
    set_sessions: WriteSignal<BTreeMap<SessionId, Session>>,
    /// Abandoned sessions, of which only the items they showed are left.
    abandoned: RwSignal<Vec<Session>>,
    pub(crate) statement: ReadSignal<Statement>,
    set_statement: WriteSignal<Statement>,
    pub(crate) theme: ReadSignal<String>,
    set_theme: WriteSignal<String>,
    pub(crate) status: ReadSignal<StorageStatus>,
    set_status: WriteSignal<StorageStatus>,
    /// Whether other tabs' changes are about to be read.
    refreshing: StoredValue<bool>,

    pub(crate) offline: ReadSignal<Offline>,
    set_offline: WriteSignal<Offline>,

    pub(crate) shards: ReadSignal<Shards>,
    set_shards: WriteSignal<Shards>,
    /// Why shards could not be fetched, by skill.
    pub(crate) failed: ReadSignal<BTreeMap<usize, FetchError>>,
    set_failed: WriteSignal<BTreeMap<usize, FetchError>>,
    fetching: StoredValue<BTreeSet<usize>>,

    /// The parts of the program.
    pub(crate) parts: RwSignal<Parts>,
    loading: StoredValue<Vec<Part>>,

    /// The label and scores as last worked out.
    label: StoredValue<Option<Label>>,
    /// What the answers seen last imply, so that one more answer only touches one skill.
    posterior: StoredValue<Option<Posterior>>,
}

impl App {
    /// The state at the start: what is saved, on the page in the address.
    pub(crate) fn new(catalog: Catalog) -> &'static Self {
        let mut saved = storage::open(browser::seed());
        saved.date_misdated(&catalog.version, browser::now());
        let (route, set_route) = signal(page::route());
        let (sessions, set_sessions) = signal(BTreeMap::new());
        let (statement, set_statement) = signal(Statement::default());
        let (theme, set_theme) = signal(saved.theme().unwrap_or_default());
        let (status, set_status) = signal(StorageStatus::default());
        let (offline, set_offline) = signal(offline::offline());
        let (shards, set_shards) = signal(Shards::default());
        let (failed, set_failed) = signal(BTreeMap::new());
        let app = Box::leak(Box::new(Self {
            catalog: Box::leak(Box::new(catalog)),
            route,
            set_route,
            moved: StoredValue::new(false),
            label: StoredValue::new(saved.label()),
            store: StoredValue::new(saved),
            sessions,
            set_sessions,
            abandoned: RwSignal::default(),
            statement,
            set_statement,
            theme,
            set_theme,
            status,
            set_status,
            refreshing: StoredValue::new(false),
            offline,
            set_offline,
            shards,
            set_shards,
            failed,
            set_failed,
            fetching: StoredValue::default(),
            parts: RwSignal::default(),
            loading: StoredValue::default(),
            posterior: StoredValue::default(),
        }));
        app.show_saved();
        if let Some(address) = browser::bank::preloaded_shard()
            && let Some(skill) = app.catalog.skills.iter().position(|skill| skill.shard == address)
        {
            app.fetch(skill);
        }
        let route = app.begun(app.route.get_untracked());
        app.set_route.set(route);
        app
    }

    /// Shows the page that the address now names.
    pub(crate) fn arrive(&'static self, route: Route) {
        // After several quick moves the browser reports each of them, but by then the address is already the last one.
        // Drawing the same page again would lose what the reader has entered.
        if self.route.with_untracked(|shown| *shown == route) {
            return;
        }
        self.note_moved();
        let route = self.begun(route);
        self.set_route.set(route);
    }

    pub(crate) fn note_moved(&self) {
        self.moved.set_value(true);
    }

    pub(crate) fn has_moved(&self) -> bool {
        self.moved.get_value()
    }

    /// A session that was not abandoned.
    pub(crate) fn session(&self, id: SessionId) -> Option<Session> {
        self.sessions.with(|sessions| sessions.get(&id).cloned())
    }

    /// The same without tracking it.
    pub(crate) fn session_now(&self, id: SessionId) -> Option<Session> {
        untrack(|| self.session(id))
    }

    /// The sessions that were not abandoned, the latest first.
    pub(crate) fn latest_first(&self) -> Vec<Session> {
        let sessions = self.sessions.with(|sessions| sessions.values().rev().cloned().collect());
        by_largest(sessions, |session: &Session| session.began() as f64)
    }

    /// Hands over all sessions, abandoned ones included.
    fn with_all<T>(&self, read: impl FnOnce(&[&Session]) -> T) -> T {
        self.sessions.with(|sessions| {
            self.abandoned.with(|abandoned| read(&sessions.values().chain(abandoned).collect::<Vec<_>>()))
        })
    }

    pub(crate) fn has_abandoned(&self) -> bool {
        self.abandoned.with(|abandoned| !abandoned.is_empty())
    }

    pub(crate) fn is_finished(&self, session: &Session) -> bool {
        selection::is_finished(self.catalog, session)
    }

    /// If an address begins a session, begins it and replaces the address by that of its first question, so that neither
    /// Back nor a reload begins another. A session of that form without any answer is taken up instead.
    fn begun(&'static self, route: Route) -> Route {
        let form = match &route {
            Route::Start(Begin::Quick) => Some(Form::Quick),
            Route::Start(Begin::Full) => Some(Form::Full),
            Route::Start(Begin::Short) => Some(Form::Short),
            Route::Start(Begin::Skill(id)) => {
                self.catalog.skill(&SkillId(id.clone())).map(|(_, skill)| Form::on_skill(skill))
            }
            _ => None,
        };
        let Some(form) = form else { return route };
        // A clock that was wrong may have been set right since.
        self.refresh();
        let is_new = |session: &Session| session.form == form && session.answers.is_empty();
        let found = untrack(|| self.latest_first()).into_iter().find(is_new);
        let session = found.unwrap_or_else(|| {
            let session = self.soon_asked(form);
            self.note(&session, Change::Begun);
            session
        });
        let question = Route::Question(session.id(), 1);
        page::replace(&question);
        question
    }

    /// A new session whose first question is in a shard that is here or on its way, and of a kind that can be asked already,
    /// if a few tries find one. Which shard that is was drawn too.
    fn soon_asked(&self, form: Form) -> Session {
        let now = browser::now();
        let new = || Session::new(form.clone(), browser::seed(), now);
        let seen = untrack(|| self.with_all(|all| seen(all.iter().copied(), &new())));
        let is_soon = |session: &Session| {
            let first = selection::next(self.catalog, session, &seen, None);
            first.is_some_and(|(skill, entry)| {
                let can_ask =
                    !needs_part(entry.kind) || self.parts.with_untracked(|parts| parts.has(Part::Answers));
                can_ask && self.has_or_awaits(skill)
            })
        };
        std::iter::repeat_with(new).take(TRIES).find(is_soon).unwrap_or_else(new)
    }

    /// Saves the reply to a session's open question `item`, and finishes the session if that was the last one.
    pub(crate) fn reply(&'static self, id: SessionId, item: ItemId, reply: Reply, opened: u64) {
        // If another tab has answered it, this one shows that answer instead.
        self.refresh();
        let Some(session) = self.session_now(id).filter(|session| !session.answered(&item)) else { return };
        let now = browser::now();
        let took = u32::try_from(now.saturating_sub(opened)).unwrap_or(u32::MAX);
        // First of all, so that an error in what follows does not lose the answer.
        self.note(&session, Change::Answered(Answer { item, reply, at: session.next_at(now), took }));
        let Some(session) = self.session_now(id) else { return };
        let next = page::timed("answer", || untrack(|| self.next_or_fetch(&session)));
        if next == Some(Next::Finished) {
            self.finish(id);
        }
    }

    /// Notes that a session has no further questions.
    pub(crate) fn finish(&'static self, id: SessionId) {
        if let Some(session) = self.session_now(id).filter(|session| !session.finished) {
            self.note(&session, Change::Finished);
            untrack(|| self.update_label());
            self.settle();
        }
    }

    /// Saves a change to a session.
    fn note(&'static self, session: &Session, change: Change) {
        let (id, form) = (session.id(), session.form.clone());
        self.save(Stream::Session(id), Event::Session { form, change });
        let session = self.store.with_value(|store| store.session(id));
        self.set_sessions.update(|sessions| {
            sessions.extend(session.map(|session| (id, session)));
        });
    }

    /// Saves the reader's statement. It changes no score, only the wording of results and of the latest label.
    pub(crate) fn save_statement(&'static self, statement: Statement) {
        // Later than the one before, even if the clock was set back.
        let before = self.store.with_value(|store| store.history().stated_at);
        let at = browser::now().max(before.saturating_add(1));
        self.save(Stream::Reader, Event::Stated { statement, at });
        self.set_statement.set(statement);
        untrack(|| self.update_label());
    }

    pub(crate) fn set_theme(&self, theme: String) {
        self.store.with_value(|store| store.keep_theme(&theme));
        self.show_theme(theme);
    }

    fn show_theme(&self, theme: String) {
        page::set_theme(&theme);
        self.set_theme.set(theme);
    }

    pub(crate) fn set_offline(&self, offline: Offline) {
        self.set_offline.set(offline);
    }

    /// Removes the offline copy; whether that worked.
    pub(crate) async fn remove_copy(&'static self) -> bool {
        let removed = offline::remove().await;
        if removed {
            self.set_offline.update(|offline| offline.kept = false);
        }
        removed
    }

    /// Whether reloading the page now would lose something that the reader is in the middle of.
    pub(crate) fn is_busy(&self) -> bool {
        let status = self.status.get();
        matches!(status.not_saved, Some(NotSaved::Area(_)))
            || status.adrift > 0
            || self.route.with(|route| matches!(route, Route::Question(..) | Route::Data | Route::Preview(_)))
    }
}
