//! Snapshots: many small values combined into two.

use crate::quiz::saved::{
    record::{checksum, seal},
    store::{Area, AreaError, HeldEvent, Store},
    value::{Name, Slot, Snapshot, Value},
};

/// A snapshot is worthwhile from this many events with their own keys: about one full assessment.
const LOOSE: usize = 64;

impl<A: Area> Store<A> {
    /// Whether there are enough events with their own keys for [`Self::compact`].
    pub fn wants_compaction(&self) -> bool {
        self.can_compact() && self.events.values().filter(|held| held.own_key).count() >= LOOSE
    }

    /// Deletes the keys of events that both slots contain. If any others are left, writes all events to the older slot.
    ///
    /// An event therefore loses its own key only in the run after the second one that wrote it to a slot. Runs are a
    /// visit or a quiz apart. By then every tab has seen both slots, and damage to a single value can't lose the event.
    ///
    /// Only one tab at a time may call this, and in a separate task: anything that another tab writes to the same slot
    /// in the meantime would be lost.
    ///
    /// # Errors
    /// See [`AreaError`]. Nothing is lost then.
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

    /// A slot that can't be read stays. With only the other one, no event may lose its own key.
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

    /// Deletes the older slot if the later one contains everything in it, and tries again to save unsaved events. Only
    /// one tab at a time may call this: see [`Self::compact`].
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

    /// Writes some of the events to a slot, and reads it back.
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
