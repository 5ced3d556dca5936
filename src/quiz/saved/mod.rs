//! What is saved between visits.
//!
//! Three words have a fixed meaning here: an *event* is something the reader did; the *storage* is the browser's (an
//! [`store::Area`] of it, which can fail); and the *store* has all events in memory and in the storage.
//! `docs/storage-format.md` describes keys and values.

pub mod event;
pub mod file;
pub mod history;
pub mod label;
pub mod store;

pub mod damage;
mod format1;
pub mod record;
pub mod value;

/// The version of everything saved. Raise it for a change that older code can't read. A module such as `format1` then
/// reads the previous version, for ever.
pub const FORMAT: u32 = 2;

#[cfg(test)]
mod tests;
