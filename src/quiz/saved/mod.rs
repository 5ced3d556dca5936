//! What is kept between visits: the events of what a reader did, the storage they are in, the file they can be saved
//! as, and the label that is worked out from them.

pub mod damage;
pub mod event;
pub mod file;
mod first;
pub mod history;
pub mod label;
pub mod record;
pub mod store;

/// The version of everything saved. A change that older code cannot read raises it; a module such as `first` then
/// reads the one before, for ever.
pub const FORMAT: u32 = 2;

#[cfg(test)]
mod tests;
