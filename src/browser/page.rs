//! The page around the app: its address, title, theme and static shell.

use js_sys::{Function, Reflect};
use leptos::prelude::{document, window};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Clipboard, HtmlAnchorElement, HtmlElement, Url};

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

/// Takes the program down after a panic: what it held may be half changed. `src/web/failure.js` shows it, and notes it
/// in the console.
pub fn stop(message: &str) {
    let error = js_sys::Error::new(message);
    let shown = || {
        let sextant = Reflect::get(&window(), &"sextant".into())?;
        let stop: Function = Reflect::get(&sextant, &"stop".into())?.dyn_into()?;
        stop.call1(&sextant, &error)
    };
    if shown().is_err() {
        web_sys::console::error_1(&error);
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

/// The address that opens a report on the project's tracker: `index.html` names it once, in `<meta
/// name="tracker">`, with places for title and body. `None` where it names none that is safe to follow.
pub fn tracker(title: &str, body: &str) -> Option<String> {
    let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
    let address = tracker_pattern()?;
    Some(address.replace("{title}", &encoded(title)).replace("{body}", &encoded(body)))
}

/// Who gets what is sent to the tracker; `None` where there is none.
pub fn tracker_host() -> Option<String> {
    let address = tracker_pattern()?;
    let host = address.strip_prefix("https://")?.split('/').next()?;
    Some(host.to_owned())
}

fn tracker_pattern() -> Option<String> {
    let meta = document().query_selector("meta[name=tracker]").ok()??;
    // A host may have written it after the build, which refuses anything else.
    meta.get_attribute("content").filter(|address| address.starts_with("https://"))
}

/// What a file that the reader chose holds; `None` where the browser does not hand it over.
pub async fn bytes(file: &web_sys::File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// A day as names of files have it: "2026-11-23".
pub fn date(at: u64) -> String {
    let date = String::from(js_sys::Date::new(&JsValue::from_f64(at as f64)).to_iso_string());
    date.chars().take(10).collect()
}

/// Puts a text on the clipboard; whether the browser let it.
pub async fn copy(text: &str) -> bool {
    // Not there on a page that was not fetched safely.
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok();
    let Some(clipboard) = clipboard.and_then(|clipboard| clipboard.dyn_into::<Clipboard>().ok()) else {
        return false;
    };
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
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
    // The address is not taken back: some browsers begin to read it later, and the page's end does so.
    Ok(())
}
