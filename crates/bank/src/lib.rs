//! The question bank: reading, checking and compiling the files in `questions/`, and the commands that help
//! authors.
//!
//! The modules, in reading order; each uses only those above it:
//!
//! - `limits`: the numbers in the rules. `english`: phrases that messages share. `error`: why a command
//!   failed.
//! - `figure`: diagrams that authors write as data, checked, put into words and drawn.
//! - `problem`: everything that the check can find, with its message.
//! - `text`: Markdown texts, what a reader sees of them, and their HTML.
//! - `read`: the files as authors write them, with the line of each value.
//! - `rules`: the rules, and the `Bank` that a folder without errors becomes.
//! - `compile`: the bank as the app reads it, in the types of `sextant::quiz::content`.
//! - `commands`: what `cargo xtask` does with a bank.
//!
//! The commands, which return their output as text:
//!
//! - [`check`] reports every problem, [`check_on_change`] does so after each change, [`time_check`] measures
//!   it.
//! - [`new`] adds an item to fill in, [`preview`] finds the page of an item, [`schema`] writes the JSON
//!   Schema of the item files, with which editors complete and check.
//! - [`stats`] shows what the bank contains and what its options give away. [`blind`] asks independent
//!   solvers, and [`grade`] compares their answers with the keys.
//! - [`compile`] writes the bank into the app's folder.
//! - [`score`] scores answers outside the app, and [`simulate`] shows how well its forms measure.
//!
//! Each rule has a bad example in `tests/bank/bad`, with the message that it gets.

#![expect(clippy::missing_errors_doc, reason = "the variants of `Error` say why a command can fail")]

mod commands;
mod compile;
mod english;
mod error;
mod figure;
mod limits;
mod problem;
mod read;
mod rules;
#[cfg(test)]
mod tests;
mod text;

pub use commands::{
    SimulateOptions, blind, check, check_on_change, grade, new, preview, score, simulate, stats, time_check,
};
pub use compile::compile;
pub use english::counted;
pub use error::{Error, Result};
pub use read::{items::Kind, schema::write as schema};
