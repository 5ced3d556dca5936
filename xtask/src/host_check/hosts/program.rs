//! Real servers: nginx with the settings that we ship, and the one that comes with Python.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::{
    error::{Error, Result},
    tools::{ensure_nginx, ensure_python},
};

/// Both start in milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(10);
/// Between being found free and being listened at, a port may become another program's.
const TRIES: usize = 3;
/// What of our settings another place of the folder changes.
const LISTEN: &str = "listen 8080;";
const ROOT: &str = "root /usr/share/nginx/html;";

/// A running server. It ends with this.
pub(crate) struct Program {
    address: String,
    child: Child,
    /// What it needs while it runs.
    folder: Option<PathBuf>,
}

impl Program {
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself; then nothing is left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// Python's server, which sends no header of its own and compresses nothing.
pub(crate) fn python(folder: &Path) -> Result<Program> {
    ensure_python()?;
    let mut command = Command::new("python3");
    command.args(["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory"]).arg(folder);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child =
        command.spawn().map_err(|source| Error::Start { program: "python3".to_owned(), source })?;
    let mut line = String::new();
    if let Some(output) = child.stdout.take() {
        let read = BufReader::new(output).read_line(&mut line);
        read.map_err(|source| Error::Read { path: "the output of python3".into(), source })?;
    }
    // It chose the port: "Serving HTTP on 127.0.0.1 port 40001 (http://127.0.0.1:40001/) ...".
    let address = line.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(address, _)| address);
    let address = address.unwrap_or_default().to_owned();
    let program = Program { address, child, folder: None };
    if program.address.is_empty() {
        return Err(Error::Failed { command: "python3 -m http.server".to_owned() });
    }
    Ok(program)
}

/// nginx with our settings, in a folder of its own and as one process of whoever runs this.
pub(crate) fn nginx(root: &Path, folder: &Path) -> Result<Program> {
    let program = ensure_nginx()?;
    let shipped = root.join("docs/hosting/nginx.conf");
    let text =
        fs::read_to_string(&shipped).map_err(|source| Error::Read { path: shipped.clone(), source })?;
    for setting in [LISTEN, ROOT] {
        if text.matches(setting).count() != 1 {
            return Err(Error::NoSetting { path: shipped, setting });
        }
    }
    let folder = folder.canonicalize().map_err(|source| Error::Read { path: folder.to_owned(), source })?;
    let site = text.replace(ROOT, &format!("root {};", folder.display()));
    let mut why = String::new();
    for _ in 0..TRIES {
        match nginx_at(free_port()?, &program, &site)? {
            Ok(running) => return Ok(running),
            Err(said) => why = said,
        }
    }
    Err(Error::Failed { command: format!("nginx with {}: {}", shipped.display(), why.trim()) })
}

/// nginx at a port, or what it said when it ended instead.
fn nginx_at(port: u16, program: &Path, site: &str) -> Result<std::result::Result<Program, String>> {
    static STARTED: AtomicUsize = AtomicUsize::new(0);
    let number = STARTED.fetch_add(1, Ordering::Relaxed);
    let prefix = env::temp_dir().join(format!("sextant-nginx-{}-{number}", std::process::id()));
    let write = |name: &str, content: &str| {
        let path = prefix.join(name);
        fs::write(&path, content).map_err(|source| Error::Write { path, source })
    };
    fs::create_dir_all(&prefix).map_err(|source| Error::Write { path: prefix.clone(), source })?;
    write("site.conf", &site.replace(LISTEN, &format!("listen 127.0.0.1:{port};")))?;
    write("nginx.conf", AROUND)?;
    let errors = prefix.join("errors");
    let log = fs::File::create(&errors).map_err(|source| Error::Write { path: errors.clone(), source })?;
    let mut command = Command::new(program);
    command.arg("-p").arg(&prefix).args(["-c", "nginx.conf"]).stderr(log);
    let child =
        command.spawn().map_err(|source| Error::Start { program: program.display().to_string(), source })?;
    // It writes its number there once it listens. A port that answers may be another program's.
    let listening = prefix.join("pid");
    let address = format!("http://127.0.0.1:{port}/");
    let mut program = Program { address, child, folder: Some(prefix) };
    let start = Instant::now();
    while !listening.exists() {
        let ended = program.child.try_wait().is_ok_and(|status| status.is_some());
        if ended || start.elapsed() > PATIENCE {
            return Ok(Err(fs::read_to_string(&errors).unwrap_or_default()));
        }
        thread::sleep(PAUSE);
    }
    Ok(Ok(program))
}

/// What Debian's package and the image have around our settings, without what needs root.
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
    port.map(|address| address.port())
        .map_err(|source| Error::Start { program: "a server on this machine".to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_of_another_program_is_no_nginx() {
        let other = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = other.local_addr().unwrap().port();
        let said = nginx_at(port, &ensure_nginx().unwrap(), &format!("server {{ {LISTEN} }}")).unwrap();
        let said = said.map(|running| running.address().to_owned()).unwrap_err();
        assert!(said.contains("Address already in use"), "{said}");
    }
}
