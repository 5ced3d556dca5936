//! Building and serving the app with trunk.

use std::{fs, io, path::Path, process::Command};

use brotli::enc::BrotliEncoderParams;

use crate::{
    error::{Error, Result},
    run::{run, with_path},
    tools::{TRUNK, WASM_BINDGEN, ensure, ensure_wasm_target},
};

/// Serves the app on localhost until it is interrupted.
pub(crate) fn serve(root: &Path, open: bool, release: bool, port: u16) -> Result<()> {
    let mut trunk = trunk(root)?;
    trunk.args(["serve", "--port", &port.to_string()]);
    if open {
        trunk.arg("--open");
    }
    if release {
        trunk.arg("--release");
    }
    println!("Building, the first time about two minutes; then Sextant is at http://localhost:{port}/");
    run(&mut trunk)
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
