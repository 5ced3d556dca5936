//! The pure core, in reading order: what is asked, how a session runs, how it is scored, and what is saved.

pub mod content;
pub mod saved;
pub mod scoring;
pub mod taking;

pub mod order;
pub mod random;

#[cfg(any(test, feature = "sample"))]
pub mod sample;
