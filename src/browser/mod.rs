//! Effects: what the pure core must be given, and what only a browser can do.

pub mod bank;
pub mod offline;
pub mod page;
pub mod storage;

/// Milliseconds since 1970.
pub fn now() -> u64 {
    // A clock set before 1970 counts as 1970.
    js_sys::Date::now().max(0.0) as u64
}

/// A seed for a new session. It decides orders only, so it need not be hard to guess.
pub fn seed() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}
