//! The engines and the set-up of their browsers.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use serde_json::json;
use thirtyfour::Capabilities;

/// The time that a driver has to start, and then its browser.
pub(super) const START: Duration = Duration::from_mins(1);

/// The engines, each in the browser that Debian packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Blink, in Chromium.
    Chromium,
    /// Gecko, in Firefox ESR.
    Firefox,
    /// `WebKit`, in the GTK port's `MiniBrowser`.
    WebKit,
}

/// How a browser is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Setup {
    /// With the default settings.
    Plain,
    /// With a setting that refuses storage. `WebKit` has none.
    StorageRefused,
    /// With its profile in a folder that outlives it. Only for Chromium.
    Profile(PathBuf),
}

impl Engine {
    /// All engines.
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The name, as in test names.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Whether its browser is reused. `WebKit`'s starts almost as fast as it opens a tab.
    pub(super) fn is_reused(self, setup: &Setup) -> bool {
        self != Self::WebKit && *setup == Setup::Plain
    }

    /// The capabilities to request from its driver.
    pub(super) fn capabilities(self, setup: &Setup) -> Result<Capabilities> {
        let refused = *setup == Setup::StorageRefused;
        let mut capabilities = Capabilities::new();
        match self {
            Self::Chromium => {
                let mut preferences = json!({});
                if refused {
                    preferences = json!({ "profile.default_content_setting_values.cookies": 2 });
                }
                let mut arguments = vec![
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
                let profile;
                if let Setup::Profile(folder) = setup {
                    profile = format!("--user-data-dir={}", folder.display());
                    arguments.push(&profile);
                }
                capabilities.set("browserName", "chrome")?;
                capabilities.set("goog:chromeOptions", json!({ "args": arguments, "prefs": preferences }))?;
            }
            Self::Firefox => {
                let mut preferences = json!({
                    "browser.shell.checkDefaultBrowser": false,
                    // By default, an update of a service worker starts a second late.
                    "dom.serviceWorkers.update_delay": 0,
                });
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
                    bail!("WebKit has no setting that refuses storage; use the host's page that does");
                }
                let binary = mini_browser().context("MiniBrowser of webkit2gtk-4.1 is not installed")?;
                capabilities.set("browserName", "MiniBrowser")?;
                capabilities
                    .set("webkitgtk:browserOptions", json!({ "binary": binary, "args": ["--automation", "--javascript-can-open-windows-automatically=true"] }))?;
            }
        }
        Ok(capabilities)
    }
}

fn mini_browser() -> Option<PathBuf> {
    let libraries = fs::read_dir("/usr/lib").ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let folders = libraries.chain([Path::new("/usr/libexec").to_owned()]);
    folders.map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser")).find(|path| path.is_file())
}
