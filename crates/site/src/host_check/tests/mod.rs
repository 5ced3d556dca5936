//! A small sealed folder on a server that makes one mistake after another.

mod folder;
mod mistakes;
mod server;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    host_check::{
        checks::check,
        fault::HostProblem,
        on_nginx,
        tests::{
            folder::{Folder, SEALED},
            server::{Files, correctly, serve},
        },
    },
    names::is_hashed,
    seal::hosts::FRAME_POLICY,
};

#[test]
fn an_unsealed_folder_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let error = on_nginx(&repository(), folder.path(), Path::new("nginx")).err().unwrap().to_string();
    assert!(error.starts_with(&format!("{} has no release.json; ", folder.path().display())), "{error}");
}

#[test]
fn a_first_visit_counts_the_cached_files_as_compressed() {
    let folder = Folder::new();
    let files = Files::read(folder.path());
    let server = serve("/", move |request| correctly(&files, request));
    let checked = check(server.address());
    assert_eq!(checked.first_visit, folder.first_visit());
    // All but 404.html and release.json.
    assert_eq!(checked.files, SEALED.len() - 1);
}

#[test]
fn the_documented_kill_switch_replaces_the_worker_and_nothing_else() {
    let folder = Folder::new();
    assert!(folder.path().join("sw.js.br").exists() && folder.path().join("sw.js.gz").exists());
    let guide = fs::read_to_string(repository().join("docs/hosting.md")).unwrap();
    let section = guide.split("\n## ").find(|section| section.starts_with("The kill switch")).unwrap();
    let commands: Vec<_> = section.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    assert_eq!((commands[0], commands.len()), ("cd dist", 3));
    let done =
        Command::new("sh").args(["-ec", &commands[1..].join("\n")]).current_dir(folder.path()).status();
    assert!(done.unwrap().success());
    assert!(!folder.path().join("sw.js.br").exists() && !folder.path().join("sw.js.gz").exists());
    let files = Files::read(folder.path());
    let server = serve("/", move |request| correctly(&files, request));
    let found: Vec<_> =
        check(server.address()).faults.into_iter().map(|fault| (fault.at, fault.problem)).collect();
    assert_eq!(found, [("sw.js".to_owned(), HostProblem::Changed)]);
}

/// The commands that `docs/hosting/s3.sh` would run for the folder.
fn uploads(folder: &Folder) -> std::process::Output {
    let script = repository().join("docs/hosting/s3.sh");
    Command::new("sh").arg(script).arg(folder.path()).arg("BUCKET").env("AWS", "echo").output().unwrap()
}

#[test]
fn uploads_hashed_files_first_and_the_worker_last() {
    let folder = Folder::new();
    let output = String::from_utf8(uploads(&folder).stdout).unwrap();
    let path = |line: &str| line.split("s3://BUCKET/").nth(1)?.split(' ').next().map(str::to_owned);
    let paths: Vec<_> = output.lines().filter_map(path).collect();
    assert_eq!(paths.len(), SEALED.len() + 1, "{output}");
    assert!(paths.is_sorted_by_key(|path| (!is_hashed(path), path == "sw.js")), "{paths:?}");
    for line in output.lines() {
        let is_immutable = line.contains("--cache-control public,max-age=31536000,immutable");
        assert_eq!(is_immutable, path(line).is_some_and(|path| is_hashed(&path)), "{line}");
    }
}

#[test]
fn an_unknown_type_stops_the_upload() {
    let folder = Folder::new();
    fs::write(folder.path().join("new.type"), "").unwrap();
    let output = uploads(&folder);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("new.type: add its media type to"));
}

#[test]
fn every_host_gets_the_same_policy() {
    for settings in ["docs/hosting/nginx.conf", "docs/hosting/aws.json"] {
        let text = fs::read_to_string(repository().join(settings)).unwrap();
        assert!(text.contains(FRAME_POLICY), "{settings}");
    }
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
