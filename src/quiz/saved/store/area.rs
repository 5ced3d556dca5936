//! The storage that the store uses.

use serde_json::value::RawValue;

/// A key-value storage for texts, such as localStorage. Any call can fail at any time.
pub trait Area {
    /// All keys, including those of other apps.
    ///
    /// # Errors
    /// See [`AreaError`], here and below.
    fn keys(&self) -> Result<Vec<String>, AreaError>;
    /// The value of a key.
    ///
    /// # Errors
    /// As above.
    fn get(&self, key: &str) -> Result<Option<String>, AreaError>;
    /// Sets a value, which must be JSON.
    ///
    /// # Errors
    /// As above. The old value is then unchanged.
    fn set(&self, key: &str, value: &RawValue) -> Result<(), AreaError>;
    /// Removes a value.
    ///
    /// # Errors
    /// As above.
    fn remove(&self, key: &str) -> Result<(), AreaError>;
}

/// Why a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaError {
    /// There is no storage, or it can't be used at all.
    Refused,
    /// The value was not written: the storage is full, or was withdrawn.
    NotWritten,
}
