//! The built folder: joining and sealing its files, and checking how a host serves it.

mod error;
pub mod joined;
pub mod seal;

pub use error::{Error, Result};
