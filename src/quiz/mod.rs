//! The pure core: questions, forms, sessions, measurement, stages and reports.

pub mod advice;
pub mod bank;
pub mod confidence;
pub mod evidence;
pub mod examples;
pub mod figure;
pub mod form;
pub mod issue;
pub mod measure;
pub mod model;
pub mod number;
pub mod order;
pub mod random;
pub mod reply;
pub mod report;
pub mod saved;
pub mod session;
pub mod stage;
pub mod statement;
pub mod task;

#[cfg(any(test, feature = "sample"))]
pub mod sample;
