//! Everything that goes through storage: saving, following other tabs, tidying up, files, and deleting.

use leptos::prelude::*;

use crate::{
    app::{state::App, task},
    browser::{
        self, page,
        storage::{self, LocalStore},
    },
    quiz::{
        order::gathered,
        saved::{
            damage::Damage,
            event::{Event, EventId, StoredEvent, Stream},
            file::Preview,
            history::History,
            store::{AreaError, NotSaved, Size, Unreadable, abandoned},
        },
        taking::session::{Session, SessionId},
    },
    trouble::Trouble,
};

/// Work that only one tab may do at a time. Boxed, so that the code that waits for the lock is compiled once.
type Alone = Box<dyn FnOnce(&mut LocalStore) -> Result<(), AreaError>>;

/// What can be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deletion {
    /// A session, and which items it showed.
    Session(SessionId),
    /// The damaged values.
    Unreadable,
    Everything,
}

/// The problems with saved data that every page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StorageStatus {
    /// Why something is not saved.
    pub(crate) not_saved: Option<NotSaved>,
    /// How many values are damaged, not counting those that a later version saved.
    pub(crate) unreadable: usize,
    /// How many events have disappeared from storage.
    pub(crate) adrift: usize,
}

impl App {
    /// Follows a change that another tab made to a key, or to all of them. Several changes at once are read together.
    pub(crate) fn hear(&'static self, key: Option<String>) {
        let ours = key.as_ref().is_none_or(|key| key.starts_with(&storage::prefix()));
        if ours && key.is_none_or(|key| key.ends_with(":theme")) {
            let theme = self.store.with_value(LocalStore::theme).unwrap_or_default();
            self.show_theme(theme);
        }
        if ours && !self.refreshing.get_value() {
            self.refreshing.set_value(true);
            task::run(async move {
                storage::later().await;
                self.refreshing.set_value(false);
                self.refresh();
            });
        }
    }

    /// Reads what other tabs saved.
    pub(crate) fn refresh(&self) {
        let now = browser::now();
        let changed = self.change(|store| {
            let changed = store.refresh();
            let dated = store.date_misdated(&self.catalog.version, now);
            changed || !dated.is_empty()
        });
        if changed == Some(true) {
            self.show_saved();
        }
    }

    /// Saves an event.
    pub(super) fn save(&'static self, stream: Stream, event: Event) {
        self.change(|store| store.add(stream, &self.catalog.version, event));
        if self.status.with_untracked(|status| status.not_saved)
            == Some(NotSaved::Area(AreaError::NotWritten))
        {
            task::run(async move {
                // If no room can be made, the notice stays.
                let _ = self.alone(Box::new(LocalStore::make_room)).await;
            });
        }
    }

    /// Updates the signals from the store.
    pub(super) fn show_saved(&self) {
        let History { sessions, statement, .. } = self.store.with_value(LocalStore::history);
        let (abandoned, open): (Vec<Session>, Vec<Session>) =
            sessions.into_iter().partition(|session| session.abandoned);
        self.set_sessions.set(gathered(open.into_iter().map(|session| (session.id(), session))));
        self.abandoned.set(abandoned);
        self.set_statement.set(statement);
        self.update_status();
    }

    /// Once there are results, asks the browser to protect them. Then tidies up.
    pub(super) fn settle(&'static self) {
        let results =
            self.sessions.with_untracked(|sessions| sessions.values().any(|session| session.finished));
        task::run(async move {
            if results {
                storage::persist().await;
            }
            self.tidy().await;
        });
    }

    /// Combines many small values into a few, in browsers that can keep other tabs from doing so at the same time.
    pub(crate) async fn tidy(&'static self) {
        if !self.store.with_value(LocalStore::wants_compaction) || !storage::can_be_alone() {
            return;
        }
        // If it fails, nothing is lost and the next start tries again.
        let _ = self.alone(Box::new(|store| store.delete_abandoned().and_then(|()| store.compact()))).await;
    }

    /// Deletes a session's answers for good. Which items it showed stays.
    pub(crate) fn abandon(&'static self, id: SessionId) {
        let Some(session) = self.session_now(id) else { return };
        if !session.answers.is_empty() {
            self.save(Stream::Session(id), abandoned(&session));
            self.show_saved();
        }
        task::run(async move {
            // What the browser refuses to delete no longer counts, and goes when the app next tidies up.
            let _ = if session.answers.is_empty() {
                self.alone(Box::new(move |store| store.delete_session(id))).await
            } else {
                self.alone(Box::new(LocalStore::delete_abandoned)).await
            };
        });
    }

    /// Deletes saved data.
    pub(crate) async fn delete(&'static self, what: Deletion) -> Result<(), Trouble> {
        self.alone(match what {
            Deletion::Session(id) => Box::new(move |store| store.delete_session(id)),
            Deletion::Unreadable => Box::new(LocalStore::delete_unreadable),
            Deletion::Everything => Box::new(LocalStore::delete_all),
        })
        .await?;
        if what == Deletion::Everything {
            self.show_theme(String::new());
        }
        Ok(())
    }

    /// Deletes what an import added.
    pub(crate) async fn undo_import(&'static self, ids: Vec<EventId>) -> Result<(), Trouble> {
        self.alone(Box::new(move |store| store.delete(&ids))).await
    }

    /// What an import would add.
    pub(crate) fn preview(&self, entries: &[StoredEvent]) -> Preview {
        self.store.with_value(|store| store.preview(entries))
    }

    /// Adds a file's entries, and returns the ids of the new ones.
    pub(crate) fn import(&self, entries: Vec<StoredEvent>) -> Result<Vec<EventId>, Trouble> {
        let now = browser::now();
        let import = |store: &mut LocalStore| {
            let mut added = store.import(entries)?;
            added.extend(store.date_misdated(&self.catalog.version, now));
            Ok(added)
        };
        let added = self.change(import).unwrap_or(Ok(Vec::new()));
        self.show_saved();
        added.map_err(Trouble::NotImported)
    }

    /// What [`Self::export`] calls once its part of the program has arrived.
    pub(crate) fn download(&self, result: Option<SessionId>) {
        self.refresh();
        let now = browser::now();
        let file = self.store.with_value(|store| store.file(now, result));
        page::download(&format!("sextant-{}.json", page::date(now)), &file);
    }

    /// Saves what has disappeared from storage again, or discards it.
    pub(crate) fn resolve_adrift(&self, save: bool) {
        self.change(if save { LocalStore::keep_adrift } else { LocalStore::drop_adrift });
        self.show_saved();
    }

    /// How much is stored; `None` without storage.
    pub(crate) fn size(&self) -> Option<Size> {
        self.status.track();
        self.sessions.track();
        self.store.with_value(|store| store.size().ok())
    }

    /// The values that cannot be read.
    pub(crate) fn unreadable(&self) -> Vec<Unreadable> {
        self.status.track();
        self.store.with_value(|store| store.unreadable().to_vec())
    }

    /// Changes the store while no other tab does, and updates the signals.
    async fn alone(&'static self, work: Alone) -> Result<(), Trouble> {
        let within = async move {
            // What other tabs wrote earlier may arrive a moment after the lock.
            storage::later().await;
            self.change(work)
        };
        let done = storage::alone(within).await.flatten();
        self.show_saved();
        match done {
            Some(Ok(())) => Ok(()),
            _ if self.status.get_untracked().not_saved == Some(NotSaved::Newer) => {
                Err(Trouble::NotSaved(NotSaved::Newer))
            }
            _ => Err(Trouble::NotDeleted),
        }
    }

    /// Changes the store and updates its status. `None` if the page is being left.
    fn change<T>(&self, change: impl FnOnce(&mut LocalStore) -> T) -> Option<T> {
        let done = self.store.try_update_value(change);
        self.update_status();
        done
    }

    fn update_status(&self) {
        let status = self.store.with_value(|store| StorageStatus {
            not_saved: store.not_saved(),
            unreadable: store.unreadable().iter().filter(|value| value.damage != Damage::Newer).count(),
            adrift: store.adrift(),
        });
        if self.status.get_untracked() != status {
            self.set_status.set(status);
        }
    }
}
