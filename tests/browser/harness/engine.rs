//! Starting a browser of each engine, fresh for each test, and ending it whatever happens.

use std::{
    fs,
    future::Future,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};
use tokio::{
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    time::{Instant, interval, timeout},
};

use super::{Host, Page};

/// A browser may take this long to start and a test to run; then it has failed.
const START: Duration = Duration::from_mins(1);
const TEST: Duration = Duration::from_secs(150);

/// The engines, each in the browser that Debian ships.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Blink, in Chromium.
    Chromium,
    /// Gecko, in Firefox ESR.
    Firefox,
    /// `WebKit`, in the GTK port's `MiniBrowser`.
    WebKit,
}

/// How the browser is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setup {
    /// As it comes.
    Plain,
    /// Storage refused by the browser's own setting; `WebKit` has none.
    StorageRefused,
}

impl Engine {
    /// All three.
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The name in test names.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Runs `test` in a fresh browser.
    ///
    /// # Errors
    /// What the test says, or why there is no browser.
    pub(crate) async fn run<F, T>(self, host: Host, setup: Setup, test: F) -> Result<()>
    where
        F: FnOnce(Page) -> T,
        T: Future<Output = Result<()>>,
    {
        let (driver, port) = self.start_driver().await?;
        let result = self.run_with(port, host, setup, test).await;
        driver.end().await;
        result
    }

    async fn run_with<F, T>(self, port: u16, host: Host, setup: Setup, test: F) -> Result<()>
    where
        F: FnOnce(Page) -> T,
        T: Future<Output = Result<()>>,
    {
        let url = format!("http://127.0.0.1:{port}");
        let started = timeout(START, WebDriver::new(url, self.capabilities(setup)?));
        let browser = started.await.context("the browser did not start")??;
        let page = Page::new(browser.clone(), host);
        let result = match timeout(TEST, test(page.clone())).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(error.context(page.describe().await)),
            Err(_) => Err(anyhow!("took longer than {} s", TEST.as_secs()).context(page.describe().await)),
        };
        // The driver ends next, and its browser with it, so a failure here changes nothing.
        let _ = timeout(Duration::from_secs(10), browser.quit()).await;
        result
    }

    fn capabilities(self, setup: Setup) -> Result<Capabilities> {
        let refused = setup == Setup::StorageRefused;
        let mut capabilities = Capabilities::new();
        match self {
            Self::Chromium => {
                let mut preferences = json!({});
                if refused {
                    preferences = json!({ "profile.default_content_setting_values.cookies": 2 });
                }
                let arguments = [
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-dev-shm-usage",
                    "--window-size=1280,900",
                ];
                capabilities.set("browserName", "chrome")?;
                capabilities.set("goog:chromeOptions", json!({ "args": arguments, "prefs": preferences }))?;
            }
            Self::Firefox => {
                let mut preferences = json!({ "browser.shell.checkDefaultBrowser": false });
                if refused {
                    preferences = json!({ "network.cookie.cookieBehavior": 2 });
                }
                capabilities.set("browserName", "firefox")?;
                capabilities.set(
                    "moz:firefoxOptions",
                    json!({
                        "args": ["-headless", "--width=1280", "--height=900"],
                        "binary": "/usr/bin/firefox-esr",
                        "prefs": preferences,
                    }),
                )?;
            }
            Self::WebKit => {
                if refused {
                    bail!("WebKit has no setting that refuses storage; use the host's refusing page");
                }
                let binary = mini_browser().context("MiniBrowser of webkit2gtk-4.1 is not installed")?;
                capabilities.set("browserName", "MiniBrowser")?;
                capabilities
                    .set("webkitgtk:browserOptions", json!({ "binary": binary, "args": ["--automation"] }))?;
            }
        }
        Ok(capabilities)
    }

    async fn start_driver(self) -> Result<(Driver, u16)> {
        let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
        let mut command = match self {
            Self::Chromium => {
                let mut command = Command::new("chromedriver");
                command.arg(format!("--port={port}"));
                command
            }
            Self::Firefox => {
                let mut command = Command::new("geckodriver");
                command.arg(format!("--port={port}")).arg("--websocket-port=0");
                command
            }
            Self::WebKit => {
                let mut command = Command::new("xvfb-run");
                command.args(["-a", "-s", "-screen 0 1400x1000x24", "WebKitWebDriver"]);
                command.arg(format!("--port={port}"));
                command
            }
        };
        let folder = std::env::temp_dir().join(format!("sextant-{}-{port}", self.name()));
        fs::create_dir_all(&folder)?;
        let child = command
            .env("TMPDIR", &folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Its browser outlives a driver that is killed alone.
            .process_group(0)
            .spawn()
            .with_context(|| format!("the driver for {} is not installed", self.name()))?;
        let driver = Driver { child, folder };
        let deadline = Instant::now() + START;
        let mut tick = interval(Duration::from_millis(50));
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            if Instant::now() > deadline {
                driver.end().await;
                bail!("the driver for {} does not listen", self.name());
            }
            tick.tick().await;
        }
        Ok((driver, port))
    }
}

/// A running driver and the folder that its browser's profile is in.
struct Driver {
    child: Child,
    folder: PathBuf,
}

impl Driver {
    async fn end(mut self) {
        if let Some(id) = self.child.id() {
            // The whole group. It may have ended by itself, so a failure means nothing.
            let _ = Command::new("kill")
                .args(["-KILL", "--", &format!("-{id}")])
                .stderr(Stdio::null())
                .status()
                .await;
        }
        let _ = self.child.wait().await;
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn mini_browser() -> Option<PathBuf> {
    let libraries = fs::read_dir("/usr/lib").ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let places = libraries.chain([Path::new("/usr/libexec").to_owned()]);
    places.map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser")).find(|path| path.is_file())
}
