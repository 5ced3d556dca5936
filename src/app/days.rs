//! Days as the reader sees them.

use wasm_bindgen::JsValue;

use crate::quiz::taking::session::Session;

/// The day of a time in a session, and whether it is uncertain.
pub(crate) fn day_of(session: &Session, at: u64) -> String {
    let day = day(at);
    if session.dated.is_some() { format!("{day} or before (the clock was wrong)") } else { day }
}

/// A day in the reader's time zone: "23 Nov 2026".
pub(crate) fn day(at: u64) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    let month = MONTHS.get(date.get_month() as usize).copied().unwrap_or_default();
    format!("{} {month} {}", date.get_date(), date.get_full_year())
}
