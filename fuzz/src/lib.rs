//! What the fuzz targets need besides the app's own code.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use crc::{CRC_32_ISO_HDLC, Crc};
use serde_json::value::RawValue;
use sextant::quiz::saved::store::{Area, AreaError};

/// The prefix of all keys in a [`Place`].
pub const PREFIX: &str = "sextant:/at/:";

/// A storage in memory that never fails.
#[derive(Clone, Debug, Default)]
pub struct Place(Rc<RefCell<BTreeMap<String, String>>>);

impl Place {
    /// Sets any text.
    pub fn put(&self, key: &str, text: &str) {
        self.0.borrow_mut().insert(key.to_owned(), text.to_owned());
    }

    /// The text of a key.
    pub fn value(&self, key: &str) -> Option<String> {
        self.0.borrow().get(key).cloned()
    }
}

impl Area for Place {
    fn keys(&self) -> Result<Vec<String>, AreaError> {
        Ok(self.0.borrow().keys().cloned().collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, AreaError> {
        Ok(self.value(key))
    }

    fn set(&self, key: &str, value: &RawValue) -> Result<(), AreaError> {
        self.put(key, value.get());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), AreaError> {
        self.0.borrow_mut().remove(key);
        Ok(())
    }
}

/// The same record with the right checksum, if it is a record.
pub fn sealed(value: &str) -> Option<String> {
    let mut record: BTreeMap<String, Box<RawValue>> = serde_json::from_str(value).ok()?;
    let sum = Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(record.get("content")?.get().as_bytes());
    record.insert("crc".into(), RawValue::from_string(sum.to_string()).ok()?);
    serde_json::to_string(&record).ok()
}
