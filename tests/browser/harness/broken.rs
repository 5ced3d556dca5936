//! The app, served by broken hosts or to broken browsers.

use std::{
    collections::HashMap,
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{
        StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
    response::{Html, IntoResponse, Response},
    routing::get,
};
use futures_util::{Stream, StreamExt, stream};
use tokio::time::sleep;

/// What is wrong. The program is the WebAssembly; the glue is the JavaScript that loads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The program is missing.
    NoProgram,
    /// Half of the program is served as if it were complete.
    CutProgram,
    /// A page is served as the program, as by hosts that answer every request with a page.
    HtmlProgram,
    /// The program has no content type. That is harmless.
    UntypedProgram,
    /// The program and its glue are served from the third request on.
    ThirdTime,
    /// The host refuses the program once, so that the page counts as loaded, and then never answers. The app's
    /// patience is short here.
    Silence,
    /// The same, but half of the program arrives before the silence.
    Stall,
    /// The connection closes halfway through the program.
    CutConnection,
    /// Like [`Fault::Silence`], for the glue.
    SilentGlue,
    /// The glue is missing.
    NoGlue,
    /// Half of the glue is served as if it were complete.
    CutGlue,
    /// The script that starts the program is missing.
    NoStart,
    /// The scripts that run before the first paint are missing. The app starts without them.
    NoHead,
    /// The browser doesn't support WebAssembly.
    NoWebAssembly,
}

/// The fault of each folder.
static RUNS: Mutex<Vec<Fault>> = Mutex::new(Vec::new());

const PATIENCE: &str = "const PATIENCE = 15_000;";
const SHORT_PATIENCE: &str = "const PATIENCE = 300;";
const NO_WEBASSEMBLY: &str =
    "<head><script>Object.defineProperty(window, 'WebAssembly', { value: undefined })</script>";

const NOTING_LOADING: &str =
    concat!("<head><script>", include_str!("../scripts/noting-loading.js"), "</script>");

/// The path of a folder with a fault. It is new each time, so that requests and stored values of different tests stay
/// apart.
pub(super) fn folder(fault: Fault) -> String {
    let mut runs = RUNS.lock().unwrap_or_else(PoisonError::into_inner);
    runs.push(fault);
    format!("/broken/{}/", runs.len() - 1)
}

/// The routes to these folders.
pub(super) fn routes(dist: &std::path::Path) -> Router {
    let site = Site { dist: dist.to_owned(), asked: Mutex::default() };
    let page = |State(site): State<Arc<Site>>, Path(run): Path<usize>| async move {
        site.answer(run, "index.html").await
    };
    let file = |State(site): State<Arc<Site>>, Path((run, file)): Path<(usize, String)>| async move {
        site.answer(run, &file).await
    };
    Router::new()
        .route("/broken/{run}/", get(page))
        .route("/broken/{run}/{*file}", get(file))
        .with_state(Arc::new(site))
}

struct Site {
    dist: PathBuf,
    /// How often each file was requested, by run.
    asked: Mutex<HashMap<(usize, String), usize>>,
}

impl Site {
    async fn answer(&self, run: usize, file: &str) -> Response {
        let fault = RUNS.lock().unwrap_or_else(PoisonError::into_inner).get(run).copied();
        let (Some(fault), Ok(content)) = (fault, fs::read(self.dist.join(file))) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let is_program = kind(file) == "application/wasm";
        let is_glue = file.starts_with("sextant-") && kind(file) == "text/javascript";
        let is_start = file.starts_with("start-");
        let before = self.times(run, file);
        let half = || half(&content);
        match fault {
            // Most faults break its installation too, and if WebKit reloads during one, it may never end.
            _ if file == "sw.js" => StatusCode::NOT_FOUND.into_response(),
            Fault::NoProgram if is_program => StatusCode::NOT_FOUND.into_response(),
            Fault::CutProgram if is_program => typed(file, half()),
            Fault::HtmlProgram if is_program => Html("<!doctype html><title>A page</title>").into_response(),
            Fault::UntypedProgram if is_program => content.into_response(),
            Fault::ThirdTime if (is_program || is_glue) && before < 2 => {
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
            Fault::Silence | Fault::Stall if is_program && before == 0 => {
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
            Fault::SilentGlue if is_glue && before == 0 => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            Fault::Silence if is_program => std::future::pending().await,
            Fault::SilentGlue if is_glue => std::future::pending().await,
            Fault::Stall if is_program => cut_off(file, half(), content.len(), stream::pending()),
            Fault::CutConnection if is_program => cut_off(file, half(), content.len(), cut()),
            Fault::Silence | Fault::Stall | Fault::SilentGlue if is_start => {
                let script = String::from_utf8_lossy(&content).replace(PATIENCE, SHORT_PATIENCE);
                typed(file, script.into_bytes())
            }
            Fault::NoGlue if is_glue => StatusCode::NOT_FOUND.into_response(),
            Fault::CutGlue if is_glue => typed(file, half()),
            Fault::NoStart if is_start => StatusCode::NOT_FOUND.into_response(),
            Fault::NoHead if file.starts_with("head-") => StatusCode::NOT_FOUND.into_response(),
            _ if file == "index.html" => {
                let page = without_integrity(&String::from_utf8_lossy(&content));
                let head = match fault {
                    Fault::NoWebAssembly => NO_WEBASSEMBLY,
                    Fault::Stall => NOTING_LOADING,
                    _ => "<head>",
                };
                Html(page.replacen("<head>", head, 1)).into_response()
            }
            _ => typed(file, content),
        }
    }

    /// How often a file has been requested before.
    fn times(&self, run: usize, file: &str) -> usize {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let times = asked.entry((run, file.to_owned())).or_default();
        *times += 1;
        *times - 1
    }
}

/// The page without the hashes of its files, because some files are changed here.
fn without_integrity(page: &str) -> String {
    let mut parts = page.split(" integrity=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.split_once('"').map_or("", |(_hash, rest)| rest))
}

/// The first half of a file.
pub(super) fn half(content: &[u8]) -> Vec<u8> {
    content.iter().take(content.len() / 2).copied().collect()
}

pub(super) fn typed(file: &str, content: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, kind(file))], content).into_response()
}

/// The beginning of a file, with the length of the whole file in the header, and what follows.
pub(super) fn cut_off(
    file: &str,
    beginning: Vec<u8>,
    length: usize,
    then: impl Stream<Item = io::Result<Vec<u8>>> + Send + 'static,
) -> Response {
    let body = Body::from_stream(stream::iter([Ok(beginning)]).chain(then));
    ([(CONTENT_TYPE, kind(file).to_owned()), (CONTENT_LENGTH, length.to_string())], body).into_response()
}

/// Closes the connection once everything before has been sent.
pub(super) fn cut() -> impl Stream<Item = io::Result<Vec<u8>>> {
    stream::once(async {
        sleep(Duration::from_millis(100)).await;
        Err(io::ErrorKind::ConnectionReset.into())
    })
}

fn kind(file: &str) -> &'static str {
    match file.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "wasm" => "application/wasm",
        "js" => "text/javascript",
        "css" => "text/css",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain",
        _ => "text/html",
    }
}
