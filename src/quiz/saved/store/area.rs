//! The storage as the store takes it.

use serde_json::value::RawValue;

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
