//! Whether a build depends on nothing but the source: then anyone can check what a host serves.

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

/// Builds twice, the second time from a copy at another path, with another target folder and another home of cargo,
/// and names each file that differs.
pub(crate) fn reproduce(root: &Path) -> Result<()> {
    site::build(root, None)?;
    let again = env::temp_dir().join(format!("sextant-again-{}", process::id()));
    let source = again.join("source");
    println!("\nBuilding it again in {}, from nothing: about four minutes", again.display());
    copy_tree(root, &source)?;
    run(Command::new("cargo")
        .args(["xtask", "build"])
        .env("CARGO_TARGET_DIR", again.join("target"))
        .env("CARGO_HOME", other_home(&again.join("home"))?)
        .current_dir(&source))?;
    are_same(root.join("dist"), source.join("dist"))?;
    fs::remove_dir_all(&again).map_err(|source| Error::Write { path: again, source })
}

/// Makes `dist/` a second time, of the same compiled libraries, and names each file that differs. That is half a minute;
/// whether libraries and places come into it only [`reproduce`] tells.
pub(crate) fn build_again(root: &Path) -> Result<()> {
    let (before, dist) = (root.join("target/before"), root.join("dist"));
    let failed = |source| Error::Write { path: before.clone(), source };
    if before.exists() {
        fs::remove_dir_all(&before).map_err(failed)?;
    }
    fs::rename(&dist, &before).map_err(failed)?;
    run(Command::new("cargo")
        .args(["clean", "--quiet", "--release", "--package", "sextant", "--target", "wasm32-unknown-unknown"])
        .current_dir(root))?;
    site::build(root, None)?;
    are_same(dist, before)
}

fn are_same(here: PathBuf, there: PathBuf) -> Result<()> {
    let files = differing(&seal::files(&here)?, &seal::files(&there)?);
    if !files.is_empty() {
        return Err(Error::Differing { here, there, files });
    }
    println!("\nBoth builds are the same to the byte");
    Ok(())
}

/// The files that git has or would take, as they are now.
fn copy_tree(root: &Path, to: &Path) -> Result<()> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let listed = git.output().map_err(|source| Error::Start { program: "git".to_owned(), source })?;
    if !listed.status.success() {
        return Err(Error::Failed { command: "git ls-files".to_owned() });
    }
    let names = String::from_utf8_lossy(&listed.stdout);
    // One that is deleted, and not yet for git, is listed too.
    for name in names.split('\0').filter(|name| root.join(name).is_file()) {
        let path = to.join(name);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::copy(root.join(name), &path))
            .map_err(|source| Error::Write { path, source })?;
    }
    Ok(())
}

/// A folder that holds what cargo's home holds, under another path.
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

/// Links need a privilege here, and a copy would be of gigabytes.
#[cfg(not(unix))]
fn other_home(to: &Path) -> Result<PathBuf> {
    Ok(site::cargo_home().unwrap_or_else(|| to.to_owned()))
}

/// The files that only one of them has, or that are not the same in both.
fn differing(here: &Files, there: &Files) -> Vec<String> {
    let left = here.iter().filter(|(path, bytes)| there.get(*path) != Some(bytes));
    let right = there.iter().filter(|(path, _)| !here.contains_key(*path));
    left.chain(right).map(|(path, _)| path.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named_once() {
        let files = |files: &[(&str, &str)]| -> Files {
            files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_owned())).collect()
        };
        let here = files(&[("a", "1"), ("b", "1"), ("c", "1")]);
        assert_eq!(differing(&here, &here), Vec::<String>::new());
        assert_eq!(differing(&here, &files(&[("a", "1"), ("b", "2"), ("d", "1")])), ["b", "c", "d"]);
        let error = Error::Differing { here: "x".into(), there: "y".into(), files: vec!["b".to_owned()] };
        assert_eq!(
            error.to_string(),
            "1 file differs between x and y: b; compare the two, often a path or a time has come in"
        );
    }

    #[test]
    fn the_copy_has_what_git_has() {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
        let to = env::temp_dir().join(format!("sextant-copy-{}", process::id()));
        copy_tree(&root, &to).unwrap();
        assert_eq!(fs::read(to.join("Cargo.lock")).unwrap(), fs::read(root.join("Cargo.lock")).unwrap());
        assert!(to.join(".cargo/config.toml").is_file() && !to.join("target").exists());
        fs::remove_dir_all(&to).unwrap();
    }
}
