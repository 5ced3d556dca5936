//! A host that is deployed to, fails, and is really stopped: what the offline copy is there for.

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

use crate::{
    broken::{begun, cut, half, typed},
    host::policy,
};

/// A listener is gone, or back, within this time.
const PATIENCE: Duration = Duration::from_secs(10);

/// What can be deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deployed {
    /// The release that was built.
    First,
    /// One made from it, in which every part of the program and one question differ.
    Second,
    /// The first with the worker that takes itself away.
    KillSwitch,
}

/// What is wrong with one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spoilt {
    /// It is not there.
    Missing,
    /// The host is overloaded.
    Unavailable,
    /// A page comes in its place.
    Page,
    /// The connection closes in the middle of it.
    Cut,
    /// One byte of it is another.
    Changed,
    /// It never comes.
    Silent,
    /// It is at another address.
    Moved,
}

impl Spoilt {
    /// Each way.
    pub(crate) const ALL: [Self; 7] =
        [Self::Missing, Self::Unavailable, Self::Page, Self::Cut, Self::Changed, Self::Silent, Self::Moved];
}

/// A release that differs from the one deployed in the name of one file only, so that just this is fetched.
#[derive(Clone, Debug)]
struct Case {
    number: usize,
    file: String,
    spoilt: Option<Spoilt>,
}

#[derive(Debug)]
struct Deployment {
    /// The folder below which everything is, with its slashes.
    place: &'static str,
    releases: [PathBuf; 2],
    policy: HeaderValue,
    now: Deployed,
    case: Option<Case>,
    asked: Vec<String>,
    /// Reports of what the policy forbids.
    violations: Vec<String>,
}

/// The host.
#[derive(Debug)]
pub(crate) struct Site {
    address: SocketAddr,
    deployment: Arc<Mutex<Deployment>>,
    /// What runs it, so that open connections end with it.
    server: Mutex<Option<Runtime>>,
}

impl Site {
    /// Serves the first release below `place`, such as "/" or "/at/a/path/".
    pub(crate) async fn start(place: &'static str) -> Result<Self> {
        let folder = |name: &str| {
            let folder =
                env::var_os(name).with_context(|| format!("{name} is not set; run cargo xtask test"))?;
            Ok::<_, anyhow::Error>(PathBuf::from(folder))
        };
        let releases = [folder("SEXTANT_DIST")?, folder("SEXTANT_SECOND")?];
        let policy = policy(&releases[0])?;
        let deployment = Deployment {
            place,
            releases,
            policy,
            now: Deployed::First,
            case: None,
            asked: Vec::new(),
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

    /// Where the app is.
    pub(crate) fn app(&self) -> String {
        format!("http://{}{}", self.address, self.deployment().place)
    }

    /// The folder that the app is in.
    pub(crate) fn folder(&self) -> &'static str {
        self.deployment().place
    }

    /// Puts a release in the place of the one that is there, all at once, and nothing of the old stays.
    pub(crate) fn deploy(&self, release: Deployed) {
        let mut deployment = self.deployment();
        deployment.now = release;
        deployment.case = None;
    }

    /// Deploys a release whose `file` (its path, empty for the page) is new, and spoilt in a way, or not.
    pub(crate) fn deploy_case(&self, number: usize, file: &str, spoilt: Option<Spoilt>) {
        let mut deployment = self.deployment();
        deployment.case = Some(Case { number, file: file.to_owned(), spoilt });
    }

    /// The paths that were asked for since this was called last.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.deployment().asked)
    }

    /// What pages did against the policy.
    pub(crate) fn violations(&self) -> Vec<String> {
        self.deployment().violations.clone()
    }

    /// The files that the release's worker keeps, as it lists them, and the release's name.
    pub(crate) fn listed(&self, release: Deployed) -> Result<(String, Vec<String>)> {
        let worker = fs::read_to_string(self.deployment().folder_of(release).join("sw.js"))?;
        let between = |begin: &str, end: &str| {
            let (_, rest) = worker.split_once(begin).with_context(|| format!("sw.js has no {begin}"))?;
            Ok::<_, anyhow::Error>(rest.split_once(end).map_or(rest, |(value, _)| value))
        };
        let name = between("const RELEASE = \"", "\"")?;
        let entries = between("const FILES = [", "\n];")?.lines().filter_map(|line| line.split('"').nth(1));
        Ok((name.to_owned(), entries.map(str::to_owned).collect()))
    }

    /// Stops, so that the port refuses.
    pub(crate) async fn stop(&self) -> Result<()> {
        if let Some(server) = self.server().take() {
            server.shutdown_background();
        }
        self.until(false).await
    }

    /// Whether the port answers.
    pub(crate) async fn answers_at_all(&self) -> bool {
        TcpStream::connect(self.address).await.is_ok()
    }

    /// Goes on at the same address.
    pub(crate) async fn resume(&self) -> Result<()> {
        self.serve(TcpListener::bind(self.address).await?)?;
        self.until(true).await
    }

    fn serve(&self, listener: TcpListener) -> Result<()> {
        let router = Router::new().fallback(answer).with_state(Arc::clone(&self.deployment));
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        runtime.spawn(async move {
            // It ends when the runtime does.
            let _ = axum::serve(listener, router).await;
        });
        *self.server() = Some(runtime);
        Ok(())
    }

    /// Waits until the port answers, or refuses.
    async fn until(&self, answers: bool) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let mut tick = interval(Duration::from_millis(10));
        while self.answers_at_all().await != answers {
            ensure!(Instant::now() < deadline, "the port does not do as it is told");
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

    /// The worker as this case has it.
    fn worker(&self, mut worker: String) -> String {
        let is_silent = self.case.as_ref().is_some_and(|case| case.spoilt == Some(Spoilt::Silent));
        let patience = format!("const PATIENCE = {};", if is_silent { 300 } else { 2_000 });
        worker = worker.replacen("const PATIENCE = 60_000;", &patience, 1);
        if let Some(case) = &self.case {
            worker =
                worker.replacen("const RELEASE = \"", &format!("const RELEASE = \"{:04x}", case.number), 1);
            worker = worker.replacen(&format!("\"{}\"", case.file), &format!("\"{}\"", case.name()), 1);
        }
        worker
    }
}

impl Deployment {
    /// What is answered; `None` for nothing at all, ever.
    fn answer(&mut self, address: &str) -> Option<Response> {
        let missing = || Some(StatusCode::NOT_FOUND.into_response());
        let Some(path) = address.strip_prefix(self.place).map(str::to_owned) else { return missing() };
        self.asked.push(path.clone());
        let case = self.case.as_ref().filter(|case| case.name() == path);
        let (file, spoilt) = case.map_or((path, None), |case| (case.file.clone(), case.spoilt));
        let Some(mut content) = self.content(&file) else { return missing() };
        let kind = if file.is_empty() { "index.html" } else { &file };
        let mut response = match spoilt {
            None => typed(kind, content),
            Some(Spoilt::Missing) => StatusCode::NOT_FOUND.into_response(),
            Some(Spoilt::Unavailable) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            Some(Spoilt::Page) => Html("<!doctype html><title>A page</title>").into_response(),
            Some(Spoilt::Cut) => begun(kind, half(&content), content.len(), cut()),
            Some(Spoilt::Changed) => {
                content.iter_mut().last().into_iter().for_each(|byte| *byte ^= 1);
                typed(kind, content)
            }
            Some(Spoilt::Silent) => return None,
            Some(Spoilt::Moved) => Redirect::to(&format!("{address}?moved")).into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(CONTENT_SECURITY_POLICY, self.policy.clone());
        // What is there offline must come from the copy, and from nothing else.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
        Some(response)
    }
}

impl Case {
    /// The file's name in this release: as it was where it holds no hash, else with the hash of nothing.
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
