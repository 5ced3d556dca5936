//! Each kind of host with a small folder, and each mistake that a host can make.

mod folder;
mod mistakes;

use std::{fs, process::Command};

use crate::{
    host_check::{
        checks::check,
        finding::{Problem, Severity},
        hosts::Host,
    },
    root,
};
pub(super) use folder::Folder;
use folder::{HASHED, SEALED};

/// What is found at a host: the severity, where, and the problem, one a line.
fn findings(address: &str) -> Vec<(Severity, String)> {
    let found = check(address).findings.into_iter();
    found.map(|finding| (finding.problem.severity(), format!("{} {}", finding.at, finding.problem))).collect()
}

/// What a host of this kind does worse than it could. Nothing is broken there.
fn worse(host: Host) -> Vec<String> {
    let folder = Folder::new();
    let served = host.serve(&root(), folder.path()).unwrap();
    let found = findings(served.address());
    assert!(found.iter().all(|(severity, _)| *severity == Severity::Worse), "{host:?}: {found:#?}");
    let mut texts: Vec<_> = found.into_iter().map(|(_, text)| text).collect();
    texts.sort();
    texts
}

/// The same text for each of some paths, in their order.
fn each(paths: &[&str], text: &str) -> Vec<String> {
    paths.iter().map(|path| format!("{path} {text}")).collect()
}

fn sorted(texts: Vec<Vec<String>>) -> Vec<String> {
    let mut texts = texts.concat();
    texts.sort();
    texts
}

#[test]
fn nothing_can_be_better_at_the_hosts_that_take_our_settings() {
    for host in [Host::Netlify, Host::CloudflarePages, Host::Bucket, Host::Nginx] {
        assert_eq!(worse(host), Vec::<String>::new(), "{host:?}");
    }
}

#[test]
fn github_pages_keeps_all_for_ten_minutes_and_guards_less() {
    let expected = sorted(vec![
        each(&HASHED, "may be kept for good, and the host says `max-age=600`"),
        each(
            &["index.html", "manifest.json", "release.json", "sw.js"],
            "must be asked for each time, and the host says `max-age=600`",
        ),
        each(&SEALED, "is sent without nosniff"),
        each(&["index.html"], "has no policy with frame-ancestors among its headers"),
    ]);
    assert_eq!(worse(Host::GithubPages), expected);
}

#[test]
fn the_server_of_python_sends_nothing_but_the_files() {
    let expected = sorted(vec![
        each(&HASHED, "may be kept for good, and the host does not say so"),
        each(
            &["index.html", "manifest.json", "release.json", "sw.js"],
            "must be asked for each time, and the host does not say so",
        ),
        each(&SEALED, "is sent without nosniff"),
        each(&["index.html"], "has no policy with frame-ancestors among its headers"),
        each(&[folder::PROGRAM, folder::SHARD, "index.html"], "is not compressed"),
        each(
            &["nowhere-0123456789abcdef.js", "nowhere/at-all"],
            "is nowhere, and the page that says so is not 404.html",
        ),
    ]);
    assert_eq!(worse(Host::Python), expected);
}

#[test]
fn a_first_visit_loads_what_the_worker_keeps_as_it_was_compressed() {
    let folder = Folder::new();
    let served = Host::Bucket.serve(&root(), folder.path()).unwrap();
    let checked = check(served.address());
    assert_eq!(checked.first_visit, folder.first_visit());
    // All but 404.html, and the list itself.
    assert_eq!(checked.files, SEALED.len() - 1);
}

#[test]
fn the_kill_switch_takes_the_place_of_the_worker_and_of_nothing_else() {
    let folder = Folder::new();
    assert!(folder.path().join("sw.js.br").exists() && folder.path().join("sw.js.gz").exists());
    let guide = fs::read_to_string(root().join("docs/hosting.md")).unwrap();
    let section = guide.split("\n## ").find(|section| section.starts_with("The kill switch")).unwrap();
    let commands: Vec<_> = section.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    assert_eq!((commands[0], commands.len()), ("cd dist", 3));
    let done =
        Command::new("sh").args(["-ec", &commands[1..].join("\n")]).current_dir(folder.path()).status();
    assert!(done.unwrap().success());
    for host in [Host::Bucket, Host::Nginx] {
        let served = host.serve(&root(), folder.path()).unwrap();
        let found = findings(served.address());
        assert_eq!(found, [(Severity::Broken, format!("sw.js {}", Problem::Changed))], "{host:?}");
    }
}
