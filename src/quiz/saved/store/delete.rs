//! Deleting events from every value that contains them.

use std::collections::BTreeSet;

use crate::quiz::{
    order::gathered,
    saved::{
        damage::Damage,
        event::{EventId, Stream},
        record::seal,
        store::{Area, AreaError, HeldEvent, Store, abandoned, is_answered},
        value::{Key, Name, Slot},
    },
    taking::session::SessionId,
};

impl<A: Area> Store<A> {
    /// Deletes events from the storage and from memory. Only one tab at a time may call this: see [`Self::compact`].
    ///
    /// # Errors
    /// Why the storage refused. Some of the events may be deleted.
    pub fn delete(&mut self, ids: &[EventId]) -> Result<(), AreaError> {
        match self.look() {
            // Unsaved events can be deleted without a storage.
            Err(_) if ids.iter().all(|id| self.events.get(id).is_none_or(|held| held.unsaved)) => {}
            Err(error) => return Err(error),
            Ok(_) if self.newer => return Err(AreaError::NotWritten),
            Ok(_) => self.delete_stored(ids)?,
        }
        for id in ids {
            self.events.remove(id);
        }
        Ok(())
    }

    pub(super) fn delete_stored(&mut self, ids: &[EventId]) -> Result<(), AreaError> {
        let doomed: BTreeSet<EventId> = gathered(ids.iter().copied());
        for slot in Slot::BOTH {
            let is_here = |held: &HeldEvent| *slot.of(&held.slots);
            // Only events that the slot already contains. An event that isn't in the other slot yet must keep its own
            // key.
            if self.events.values().any(|held| is_here(held) && doomed.contains(&held.entry.id)) {
                self.write_slot(slot, |held| is_here(held) && !doomed.contains(&held.entry.id))?;
            }
        }
        for id in ids {
            self.area.remove(&self.key(Name::Event(*id)))?;
        }
        Ok(())
    }

    /// Deletes a session. Only one tab at a time may call this: see [`Self::compact`].
    ///
    /// # Errors
    /// As [`Self::delete`].
    pub fn delete_session(&mut self, id: SessionId) -> Result<(), AreaError> {
        let stored = self.look().is_ok();
        if stored && self.newer {
            return Err(AreaError::NotWritten);
        }
        let ids: Vec<_> = self.of_session(id).map(|held| held.entry.id).collect();
        if stored {
            self.area.remove(&self.first_key(id))?;
        }
        self.delete(&ids)?;
        if stored && let Some(json) = seal(&()) {
            // Other tabs still have it in memory, and must not write it again.
            self.area.set(&self.key(Name::Gone(id)), &json)?;
            self.gone.push(id);
        }
        Ok(())
    }

    /// Deletes the answers of abandoned sessions, including those of tabs that didn't know yet. The seen items stay.
    /// Only one tab at a time may call this: see [`Self::compact`].
    ///
    /// # Errors
    /// As [`Self::delete`].
    pub fn delete_abandoned(&mut self) -> Result<(), AreaError> {
        self.look()?;
        if self.newer {
            return Ok(());
        }
        let mut answered = Vec::new();
        let mut first_keys = Vec::new();
        for session in self.history().sessions.into_iter().filter(|session| session.abandoned) {
            let before = answered.len();
            answered.extend(
                self.of_session(session.id()).map(|held| &held.entry).filter(|e| is_answered(e)).cloned(),
            );
            let Some(bank) = answered.get(before).map(|entry| entry.bank.clone()) else { continue };
            // Again, for the answers of tabs that didn't know yet.
            self.hold(Stream::Session(session.id()), &bank, abandoned(&session));
            first_keys.push(self.first_key(session.id()));
        }
        self.flush();
        if answered.is_empty() || self.not_saved.is_some() {
            return Ok(());
        }
        for key in first_keys {
            self.area.remove(&key)?;
        }
        let ids: Vec<_> = answered.into_iter().map(|entry| entry.id).collect();
        self.delete(&ids)
    }

    /// Deletes the values that can't be read, except for those of a later format.
    ///
    /// # Errors
    /// See [`AreaError`].
    pub fn delete_unreadable(&mut self) -> Result<(), AreaError> {
        self.look()?;
        for value in &self.unreadable {
            if value.damage != Damage::Newer {
                self.area.remove(&value.key)?;
            }
        }
        self.look().map(|_| ())
    }

    /// Deletes everything from the storage and from memory. Only one tab at a time may call this: see
    /// [`Self::compact`].
    ///
    /// # Errors
    /// See [`AreaError`]. Some values may be deleted.
    pub fn delete_all(&mut self) -> Result<(), AreaError> {
        // Old formats first. Otherwise another tab might migrate them again.
        let (first, rest): (Vec<_>, Vec<_>) =
            self.keys()?.into_iter().partition(|(_, parsed)| matches!(parsed, Key::First(_)));
        for (key, _) in first.into_iter().chain(rest) {
            self.area.remove(&key)?;
        }
        self.events.clear();
        self.gone.clear();
        self.newer = false;
        self.refresh();
        Ok(())
    }
}
