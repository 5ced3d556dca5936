//! Effects: what only a browser can do, and what the pure core has to be given.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Document, Window};

pub mod bank;
pub mod offline;
pub mod page;
pub mod storage;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Window;
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: Document;
}

/// The page's window.
fn window() -> Window {
    WINDOW.with(Window::clone)
}

/// The page's document.
fn document() -> Document {
    DOCUMENT.with(Document::clone)
}

/// Milliseconds since 1970.
pub fn now() -> u64 {
    // A clock set before 1970 counts as 1970.
    js_sys::Date::now().max(0.0) as u64
}

/// A seed for a new session. It only decides orders, so it need not be hard to guess.
pub fn seed() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}
