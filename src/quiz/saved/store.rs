//! The events of one reader, in memory and in a storage that other tabs write to as well and that may fail.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::{RawValue, to_raw_value};

use super::{
    FORMAT,
    damage::Damage,
    event::{Change, Entry, Event, EventId, Seen, Stream},
    file::{File, Preview},
    first,
    history::History,
    label::Label,
    record::{Key, Name, Slot, Snapshot, Value, checksum, open, seal, theme},
};
use crate::quiz::{
    order::gathered,
    session::{Answer, Session, SessionId},
};

/// With so many events under keys of their own, a snapshot is worth its while: about one full assessment.
const LOOSE: usize = 64;

/// A place for texts by name, such as localStorage. Any call may fail at any time.
pub trait Area {
    /// The names of all values, those of other programs among them.
    ///
    /// # Errors
    /// See [`AreaError`], here and below.
    fn keys(&self) -> Result<Vec<String>, AreaError>;
    /// A value.
    ///
    /// # Errors
    /// As above.
    fn get(&self, key: &str) -> Result<Option<String>, AreaError>;
    /// Puts a value, which is JSON, in place of what may be there.
    ///
    /// # Errors
    /// As above; then what was there is as it was.
    fn set(&self, key: &str, value: &RawValue) -> Result<(), AreaError>;
    /// Takes a value away.
    ///
    /// # Errors
    /// As above.
    fn remove(&self, key: &str) -> Result<(), AreaError>;
}

/// Why a storage did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaError {
    /// There is none, or it does not let itself be used at all.
    Refused,
    /// It did not take the value: its space is full, or it was withdrawn.
    NotWritten,
}

/// Why what the reader did is not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// The storage failed.
    Area(AreaError),
    /// It holds data of a later format, so that nothing is written to it.
    Newer,
}

/// A value that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its key.
    pub key: String,
    /// What it is, as it is.
    pub text: String,
    /// Why.
    pub damage: Damage,
}

/// How much is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Values of this program.
    pub values: usize,
    /// Characters in their names and texts. A browser gives all programs of one host about five million.
    pub characters: usize,
}

/// An event in memory, and where else it is.
#[derive(Clone, Debug)]
struct Held {
    entry: Entry,
    /// Under its own key.
    own_key: bool,
    /// In the slots.
    slots: [bool; 2],
    /// In a value of format 1.
    first: bool,
    /// Nowhere yet: this tab added it.
    unsaved: bool,
}

impl Held {
    fn new(entry: Entry) -> Self {
        Self { entry, own_key: false, slots: [false; 2], first: false, unsaved: false }
    }

    fn is_stored(&self) -> bool {
        self.own_key || self.first || self.slots.contains(&true)
    }

    fn is_adrift(&self) -> bool {
        !self.is_stored() && !self.unsaved
    }
}

/// The events that this tab knows, and the storage.
#[derive(Debug)]
pub struct Store<A> {
    area: A,
    /// What all keys of this program begin with.
    prefix: String,
    tab: u32,
    next: u32,
    events: BTreeMap<EventId, Held>,
    /// The generations of the slots that hold a snapshot.
    generations: [Option<u64>; 2],
    /// Checksums of values that may change, as they were read last.
    read: Vec<(String, u32)>,
    unreadable: Vec<Unreadable>,
    /// Sessions that were deleted, here or in another tab.
    gone: Vec<SessionId>,
    newer: bool,
    not_saved: Option<NotSaved>,
}

impl<A: Area> Store<A> {
    /// Reads everything. `prefix` is what all keys of this program begin with; `chance` makes the names of this
    /// tab's events differ from those of any other.
    pub fn open(area: A, prefix: String, chance: u32) -> Self {
        let mut store = Self {
            area,
            prefix,
            // Below are the numbers of old formats.
            tab: chance | 1 << 31,
            next: 0,
            events: BTreeMap::new(),
            generations: [None; 2],
            read: Vec::new(),
            unreadable: Vec::new(),
            gone: Vec::new(),
            newer: false,
            not_saved: None,
        };
        store.refresh();
        store
    }

    /// Takes in what other tabs did, and tries again to save what is not. Whether anything else is known now.
    pub fn refresh(&mut self) -> bool {
        match self.look() {
            Ok(changed) => {
                self.migrate();
                self.flush();
                changed
            }
            Err(error) => {
                self.not_saved = Some(NotSaved::Area(error));
                false
            }
        }
    }

    /// Adds an event and saves it. Where that fails it is kept in memory and tried again with the next.
    pub fn add(&mut self, stream: Stream, bank: &str, event: Event) {
        self.hold(stream, bank, event);
        self.flush();
    }

    fn hold(&mut self, stream: Stream, bank: &str, event: Event) {
        let id = self.fresh(stream);
        let entry = Entry { id, bank: bank.to_owned(), event };
        self.events.insert(id, Held { unsaved: true, ..Held::new(entry) });
    }

    /// What the reader did.
    pub fn history(&self) -> History {
        History::of(self.events.values().map(|held| &held.entry))
    }

    /// What was done in one session.
    pub fn session(&self, id: SessionId) -> Option<Session> {
        History::of(self.of_session(id).map(|held| &held.entry)).sessions.pop()
    }

    /// Why something is not saved, if so.
    pub fn not_saved(&self) -> Option<NotSaved> {
        self.not_saved
    }

    /// The values that are not understood. They are left as they are.
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }

    /// How many events this tab saw in the storage that are no longer there: another tab deleted them, or the
    /// browser did, or a person in its settings.
    pub fn adrift(&self) -> usize {
        self.events.values().filter(|held| held.is_adrift()).count()
    }

    /// Saves again what is no longer in the storage.
    pub fn keep_adrift(&mut self) {
        for held in self.events.values_mut().filter(|held| held.is_adrift()) {
            held.unsaved = true;
        }
        self.flush();
    }

    /// Forgets what is no longer in the storage.
    pub fn drop_adrift(&mut self) {
        self.events.retain(|_, held| !held.is_adrift());
    }

    /// How much is stored.
    ///
    /// # Errors
    /// See [`AreaError`].
    pub fn size(&self) -> Result<Size, AreaError> {
        let mut size = Size::default();
        for (key, _) in self.keys()? {
            let text = self.area.get(&key)?.unwrap_or_default();
            size.values += 1;
            size.characters += key.encode_utf16().count() + text.encode_utf16().count();
        }
        Ok(size)
    }

    /// All events and all that is not understood, as a file.
    pub fn file(&self, exported: u64, result: Option<SessionId>) -> File {
        let entries = self.events.values().map(|held| held.entry.clone()).collect();
        let stored = self.unreadable.iter().map(|value| (value.key.clone(), value.text.clone())).collect();
        File { format: FORMAT, exported, result: result.map(|id| id.to_string()), entries, stored }
    }

    /// What importing events would add.
    pub fn preview(&self, entries: &[Entry]) -> Preview {
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

    /// Whether an event of a file is new here. A quiz that was abandoned elsewhere is not abandoned here.
    fn lacks(&self, entry: &Entry) -> bool {
        let ends = is_abandoned(entry)
            && match entry.id.stream {
                Stream::Session(session) => self.of_session(session).any(|held| !is_abandoned(&held.entry)),
                Stream::Reader => false,
            };
        !ends && !self.events.contains_key(&entry.id)
    }

    /// Adds the events that are new here, and returns their names. Either all of them are saved or none is added,
    /// except where there is no storage: then they last as long as everything else.
    ///
    /// # Errors
    /// Why they could not be saved.
    pub fn import(&mut self, entries: Vec<Entry>) -> Result<Vec<EventId>, NotSaved> {
        self.refresh();
        if self.newer {
            return Err(NotSaved::Newer);
        }
        let mut added = Vec::new();
        let new: Vec<Entry> = entries.into_iter().filter(|entry| self.lacks(entry)).collect();
        for entry in new {
            let id = entry.id;
            // What stands there already cannot be read, and stays.
            if matches!(self.area.get(&self.key(Name::Event(id))), Ok(Some(_))) {
                continue;
            }
            if let Stream::Session(session) = id.stream
                && let Some(at) = self.gone.iter().position(|gone| *gone == session)
                && self.area.remove(&self.key(Name::Gone(session))).is_ok()
            {
                self.gone.swap_remove(at);
            }
            self.events.insert(id, Held { unsaved: true, ..Held::new(entry) });
            added.push(id);
        }
        self.flush();
        match self.not_saved {
            None | Some(NotSaved::Area(AreaError::Refused)) => Ok(added),
            Some(error) => {
                for id in &added {
                    if self.events.remove(id).is_some_and(|held| held.own_key) {
                        // Written a moment ago. Where even that fails it is found again, and told as saved.
                        let _ = self.area.remove(&self.key(Name::Event(*id)));
                    }
                }
                self.flush();
                Err(error)
            }
        }
    }

    /// Deletes events, in the storage and here. To be called alone: see [`Self::compact`].
    ///
    /// # Errors
    /// Why the storage did not let them be deleted. Some may be.
    pub fn delete(&mut self, ids: &[EventId]) -> Result<(), AreaError> {
        match self.look() {
            // What was never saved needs no storage to be deleted.
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

    fn delete_stored(&mut self, ids: &[EventId]) -> Result<(), AreaError> {
        let doomed: BTreeSet<EventId> = gathered(ids.iter().copied());
        for slot in Slot::BOTH {
            let is_here = |held: &Held| *slot.of(&held.slots);
            // Only what the slot holds already: what is not in the other slot yet must keep its own key.
            if self.events.values().any(|held| is_here(held) && doomed.contains(&held.entry.id)) {
                self.write_slot(slot, |held| is_here(held) && !doomed.contains(&held.entry.id))?;
            }
        }
        for id in ids {
            self.area.remove(&self.key(Name::Event(*id)))?;
        }
        Ok(())
    }

    /// Deletes a session. To be called alone: see [`Self::compact`].
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
            // Other tabs still know it, and must not write it again.
            self.area.set(&self.key(Name::Gone(id)), &json)?;
            self.gone.push(id);
        }
        Ok(())
    }

    /// Deletes what was answered in sessions that were abandoned, also by tabs that did not know it yet. Which items
    /// were seen is kept. To be called alone: see [`Self::compact`].
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
            // Once more, for what was answered by tabs that did not know it yet.
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

    /// Deletes the values that are not understood, but for those of a later format.
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

    /// Deletes everything, in the storage and here. To be called alone: see [`Self::compact`].
    ///
    /// # Errors
    /// See [`AreaError`]. Some may be deleted.
    pub fn delete_all(&mut self) -> Result<(), AreaError> {
        // Old formats first, or another tab might migrate them anew.
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
        let twice = |held: &Held| held.own_key && held.slots == [true; 2];
        let ids: Vec<_> = self.events.iter().filter(|(_, held)| twice(held)).map(|(id, _)| *id).collect();
        for id in ids {
            self.area.remove(&self.key(Name::Event(id)))?;
            if let Some(held) = self.events.get_mut(&id) {
                held.own_key = false;
            }
        }
        let single = self.generations.contains(&None) && self.generations != [None; 2];
        if single || self.events.values().any(|held| held.own_key) {
            self.write_slot(self.older(), Held::is_stored)?;
        }
        Ok(())
    }

    /// A slot that cannot be read is left in place, and with the other alone no event may lose its own key.
    fn can_compact(&self) -> bool {
        let damaged = |slot| {
            let key = self.key(Name::Slot(slot));
            self.unreadable.iter().any(|value| value.key == key)
        };
        !self.newer && !Slot::BOTH.into_iter().any(damaged)
    }

    fn older(&self) -> Slot {
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
        let only_there = |held: &Held| *slot.of(&held.slots) && held.slots != [true; 2];
        let both = self.generations.iter().all(Option::is_some);
        if both && self.can_compact() && !self.events.values().any(only_there) {
            self.area.remove(&self.key(Name::Slot(slot)))?;
        }
        self.refresh();
        Ok(())
    }

    /// The copy of the latest label and scores, if there is one that can be read.
    pub fn label(&self) -> Option<Label> {
        let text = self.area.get(&self.key(Name::Label)).ok().flatten()?;
        open(&text).ok()
    }

    /// Keeps a copy of the latest label and scores, so that the start page need not work them out.
    pub fn keep_label(&self, label: &Label) {
        if let Some(json) = seal(label)
            && !self.newer
        {
            // Where it is not written it is worked out again.
            let _ = self.area.set(&self.key(Name::Label), &json);
        }
    }

    /// The chosen theme.
    pub fn theme(&self) -> Option<String> {
        let read = |key: String| theme(&self.area.get(&key).ok().flatten()?).ok();
        read(self.key(Name::Theme)).or_else(|| read(format!("{}{}", self.prefix, first::THEME)))
    }

    /// Keeps the theme. Where that fails the next visit has the system's.
    pub fn keep_theme(&self, theme: &str) {
        if let Ok(json) = to_raw_value(theme)
            && !self.newer
        {
            let _ = self.area.set(&self.key(Name::Theme), &json);
        }
    }

    fn key(&self, name: Name) -> String {
        self.prefix.clone() + &name.key()
    }

    fn first_key(&self, id: SessionId) -> String {
        self.prefix.clone() + &first::session_key(id)
    }

    fn of_session(&self, id: SessionId) -> impl Iterator<Item = &Held> {
        let stream = Stream::Session(id);
        let first = EventId { stream, tab: 0, number: 0 };
        let last = EventId { stream, tab: u32::MAX, number: u32::MAX };
        self.events.range(first..=last).map(|(_, held)| held)
    }

    /// The keys of this program's values, and what each stands for.
    fn keys(&self) -> Result<Vec<(String, Key)>, AreaError> {
        let keys = self.area.keys()?.into_iter();
        let own = |key: String| Some((Key::parse(key.strip_prefix(&self.prefix)?)?, key));
        Ok(keys.filter_map(own).map(|(parsed, key)| (key, parsed)).collect())
    }

    /// An unused name.
    fn fresh(&mut self, stream: Stream) -> EventId {
        loop {
            let id = EventId { stream, tab: self.tab, number: self.next };
            self.next = self.next.wrapping_add(1);
            // Another tab may have drawn the same number, once in billions.
            let taken = matches!(self.area.get(&self.key(Name::Event(id))), Ok(Some(_)));
            if !taken && !self.events.contains_key(&id) {
                return id;
            }
        }
    }

    /// Finds out what is stored now. Whether anything was learned or lost.
    ///
    /// Own keys are read before slots: an event loses its own key only after both slots hold it, so that whoever reads
    /// in this order does not miss it.
    fn look(&mut self) -> Result<bool, AreaError> {
        let (single, others): (Vec<_>, Vec<_>) =
            self.keys()?.into_iter().partition(|(_, parsed)| matches!(parsed, Key::Current(Name::Event(_))));
        // Everything is read before anything is changed here, since any call may fail.
        let mut texts = Vec::new();
        for (key, parsed) in single.into_iter().chain(others) {
            // An event is written once, so what is known of it holds.
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

    /// Takes in what a value holds.
    fn take(&mut self, value: Value) {
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

    fn learn(&mut self, entry: Entry) -> &mut Held {
        self.events.entry(entry.id).or_insert_with(|| Held::new(entry))
    }

    fn empty_slot(&mut self, slot: Slot) {
        *slot.of_mut(&mut self.generations) = None;
        for held in self.events.values_mut() {
            *slot.of_mut(&mut held.slots) = false;
        }
    }

    /// Notes what slots and values of format 1 no longer hold, and forgets what another tab deleted.
    fn note_what_is_gone(&mut self) {
        for slot in Slot::BOTH {
            if !self.has_read(&Name::Slot(slot).key()) {
                self.empty_slot(slot);
            }
        }
        let mut ids: Vec<EventId> =
            self.events.keys().filter(|id| id.tab == first::FORMAT).copied().collect();
        ids.retain(|id| match id.stream {
            Stream::Reader => self.has_read(first::STATEMENT),
            Stream::Session(session) => self.has_read(&first::session_key(session)),
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

    /// Whether a value is there and understood, by its key after the prefix.
    fn has_read(&self, key: &str) -> bool {
        self.read.iter().any(|(read, _)| read.strip_prefix(&self.prefix) == Some(key))
    }

    /// Writes some events into a slot, and reads it back.
    fn write_slot(&mut self, slot: Slot, holds: impl Fn(&Held) -> bool) -> Result<(), AreaError> {
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

    /// Writes what only values of an old format hold. Where it fails it is done at the next start.
    fn migrate(&mut self) {
        if self.newer {
            return;
        }
        let only_first = |held: &Held| held.first && !held.own_key && !held.slots.contains(&true);
        let ids: Vec<_> =
            self.events.iter().filter(|(_, held)| only_first(held)).map(|(id, _)| *id).collect();
        for id in ids {
            if self.write(id).is_err() {
                break;
            }
        }
    }

    /// Saves what is not saved.
    fn flush(&mut self) {
        if self.newer {
            self.not_saved = Some(NotSaved::Newer);
            return;
        }
        let ids: Vec<_> = self.events.iter().filter(|(_, held)| held.unsaved).map(|(id, _)| *id).collect();
        let failed = ids.into_iter().find_map(|id| self.write(id).err());
        self.not_saved = failed.map(NotSaved::Area);
    }

    /// Writes an event under its own key.
    fn write(&mut self, id: EventId) -> Result<(), AreaError> {
        let key = self.key(Name::Event(id));
        let Some(held) = self.events.get_mut(&id) else { return Ok(()) };
        let json = seal(&held.entry).ok_or(AreaError::NotWritten)?;
        if self.area.set(&key, &json).is_err() {
            // The label can be made again.
            self.area.remove(&(self.prefix.clone() + &Name::Label.key()))?;
            self.area.set(&key, &json)?;
        }
        held.own_key = true;
        held.unsaved = false;
        Ok(())
    }
}

fn is_answered(entry: &Entry) -> bool {
    matches!(entry.event, Event::Session { change: Change::Answered(_), .. })
}

fn is_abandoned(entry: &Entry) -> bool {
    matches!(entry.event, Event::Session { change: Change::Abandoned { .. }, .. })
}

/// The event that a session is abandoned: it keeps which items were seen, so that they are not scored as new ones soon
/// after.
pub fn abandoned(session: &Session) -> Event {
    let seen = |answer: &Answer| Seen { item: answer.item.clone(), at: answer.at };
    let seen = session.answers.iter().map(seen).collect();
    Event::Session { form: session.form.clone(), change: Change::Abandoned { seen } }
}
