//! The built folder, in the order in which a build and a deployment go through it:
//!
//! 1. [`joined`] joins the style sheets and the scripts that the first paint waits for.
//! 2. [`seal`] gives every file its hashed name, the page its policy, and the worker its list of files.
//! 3. [`host_check`] compares what a host serves with the sealed folder.
//!
//! Nothing here installs or downloads a program.

pub mod host_check;
pub mod joined;
pub mod seal;

mod error;

pub use error::{Error, Result};
