//! The pure core: questions, forms, sessions, measurement, stages and reports.

pub mod advice;
pub mod bank;
pub mod confidence;
pub mod evidence;
pub mod figure;
pub mod form;
pub mod measure;
pub mod model;
pub mod order;
pub mod random;
pub mod report;
pub mod saved;
pub mod session;
pub mod stage;
pub mod statement;

#[cfg(any(test, feature = "sample"))]
pub mod sample;
