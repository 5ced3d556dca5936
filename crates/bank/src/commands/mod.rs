//! What `cargo xtask` does with a bank.

pub mod blind;
pub mod grade;
pub(crate) mod letters;
pub mod new;
pub mod preview;
pub mod score;
pub mod simulate;
pub mod stats;
pub mod timing;
