//! The Dockerfile. Where no engine can build it, a linter at least reads it.

use std::{path::Path, process::Command};

use crate::{error::Result, run::run, tools::ensure_hadolint};

/// Holds the Dockerfile against all of hadolint's rules, and its shell lines against those of `ShellCheck`.
pub(crate) fn docker_lint(root: &Path) -> Result<()> {
    run(Command::new(ensure_hadolint()?).arg("Dockerfile").current_dir(root))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{env, fs};

    #[test]
    fn a_dockerfile_that_breaks_a_rule_is_refused() {
        let folder = env::temp_dir().join(format!("sextant-docker-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("Dockerfile"), "FROM debian:latest\n").unwrap();
        assert!(docker_lint(&folder).is_err());
        fs::write(folder.join("Dockerfile"), "FROM debian:12.1\n").unwrap();
        docker_lint(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
    }
}
