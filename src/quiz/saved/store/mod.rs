//! The events of one reader, in memory and in a storage that other tabs write to as well and that may fail.

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
        event::{Change, Event, EventId, Seen, StoredEvent, Stream},
        format1,
        history::History,
        label::Label,
        record::{open, seal, theme},
        value::{Key, Name},
    },
    taking::session::{Answer, Session, SessionId},
};

pub use area::{Area, AreaError};

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
struct HeldEvent {
    entry: StoredEvent,
    /// Under its own key.
    own_key: bool,
    /// In the slots.
    slots: [bool; 2],
    /// In a value of format 1.
    first: bool,
    /// Nowhere yet: this tab added it.
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
    /// What all keys of this program begin with.
    prefix: String,
    tab: u32,
    next: u32,
    events: BTreeMap<EventId, HeldEvent>,
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
        let entry = StoredEvent { id, bank: bank.to_owned(), event };
        self.events.insert(id, HeldEvent { unsaved: true, ..HeldEvent::new(entry) });
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
        read(self.key(Name::Theme)).or_else(|| read(format!("{}{}", self.prefix, format1::THEME)))
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
        self.prefix.clone() + &format1::session_key(id)
    }

    fn of_session(&self, id: SessionId) -> impl Iterator<Item = &HeldEvent> {
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

    /// Writes what only values of an old format hold. Where it fails it is done at the next start.
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

fn is_answered(entry: &StoredEvent) -> bool {
    matches!(entry.event, Event::Session { change: Change::Answered(_), .. })
}

fn is_abandoned(entry: &StoredEvent) -> bool {
    matches!(entry.event, Event::Session { change: Change::Abandoned { .. }, .. })
}

/// The event that a session is abandoned: it keeps which items were seen, so that they are not scored as new ones soon
/// after.
pub fn abandoned(session: &Session) -> Event {
    let seen = |answer: &Answer| Seen { item: answer.item.clone(), at: answer.at };
    let seen = session.answers.iter().map(seen).collect();
    Event::Session { form: session.form.clone(), change: Change::Abandoned { seen } }
}
