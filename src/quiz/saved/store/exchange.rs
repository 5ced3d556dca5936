//! Export and import: what a file contains, what it would add, and adding it.

use crate::quiz::{
    saved::{
        FORMAT,
        event::{Change, Event, EventId, StoredEvent, Stream},
        file::{ExportFile, Preview},
        store::{Area, AreaError, HeldEvent, NotSaved, Store, is_abandoned},
        value::Name,
    },
    taking::session::SessionId,
};

impl<A: Area> Store<A> {
    /// All events, and all values that can't be read, as a file.
    pub fn file(&self, exported: u64, result: Option<SessionId>) -> ExportFile {
        let entries = self.events.values().map(|held| held.entry.clone()).collect();
        let stored = self.unreadable.iter().map(|value| (value.key.clone(), value.text.clone())).collect();
        ExportFile { format: FORMAT, exported, result: result.map(|id| id.to_string()), entries, stored }
    }

    /// What importing these events would add.
    pub fn preview(&self, entries: &[StoredEvent]) -> Preview {
        let mut preview = Preview::default();
        let mut sessions: Vec<SessionId> = Vec::new();
        for entry in entries {
            match (&entry.event, entry.id.stream) {
                _ if !self.lacks(entry) => preview.known += 1,
                (Event::Session { change, .. }, Stream::Session(session)) => {
                    if sessions.last() != Some(&session) {
                        sessions.push(session);
                    }
                    preview.answers += usize::from(matches!(change, Change::Answered(_)));
                }
                (Event::Session { .. } | Event::Stated { .. }, _) => preview.statements += 1,
            }
        }
        let here = |session: &&SessionId| self.of_session(**session).next().is_some();
        preview.extended = sessions.iter().filter(here).count();
        preview.sessions = sessions.len() - preview.extended;
        preview
    }

    /// Whether an event of a file is new here. A quiz that was abandoned elsewhere stays unabandoned here.
    pub(super) fn lacks(&self, entry: &StoredEvent) -> bool {
        let ends = is_abandoned(entry)
            && match entry.id.stream {
                Stream::Session(session) => self.of_session(session).any(|held| !is_abandoned(&held.entry)),
                Stream::Reader => false,
            };
        !ends && !self.events.contains_key(&entry.id)
    }

    /// Adds the events that are new here, and returns their ids. Either all of them are saved or none is added. Without
    /// a storage they last as long as everything else.
    ///
    /// # Errors
    /// Why they could not be saved.
    pub fn import(&mut self, entries: Vec<StoredEvent>) -> Result<Vec<EventId>, NotSaved> {
        self.refresh();
        if self.newer {
            return Err(NotSaved::Newer);
        }
        let mut added = Vec::new();
        let new: Vec<StoredEvent> = entries.into_iter().filter(|entry| self.lacks(entry)).collect();
        for entry in new {
            let id = entry.id;
            // The value there can't be read, and stays.
            if matches!(self.area.get(&self.key(Name::Event(id))), Ok(Some(_))) {
                continue;
            }
            if let Stream::Session(session) = id.stream
                && let Some(at) = self.gone.iter().position(|gone| *gone == session)
                && self.area.remove(&self.key(Name::Gone(session))).is_ok()
            {
                self.gone.swap_remove(at);
            }
            self.events.insert(id, HeldEvent { unsaved: true, ..HeldEvent::new(entry) });
            added.push(id);
        }
        self.flush();
        match self.not_saved {
            None | Some(NotSaved::Area(AreaError::Refused)) => Ok(added),
            Some(error) => {
                for id in &added {
                    if self.events.remove(id).is_some_and(|held| held.own_key) {
                        // It was written a moment ago. If even this fails, it is found again and reported as saved.
                        let _ = self.area.remove(&self.key(Name::Event(*id)));
                    }
                }
                self.flush();
                Err(error)
            }
        }
    }
}
