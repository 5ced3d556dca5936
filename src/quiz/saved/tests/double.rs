//! A storage that several tabs share, each with a view that lags behind, and that fails when it is told to.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use serde_json::value::RawValue;

use crate::quiz::saved::store::{Area, AreaError};

/// What goes wrong.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    /// Every call fails.
    pub(super) refuses: bool,
    /// There are values and each reads as none.
    pub(super) reads_nothing: bool,
    /// Writing fails from that write on, counted from 0, until it is told otherwise.
    pub(super) full_from: Option<usize>,
    /// The call of that number fails, counted from 0, and no other.
    pub(super) fails_once_at: Option<usize>,
    /// So many characters fit, names included.
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
    /// How many of the newest entries of the log, other than its own, this tab does not see yet.
    lag: Rc<RefCell<usize>>,
    /// Where the log ends for it, whatever others add, if its view stands still.
    frozen: Rc<RefCell<Option<usize>>>,
}

impl Double {
    /// The same storage as another tab sees it.
    pub(super) fn tab(&self, tab: u32) -> Self {
        Self { shared: Rc::clone(&self.shared), tab, lag: Rc::default(), frozen: Rc::default() }
    }

    pub(super) fn lag(&self, entries: usize) {
        *self.lag.borrow_mut() = entries;
    }

    /// Lets the view stand still, or go on.
    pub(super) fn freeze(&self, at: Option<usize>) {
        *self.frozen.borrow_mut() = at;
    }

    pub(super) fn fail(&self, faults: Faults) {
        let mut shared = self.shared.borrow_mut();
        shared.faults = faults;
        (shared.writes, shared.calls) = (0, 0);
    }

    /// How many writes and removals there were.
    pub(super) fn changes(&self) -> usize {
        self.shared.borrow().log.len()
    }

    /// What this tab sees.
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

    /// Puts a value there past all faults.
    pub(super) fn put(&self, key: &str, text: &str) {
        self.shared.borrow_mut().log.push((self.tab, key.to_owned(), Some(text.to_owned())));
    }

    /// Takes values away past all faults.
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

/// Chance for tests: the same for the same seed.
pub(super) fn chance(seed: u64) -> crate::quiz::random::Random {
    crate::quiz::random::Random::new(seed as u32, "test")
}

pub(super) fn distinct<T: Ord>(items: impl IntoIterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    items.into_iter().all(|item| seen.insert(item))
}
