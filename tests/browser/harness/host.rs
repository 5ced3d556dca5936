//! A plain static host. It serves `dist/` below a path, where absolute addresses would fail.

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

use super::broken::{self, Fault};

const REFUSING_STORAGE: &str =
    concat!("<head><script>", include_str!("../scripts/refusing-storage.js"), "</script>");
const THROWING_CLOCK: &str = include_str!("../scripts/throwing-clock.js");
const ENDLESS_CLOCK: &str = include_str!("../scripts/endless-clock.js");

/// The running host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Host {
    address: SocketAddr,
    /// Reports of what the policy blocked. Hosts live as long as the program, so that they can be `Copy`.
    violations: &'static Mutex<Vec<String>>,
}

/// The policy in a built site's page, as a header that makes browsers report violations.
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
    /// If `dist` isn't a built site or no port is free.
    pub(crate) async fn start(dist: &std::path::Path) -> Result<Self> {
        let index = fs::read_to_string(dist.join("index.html")).context("dist/ is not built")?;
        let violations: &Mutex<Vec<String>> = Box::leak(Box::default());
        let refusing = index.replacen("<head>", REFUSING_STORAGE, 1);
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
            // For measurements of loading: compressed as the build did it.
            .nest_service("/compressed", files().precompressed_br())
            .route("/frame", get(|| async { Html("<!doctype html><title>Frame</title>") }))
            .fallback_service(files());
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(async move { axum::serve(listener, site).await });
        Ok(Self { address, violations })
    }

    /// Reports of what the policy blocked.
    pub(crate) fn violations(self) -> Vec<String> {
        self.violations.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The app's address, below a path.
    pub(crate) fn app(self) -> String {
        format!("http://{}/at/a/path/", self.address)
    }

    /// The path of the app's folder.
    pub(crate) const FOLDER: &str = "/at/a/path/";

    /// The app in a page whose storage throws on every use.
    pub(crate) fn refusing_storage(self) -> String {
        format!("http://{}/refusing/", self.address)
    }

    /// The app without its bank.
    pub(crate) fn without_bank(self) -> String {
        format!("http://{}/no-bank/", self.address)
    }

    /// The app without its questions; only the catalog is there.
    pub(crate) fn without_shards(self) -> String {
        format!("http://{}/catalog-only/", self.address)
    }

    /// The app with a fault, in a new folder, for which nothing is stored.
    pub(crate) fn broken(self, fault: Fault) -> String {
        format!("http://{}{}", self.address, broken::folder(fault))
    }

    /// A script after which the app's next look at the clock throws.
    pub(crate) fn throwing_clock(self) -> String {
        format!("http://{}/clock.js", self.address)
    }

    /// A script after which the app's next look at the clock overflows the stack.
    pub(crate) fn endless_clock(self) -> String {
        format!("http://{}/endless.js", self.address)
    }

    /// An empty page of the same origin, for example to frame the app in.
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
