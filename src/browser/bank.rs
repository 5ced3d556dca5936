//! Fetching the compiled bank.

use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlLinkElement, RequestInit, Response};

use crate::{
    browser::{document, window},
    quiz::content::bank::Catalog,
    trouble::FetchError,
};

/// Fetches the catalog that the page links to.
///
/// # Errors
/// See [`FetchError`].
pub async fn catalog() -> Result<Catalog, FetchError> {
    let link =
        document().get_element_by_id("catalog").and_then(|link| link.dyn_into::<HtmlLinkElement>().ok());
    let link = link.ok_or(FetchError::NoCatalog)?;
    parsed(&fetch(&link.href(), &link.integrity()).await?)
}

/// The address of the shard that `src/web/start.js` loads beside the program.
pub fn preloaded_shard() -> Option<String> {
    document().get_element_by_id("shard")?.get_attribute("href")
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

/// Fetches text and checks it against its hash, unless that is empty.
async fn fetch(address: &str, integrity: &str) -> Result<String, FetchError> {
    let response = match request(address, integrity).await {
        Ok(response) => response,
        Err(error) => match offline_copy(address).await {
            Some(copy) => copy,
            None if integrity.is_empty() => return Err(error),
            // With a hash, a browser reports a host that is away and a file that differs in the same way.
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

/// A file from the offline copy. The service worker usually answers with it, but not in a tab that was opened before
/// there was a worker; by then the host may have replaced this release.
async fn offline_copy(address: &str) -> Option<Response> {
    // Undefined on a page that was loaded without https.
    let caches = window().caches().ok().filter(|caches| !caches.is_undefined())?;
    JsFuture::from(caches.match_with_str(address)).await.ok()?.dyn_into().ok()
}
