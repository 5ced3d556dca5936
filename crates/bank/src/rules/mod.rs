//! The rules for files, for single items, and for the bank as a whole.
//!
//! `check` applies them all. `item_rules` are those that need nothing but the item, with the help of
//! `catch_all`, `cues`, `numbers` and `reading`. `ids`, `references` and `alike` compare items with each
//! other and with other files. `balance` judges the whole bank, by `keys` and by the `bot` that picks options
//! without reading questions.

pub(crate) mod alike;
pub(crate) mod balance;
pub(crate) mod bot;
mod catch_all;
pub(crate) mod check;
mod cues;
pub(crate) mod ids;
mod item_rules;
pub(crate) mod keys;
mod numbers;
mod reading;
mod references;
pub(crate) mod whole_bank;
