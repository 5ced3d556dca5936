//! A host on which releases are deployed, whose files can be faulty, and which can really stop.

use std::{
    env, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use axum::{
    Router,
    extract::State,
    http::{
        HeaderValue, Method, StatusCode, Uri,
        header::{CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY},
    },
    response::{Html, IntoResponse, Redirect, Response},
};
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
    time::{Instant, interval},
};

use super::{
    broken::{cut, cut_off, half, typed},
    host::policy,
};

/// The time within which the port has to open or close.
const PATIENCE: Duration = Duration::from_secs(10);

/// What can be deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deployed {
    /// The release that was built.
    First,
    /// One made from it, which differs in every part of the program and in one question.
    Second,
    /// The first, with the worker that removes itself.
    KillSwitch,
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileFault {
    /// It is missing.
    Missing,
    /// The host is overloaded.
    Unavailable,
    /// A page is served instead.
    Page,
    /// The connection closes halfway through.
    Cut,
    /// One byte is different.
    Changed,
    /// It never arrives.
    Silent,
    /// It redirects to another address.
    Moved,
}

impl FileFault {
    /// All faults.
    pub(crate) const ALL: [Self; 7] =
        [Self::Missing, Self::Unavailable, Self::Page, Self::Cut, Self::Changed, Self::Silent, Self::Moved];
}

/// A release that differs from the deployed one only in the name of one file, so that only this file is fetched.
#[derive(Clone, Debug)]
struct Case {
    number: usize,
    file: String,
    fault: Option<FileFault>,
}

#[derive(Debug)]
struct Deployment {
    /// The path of the app's folder, with slashes at both ends.
    path: &'static str,
    releases: [PathBuf; 2],
    policy: HeaderValue,
    now: Deployed,
    case: Option<Case>,
    /// The paths that were requested.
    requests: Vec<String>,
    /// Reports of what the policy blocked.
    violations: Vec<String>,
}

/// The host.
#[derive(Debug)]
pub(crate) struct Site {
    address: SocketAddr,
    deployment: Arc<Mutex<Deployment>>,
    /// The runtime that it runs on. Ending it closes open connections too.
    server: Mutex<Option<Runtime>>,
}

impl Site {
    /// Serves the first release below a path, such as "/" or "/at/a/path/".
    pub(crate) async fn start(path: &'static str) -> Result<Self> {
        let folder = |name: &str| {
            let folder =
                env::var_os(name).with_context(|| format!("{name} is not set; run cargo xtask test"))?;
            Ok::<_, anyhow::Error>(PathBuf::from(folder))
        };
        let releases = [folder("SEXTANT_DIST")?, folder("SEXTANT_SECOND")?];
        let policy = policy(&releases[0])?;
        let deployment = Deployment {
            path,
            releases,
            policy,
            now: Deployed::First,
            case: None,
            requests: Vec::new(),
            violations: Vec::new(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let site = Self {
            address: listener.local_addr()?,
            deployment: Arc::new(Mutex::new(deployment)),
            server: Mutex::default(),
        };
        site.serve(listener)?;
        Ok(site)
    }

    /// The app's address.
    pub(crate) fn app(&self) -> String {
        format!("http://{}{}", self.address, self.deployment().path)
    }

    /// The path of the app's folder.
    pub(crate) fn folder(&self) -> &'static str {
        self.deployment().path
    }

    /// Replaces the deployed release with another, all at once.
    pub(crate) fn deploy(&self, release: Deployed) {
        let mut deployment = self.deployment();
        deployment.now = release;
        deployment.case = None;
    }

    /// Deploys a release in which `file` (its path; empty for the page) is new, and perhaps faulty.
    pub(crate) fn deploy_case(&self, number: usize, file: &str, fault: Option<FileFault>) {
        let mut deployment = self.deployment();
        deployment.case = Some(Case { number, file: file.to_owned(), fault });
    }

    /// The paths that were requested since the last call.
    pub(crate) fn take_requests(&self) -> Vec<String> {
        std::mem::take(&mut self.deployment().requests)
    }

    /// Reports of what the policy blocked.
    pub(crate) fn violations(&self) -> Vec<String> {
        self.deployment().violations.clone()
    }

    /// A release's name, and the files that its worker stores.
    pub(crate) fn listed(&self, release: Deployed) -> Result<(String, Vec<String>)> {
        let worker = fs::read_to_string(self.deployment().folder_of(release).join("sw.js"))?;
        let between = |start: &str, end: &str| {
            let (_, rest) = worker.split_once(start).with_context(|| format!("sw.js has no {start}"))?;
            Ok::<_, anyhow::Error>(rest.split_once(end).map_or(rest, |(value, _)| value))
        };
        let name = between("const RELEASE = \"", "\"")?;
        let entries = between("const FILES = [", "\n];")?.lines().filter_map(|line| line.split('"').nth(1));
        Ok((name.to_owned(), entries.map(str::to_owned).collect()))
    }

    /// Stops the host, so that its port refuses connections.
    pub(crate) async fn stop(&self) -> Result<()> {
        if let Some(server) = self.server().take() {
            server.shutdown_background();
        }
        self.wait_until(false).await
    }

    /// Whether the port accepts connections.
    pub(crate) async fn is_up(&self) -> bool {
        TcpStream::connect(self.address).await.is_ok()
    }

    /// Starts the host again at the same address.
    pub(crate) async fn resume(&self) -> Result<()> {
        self.serve(TcpListener::bind(self.address).await?)?;
        self.wait_until(true).await
    }

    fn serve(&self, listener: TcpListener) -> Result<()> {
        let router = Router::new().fallback(answer).with_state(Arc::clone(&self.deployment));
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        runtime.spawn(async move {
            // It only ends with its runtime.
            let _ = axum::serve(listener, router).await;
        });
        *self.server() = Some(runtime);
        Ok(())
    }

    /// Waits until the port accepts connections, or refuses them.
    async fn wait_until(&self, is_up: bool) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let mut tick = interval(Duration::from_millis(10));
        while self.is_up().await != is_up {
            ensure!(
                Instant::now() < deadline,
                "the port still {}",
                if is_up { "refuses" } else { "accepts" }
            );
            tick.tick().await;
        }
        Ok(())
    }

    fn deployment(&self) -> MutexGuard<'_, Deployment> {
        self.deployment.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn server(&self) -> MutexGuard<'_, Option<Runtime>> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some(server) = self.server().take() {
            server.shutdown_background();
        }
    }
}

impl Deployment {
    fn folder_of(&self, release: Deployed) -> &Path {
        match release {
            Deployed::First | Deployed::KillSwitch => &self.releases[0],
            Deployed::Second => &self.releases[1],
        }
    }

    fn content(&self, path: &str) -> Option<Vec<u8>> {
        let folder = self.folder_of(self.now);
        let read = |file: &str| fs::read(folder.join(file)).ok();
        match path {
            "" => read("index.html"),
            "sw.js" if self.now == Deployed::KillSwitch => read("kill-switch.js"),
            "sw.js" => Some(self.worker(String::from_utf8(read("sw.js")?).ok()?).into_bytes()),
            _ => read(path),
        }
    }

    /// The worker in this case.
    fn worker(&self, mut worker: String) -> String {
        let is_silent = self.case.as_ref().is_some_and(|case| case.fault == Some(FileFault::Silent));
        let patience = format!("const PATIENCE = {};", if is_silent { 300 } else { 2_000 });
        worker = worker.replacen("const PATIENCE = 60_000;", &patience, 1);
        if let Some(case) = &self.case {
            worker =
                worker.replacen("const RELEASE = \"", &format!("const RELEASE = \"{:04x}", case.number), 1);
            worker = worker.replacen(&format!("\"{}\"", case.file), &format!("\"{}\"", case.name()), 1);
        }
        worker
    }

    /// The answer, or `None` if there never is one.
    fn answer(&mut self, address: &str) -> Option<Response> {
        let missing = || Some(StatusCode::NOT_FOUND.into_response());
        let Some(path) = address.strip_prefix(self.path).map(str::to_owned) else { return missing() };
        self.requests.push(path.clone());
        let case = self.case.as_ref().filter(|case| case.name() == path);
        let (file, fault) = case.map_or((path, None), |case| (case.file.clone(), case.fault));
        let Some(mut content) = self.content(&file) else { return missing() };
        let kind = if file.is_empty() { "index.html" } else { &file };
        let mut response = match fault {
            None => typed(kind, content),
            Some(FileFault::Missing) => StatusCode::NOT_FOUND.into_response(),
            Some(FileFault::Unavailable) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            Some(FileFault::Page) => Html("<!doctype html><title>A page</title>").into_response(),
            Some(FileFault::Cut) => cut_off(kind, half(&content), content.len(), cut()),
            Some(FileFault::Changed) => {
                content.iter_mut().last().into_iter().for_each(|byte| *byte ^= 1);
                typed(kind, content)
            }
            Some(FileFault::Silent) => return None,
            Some(FileFault::Moved) => Redirect::to(&format!("{address}?moved")).into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(CONTENT_SECURITY_POLICY, self.policy.clone());
        // So that only the offline copy can provide files while the host is stopped.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
        Some(response)
    }
}

impl Case {
    /// The file's name in this release: with another hash, or unchanged if it has none.
    fn name(&self) -> String {
        match self.file.rsplit_once('-').zip(self.file.rsplit_once('.')) {
            Some(((stem, _), (_, extension))) => format!("{stem}-{:016x}.{extension}", self.number),
            None => self.file.clone(),
        }
    }
}

async fn answer(
    State(deployment): State<Arc<Mutex<Deployment>>>,
    method: Method,
    uri: Uri,
    body: String,
) -> Response {
    let answered = {
        let mut deployment = deployment.lock().unwrap_or_else(PoisonError::into_inner);
        if method == Method::POST {
            deployment.violations.push(body);
            return StatusCode::NO_CONTENT.into_response();
        }
        deployment.answer(uri.path())
    };
    match answered {
        Some(response) => response,
        None => std::future::pending().await,
    }
}
