//! localStorage, and work that only one tab may do at a time.
//!
//! Other apps may share the host's origin, so every key starts with the app's name and the folder it is served from.

use std::{cell::Cell, future::Future, rc::Rc};

use gloo_storage::{LocalStorage, Storage};
use js_sys::{Promise, Reflect};
use serde_json::value::RawValue;
use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use crate::{
    browser::window,
    quiz::saved::store::{Area, AreaError, Store},
};

#[wasm_bindgen]
extern "C" {
    /// The Web Locks API. web-sys counts it as unstable, though all engines have had it since 2022.
    #[derive(Clone)]
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, within: &JsValue) -> Result<Promise, JsValue>;

    // `None` on a page that was loaded without https.
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = locks)]
    static LOCKS: Option<Locks>;
}

/// The browser's localStorage. It is looked up for every access, because the browser can withdraw it.
///
/// gloo-storage writes the values. It cannot do the rest: it reads JSON only, while a damaged value must be read as it is;
/// it lists no keys; and it panics where the browser has no storage or throws on reading or removing.
#[derive(Clone, Copy, Debug)]
pub struct LocalArea;

/// The store of everything that Sextant saves.
pub type LocalStore = Store<LocalArea>;

/// Opens this browser's store; `seed` is any number that differs from tab to tab.
pub fn open(seed: u32) -> LocalStore {
    Store::open(LocalArea, prefix(), seed)
}

impl LocalArea {
    /// The storage itself. Call it before gloo-storage, which panics where there is none.
    fn probe() -> Result<web_sys::Storage, AreaError> {
        let storage = window().local_storage().ok().flatten().ok_or(AreaError::Refused)?;
        storage.length().map_err(|_| AreaError::Refused)?;
        Ok(storage)
    }
}

impl Area for LocalArea {
    fn keys(&self) -> Result<Vec<String>, AreaError> {
        // All at once: when asked for a key by its index, some browsers count from the start each time.
        let keys = Reflect::own_keys(&Self::probe()?.into()).map_err(|_| AreaError::Refused)?;
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, AreaError> {
        Self::probe()?.get_item(key).map_err(|_| AreaError::Refused)
    }

    fn set(&self, key: &str, value: &RawValue) -> Result<(), AreaError> {
        Self::probe()?;
        LocalStorage::set(key, value).map_err(|_| AreaError::NotWritten)
    }

    fn remove(&self, key: &str) -> Result<(), AreaError> {
        Self::probe()?.remove_item(key).map_err(|_| AreaError::NotWritten)
    }
}

/// The start of all of this app's keys. `src/web/rescue.js` makes the same.
pub fn prefix() -> String {
    let path = window().location().pathname().unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _page)| folder);
    format!("sextant:{folder}/:")
}

/// Whether the browser can keep several tabs from working at the same time.
pub fn can_be_alone() -> bool {
    locks().is_some()
}

/// Does something while no other tab served from this folder does, under a Web Lock. A browser without locks does it
/// anyway. `None` if the browser refused the lock.
pub async fn alone<T: 'static>(work: impl Future<Output = T> + 'static) -> Option<T> {
    let Some(locks) = locks() else { return Some(work.await) };
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
    JsFuture::from(locks.request(&prefix(), &within).ok()?).await.ok()?;
    done.take()
}

fn locks() -> Option<Locks> {
    LOCKS.with(Option::clone)
}

/// Waits for a later task, by when this tab sees what other tabs wrote.
pub async fn later() {
    let promise = Promise::new(&mut |resolve, _| {
        // Refused only on a window that is gone.
        let _ = window().set_timeout_with_callback(&resolve);
    });
    let _ = JsFuture::from(promise).await;
}

/// Asks the browser to keep this site's storage when space runs short, unless it has already agreed. It may ask the
/// reader, or refuse.
pub async fn persist() {
    let storage = window().navigator().storage();
    // Undefined on a page that was loaded without https.
    if storage.is_undefined() {
        return;
    }
    let Ok(promise) = storage.persisted() else { return };
    let persisted = JsFuture::from(promise).await.is_ok_and(|persisted| persisted.is_truthy());
    if !persisted && let Ok(promise) = storage.persist() {
        // The answer changes nothing that the reader sees.
        let _ = JsFuture::from(promise).await;
    }
}
