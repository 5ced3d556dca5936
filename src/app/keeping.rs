//! What the app does with what is kept: taking in other tabs, tidying up, files, and deleting.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    app::state::App,
    browser::{
        self, page,
        storage::{self, LocalStore},
    },
    quiz::{
        order::gathered,
        saved::{
            damage::Damage,
            event::{Entry, Event, EventId, Stream},
            file::Preview,
            history::History,
            store::{AreaError, NotSaved, Size, Unreadable, abandoned},
        },
        taking::session::{Session, SessionId},
    },
    trouble::Trouble,
};

/// Something that only one tab may do at a time. Boxed, so that the waiting for it is compiled once.
type Alone = Box<dyn FnOnce(&mut LocalStore) -> Result<(), AreaError>>;

/// What must be told of what is kept, on every page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// Why something is not saved.
    pub(crate) not_saved: Option<NotSaved>,
    /// How many values are not understood, but for those of a later version.
    pub(crate) unreadable: usize,
    /// How many events are no longer in the storage.
    pub(crate) adrift: usize,
}

impl App {
    /// Hears that another tab changed a key, or all of them. Many changes are taken in at once.
    pub(crate) fn hear(self, key: Option<String>) {
        let ours = key.is_none_or(|key| key.starts_with(&storage::prefix()));
        if ours && !self.heard.get_value() {
            self.heard.set_value(true);
            spawn_local(async move {
                storage::later().await;
                self.heard.set_value(false);
                self.refresh();
            });
        }
    }

    /// Takes in what other tabs did.
    pub(crate) fn refresh(self) {
        if self.change(LocalStore::refresh) == Some(true) {
            self.show();
        }
    }

    /// Keeps an event.
    pub(super) fn keep(self, stream: Stream, event: Event) {
        let bank = self.catalog.with_value(|catalog| catalog.version.clone());
        self.change(|store| store.add(stream, &bank, event));
        if self.told.with_untracked(|told| told.not_saved) == Some(NotSaved::Area(AreaError::NotWritten)) {
            spawn_local(async move {
                // Where there is no room to be made the notice stays.
                let _ = self.alone(Box::new(LocalStore::make_room)).await;
            });
        }
    }

    /// Shows all that is kept.
    pub(super) fn show(self) {
        let History { sessions, statement, .. } = self.store.with_value(LocalStore::history);
        let (abandoned, open): (Vec<Session>, Vec<Session>) =
            sessions.into_iter().partition(|session| session.abandoned);
        self.sessions.set(gathered(open.into_iter().map(|session| (session.id(), session))));
        self.abandoned.set(abandoned);
        self.statement.set(statement);
        self.tell();
    }

    /// Asks the browser to take care of results, and tidies up.
    pub(super) fn settle(self) {
        let results = self
            .sessions
            .with_untracked(|sessions| sessions.values().filter(|session| session.finished).count());
        spawn_local(async move {
            if results > 0 {
                storage::persist().await;
            }
            self.tidy().await;
        });
    }

    /// Puts many small values together into few, where the browser keeps other tabs from doing so at the same time.
    pub(crate) async fn tidy(self) {
        if !self.store.with_value(LocalStore::wants_compaction) || !storage::can_be_alone() {
            return;
        }
        // Where it fails nothing is lost, and the next start tries again.
        let _ = self.alone(Box::new(|store| store.delete_abandoned().and_then(|()| store.compact()))).await;
    }

    /// Deletes a session's answers for good. Which items it showed is kept.
    pub(crate) fn abandon(self, id: SessionId) {
        let session = self.sessions.with_untracked(|sessions| sessions.get(&id).cloned());
        let Some(session) = session else { return };
        if !session.answers.is_empty() {
            self.keep(Stream::Session(id), abandoned(&session));
            self.show();
        }
        spawn_local(async move {
            // What is left where the browser refuses counts nowhere, and is deleted with the next tidying.
            let _ = if session.answers.is_empty() {
                self.alone(Box::new(move |store| store.delete_session(id))).await
            } else {
                self.alone(Box::new(LocalStore::delete_abandoned)).await
            };
        });
    }

    /// Deletes a session, and that its items were seen.
    pub(crate) async fn delete_session(self, id: SessionId) -> Result<(), Trouble> {
        self.alone(Box::new(move |store| store.delete_session(id))).await
    }

    /// Deletes everything.
    pub(crate) async fn delete_all(self) -> Result<(), Trouble> {
        self.alone(Box::new(LocalStore::delete_all)).await?;
        page::set_theme("");
        self.theme.set(String::new());
        Ok(())
    }

    /// Deletes the values that are not understood.
    pub(crate) async fn delete_unreadable(self) -> Result<(), Trouble> {
        self.alone(Box::new(LocalStore::delete_unreadable)).await
    }

    /// Takes back an import.
    pub(crate) async fn undo_import(self, ids: Vec<EventId>) -> Result<(), Trouble> {
        self.alone(Box::new(move |store| store.delete(&ids))).await
    }

    /// What importing would add.
    pub(crate) fn preview(self, entries: &[Entry]) -> Preview {
        self.store.with_value(|store| store.preview(entries))
    }

    /// Adds what a file holds, and returns the names of what was new.
    pub(crate) fn import(self, entries: Vec<Entry>) -> Result<Vec<EventId>, Trouble> {
        let added = self.change(|store| store.import(entries)).unwrap_or(Ok(Vec::new()));
        self.show();
        added.map_err(Trouble::NotImported)
    }

    /// Hands everything over as a file, with the session that it is saved from, if it is from a result.
    pub(crate) fn export(self, result: Option<SessionId>) {
        self.refresh();
        let now = browser::now();
        let file = self.store.with_value(|store| store.file(now, result));
        page::download(&format!("sextant-{}.json", page::date(now)), &file);
    }

    /// Saves again what is no longer in the storage, or forgets it.
    pub(crate) fn resolve_adrift(self, keep: bool) {
        self.change(if keep { LocalStore::keep_adrift } else { LocalStore::drop_adrift });
        self.show();
    }

    /// How much is stored; `None` where there is no storage.
    pub(crate) fn size(self) -> Option<Size> {
        self.told.track();
        self.sessions.track();
        self.store.with_value(|store| store.size().ok())
    }

    /// What is not understood.
    pub(crate) fn unreadable(self) -> Vec<Unreadable> {
        self.told.track();
        self.store.with_value(|store| store.unreadable().to_vec())
    }

    /// Changes what is kept while no other tab changes anything, and shows it.
    async fn alone(self, work: Alone) -> Result<(), Trouble> {
        let within = async move {
            // What other tabs did before may arrive a moment after the lock.
            storage::later().await;
            self.change(work)
        };
        let done = storage::alone(within).await.flatten();
        self.show();
        match done {
            Some(Ok(())) => Ok(()),
            _ if self.told.get_untracked().not_saved == Some(NotSaved::Newer) => {
                Err(Trouble::NotSaved(NotSaved::Newer))
            }
            _ => Err(Trouble::NotDeleted),
        }
    }

    /// Changes what is kept, and tells how that went. `None` where the page is being left.
    fn change<T>(self, change: impl FnOnce(&mut LocalStore) -> T) -> Option<T> {
        let done = self.store.try_update_value(change);
        self.tell();
        done
    }

    fn tell(self) {
        let told = self.store.with_value(|store| Told {
            not_saved: store.not_saved(),
            unreadable: store.unreadable().iter().filter(|value| value.damage != Damage::Newer).count(),
            adrift: store.adrift(),
        });
        if self.told.get_untracked() != told {
            self.told.set(told);
        }
    }
}
