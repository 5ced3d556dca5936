//! Reading the current contents of the storage.

use crate::quiz::saved::{
    damage::Damage,
    event::{EventId, StoredEvent, Stream},
    format1,
    record::checksum,
    store::{Area, AreaError, HeldEvent, Store, Unreadable, is_abandoned, is_answered},
    value::{Key, Name, Slot, Snapshot, Value},
};

impl<A: Area> Store<A> {
    /// Reads what is stored now. Returns whether anything was learned or lost.
    ///
    /// Keys of single events are read before slots. An event loses its own key only after both slots contain it, so
    /// this order never misses one.
    pub(super) fn look(&mut self) -> Result<bool, AreaError> {
        let (single, others): (Vec<_>, Vec<_>) =
            self.keys()?.into_iter().partition(|(_, parsed)| matches!(parsed, Key::Current(Name::Event(_))));
        // Everything is read before anything changes here, because any call can fail.
        let mut texts = Vec::new();
        for (key, parsed) in single.into_iter().chain(others) {
            // Events never change, so a known one need not be read again.
            let known = matches!(&parsed, Key::Current(Name::Event(id)) if self.events.contains_key(id));
            let text = if known { None } else { self.area.get(&key)? };
            if known || text.is_some() {
                texts.push((key, parsed, text));
            }
        }
        let before = (self.events.len(), self.adrift());
        for held in self.events.values_mut() {
            held.own_key = false;
        }
        let mut read = Vec::new();
        let mut unreadable = Vec::new();
        self.gone.clear();
        for (key, parsed, text) in texts {
            if let Key::Current(Name::Gone(session)) = parsed {
                self.gone.push(session);
                continue;
            }
            if let Some(text) = text {
                let sum = checksum(&text);
                if !self.read.contains(&(key.clone(), sum)) {
                    match Value::read(&parsed, &text) {
                        Ok(value) => self.take(value),
                        Err(damage) => {
                            unreadable.push(Unreadable { key, text, damage });
                            continue;
                        }
                    }
                }
                if !matches!(parsed, Key::Current(Name::Event(_))) {
                    read.push((key, sum));
                }
            }
            if let Key::Current(Name::Event(id)) = parsed
                && let Some(held) = self.events.get_mut(&id)
            {
                held.own_key = true;
            }
        }
        self.read = read;
        self.note_what_is_gone();
        self.newer = unreadable.iter().any(|value| value.damage == Damage::Newer);
        let changed = self.unreadable != unreadable;
        self.unreadable = unreadable;
        Ok(changed || before != (self.events.len(), self.adrift()))
    }

    /// Adds the contents of a value.
    pub(super) fn take(&mut self, value: Value) {
        match value {
            Value::Events(entries) => entries.into_iter().for_each(|entry| {
                self.learn(entry);
            }),
            Value::Snapshot(slot, Snapshot { generation, entries }) => {
                self.empty_slot(slot);
                *slot.of_mut(&mut self.generations) = Some(generation);
                for entry in entries {
                    *slot.of_mut(&mut self.learn(entry).slots) = true;
                }
            }
            Value::Aside => {}
        }
    }

    pub(super) fn learn(&mut self, entry: StoredEvent) -> &mut HeldEvent {
        self.events.entry(entry.id).or_insert_with(|| HeldEvent::new(entry))
    }

    pub(super) fn empty_slot(&mut self, slot: Slot) {
        *slot.of_mut(&mut self.generations) = None;
        for held in self.events.values_mut() {
            *slot.of_mut(&mut held.slots) = false;
        }
    }

    /// Notes what slots and values of format 1 no longer contain, and forgets what another tab deleted.
    pub(super) fn note_what_is_gone(&mut self) {
        for slot in Slot::BOTH {
            if !self.has_read(&Name::Slot(slot).key()) {
                self.empty_slot(slot);
            }
        }
        let mut ids: Vec<EventId> =
            self.events.keys().filter(|id| id.tab == format1::FORMAT).copied().collect();
        ids.retain(|id| match id.stream {
            Stream::Reader => self.has_read(format1::STATEMENT),
            Stream::Session(session) => self.has_read(&format1::session_key(session)),
        });
        let mut ended = Vec::new();
        for (id, held) in &mut self.events {
            held.first = ids.binary_search(id).is_ok();
            if is_abandoned(&held.entry) && held.is_stored() {
                ended.push(id.stream);
            }
        }
        let gone = &self.gone;
        self.events.retain(|id, held| {
            let deleted = matches!(id.stream, Stream::Session(session) if gone.contains(&session));
            let unsaid = held.is_adrift() && is_answered(&held.entry) && ended.contains(&id.stream);
            !deleted && !unsaid
        });
    }

    /// Whether a value exists and can be read, by its key without the prefix.
    pub(super) fn has_read(&self, key: &str) -> bool {
        self.read.iter().any(|(read, _)| read.strip_prefix(&self.prefix) == Some(key))
    }
}
