//! localStorage, and what only one tab may do at a time.
//!
//! A host's origin is shared with other programs, so every key begins with the app and the folder it is served from.

use std::{cell::Cell, future::Future, rc::Rc};

use gloo_storage::{LocalStorage, Storage};
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use serde_json::value::RawValue;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use crate::quiz::saved::store::{Area, AreaError, Store};

/// The browser's localStorage, asked for anew each time because it can be withdrawn.
#[derive(Clone, Copy, Debug)]
pub struct LocalArea;

/// Where everything is kept.
pub type LocalStore = Store<LocalArea>;

/// Opens what this browser keeps; `chance` is any number that differs from tab to tab.
pub fn open(chance: u32) -> LocalStore {
    Store::open(LocalArea, prefix(), chance)
}

impl LocalArea {
    /// The storage itself. gloo-storage panics where there is none, so nothing calls it before this.
    fn probe() -> Result<web_sys::Storage, AreaError> {
        let storage = window().local_storage().ok().flatten().ok_or(AreaError::Refused)?;
        storage.length().map_err(|_| AreaError::Refused)?;
        Ok(storage)
    }
}

impl Area for LocalArea {
    fn keys(&self) -> Result<Vec<String>, AreaError> {
        // gloo-storage has no list of keys, and asking for one by one makes some browsers count each time.
        let storage = Self::probe()?;
        let keys = Reflect::own_keys(&storage).map_err(|_| AreaError::Refused)?;
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, AreaError> {
        // gloo-storage reads JSON only, and what is none must be kept as it is; and it panics where reading throws.
        Self::probe()?.get_item(key).map_err(|_| AreaError::Refused)
    }

    fn set(&self, key: &str, value: &RawValue) -> Result<(), AreaError> {
        Self::probe()?;
        LocalStorage::set(key, value).map_err(|_| AreaError::NotWritten)
    }

    fn remove(&self, key: &str) -> Result<(), AreaError> {
        // gloo-storage panics where removing throws.
        Self::probe()?.remove_item(key).map_err(|_| AreaError::NotWritten)
    }
}

/// What all of this program's keys begin with. `src/web/rescue.js` makes the same.
pub fn prefix() -> String {
    let path = window().location().pathname().unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _page)| folder);
    format!("sextant:{folder}/:")
}

/// Whether the browser can keep tabs from doing something at the same time.
pub fn can_be_alone() -> bool {
    locks().is_some()
}

/// Does something while no other tab of this folder does anything here: under a Web Lock. Where the browser has none
/// it is done all the same. `None` where the browser refused the lock.
pub async fn alone<T: 'static>(work: impl Future<Output = T> + 'static) -> Option<T> {
    let Some((locks, request)) = locks() else { return Some(work.await) };
    let done = Rc::new(Cell::new(None));
    let within = {
        let done = Rc::clone(&done);
        Closure::once_into_js(move |_lock: JsValue| {
            future_to_promise(async move {
                done.set(Some(work.await));
                Ok(JsValue::UNDEFINED)
            })
        })
    };
    let promise = request.call2(&locks, &prefix().into(), &within).ok()?;
    JsFuture::from(promise.dyn_into::<Promise>().ok()?).await.ok()?;
    done.take()
}

/// The browser's locks and their `request`. web-sys counts them as unstable, though all engines have had them since 2022.
fn locks() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}

/// Waits for a later task, in which other tabs can have seen what this one wrote.
pub async fn later() {
    let promise = Promise::new(&mut |resolve, _| {
        // Refused only on a window that is gone.
        let _ = window().set_timeout_with_callback(&resolve);
    });
    let _ = JsFuture::from(promise).await;
}

/// Asks the browser, unless it has promised so, not to clear this site's storage when space is short. It may ask the
/// reader, or refuse.
pub async fn persist() {
    // Not there on a page that was not fetched safely.
    let storage = Reflect::get(&window().navigator(), &"storage".into()).ok();
    let Some(storage) = storage.and_then(|storage| storage.dyn_into::<web_sys::StorageManager>().ok()) else {
        return;
    };
    let Ok(promise) = storage.persisted() else { return };
    let persisted = JsFuture::from(promise).await.is_ok_and(|persisted| persisted.is_truthy());
    if !persisted && let Ok(promise) = storage.persist() {
        // Its answer changes nothing that the reader is told.
        let _ = JsFuture::from(promise).await;
    }
}
