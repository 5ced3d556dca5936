//! A static host as plain as any: it serves `dist/` at a sub-path, so that an absolute address shows.

use std::{
    fs,
    net::SocketAddr,
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, Result};
use axum::{
    Router,
    extract::Path,
    http::{
        HeaderValue, StatusCode, Uri,
        header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{Html, Redirect},
    routing::{any, get, post},
};
use tokio::net::TcpListener;
use tower::ServiceBuilder;
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

use crate::broken::{self, Fault};

/// Makes any use of localStorage throw, as a browser does that refuses it.
const REFUSE_STORAGE: &str = "<head><script>Object.defineProperty(window, 'localStorage', \
    { get() { throw new DOMException('refused', 'SecurityError'); } });</script>";

/// Makes a call from the program into the browser throw, once: asking for the time.
const THROWING_CLOCK: &str = "{ const now = Date.now; Date.now = () => { const error = new Error('injected'); \
    if (!error.stack.includes('/sextant-')) return now(); Date.now = now; throw error; } }";

/// Makes the program's next look at the clock start it again, which asks for the page's body, which starts it again
/// without end: a real stack overflow, as its own code would have it. A module, so that it is loaded when it is set.
const ENDLESS_CLOCK: &str = "const glue = await import(document.querySelector('link[rel=modulepreload]').href); \
    const { __wbindgen_start: start } = await glue.default(); const now = Date.now; Date.now = () => { \
    if (!new Error().stack.includes('/sextant-')) return now(); Date.now = now; \
    Object.defineProperty(document, 'body', { configurable: true, get: start }); \
    try { start(); } finally { delete document.body; } }";

/// The running host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Host {
    address: SocketAddr,
    /// What pages did against the policy. Each host is there to the end, so that it is as easy to hand on as a number.
    violations: &'static Mutex<Vec<String>>,
}

/// The policy that a built site's page states, as a header by which browsers report what is against it.
pub(super) fn policy(dist: &std::path::Path) -> Result<HeaderValue> {
    let index = fs::read_to_string(dist.join("index.html")).context("dist/ is not built")?;
    let (_, rest) = index
        .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
        .context("dist/ is not sealed")?;
    let (policy, _) = rest.split_once('"').context("dist/ is not sealed")?;
    Ok(HeaderValue::from_str(&format!("{policy}; report-uri /violations"))?)
}

impl Host {
    /// Serves the built folder `dist` on a free port of this machine.
    ///
    /// # Errors
    /// Where `dist` is no built site or there is no port.
    pub(crate) async fn start(dist: &std::path::Path) -> Result<Self> {
        let index = fs::read_to_string(dist.join("index.html")).context("dist/ is not built")?;
        let violations: &Mutex<Vec<String>> = Box::leak(Box::default());
        let refusing = index.replacen("<head>", REFUSE_STORAGE, 1);
        let files = || ServeDir::new(dist);
        let site = Router::new()
            .nest_service(
                "/at/a/path",
                ServiceBuilder::new()
                    .layer(SetResponseHeaderLayer::overriding(CONTENT_SECURITY_POLICY, policy(dist)?))
                    .service(files()),
            )
            .route(
                "/violations",
                post(|report: String| async {
                    violations.lock().unwrap_or_else(PoisonError::into_inner).push(report);
                }),
            )
            .route("/refusing/", get(|| async { Html(refusing) }))
            .route(
                "/refusing/{*file}",
                get(|uri: Uri| async move { Redirect::to(&uri.path().replacen("/refusing", "", 1)) }),
            )
            .route("/no-bank/bank/{*file}", any(|| async { StatusCode::NOT_FOUND }))
            .nest_service("/no-bank", files())
            .route("/catalog-only/bank/{file}", get(catalog_only))
            .nest_service("/catalog-only", files())
            .merge(broken::routes(dist))
            .route("/clock.js", get(|| async { ([(CONTENT_TYPE, "text/javascript")], THROWING_CLOCK) }))
            .route("/endless.js", get(|| async { ([(CONTENT_TYPE, "text/javascript")], ENDLESS_CLOCK) }))
            .route("/frame", get(|| async { Html("<!doctype html><title>Frame</title>") }))
            .fallback_service(files());
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(async move { axum::serve(listener, site).await });
        Ok(Self { address, violations })
    }

    /// What pages did against the policy.
    pub(crate) fn violations(self) -> Vec<String> {
        self.violations.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The app at a sub-path.
    pub(crate) fn app(self) -> String {
        format!("http://{}/at/a/path/", self.address)
    }

    /// The folder that the app is in.
    pub(crate) const FOLDER: &str = "/at/a/path/";

    /// The app in a page whose storage throws.
    pub(crate) fn refusing_storage(self) -> String {
        format!("http://{}/refusing/", self.address)
    }

    /// The app on a host that has lost the bank.
    pub(crate) fn without_bank(self) -> String {
        format!("http://{}/no-bank/", self.address)
    }

    /// The app on a host that has lost the questions but for the catalog.
    pub(crate) fn without_shards(self) -> String {
        format!("http://{}/catalog-only/", self.address)
    }

    /// The app with something wrong, in a folder that nothing was stored for.
    pub(crate) fn broken(self, fault: Fault) -> String {
        format!("http://{}{}", self.address, broken::folder(fault))
    }

    /// A script after which the program's next look at the clock throws.
    pub(crate) fn throwing_clock(self) -> String {
        format!("http://{}/clock.js", self.address)
    }

    /// A script after which the program's next look at the clock overflows its stack.
    pub(crate) fn endless_clock(self) -> String {
        format!("http://{}/endless.js", self.address)
    }

    /// An empty page of the same origin, to frame the app in.
    pub(crate) fn frame(self) -> String {
        format!("http://{}/frame", self.address)
    }
}

async fn catalog_only(Path(file): Path<String>) -> std::result::Result<Redirect, StatusCode> {
    if file.starts_with("catalog-") {
        Ok(Redirect::to(&format!("/bank/{file}")))
    } else {
        Err(StatusCode::NOT_FOUND)
    }
}
