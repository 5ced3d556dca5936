//! The page around the app: its address, title, theme and static shell.

use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, HtmlElement, Url};

use crate::{
    browser::{document, window},
    route::Route,
};

#[wasm_bindgen]
extern "C" {
    /// From `src/web/failure.js`: shows that the app has stopped, and logs why.
    #[wasm_bindgen(js_namespace = sextant, js_name = stop, catch)]
    fn show_stopped(error: &js_sys::Error) -> Result<(), JsValue>;
}

/// The route in the address.
pub fn route() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
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

/// The content of a file that the reader chose; `None` if the browser refuses to read it.
pub async fn bytes(file: &web_sys::File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// A day as in file names: "2026-11-23".
pub fn date(at: u64) -> String {
    let date = String::from(js_sys::Date::new(&JsValue::from_f64(at as f64)).to_iso_string());
    date.chars().take(10).collect()
}

/// Copies a text to the clipboard; whether the browser allowed it.
pub async fn copy(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    // Undefined on a page that was loaded without https.
    !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok()
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
