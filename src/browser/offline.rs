//! The offline copy, as `src/web/offline.js` tells of it: that works without the program, so that a broken program is
//! replaced too.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What there is of an offline copy. The window tells of each change by an event named [`CHANGED`].
// Each is a fact of its own.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offline {
    /// Whether a whole release is kept in this browser.
    pub kept: bool,
    /// Whether another release than this one is kept, and can take over.
    pub waiting: bool,
    /// Whether the host does not answer.
    pub away: bool,
    /// Whether the last update ended where it began.
    pub stuck: bool,
    /// Whether the browser lets a button install the program.
    pub installable: bool,
}

/// The name of the event.
pub const CHANGED: &str = "sextant-offline";

/// What there is now. Nothing in a build that was not sealed.
pub fn offline() -> Offline {
    let is =
        |name: &str| outside().and_then(|it| Reflect::get(&it, &name.into())).is_ok_and(|it| it.is_truthy());
    Offline {
        kept: is("kept"),
        waiting: is("waiting"),
        away: is("away"),
        stuck: is("stuck"),
        installable: is("installable"),
    }
}

/// The release that runs; empty in a build that was not sealed.
pub fn release() -> String {
    let release = outside().and_then(|it| Reflect::get(&it, &"release".into()));
    release.ok().and_then(|release| release.as_string()).unwrap_or_default()
}

/// Notes whether the reader is in the midst of something that loading the page anew would take away.
pub fn busy(is: bool) {
    // Without the script there are no updates to keep away.
    let _ = call("busy", &is.into());
}

/// Goes over to the release that waits, and loads the page anew. `false` where another tab is busy.
pub async fn take() -> bool {
    settled("take").await.is_ok_and(|taken| taken.is_truthy())
}

/// Asks the host for a newer release.
pub async fn check() {
    // How it went is in `Offline::away`.
    let _ = settled("check").await;
}

/// Asks the reader, in the browser's own words, whether to install the program.
pub async fn install() {
    // They may refuse.
    let _ = settled("install").await;
}

/// Takes the offline copy away; whether the browser did.
pub async fn remove() -> bool {
    let removed = async {
        let rescue = Reflect::get(&sextant()?, &"rescue".into())?;
        let reset: Function = Reflect::get(&rescue, &"reset".into())?.dyn_into()?;
        JsFuture::from(reset.call0(&rescue)?.dyn_into::<Promise>()?).await
    };
    removed.await.is_ok_and(|removed| removed.is_truthy())
}

async fn settled(name: &str) -> Result<JsValue, JsValue> {
    JsFuture::from(call(name, &JsValue::UNDEFINED)?.dyn_into::<Promise>()?).await
}

fn call(name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let outside = outside()?;
    Reflect::get(&outside, &name.into())?.dyn_into::<Function>()?.call1(&outside, argument)
}

fn outside() -> Result<JsValue, JsValue> {
    Reflect::get(&sextant()?, &"offline".into())
}

/// What the scripts in the page's head made.
fn sextant() -> Result<JsValue, JsValue> {
    Reflect::get(&window(), &"sextant".into())
}
