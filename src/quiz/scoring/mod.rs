//! How answers become scores: the model, the estimate per skill, the stage, and the report.

pub mod advice;
pub mod confidence;
pub mod evidence;
pub mod measure;
pub mod model;
pub mod report;
pub mod stage;
