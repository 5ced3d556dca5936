//! The page around the app: its address, title, theme and static shell.

use leptos::prelude::{document, window};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, HtmlElement, Url};

use crate::route::Route;

/// The page that the address names.
pub fn route() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
}

/// Goes to a page, as a link to it would.
pub fn go(route: &Route) {
    // Setting a fragment fails only on an address that a `Route` cannot make.
    let _ = window().location().set_hash(&route.to_string());
}

/// Goes to a page without a step back to this one.
pub fn replace(route: &Route) {
    let _ = window().location().replace(&route.to_string());
}

/// Brings the element of that id into view, and gives it the focus if `focus`.
pub fn go_to_part(id: &str, focus: bool) {
    let Some(part) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    part.scroll_into_view();
    if focus {
        // Refused only by what takes no focus.
        let _ = part.focus();
    }
}

/// Names the page in the browser's tab and history.
pub fn set_title(title: &str) {
    document().set_title(&format!("{title} · Sextant"));
}

/// Takes away what `index.html` shows until the app is there.
pub fn remove_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}

/// Sets the colours: `light`, `dark`, or anything else for the system's choice.
pub fn set_theme(theme: &str) {
    let Some(root) = document().document_element() else { return };
    // Both calls fail only on names that are no attribute names.
    let _ = match theme {
        "light" | "dark" => root.set_attribute("data-theme", theme),
        _ => root.remove_attribute("data-theme"),
    };
}

/// Runs something and notes how long it took among the browser's own measures, where a profiler and
/// `cargo xtask bench` find it.
pub fn timed<T>(name: &str, run: impl FnOnce() -> T) -> T {
    let Some(performance) = window().performance() else { return run() };
    let start = format!("{name} begins");
    // Both calls fail only on names of the browser's own milestones.
    let _ = performance.mark(&start);
    let result = run();
    let _ = performance.measure_with_start_mark(name, &start);
    result
}

/// Hands a file to the reader, as JSON.
pub fn download(name: &str, content: &impl Serialize) {
    // What Sextant stores can be written as JSON, and a browser that refuses a file shows so itself.
    let Ok(text) = serde_json::to_string(content) else { return };
    let _ = offer(name, &text);
}

fn offer(name: &str, text: &str) -> Result<(), JsValue> {
    let blob = Blob::new_with_str_sequence(&js_sys::Array::of1(&text.into()))?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}
