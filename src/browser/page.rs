//! The page around the app: its address, title, theme and static shell.

use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, HtmlElement, Url};

use crate::{
    browser::{document, window},
    quiz::saved::file::FileError,
    route::Route,
};

#[wasm_bindgen]
extern "C" {
    /// From `src/web/failure.js`: shows that the app has stopped, and logs why.
    #[wasm_bindgen(js_namespace = sextant, js_name = stop, catch)]
    fn show_stopped(error: &js_sys::Error) -> Result<(), JsValue>;
}

/// The route in the address. An address that was changed on its way here is corrected, without a step in the history.
pub fn route() -> Route {
    let fragment = window().location().hash().unwrap_or_default();
    let route = Route::parse(&fragment);
    let address = route.to_string();
    let unchanged = fragment.is_empty() || fragment == address || matches!(route, Route::Unknown(_));
    if !unchanged && let Ok(history) = window().history() {
        let state = history.state().unwrap_or_default();
        // Fails only if called a hundred times within seconds. Then the address stays as it is.
        let _ = history.replace_state_with_url(&state, "", Some(&address));
    }
    route
}

/// Goes to a page, as a link to it would.
pub fn go(route: &Route) {
    // Setting a fragment fails only for an address that no `Route` has.
    let _ = window().location().set_hash(&route.to_string());
}

/// Goes to a page in place of the current one, so that Back does not return here.
pub fn replace(route: &Route) {
    let _ = window().location().replace(&route.to_string());
}

/// Scrolls to the element with that id, and focuses it if asked to.
pub fn go_to_part(id: &str, focus: bool) {
    let Some(part) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    part.scroll_into_view();
    if focus {
        // Fails only for an element that cannot be focused.
        let _ = part.focus();
    }
}

/// Sets the page's title in the browser's tab and history.
pub fn set_title(title: &str) {
    document().set_title(&format!("{title} · Sextant"));
}

/// Removes what `index.html` shows until the app has started.
pub fn remove_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}

/// Takes the app down after a panic, because its state may be half changed.
pub fn stop(message: &str) {
    let error = js_sys::Error::new(message);
    if show_stopped(&error).is_err() {
        web_sys::console::error_1(&error);
    }
}

/// Sets the colours: `light`, `dark`, or anything else for the system's choice.
pub fn set_theme(theme: &str) {
    let Some(root) = document().document_element() else { return };
    // Both calls fail only for invalid attribute names.
    let _ = match theme {
        "light" | "dark" => root.set_attribute("data-theme", theme),
        _ => root.remove_attribute("data-theme"),
    };
}

/// Runs something and records how long it took among the browser's performance measures, for profilers and
/// `cargo xtask bench`.
pub fn timed<T>(name: &str, run: impl FnOnce() -> T) -> T {
    let Some(performance) = window().performance() else { return run() };
    let start = format!("{name} begins");
    // Both calls fail only for names that the browser reserves.
    let _ = performance.mark(&start);
    let result = run();
    let _ = performance.measure_with_start_mark(name, &start);
    result
}

/// The address that opens a report in the project's tracker, from the pattern in `index.html`: `<meta
/// name="tracker">`, with `{title}` and `{body}` to fill in. `None` if there is no tracker.
pub fn tracker(title: &str, body: &str) -> Option<String> {
    let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
    let address = tracker_pattern()?;
    Some(address.replace("{title}", &encoded(title)).replace("{body}", &encoded(body)))
}

/// The host that receives what is sent to the tracker; `None` if there is no tracker.
pub fn tracker_host() -> Option<String> {
    let address = tracker_pattern()?;
    let host = address.strip_prefix("https://")?.split('/').next()?;
    Some(host.to_owned())
}

fn tracker_pattern() -> Option<String> {
    let meta = document().query_selector("meta[name=tracker]").ok()??;
    // The build accepts https only, but a host may have edited the page since.
    meta.get_attribute("content").filter(|address| address.starts_with("https://"))
}

/// The content of a file that the reader chose.
///
/// # Errors
/// [`FileError::TooLarge`] if it has more than `most` bytes, [`FileError::NotRead`] if the browser refuses to read it.
pub async fn bytes(file: web_sys::File, most: usize) -> Result<Vec<u8>, FileError> {
    if file.size() > most as f64 {
        return Err(FileError::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| FileError::NotRead)?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// A day where the reader is, as in file names: "2026-11-23". `src/web/rescue.js` makes the same.
pub fn date(at: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    format!("{}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// Copies a text to the clipboard; whether the browser allowed it.
pub async fn copy(text: String) -> bool {
    let clipboard = window().navigator().clipboard();
    // Undefined on a page that was loaded without https.
    !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(&text)).await.is_ok()
}

/// Downloads a file of JSON.
pub fn download(name: &str, content: &impl Serialize) {
    // Everything that Sextant stores can be written as JSON, and a browser that refuses a download says so itself.
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
    // The address is not revoked: some browsers start to read it later, and it goes with the page.
    Ok(())
}
