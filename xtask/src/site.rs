//! Building and serving the app with trunk.

use std::{fs, io, path::Path, process::Command};

use brotli::enc::BrotliEncoderParams;
use clap::Args;

use crate::{
    error::{Error, Result},
    page,
    run::{run, with_path},
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

/// Builds `dist/` and prints what it weighs.
pub(crate) fn build(root: &Path) -> Result<()> {
    println!("Building dist/ with the release profile: about two minutes the first time");
    run(trunk(root)?.args(["build", "--release"]))?;
    let dist = root.join("dist");
    let mut sizes = Vec::new();
    sizes_below(&dist, &dist, &mut sizes).map_err(|source| Error::Read { path: dist, source })?;
    sizes.sort();
    println!("{:>9} {:>9}", "bytes", "Brotli");
    for (name, raw, compressed) in &sizes {
        println!("{raw:>9} {compressed:>9}  {name}");
    }
    let total = |size: fn(&(String, usize, usize)) -> usize| sizes.iter().map(size).sum::<usize>();
    println!("{:>9} {:>9}  dist/ in all", total(|s| s.1), total(|s| s.2));
    Ok(())
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

fn sizes_below(dist: &Path, folder: &Path, sizes: &mut Vec<(String, usize, usize)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sizes_below(dist, &path, sizes)?;
        } else {
            let bytes = fs::read(&path)?;
            let mut compressed = Vec::new();
            brotli::BrotliCompress(&mut bytes.as_slice(), &mut compressed, &BrotliEncoderParams::default())?;
            let name = path.strip_prefix(dist).unwrap_or(&path).display().to_string();
            sizes.push((name, bytes.len(), compressed.len()));
        }
    }
    Ok(())
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
