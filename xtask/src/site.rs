//! Building and serving the app with trunk.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use clap::Args;

use crate::{
    error::{Error, Result},
    page,
    run::{print, run, with_path},
    tools::{TRUNK, WASM_BINDGEN, ensure, ensure_wasm_target},
};
use sextant_site::{
    seal::{Release, seal},
    split,
};

/// How to serve the app.
#[derive(Args)]
pub(crate) struct Serving {
    /// Don't open a browser
    #[arg(long)]
    no_open: bool,
    /// Build with the release profile: smaller, but slower to build
    #[arg(long)]
    release: bool,
    /// The port
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// Serves the app on localhost until interrupted. The fragment is the page to open; home by default.
pub(crate) fn serve(root: &Path, serving: &Serving, fragment: Option<&str>) -> Result<()> {
    let port = serving.port;
    // trunk would only notice after the build, and the browser would open the other server's page.
    if page::answers(port) {
        return Err(Error::PortTaken { port });
    }
    let mut trunk = trunk(root, &[])?;
    trunk.args(["serve", "--port", &port.to_string()]);
    if serving.release {
        trunk.arg("--release");
    }
    let address = address(port, fragment);
    println!("Building, about two minutes the first time; then the app is at {address}");
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

/// Builds `dist/`, seals it and prints the sizes.
pub(crate) fn build(root: &Path, since: Option<&Path>) -> Result<()> {
    // Read it first: it may be in the folder that the build replaces.
    let since = since.map(Release::read).transpose()?;
    println!("Building dist/ with the release profile: about two minutes the first time");
    let dist = root.join("dist");
    run(trunk(root, &SPLIT)?.args(["build", "--release"]))?;
    split_program(root, &dist)?;
    print(&seal(root, &dist, since.as_ref())?)
}

/// What the program must be compiled with so that it can be cut into its parts: the split points, and the linker's record of
/// what refers to what.
const SPLIT: [&str; 2] = ["--cfg=split", "-Clink-arg=--emit-relocs"];

/// Builds the program and prints what is in its main module and in each part.
pub(crate) fn weigh(root: &Path) -> Result<()> {
    build(root, None)?;
    let (cut, bound) = (target(root).join("split"), target(root).join("split-bound"));
    for (folder, part) in
        [(&bound, "main_bg"), (&cut, "split_answers"), (&cut, "split_results"), (&cut, "split_about")]
    {
        println!("\n== {part}\n");
        print(&sextant_site::weigh::weigh(&folder.join(part).with_extension("wasm"))?)?;
    }
    Ok(())
}

fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// Replaces the whole program, as trunk built it, by its main module and its parts.
fn split_program(root: &Path, dist: &Path) -> Result<()> {
    let target = target(root);
    let cut = target.join("split");
    // What an earlier build left would be taken for a part.
    let _ = fs::remove_dir_all(&cut);
    split::cut(&target.join("wasm32-unknown-unknown/release/sextant.wasm"), &cut)?;
    let bound = target.join("split-bound");
    let mut bindgen = Command::new("wasm-bindgen");
    // The parts refer to the exports that the linker made.
    bindgen.arg(cut.join("main.wasm")).args(["--target=web", "--no-typescript", "--keep-lld-exports"]);
    bindgen.args(["--out-name=main", "--out-dir"]);
    run(with_path(bindgen.arg(&bound), &ensure(&[&WASM_BINDGEN])?))?;
    split::place(&cut, &bound.join("main.js"), &bound.join("main_bg.wasm"), dist)?;
    Ok(())
}

/// trunk, with itself and its tools on PATH.
fn trunk(root: &Path, more: &[&str]) -> Result<Command> {
    ensure_wasm_target(root)?;
    let folders = ensure(&[&WASM_BINDGEN, &TRUNK])?;
    let mut trunk = Command::new("trunk");
    // trunk takes NO_COLOR for an option of its own, and rejects the customary value 1.
    with_path(&mut trunk, &folders).env_remove("NO_COLOR").current_dir(root);
    if let Some(home) = cargo_home() {
        trunk.env(FLAGS, flags(env::var(FLAGS).ok(), more, &home));
    }
    Ok(trunk)
}

/// cargo adds these to the flags in `.cargo/config.toml`.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The given flags, and one that makes the program the same for everyone who builds it: panics contain the paths of
/// libraries' files, which are in a home folder.
fn flags(given: Option<String>, more: &[&str], cargo_home: &Path) -> String {
    let own = format!("--remap-path-prefix={}=/cargo", cargo_home.display());
    // Spaces separate flags, so a folder with spaces can't be remapped.
    let own = (!own.contains(char::is_whitespace)).then_some(own);
    given
        .into_iter()
        .chain(more.iter().map(|flag| (*flag).to_owned()))
        .chain(own)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Where cargo stores the sources of libraries. rustup passes it on to its children.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    let standard = || env::home_dir().map(|home| home.join(".cargo"));
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(standard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_folder_stays_out_of_the_program() {
        assert_eq!(
            flags(None, &[], Path::new("/home/a/.cargo")),
            "--remap-path-prefix=/home/a/.cargo=/cargo"
        );
        assert_eq!(
            flags(Some("--cfg=x".to_owned()), &[], Path::new("/c")),
            "--cfg=x --remap-path-prefix=/c=/cargo"
        );
        assert_eq!(flags(None, &[], Path::new("/home/a b/.cargo")), "");
    }

    #[test]
    fn an_address_contains_its_page() {
        assert_eq!(address(8080, None), "http://localhost:8080/");
        assert_eq!(address(9000, Some("/preview/ti-001")), "http://localhost:9000/#/preview/ti-001");
    }
}
