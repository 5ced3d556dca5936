//! A copy of what a browser stores, read as the app reads it.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use sextant::quiz::saved::store::{Area, AreaError, Store};

/// A copy of a browser's localStorage. Writes to it are ignored.
#[derive(Clone, Debug)]
pub(crate) struct StorageCopy(pub(super) BTreeMap<String, String>);

impl StorageCopy {
    /// What the app in a folder has stored.
    pub(super) fn open(self, folder: &str) -> Store<Self> {
        Store::open(self, format!("sextant:{folder}:"), 0)
    }
}

impl Area for StorageCopy {
    fn keys(&self) -> Result<Vec<String>, AreaError> {
        Ok(self.0.keys().cloned().collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, AreaError> {
        Ok(self.0.get(key).cloned())
    }

    fn set(&self, _key: &str, _value: &RawValue) -> Result<(), AreaError> {
        Ok(())
    }

    fn remove(&self, _key: &str) -> Result<(), AreaError> {
        Ok(())
    }
}
