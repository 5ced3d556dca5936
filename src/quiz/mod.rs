//! The pure core: questions, forms, sessions, measurement, stages and reports.

pub mod bank;
pub mod form;
pub mod measure;
pub mod random;
pub mod report;
pub mod saved;
pub mod session;
pub mod stage;

#[cfg(test)]
mod sample;
