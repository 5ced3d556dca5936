//! Random texts as links, as files to import and as stored values.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use clap::ValueEnum;

use crate::{
    error::{Error, Result},
    run::{run, with_path},
    tools::{CARGO_FUZZ, ensure},
};

/// What reads the texts: each is a program in `fuzz/fuzz_targets`.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Target {
    /// The part of an address after the #
    Link,
    /// An imported file
    Import,
    /// A key and value in the browser's storage
    Stored,
}

impl Target {
    fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Import => "import",
            Self::Stored => "stored",
        }
    }

    /// This many texts take at most half a minute.
    fn usual_runs(self) -> u64 {
        match self {
            Self::Link => 10_000_000,
            Self::Import => 1_000_000,
            Self::Stored => 500_000,
        }
    }
}

/// Runs one target, or all. Its corpus stays in `target/fuzz`, and the next run starts from there.
pub(crate) fn fuzz(root: &Path, target: Option<Target>, runs: Option<u64>) -> Result<()> {
    let path = ensure(&[&CARGO_FUZZ])?;
    for target in target.map_or_else(|| Target::value_variants().to_vec(), |target| vec![target]) {
        let runs = runs.unwrap_or(target.usual_runs());
        println!("\n== {}", target.name());
        run(with_path(&mut command(root, target, runs)?, &path))?;
        println!("== {runs} texts read correctly");
    }
    Ok(())
}

fn command(root: &Path, target: Target, runs: u64) -> Result<Command> {
    let built = root.join("target/fuzz");
    let folder = |name: &str| -> Result<PathBuf> {
        let path = built.join(name).join(target.name());
        fs::create_dir_all(&path).map_err(|source| Error::Write { path: path.clone(), source })?;
        Ok(path)
    };
    let mut command = Command::new("cargo");
    command.current_dir(root);
    // A sanitizer finds mistakes in unsafe code, which is forbidden here, and needs a nightly toolchain.
    command.args(["fuzz", "run", "--sanitizer", "none", "--target-dir"]).arg(&built);
    command.arg(target.name()).arg(folder("corpus")?).arg("tests/saved").arg("--");
    command.arg(format!("-runs={runs}")).arg("-verbosity=0");
    // With a slash at the end it is a folder.
    command.arg(format!("-artifact_prefix={}/", folder("found")?.display()));
    Ok(command)
}
