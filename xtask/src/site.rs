//! Building and serving the app with trunk.

use std::{path::Path, process::Command};

use clap::Args;

use crate::{
    error::{Error, Result},
    page,
    run::{run, with_path},
    seal::seal,
    tools::{TRUNK, WASM_BINDGEN, ensure, ensure_wasm_target},
};

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
    println!("Building dist/ with the release profile: about two minutes the first time");
    run(trunk(root)?.args(["build", "--release"]))?;
    seal(root, &root.join("dist"), since)
}

/// trunk, with its tools and itself on PATH.
fn trunk(root: &Path) -> Result<Command> {
    ensure_wasm_target(root)?;
    let folders: Vec<_> = [ensure(&WASM_BINDGEN)?, ensure(&TRUNK)?].into_iter().flatten().collect();
    let mut trunk = Command::new("trunk");
    // trunk reads NO_COLOR as its own option and stops at the customary value 1.
    with_path(&mut trunk, &folders).env_remove("NO_COLOR").current_dir(root);
    Ok(trunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_page() {
        assert_eq!(address(8080, None), "http://localhost:8080/");
        assert_eq!(address(9000, Some("/preview/ti-001")), "http://localhost:9000/#/preview/ti-001");
    }
}
