//! How a session runs: its form, and its answers so far.

pub mod form;
pub mod session;
