//! The offline copy. `src/web/offline.js` looks after it without the app, so that even a broken app gets replaced; this
//! is the app's view of that script.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// `sextant.offline`, which `src/web/offline.js` makes.
    #[derive(Clone)]
    type Script;

    #[wasm_bindgen(method, getter)]
    fn release(this: &Script) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn kept(this: &Script) -> bool;
    #[wasm_bindgen(method, getter)]
    fn waiting(this: &Script) -> bool;
    #[wasm_bindgen(method, getter)]
    fn away(this: &Script) -> bool;
    #[wasm_bindgen(method, getter)]
    fn stuck(this: &Script) -> bool;
    #[wasm_bindgen(method, getter)]
    fn installable(this: &Script) -> bool;

    #[wasm_bindgen(method, catch)]
    fn busy(this: &Script, is: bool) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn take(this: &Script) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn check(this: &Script) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn install(this: &Script) -> Result<JsValue, JsValue>;

    // `None` where the page's scripts did not load: the app runs without them.
    #[wasm_bindgen(thread_local_v2, js_namespace = sextant, js_name = offline)]
    static SCRIPT: Option<Script>;

    // From `src/web/rescue.js`. Not `async`: that would not catch the error when the script did not load.
    #[wasm_bindgen(js_namespace = ["sextant", "rescue"], catch)]
    fn reset() -> Result<js_sys::Promise, JsValue>;
}

/// The state of the offline copy. The window dispatches [`CHANGED`] after every change.
// Independent facts, not the states of one thing.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offline {
    /// Whether this browser has a complete copy.
    pub kept: bool,
    /// Whether a different release is ready to take over.
    pub waiting: bool,
    /// Whether the host did not answer.
    pub away: bool,
    /// Whether the last update ended with the release it started from.
    pub stuck: bool,
    /// Whether the browser lets a button install the app.
    pub installable: bool,
}

/// The event that reports a change.
pub const CHANGED: &str = "sextant-offline";

/// The current state; everything is `false` where the script did not load.
pub fn offline() -> Offline {
    script().map_or_else(Offline::default, |script| Offline {
        kept: script.kept(),
        waiting: script.waiting(),
        away: script.away(),
        stuck: script.stuck(),
        installable: script.installable(),
    })
}

/// The release that is running; empty in a build that was not sealed.
pub fn release() -> String {
    script().and_then(|script| script.release()).unwrap_or_default()
}

/// Says whether the reader is in the middle of something that reloading the page would lose.
pub fn busy(is: bool) {
    if let Some(script) = script() {
        // Where it fails, a reload for an update is not held back.
        let _ = script.busy(is);
    }
}

/// Switches to the waiting release, which reloads the page. `false` if another tab is busy.
pub async fn take() -> bool {
    let Some(script) = script() else { return false };
    script.take().await.is_ok_and(|taken| taken.is_truthy())
}

/// Asks the host for a newer release. [`Offline::away`] has the outcome.
pub async fn check() {
    if let Some(script) = script() {
        let _ = script.check().await;
    }
}

/// Lets the browser ask the reader whether to install the app. They may decline.
pub async fn install() {
    if let Some(script) = script() {
        let _ = script.install().await;
    }
}

/// Removes the offline copy; whether that worked.
pub async fn remove() -> bool {
    let Ok(removed) = reset() else { return false };
    JsFuture::from(removed).await.is_ok_and(|removed| removed.is_truthy())
}

fn script() -> Option<Script> {
    SCRIPT.with(Option::clone)
}
