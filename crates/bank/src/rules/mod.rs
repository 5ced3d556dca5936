//! The rules that a bank follows, item by item and as a whole.

pub(crate) mod alike;
pub(crate) mod bot;
pub(crate) mod catch_all;
pub(crate) mod check;
pub(crate) mod cues;
pub(crate) mod ids;
pub(crate) mod item_rules;
pub(crate) mod keys;
pub(crate) mod numbers;
pub(crate) mod reading;
pub(crate) mod whole;
