//! How a session runs: its form, its answers, and which question comes next.

pub mod form;
pub mod selection;
pub mod session;
