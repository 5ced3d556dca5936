//! Fetching the compiled bank.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{document, window};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlLinkElement, RequestInit, Response};

use crate::{quiz::content::bank::Catalog, trouble::FetchError};

/// Fetches the catalog that the page names.
///
/// # Errors
/// See [`FetchError`].
pub async fn catalog() -> Result<Catalog, FetchError> {
    let link =
        document().get_element_by_id("catalog").and_then(|link| link.dyn_into::<HtmlLinkElement>().ok());
    let link = link.ok_or(FetchError::NoCatalog)?;
    parsed(&fetch(&link.href(), &link.integrity()).await?)
}

/// Fetches JSON from an address, absolute or relative to the page.
///
/// # Errors
/// See [`FetchError`].
pub async fn json<T: DeserializeOwned>(address: &str) -> Result<T, FetchError> {
    parsed(&text(address).await?)
}

/// Fetches text from an address, absolute or relative to the page.
///
/// # Errors
/// See [`FetchError`].
pub async fn text(address: &str) -> Result<String, FetchError> {
    fetch(address, "").await
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, FetchError> {
    serde_json::from_str(text).map_err(|error| FetchError::Content(error.to_string()))
}

/// Fetches text that has a hash, unless that is empty.
async fn fetch(address: &str, integrity: &str) -> Result<String, FetchError> {
    let response = match request(address, integrity).await {
        Ok(response) => response,
        Err(error) => match copy(address).await {
            Some(copy) => copy,
            None if integrity.is_empty() => return Err(error),
            // A browser does not tell a host that is away from one that sent something else.
            None => match request(address, "").await {
                Ok(_) => return Err(FetchError::Content("another file".into())),
                Err(error) => return Err(error),
            },
        },
    };
    let text = JsFuture::from(response.text().map_err(network)?).await.map_err(network)?;
    text.as_string().ok_or_else(|| FetchError::Content("no text".into()))
}

async fn request(address: &str, integrity: &str) -> Result<Response, FetchError> {
    let options = RequestInit::new();
    options.set_integrity(integrity);
    let response = JsFuture::from(window().fetch_with_str_and_init(address, &options)).await;
    let response: Response = response.and_then(JsCast::dyn_into).map_err(network)?;
    if response.ok() { Ok(response) } else { Err(FetchError::Status(response.status())) }
}

fn network(error: JsValue) -> FetchError {
    FetchError::Network(format!("{error:?}"))
}

/// The offline copy's file. The worker answers with it by itself, but not in a tab that was opened before there was one,
/// and then the host may have replaced this release.
async fn copy(address: &str) -> Option<Response> {
    let matched = async {
        let caches = Reflect::get(&window(), &"caches".into())?;
        let matching: Function = Reflect::get(&caches, &"match".into())?.dyn_into()?;
        JsFuture::from(matching.call1(&caches, &address.into())?.dyn_into::<Promise>()?).await
    };
    matched.await.ok()?.dyn_into().ok()
}
