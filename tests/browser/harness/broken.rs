//! The app as broken hosts and browsers serve it.

use std::{
    collections::HashMap,
    fs, io,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
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

/// What is wrong. The program is the WebAssembly, its glue the JavaScript around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The program is not there.
    NoProgram,
    /// Half of the program is served as the whole.
    CutProgram,
    /// A page is served as the program, as hosts do that answer everything with one.
    HtmlProgram,
    /// The program comes without its type. Nothing is wrong with that.
    UntypedProgram,
    /// The host begins to answer for the program and its glue at the third time.
    ThirdTime,
    /// The host never answers for the program, after it has refused it once so that the page counts as loaded.
    /// Patience is short there.
    Silence,
    /// The same with half of the program before the silence.
    Stall,
    /// The connection closes in the middle of the program.
    CutConnection,
    /// As [`Fault::Silence`], for the glue.
    SilentGlue,
    /// The glue is not there.
    NoGlue,
    /// Half of the glue is served as the whole.
    CutGlue,
    /// The script that starts the program is not there.
    NoStart,
    /// The scripts before the first paint are not there. The program starts without them.
    NoHead,
    /// The browser has no WebAssembly.
    NoWebAssembly,
}

const ALL: [Fault; 14] = [
    Fault::NoProgram,
    Fault::CutProgram,
    Fault::HtmlProgram,
    Fault::UntypedProgram,
    Fault::ThirdTime,
    Fault::Silence,
    Fault::Stall,
    Fault::CutConnection,
    Fault::SilentGlue,
    Fault::NoGlue,
    Fault::CutGlue,
    Fault::NoStart,
    Fault::NoHead,
    Fault::NoWebAssembly,
];

const PATIENCE: &str = "const PATIENCE = 15_000;";
const SHORT_PATIENCE: &str = "const PATIENCE = 300;";
const NO_WEBASSEMBLY: &str =
    "<head><script>Object.defineProperty(window, 'WebAssembly', { value: undefined })</script>";

/// Notes what the reader is told while it loads.
const NOTED: &str = "<head><script>window.said = []; new MutationObserver(() => { \
    const text = document.querySelector('#shell .loading')?.textContent; \
    if (text && text !== said.at(-1)) said.push(text); \
    }).observe(document, { childList: true, subtree: true })</script>";

/// A folder of its own for each time that a fault is asked for, so that what one test counts and stores does
/// not meet what another does.
pub(super) fn folder(fault: Fault) -> String {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    format!("/broken/{fault:?}/{}/", RUNS.fetch_add(1, Ordering::Relaxed))
}

/// The routes to those folders.
pub(super) fn routes(dist: &std::path::Path) -> Router {
    let site = Site { dist: dist.to_owned(), asked: Mutex::default() };
    let page = |State(site): State<Arc<Site>>, Path((fault, run)): Path<(String, usize)>| async move {
        site.answer(&fault, run, "index.html").await
    };
    let file = |State(site): State<Arc<Site>>, Path((fault, run, file)): Path<(String, usize, String)>| async move {
        site.answer(&fault, run, &file).await
    };
    Router::new()
        .route("/broken/{fault}/{run}/", get(page))
        .route("/broken/{fault}/{run}/{*file}", get(file))
        .with_state(Arc::new(site))
}

struct Site {
    dist: PathBuf,
    /// How often a file was asked for, by run.
    asked: Mutex<HashMap<(usize, String), usize>>,
}

impl Site {
    async fn answer(&self, fault: &str, run: usize, file: &str) -> Response {
        let fault = ALL.into_iter().find(|known| format!("{known:?}") == fault);
        let (Some(fault), Ok(content)) = (fault, fs::read(self.dist.join(file))) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let is_program = kind(file) == "application/wasm";
        let is_glue = file.starts_with("sextant-") && kind(file) == "text/javascript";
        let is_start = file.starts_with("start-");
        let before = self.times(run, file);
        let half = || half(&content);
        match fault {
            // Most faults break its installation too, and a WebKit that is loaded anew during one may never end it.
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
            Fault::Stall if is_program => begun(file, half(), content.len(), stream::pending()),
            Fault::CutConnection if is_program => begun(file, half(), content.len(), cut()),
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
                    Fault::Stall => NOTED,
                    _ => "<head>",
                };
                Html(page.replacen("<head>", head, 1)).into_response()
            }
            _ => typed(file, content),
        }
    }

    /// How often a file was asked for before.
    fn times(&self, run: usize, file: &str) -> usize {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let times = asked.entry((run, file.to_owned())).or_default();
        *times += 1;
        *times - 1
    }
}

/// The page without the hashes of its files, some of which are changed here.
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

/// The begin of a file whose whole length is promised, and what happens then.
pub(super) fn begun(
    file: &str,
    begin: Vec<u8>,
    length: usize,
    then: impl Stream<Item = io::Result<Vec<u8>>> + Send + 'static,
) -> Response {
    let body = Body::from_stream(stream::iter([Ok(begin)]).chain(then));
    ([(CONTENT_TYPE, kind(file).to_owned()), (CONTENT_LENGTH, length.to_string())], body).into_response()
}

/// Closes the connection, once what was written before is sent.
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
