//! The Dockerfile. Where no engine can build it, a linter at least reads it.

use std::{path::Path, process::Command};

use crate::{error::Result, run::run, tools::ensure_hadolint};

/// Holds the Dockerfile against all of hadolint's rules, and its shell lines against those of `ShellCheck`.
pub(crate) fn docker_lint(root: &Path) -> Result<()> {
    run(Command::new(ensure_hadolint()?).arg("Dockerfile").current_dir(root))
}
