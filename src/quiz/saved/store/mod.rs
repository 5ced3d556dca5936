//! The events of one reader, in memory and in a storage that may fail, and that other tabs write to as well.

mod area;
mod compact;
mod delete;
mod exchange;
mod look;

use std::collections::BTreeMap;

use serde_json::value::to_raw_value;

use crate::quiz::{
    saved::{
        damage::Damage,
        event::{Change, DATED, Event, EventId, SECOND, Seen, StoredEvent, Stream},
        format1,
        history::History,
        label::Label,
        record::{open, seal, theme},
        value::{Key, Name},
    },
    taking::session::{Answer, Session, SessionId, is_plausible},
};

pub use area::{Area, AreaError};

/// Why the latest events are not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// The storage failed.
    Area(AreaError),
    /// The storage has data of a later format, so nothing is written.
    Newer,
}

/// A value that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its key.
    pub key: String,
    /// The value, unchanged.
    pub text: String,
    /// Why it can't be read.
    pub damage: Damage,
}

/// How much is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// The number of our values.
    pub values: usize,
    /// The number of characters in keys and values. Browsers allow about five million for all apps of one host.
    pub characters: usize,
}

/// An event in memory, and where it is stored.
#[derive(Clone, Debug)]
struct HeldEvent {
    entry: StoredEvent,
    /// Whether it is stored under its own key.
    own_key: bool,
    /// Whether each slot contains it.
    slots: [bool; 2],
    /// Whether a value of format 1 contains it.
    first: bool,
    /// Whether this tab has added it and not stored it yet.
    unsaved: bool,
}

impl HeldEvent {
    fn new(entry: StoredEvent) -> Self {
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
    /// The prefix of all our keys.
    prefix: String,
    tab: u32,
    next: u32,
    events: BTreeMap<EventId, HeldEvent>,
    /// The generations of the slots that contain a snapshot.
    generations: [Option<u64>; 2],
    /// The checksums of values that may change, as last read.
    read: Vec<(String, u32)>,
    unreadable: Vec<Unreadable>,
    /// Sessions that were deleted, here or in another tab.
    gone: Vec<SessionId>,
    newer: bool,
    not_saved: Option<NotSaved>,
}

impl<A: Area> Store<A> {
    /// Opens a store and reads everything. `prefix` is the prefix of all our keys; `chance` is a random number that
    /// makes this tab's ids unique.
    pub fn open(area: A, prefix: String, chance: u32) -> Self {
        let mut store = Self {
            area,
            prefix,
            // Smaller numbers are old formats.
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

    /// Reads what other tabs have done, and tries again to save unsaved events. Returns whether anything has changed.
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

    /// Adds an event and saves it. If that fails, the event stays in memory, and saving is tried again with the next
    /// one.
    pub fn add(&mut self, stream: Stream, bank: &str, event: Event) {
        self.hold(stream, bank, event);
        self.flush();
    }

    fn hold(&mut self, stream: Stream, bank: &str, event: Event) {
        let id = self.fresh(stream);
        let entry = StoredEvent { id, bank: bank.to_owned(), event };
        self.events.insert(id, HeldEvent { unsaved: true, ..HeldEvent::new(entry) });
    }

    /// Everything the reader did.
    pub fn history(&self) -> History {
        History::of(self.events.values().map(|held| &held.entry))
    }

    /// Notes which sessions the clock was wrong during, as far as that shows `now`, in milliseconds since 1970. From then on
    /// they count as taken just before. Returns the ids of the events that say so.
    pub fn date_misdated(&mut self, bank: &str, now: u64) -> Vec<EventId> {
        // Usually every time is plausible, and this is all that happens.
        if self.events.values().all(|held| held.entry.times().all(|at| is_plausible(at, now))) {
            return Vec::new();
        }
        let sessions = self.history().sessions.into_iter().rev();
        let misdated: Vec<Session> = sessions.filter(|session| session.is_misdated(now)).collect();
        let mut ids = Vec::new();
        for (session, seconds_ago) in misdated.into_iter().zip(1..) {
            // A second apart, so that they stay in order.
            let seconds = (now / SECOND).saturating_sub(seconds_ago);
            let Ok(number) = u32::try_from(seconds) else { continue };
            let id = EventId { stream: Stream::Session(session.id()), tab: DATED, number };
            let event = Event::Session { form: session.form, change: Change::Begun };
            let entry = StoredEvent { id, bank: bank.to_owned(), event };
            self.events.insert(id, HeldEvent { unsaved: true, ..HeldEvent::new(entry) });
            ids.push(id);
        }
        if !ids.is_empty() {
            self.flush();
        }
        ids
    }

    /// One session.
    pub fn session(&self, id: SessionId) -> Option<Session> {
        History::of(self.of_session(id).map(|held| &held.entry)).sessions.pop()
    }

    /// Why something is not saved, if anything isn't.
    pub fn not_saved(&self) -> Option<NotSaved> {
        self.not_saved
    }

    /// The values that can't be read. They are left unchanged.
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }

    /// How many events have disappeared from the storage: deleted by another tab, by the browser, or in its settings.
    pub fn adrift(&self) -> usize {
        self.events.values().filter(|held| held.is_adrift()).count()
    }

    /// Saves the disappeared events again.
    pub fn keep_adrift(&mut self) {
        for held in self.events.values_mut().filter(|held| held.is_adrift()) {
            held.unsaved = true;
        }
        self.flush();
    }

    /// Forgets the disappeared events.
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

    /// The saved copy of the latest label and scores, if it can be read.
    pub fn label(&self) -> Option<Label> {
        let text = self.area.get(&self.key(Name::Label)).ok().flatten()?;
        open(&text).ok()
    }

    /// Saves a copy of the latest label and scores, so that the start page needn't derive them.
    pub fn keep_label(&self, label: &Label) {
        if let Some(json) = seal(label)
            && !self.newer
        {
            // If this fails, they are derived again.
            let _ = self.area.set(&self.key(Name::Label), &json);
        }
    }

    /// The chosen theme.
    pub fn theme(&self) -> Option<String> {
        let read = |key: String| theme(&self.area.get(&key).ok().flatten()?).ok();
        read(self.key(Name::Theme)).or_else(|| read(format!("{}{}", self.prefix, format1::THEME)))
    }

    /// Saves the theme. If that fails, the next visit uses the system's.
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
        self.prefix.clone() + &format1::session_key(id)
    }

    fn of_session(&self, id: SessionId) -> impl Iterator<Item = &HeldEvent> {
        let stream = Stream::Session(id);
        let first = EventId { stream, tab: 0, number: 0 };
        let last = EventId { stream, tab: u32::MAX, number: u32::MAX };
        self.events.range(first..=last).map(|(_, held)| held)
    }

    /// Our keys, and what each refers to.
    fn keys(&self) -> Result<Vec<(String, Key)>, AreaError> {
        let keys = self.area.keys()?.into_iter();
        let own = |key: String| Some((Key::parse(key.strip_prefix(&self.prefix)?)?, key));
        Ok(keys.filter_map(own).map(|(parsed, key)| (key, parsed)).collect())
    }

    /// An unused id.
    fn fresh(&mut self, stream: Stream) -> EventId {
        loop {
            let id = EventId { stream, tab: self.tab, number: self.next };
            self.next = self.next.wrapping_add(1);
            // Another tab may have drawn the same number, once in billions of cases.
            let taken = matches!(self.area.get(&self.key(Name::Event(id))), Ok(Some(_)));
            if !taken && !self.events.contains_key(&id) {
                return id;
            }
        }
    }

    /// Migrates values of an old format. If that fails, the next start tries again.
    fn migrate(&mut self) {
        if self.newer {
            return;
        }
        let only_first = |held: &HeldEvent| held.first && !held.own_key && !held.slots.contains(&true);
        let ids: Vec<_> =
            self.events.iter().filter(|(_, held)| only_first(held)).map(|(id, _)| *id).collect();
        for id in ids {
            if self.write(id).is_err() {
                break;
            }
        }
    }

    /// Saves unsaved events.
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
            // The label can be derived again.
            self.area.remove(&(self.prefix.clone() + &Name::Label.key()))?;
            self.area.set(&key, &json)?;
        }
        held.own_key = true;
        held.unsaved = false;
        Ok(())
    }
}

fn is_answered(entry: &StoredEvent) -> bool {
    matches!(entry.event, Event::Session { change: Change::Answered(_), .. })
}

fn is_abandoned(entry: &StoredEvent) -> bool {
    matches!(entry.event, Event::Session { change: Change::Abandoned { .. }, .. })
}

/// The event that abandons a session. It contains the seen items, so that they are not scored as new ones soon
/// afterwards.
pub fn abandoned(session: &Session) -> Event {
    let seen = |answer: &Answer| Seen { item: answer.item.clone(), at: session.answered_at(answer) };
    let seen = session.answers.iter().map(seen).collect();
    Event::Session { form: session.form.clone(), change: Change::Abandoned { seen } }
}
