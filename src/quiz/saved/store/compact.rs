//! Snapshots: many small values put together into two.

use crate::quiz::saved::{
    record::{checksum, seal},
    store::{Area, AreaError, HeldEvent, Store},
    value::{Name, Slot, Snapshot, Value},
};

/// With so many events under keys of their own, a snapshot is worth its while: about one full assessment.
const LOOSE: usize = 64;

impl<A: Area> Store<A> {
    /// Whether so many events have keys of their own that [`Self::compact`] is worth its while.
    pub fn wants_compaction(&self) -> bool {
        self.can_compact() && self.events.values().filter(|held| held.own_key).count() >= LOOSE
    }

    /// Deletes the own keys of events that both slots hold and, if any are left, writes all events into the older slot.
    ///
    /// An event thus loses its own key only in the run after the second that wrote it into a slot. Runs are a visit or a
    /// quiz apart, so that every tab has long seen both; and no damage to a single value loses an event that was there
    /// for so long.
    ///
    /// To be called alone, by one tab at a time and in a task of its own: what another tab writes to the same slot
    /// meanwhile would be lost.
    ///
    /// # Errors
    /// See [`AreaError`]. Then nothing is lost.
    pub fn compact(&mut self) -> Result<(), AreaError> {
        self.look()?;
        if !self.can_compact() {
            return Ok(());
        }
        let twice = |held: &HeldEvent| held.own_key && held.slots == [true; 2];
        let ids: Vec<_> = self.events.iter().filter(|(_, held)| twice(held)).map(|(id, _)| *id).collect();
        for id in ids {
            self.area.remove(&self.key(Name::Event(id)))?;
            if let Some(held) = self.events.get_mut(&id) {
                held.own_key = false;
            }
        }
        let single = self.generations.contains(&None) && self.generations != [None; 2];
        if single || self.events.values().any(|held| held.own_key) {
            self.write_slot(self.older(), HeldEvent::is_stored)?;
        }
        Ok(())
    }

    /// A slot that cannot be read is left in place, and with the other alone no event may lose its own key.
    pub(super) fn can_compact(&self) -> bool {
        let damaged = |slot| {
            let key = self.key(Name::Slot(slot));
            self.unreadable.iter().any(|value| value.key == key)
        };
        !self.newer && !Slot::BOTH.into_iter().any(damaged)
    }

    pub(super) fn older(&self) -> Slot {
        let [a, b] = self.generations;
        if a <= b { Slot::A } else { Slot::B }
    }

    /// Gives up the older slot where the later one holds all that it does, and tries again to save what is not. To be
    /// called alone: see [`Self::compact`].
    ///
    /// # Errors
    /// See [`AreaError`].
    pub fn make_room(&mut self) -> Result<(), AreaError> {
        self.look()?;
        let slot = self.older();
        let only_there = |held: &HeldEvent| *slot.of(&held.slots) && held.slots != [true; 2];
        let both = self.generations.iter().all(Option::is_some);
        if both && self.can_compact() && !self.events.values().any(only_there) {
            self.area.remove(&self.key(Name::Slot(slot)))?;
        }
        self.refresh();
        Ok(())
    }

    /// Writes some events into a slot, and reads it back.
    pub(super) fn write_slot(
        &mut self,
        slot: Slot,
        holds: impl Fn(&HeldEvent) -> bool,
    ) -> Result<(), AreaError> {
        let entries =
            self.events.values().filter(|held| holds(held)).map(|held| held.entry.clone()).collect();
        let [a, b] = self.generations;
        let generation = a.max(b).map_or(0, |last| last.saturating_add(1));
        let snapshot = Snapshot { generation, entries };
        let json = seal(&snapshot).ok_or(AreaError::NotWritten)?;
        let key = self.key(Name::Slot(slot));
        self.area.set(&key, &json)?;
        if self.area.get(&key)?.as_deref() != Some(json.get()) {
            return Err(AreaError::NotWritten);
        }
        self.read.retain(|(read, _)| *read != key);
        self.read.push((key, checksum(json.get())));
        self.take(Value::Snapshot(slot, snapshot));
        Ok(())
    }
}
