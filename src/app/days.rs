//! Days as the reader sees them.

use wasm_bindgen::JsValue;

use crate::quiz::taking::session::Session;

/// The day of a time in a session, and whether it is uncertain.
pub(crate) fn day_of(session: &Session, at: u64) -> String {
    let day = day(at);
    if session.dated.is_some() { format!("{day} or before (the clock was wrong)") } else { day }
}

/// A day: "23 Nov 2026".
pub(crate) fn day(at: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    let options = js_sys::Object::new();
    for (name, value) in [("day", "numeric"), ("month", "short"), ("year", "numeric")] {
        // Fails only for a frozen object.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_date_string("en-GB", &options).into()
}
