//! A small sealed folder on a server that makes one mistake after another.

mod folder;
mod mistakes;
mod server;

use std::{fs, path::Path, process::Command};

use crate::host_check::{
    checks::check,
    fault::HostProblem,
    tests::{
        folder::{Folder, SEALED},
        server::{Files, correctly, serve},
    },
};

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
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/hosting.md");
    let guide = fs::read_to_string(guide).unwrap();
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
