//! The built folder, in the order in which a build and a deployment go through it:
//!
//! 1. [`joined`] joins the style sheets and the scripts that the first paint waits for.
//! 2. [`split`] cuts the program into parts.
//! 3. [`seal`] gives every file its hashed name, the page its policy, and the worker its list of files.
//! 4. [`host_check`] compares what a host serves with the sealed folder.
//!
//! Nothing here installs or downloads a program.

mod error;

// What the three share.
mod folder;
mod html;
mod media;
mod names;
mod release;

pub mod joined;
pub mod seal;
pub mod split;
pub mod weigh;

pub mod host_check;

pub use error::{Error, Inline, Result, SealError};
