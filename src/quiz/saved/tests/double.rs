//! A storage that several tabs share, each with a delayed view of it, and that fails on request.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use serde_json::value::RawValue;

use crate::quiz::saved::store::{Area, AreaError};

/// The faults.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    /// Every call fails.
    pub(super) refuses: bool,
    /// Keys are listed, but every value reads as missing.
    pub(super) reads_nothing: bool,
    /// Every write fails from this one on, counted from 0.
    pub(super) full_from: Option<usize>,
    /// Only this call fails, counted from 0.
    pub(super) fails_once_at: Option<usize>,
    /// The capacity in characters, including keys.
    pub(super) room: Option<usize>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Every write and removal, with the tab that did it.
    log: Vec<(u32, String, Option<String>)>,
    faults: Faults,
    writes: usize,
    calls: usize,
}

/// One tab's view of the storage.
#[derive(Clone, Debug, Default)]
pub(super) struct Double {
    shared: Rc<RefCell<Shared>>,
    tab: u32,
    /// How many of the newest entries in the log, except its own, this tab doesn't see yet.
    lag: Rc<RefCell<usize>>,
    /// Where the log ends for this tab if its view is frozen.
    frozen: Rc<RefCell<Option<usize>>>,
}

impl Double {
    /// The same storage, as seen by another tab.
    pub(super) fn tab(&self, tab: u32) -> Self {
        Self { shared: Rc::clone(&self.shared), tab, lag: Rc::default(), frozen: Rc::default() }
    }

    pub(super) fn lag(&self, entries: usize) {
        *self.lag.borrow_mut() = entries;
    }

    /// Freezes or unfreezes the view.
    pub(super) fn freeze(&self, at: Option<usize>) {
        *self.frozen.borrow_mut() = at;
    }

    pub(super) fn fail(&self, faults: Faults) {
        let mut shared = self.shared.borrow_mut();
        shared.faults = faults;
        (shared.writes, shared.calls) = (0, 0);
    }

    /// The number of writes and removals so far.
    pub(super) fn changes(&self) -> usize {
        self.shared.borrow().log.len()
    }

    /// The values that this tab sees.
    pub(super) fn values(&self) -> BTreeMap<String, String> {
        let shared = self.shared.borrow();
        let seen = shared.log.len().saturating_sub(*self.lag.borrow());
        let seen = self.frozen.borrow().unwrap_or(seen);
        let mut values = BTreeMap::new();
        for (at, (tab, key, text)) in shared.log.iter().enumerate() {
            if at >= seen && *tab != self.tab {
                continue;
            }
            match text {
                Some(text) => values.insert(key.clone(), text.clone()),
                None => values.remove(key),
            };
        }
        values
    }

    /// Sets a value, ignoring all faults.
    pub(super) fn put(&self, key: &str, text: &str) {
        self.shared.borrow_mut().log.push((self.tab, key.to_owned(), Some(text.to_owned())));
    }

    /// Removes values, ignoring all faults.
    pub(super) fn clear(&self, keys: impl Fn(&str) -> bool) {
        for key in self.values().into_keys().filter(|key| keys(key)) {
            self.shared.borrow_mut().log.push((self.tab, key, None));
        }
    }

    fn call(&self) -> Result<(), AreaError> {
        let mut shared = self.shared.borrow_mut();
        let once = shared.faults.fails_once_at == Some(shared.calls);
        shared.calls += 1;
        if shared.faults.refuses || once { Err(AreaError::Refused) } else { Ok(()) }
    }
}

impl Area for Double {
    fn keys(&self) -> Result<Vec<String>, AreaError> {
        self.call()?;
        Ok(self.values().into_keys().collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, AreaError> {
        self.call()?;
        let nothing = self.shared.borrow().faults.reads_nothing;
        Ok(if nothing { None } else { self.values().remove(key) })
    }

    fn set(&self, key: &str, value: &RawValue) -> Result<(), AreaError> {
        self.call()?;
        let others: usize =
            self.values().iter().filter(|(k, _)| *k != key).map(|(k, text)| k.len() + text.len()).sum();
        let mut shared = self.shared.borrow_mut();
        let write = shared.writes;
        shared.writes += 1;
        let full = shared.faults.full_from.is_some_and(|from| write >= from);
        let no_room = shared.faults.room.is_some_and(|room| others + key.len() + value.get().len() > room);
        if full || no_room {
            return Err(AreaError::NotWritten);
        }
        shared.log.push((self.tab, key.to_owned(), Some(value.get().to_owned())));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), AreaError> {
        self.call()?;
        self.shared.borrow_mut().log.push((self.tab, key.to_owned(), None));
        Ok(())
    }
}

/// Randomness for tests.
pub(super) fn chance(seed: u64) -> crate::quiz::random::Random {
    crate::quiz::random::Random::new(seed as u32, "test")
}

pub(super) fn distinct<T: Ord>(items: impl IntoIterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    items.into_iter().all(|item| seen.insert(item))
}
