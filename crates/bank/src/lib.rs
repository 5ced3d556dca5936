//! The question bank: reading, checking and compiling the files in `questions/`, and the commands that help authors.
//!
//! The modules, in reading order; each uses only those above it:
//!
//! - `limits`: the numbers in the rules. `english`: phrases that messages share. `error`: why a command failed.
//! - `figure`: diagrams that authors write as data, checked, put into words and drawn.
//! - `problem`: everything that the check can find, with its message.
//! - `text`: Markdown texts, what a reader sees of them, and their HTML.
//! - `read`: the files as authors write them, with the line of each value.
//! - `rules`: the rules, and the `Bank` that a folder without errors becomes.
//! - `compile`: the bank as the app reads it, in the types of `sextant::quiz::content`.
//! - `commands`: what `cargo xtask` does with a bank.
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
