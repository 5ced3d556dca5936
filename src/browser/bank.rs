//! Fetching the compiled bank.

use leptos::prelude::{document, window};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlLinkElement, Response};

use crate::{quiz::bank::Catalog, trouble::FetchError};

/// Fetches the catalog that the page names.
///
/// # Errors
/// See [`FetchError`].
pub async fn catalog() -> Result<Catalog, FetchError> {
    let link =
        document().get_element_by_id("catalog").and_then(|link| link.dyn_into::<HtmlLinkElement>().ok());
    json(&link.ok_or(FetchError::NoCatalog)?.href()).await
}

/// Fetches JSON from an address, absolute or relative to the page.
///
/// # Errors
/// See [`FetchError`].
pub async fn json<T: DeserializeOwned>(address: &str) -> Result<T, FetchError> {
    serde_json::from_str(&text(address).await?).map_err(|error| FetchError::Content(error.to_string()))
}

/// Fetches text from an address, absolute or relative to the page.
///
/// # Errors
/// See [`FetchError`].
pub async fn text(address: &str) -> Result<String, FetchError> {
    let network = |error: JsValue| FetchError::Network(format!("{error:?}"));
    let response = JsFuture::from(window().fetch_with_str(address)).await.map_err(network)?;
    let response: Response = response.dyn_into().map_err(network)?;
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let text = JsFuture::from(response.text().map_err(network)?).await.map_err(network)?;
    text.as_string().ok_or_else(|| FetchError::Content("no text".into()))
}
