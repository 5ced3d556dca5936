//! The program that drives a browser, and how both are ended.

use std::{
    fs,
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{Instant, interval},
};

use super::{Engine, engine::START};

/// A running driver and the folder with its browser's profile. Dropping it ends the driver and the browser and removes
/// the folder.
#[derive(Debug)]
pub(super) struct Driver {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Driver {
    /// Starts the driver of an engine and waits until it listens.
    pub(super) async fn start(engine: Engine) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
        let folder = std::env::temp_dir().join(format!("sextant-{}-{port}", engine.name()));
        fs::create_dir_all(&folder)?;
        let child = command(engine, port)
            .env("TMPDIR", &folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Killing only the driver would leave its browser running.
            .process_group(0)
            .spawn()
            .inspect_err(|_| drop(fs::remove_dir(&folder)))
            .with_context(|| format!("the driver for {} is not installed", engine.name()))?;
        let mut driver = Self { child, folder, port };
        let deadline = Instant::now() + START;
        let mut tick = interval(Duration::from_millis(20));
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            ensure!(Instant::now() < deadline, "the driver for {} doesn't listen", engine.name());
            ensure!(driver.child.try_wait()?.is_none(), "the driver for {} ended at once", engine.name());
            tick.tick().await;
        }
        Ok(driver)
    }

    /// The address that it listens on.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The whole group. It may already have ended, so a failure doesn't matter.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn command(engine: Engine, port: u16) -> Command {
    let mut command = match engine {
        Engine::Chromium => Command::new("chromedriver"),
        Engine::Firefox => {
            let mut command = Command::new("geckodriver");
            command.arg("--websocket-port=0");
            command
        }
        Engine::WebKit => {
            let mut command = Command::new("xvfb-run");
            command.args(["-a", "-s", "-screen 0 1400x1000x24", "WebKitWebDriver"]);
            command
        }
    };
    command.arg(format!("--port={port}"));
    command
}
