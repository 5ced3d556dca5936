//! Whether a build depends only on the source. If so, anyone can check what a host serves.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command},
};

use crate::{
    error::{Error, Result},
    run::run,
    site,
};
use sextant_site::seal::{self, Files};

/// Builds twice, the second time from a copy at another path, with another target folder and another cargo home, and
/// lists each file that differs.
pub(crate) fn reproduce(root: &Path) -> Result<()> {
    site::build(root, None)?;
    let again = env::temp_dir().join(format!("sextant-again-{}", process::id()));
    let source = again.join("source");
    println!("\nBuilding again from scratch in {}: about four minutes", again.display());
    copy_tree(root, &source)?;
    run(Command::new("cargo")
        .args(["xtask", "build"])
        .env("CARGO_TARGET_DIR", again.join("target"))
        .env("CARGO_HOME", other_home(&again.join("home"))?)
        .current_dir(&source))?;
    are_same(root.join("dist"), source.join("dist"))?;
    fs::remove_dir_all(&again).map_err(|source| Error::Write { path: again, source })
}

fn are_same(here: PathBuf, there: PathBuf) -> Result<()> {
    let files = differing(&seal::files(&here)?, &seal::files(&there)?);
    if !files.is_empty() {
        return Err(Error::Differing { here, there, files });
    }
    println!("\nBoth builds are identical");
    Ok(())
}

/// Copies the files that git tracks or would add, as they are now.
fn copy_tree(root: &Path, to: &Path) -> Result<()> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let listed = git.output().map_err(|source| Error::Start { program: "git".to_owned(), source })?;
    if !listed.status.success() {
        return Err(Error::Failed { command: "git ls-files".to_owned() });
    }
    let names = String::from_utf8_lossy(&listed.stdout);
    // git also lists files that are deleted but not yet committed as such.
    for name in names.split('\0').filter(|name| root.join(name).is_file()) {
        let path = to.join(name);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::copy(root.join(name), &path))
            .map_err(|source| Error::Write { path, source })?;
    }
    Ok(())
}

/// A folder with the contents of cargo's home, under another path.
#[cfg(unix)]
fn other_home(to: &Path) -> Result<PathBuf> {
    let failed = |source| Error::Write { path: to.to_owned(), source };
    fs::create_dir_all(to).map_err(failed)?;
    if let Some(home) = site::cargo_home() {
        for entry in fs::read_dir(&home).map_err(|source| Error::Read { path: home, source })? {
            let entry = entry.map_err(failed)?;
            std::os::unix::fs::symlink(entry.path(), to.join(entry.file_name())).map_err(failed)?;
        }
    }
    Ok(to.to_owned())
}

/// Links need a privilege here, and a copy would take gigabytes.
#[cfg(not(unix))]
fn other_home(to: &Path) -> Result<PathBuf> {
    Ok(site::cargo_home().unwrap_or_else(|| to.to_owned()))
}

/// The files that only one side has, or that differ.
fn differing(here: &Files, there: &Files) -> Vec<String> {
    let left = here.iter().filter(|(path, bytes)| there.get(*path) != Some(bytes));
    let right = there.iter().filter(|(path, _)| !here.contains_key(*path));
    left.chain(right).map(|(path, _)| path.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_difference_is_listed_once() {
        let files = |files: &[(&str, &str)]| -> Files {
            files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_owned())).collect()
        };
        let here = files(&[("a", "1"), ("b", "1"), ("c", "1")]);
        assert_eq!(differing(&here, &here), Vec::<String>::new());
        assert_eq!(differing(&here, &files(&[("a", "1"), ("b", "2"), ("d", "1")])), ["b", "c", "d"]);
        let error = Error::Differing { here: "x".into(), there: "y".into(), files: vec!["b".to_owned()] };
        assert_eq!(
            error.to_string(),
            "1 file differs between x and y: b; compare the two, often a path or a time has slipped in"
        );
    }

    #[test]
    fn the_copy_has_the_files_of_git() {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path();
        copy_tree(&root, to).unwrap();
        assert_eq!(fs::read(to.join("Cargo.lock")).unwrap(), fs::read(root.join("Cargo.lock")).unwrap());
        assert!(to.join(".cargo/config.toml").is_file() && !to.join("target").exists());
    }
}
