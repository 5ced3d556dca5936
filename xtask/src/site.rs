//! Building and serving the app with trunk.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use clap::Args;

use crate::{
    error::{Error, Result},
    page,
    run::{run, with_path},
    tools::{TRUNK, WASM_BINDGEN, ensure, ensure_wasm_target},
};
use sextant_site::seal::{Release, seal};

/// How the app is served.
#[derive(Args)]
pub(crate) struct Serving {
    /// Do not open it in a browser
    #[arg(long)]
    no_open: bool,
    /// Build with the release profile: small and slow to build
    #[arg(long)]
    release: bool,
    /// Where to listen
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// Serves the app on localhost until it is interrupted. The fragment is the page to open, or home.
pub(crate) fn serve(root: &Path, serving: &Serving, fragment: Option<&str>) -> Result<()> {
    let port = serving.port;
    // trunk would find out after it has built everything, and another server's page would be opened.
    if page::answers(port) {
        return Err(Error::PortTaken { port });
    }
    let mut trunk = trunk(root)?;
    trunk.args(["serve", "--port", &port.to_string()]);
    if serving.release {
        trunk.arg("--release");
    }
    let address = address(port, fragment);
    println!("Building, the first time about two minutes; then it is at {address}");
    if !serving.no_open {
        page::open_when_served(address, port);
    }
    run(&mut trunk)
}

fn address(port: u16, fragment: Option<&str>) -> String {
    fragment.map_or_else(
        || format!("http://localhost:{port}/"),
        |fragment| format!("http://localhost:{port}/#{fragment}"),
    )
}

/// Builds `dist/`, seals it and prints what it weighs.
pub(crate) fn build(root: &Path, since: Option<&Path>) -> Result<()> {
    // It may lie in the folder that is built anew.
    let since = since.map(Release::read).transpose()?;
    println!("Building dist/ with the release profile: about two minutes the first time");
    run(trunk(root)?.args(["build", "--release"]))?;
    Ok(seal(root, &root.join("dist"), since.as_ref())?)
}

/// trunk, with its tools and itself on PATH.
fn trunk(root: &Path) -> Result<Command> {
    ensure_wasm_target(root)?;
    let folders: Vec<_> = [ensure(&WASM_BINDGEN)?, ensure(&TRUNK)?].into_iter().flatten().collect();
    let mut trunk = Command::new("trunk");
    // trunk reads NO_COLOR as its own option and stops at the customary value 1.
    with_path(&mut trunk, &folders).env_remove("NO_COLOR").current_dir(root);
    if let Some(home) = cargo_home() {
        trunk.env(FLAGS, flags(env::var(FLAGS).ok(), &home));
    }
    Ok(trunk)
}

/// What cargo adds to the flags of `.cargo/config.toml`.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The flags there are, and one by which the program is the same whoever builds it: panics name the file they come
/// from, and those of libraries lie in a home folder.
fn flags(given: Option<String>, cargo_home: &Path) -> String {
    let own = format!("--remap-path-prefix={}=/cargo", cargo_home.display());
    // Spaces part flags, so that such a folder stays in the program.
    let own = (!own.contains(char::is_whitespace)).then_some(own);
    given.into_iter().chain(own).collect::<Vec<_>>().join(" ")
}

/// Where cargo keeps the sources of libraries. rustup tells it to all that it starts.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    let standard = || env::home_dir().map(|home| home.join(".cargo"));
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(standard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_folder_does_not_come_into_the_program() {
        assert_eq!(flags(None, Path::new("/home/a/.cargo")), "--remap-path-prefix=/home/a/.cargo=/cargo");
        assert_eq!(
            flags(Some("--cfg=x".to_owned()), Path::new("/c")),
            "--cfg=x --remap-path-prefix=/c=/cargo"
        );
        assert_eq!(flags(None, Path::new("/home/a b/.cargo")), "");
    }

    #[test]
    fn an_address_names_its_page() {
        assert_eq!(address(8080, None), "http://localhost:8080/");
        assert_eq!(address(9000, Some("/preview/ti-001")), "http://localhost:9000/#/preview/ti-001");
    }
}
