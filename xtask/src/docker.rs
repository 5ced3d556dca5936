//! The Dockerfile. There may be no engine to build it, but a linter can read it.

use std::{path::Path, process::Command};

use crate::{error::Result, run::run, tools::ensure_hadolint};

/// Checks the Dockerfile against hadolint's rules, and its shell lines against `ShellCheck`'s.
pub(crate) fn docker_lint(root: &Path) -> Result<()> {
    run(Command::new(ensure_hadolint()?).arg("Dockerfile").current_dir(root))
}
