//! Sextant: a skills self-assessment for distributed systems engineers.
//!
//! Three parts, and one rule between them: dependencies point down only.
//!
//! - [`app`]: what a person sees, in Leptos.
//! - [`browser`]: effects, each thin and with typed errors: storage, fetching, clock, chance, location.
//! - [`quiz`]: the pure core. It has no clock, no chance and no browser: times and seeds are passed in.
//!   Everything that is shown is derived there from a session, which is a seed and a list of answers.
//!
//! [`route`] is the addresses between them and [`trouble`] what is told when something goes wrong, both pure as well.
//!
//! `questions/` is compiled by `cargo xtask assemble` into the types of [`quiz::bank`].

#[cfg(feature = "app")]
pub mod app;
#[cfg(feature = "app")]
pub mod browser;
pub mod quiz;
pub mod route;
pub mod trouble;
