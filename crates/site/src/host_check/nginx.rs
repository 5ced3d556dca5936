//! nginx with the settings that we ship.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::error::{Error, Result};

/// It starts in milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(10);
/// Another program may take a free port before nginx does.
const TRIES: usize = 3;
/// The lines of our settings that depend on the port and the folder.
const LISTEN: &str = "listen 8080;";
const ROOT: &str = "root /usr/share/nginx/html;";

/// A running nginx, until it is dropped.
pub(crate) struct Nginx {
    address: String,
    child: Child,
    /// Its settings and logs.
    _folder: TempDir,
}

impl Nginx {
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Both fail only if it has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves a folder with our settings, as one process of the current user.
pub(crate) fn serve(root: &Path, folder: &Path, program: &Path) -> Result<Nginx> {
    let settings = root.join("docs/hosting/nginx.conf");
    let text =
        fs::read_to_string(&settings).map_err(|source| Error::Read { path: settings.clone(), source })?;
    for setting in [LISTEN, ROOT] {
        if text.matches(setting).count() != 1 {
            return Err(Error::NoSetting { path: settings, setting });
        }
    }
    let folder = folder.canonicalize().map_err(|source| Error::Read { path: folder.to_owned(), source })?;
    let site = text.replace(ROOT, &format!("root {};", folder.display()));
    let mut why = String::new();
    for _ in 0..TRIES {
        match at_port(free_port()?, program, &site)? {
            Ok(running) => return Ok(running),
            Err(log) => why = log,
        }
    }
    Err(Error::Nginx { settings, why: why.trim().to_owned() })
}

/// Starts nginx on a port, or returns its log if it ends.
fn at_port(port: u16, program: &Path, site: &str) -> Result<Result<Nginx, String>> {
    let temporary = |source| Error::Write { path: "a temporary folder".into(), source };
    let prefix = tempfile::tempdir().map_err(temporary)?;
    let site = site.replace(LISTEN, &format!("listen 127.0.0.1:{port};"));
    fs::write(prefix.path().join("site.conf"), site).map_err(temporary)?;
    fs::write(prefix.path().join("nginx.conf"), AROUND).map_err(temporary)?;
    let errors = prefix.path().join("errors");
    let log = fs::File::create(&errors).map_err(temporary)?;
    let mut command = Command::new(program);
    command.arg("-p").arg(prefix.path()).args(["-c", "nginx.conf"]).stderr(log);
    let child =
        command.spawn().map_err(|source| Error::Start { program: program.display().to_string(), source })?;
    // nginx writes this file once it listens. A port that responds may belong to another program.
    let listening = prefix.path().join("pid");
    let mut nginx = Nginx { address: format!("http://127.0.0.1:{port}/"), child, _folder: prefix };
    let start = Instant::now();
    while !listening.exists() {
        let has_ended = nginx.child.try_wait().is_ok_and(|status| status.is_some());
        if has_ended || start.elapsed() > PATIENCE {
            return Ok(Err(fs::read_to_string(&errors).unwrap_or_default()));
        }
        thread::sleep(PAUSE);
    }
    Ok(Ok(nginx))
}

/// The settings around ours, as in Debian's package and the Docker image, without those that need root.
const AROUND: &str = "daemon off;
master_process off;
error_log stderr;
pid pid;
events {}
http {
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include site.conf;
}
";

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    port.map(|address| address.port()).map_err(|source| Error::Start { program: "nginx".to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_ends_is_reported_with_its_log() {
        // Cargo doesn't know nginx's arguments, so it ends at once, and it is there whenever tests run.
        let ended = at_port(1, Path::new(env!("CARGO")), "").unwrap();
        let log = ended.map(|nginx| nginx.address().to_owned()).unwrap_err();
        assert!(log.contains("unexpected argument '-p'"), "{log}");
    }

    #[test]
    fn settings_without_port_or_folder_are_refused() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("docs/hosting")).unwrap();
        for settings in [LISTEN.to_owned(), ROOT.to_owned(), format!("{LISTEN} {ROOT} {LISTEN}")] {
            fs::write(root.path().join("docs/hosting/nginx.conf"), settings).unwrap();
            let served = serve(root.path(), root.path(), Path::new("nginx"));
            assert!(matches!(served.map(|nginx| nginx.address().to_owned()), Err(Error::NoSetting { .. })));
        }
    }
}
