//! Sextant: a skills self-assessment for distributed systems engineers.
//!
//! Three parts. Dependencies only point from the first to the last:
//!
//! - [`app`]: what a person sees, in Leptos.
//! - [`browser`]: effects, thin and with typed errors: storage, fetching, clock, randomness, location.
//! - [`quiz`]: the pure core, without clock, randomness or browser; times and seeds are passed in. Everything that is shown
//!   is derived there from a session, which is a seed and a list of answers.
//!
//! [`route`] has the addresses of pages, and [`trouble`] the texts of errors. Both are pure as well.
//!
//! `cargo xtask assemble` compiles `questions/` into the types of [`quiz::content::bank`].

#[cfg(feature = "app")]
pub mod app;
#[cfg(feature = "app")]
pub mod browser;
pub mod quiz;
pub mod route;
pub mod trouble;
