//! The smallest sealed folder with every type of file.

use std::{fs, path::Path};

use tempfile::TempDir;

use crate::{
    host_check::tests::server::{in_brotli, in_gzip},
    names::{extension, sha256},
    seal::hosts::policy,
};

pub(super) const PROGRAM: &str = "sextant-00112233445566aa.wasm";
pub(super) const SHARD: &str = "bank/networking-00112233445566bb.json";
const SCREENSHOT: &str = "install/screenshot-0011223344556600.png";

/// The files that browsers cache for ever.
pub(super) const HASHED: [&str; 8] = [
    PROGRAM,
    SHARD,
    "bank/method-00112233445566cc.txt",
    "icon-00112233445566dd.svg",
    SCREENSHOT,
    "install/icon-00112233445566ee.png",
    "start-00112233445566ff.js",
    "style-0011223344556677.css",
];

/// All files that are requested by name.
pub(super) const SEALED: [&str; 13] = [
    "index.html",
    "kill-switch.js",
    "manifest.json",
    "release.json",
    "sw.js",
    HASHED[0],
    HASHED[1],
    HASHED[2],
    HASHED[3],
    HASHED[4],
    HASHED[5],
    HASHED[6],
    HASHED[7],
];

/// The folder, until it is dropped.
pub(super) struct Folder(TempDir);

impl Folder {
    pub(super) fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(folder.path().join("bank")).unwrap();
        fs::create_dir_all(folder.path().join("install")).unwrap();
        let mut release = Vec::new();
        for path in SEALED.into_iter().chain(["404.html"]).filter(|path| *path != "release.json") {
            let bytes = content(path);
            let (size, hash) = (bytes.len(), sha256(&bytes));
            release.push(format!(r#"{{"path":"{path}","bytes":{size},"sha256":"{hash}"}}"#));
            folder.write_with_copies(path, &bytes);
        }
        let release = format!(
            "{{\"release\":\"0123456789abcdef\",\"version\":\"0.1.0\",\"files\":[\n{}\n]}}\n",
            release.join(",\n")
        );
        folder.write_with_copies("release.json", release.as_bytes());
        folder
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The sizes of the worker and of the files that it caches, with Brotli if compressible.
    pub(super) fn first_visit(&self) -> u64 {
        let cached =
            SEALED.iter().filter(|path| !["kill-switch.js", "release.json", SCREENSHOT].contains(path));
        // The server compresses everything except pictures, however small.
        let size = |path: &str| {
            let bytes = fs::read(self.path().join(path)).unwrap();
            if extension(path) == "png" { bytes.len() } else { in_brotli(&bytes).len() }
        };
        cached.map(|path| size(path) as u64).sum()
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        fs::write(self.path().join(path), bytes).unwrap();
    }

    fn write_with_copies(&self, path: &str, bytes: &[u8]) {
        self.write(path, bytes);
        for (extension, copy) in [("br", in_brotli(bytes)), ("gz", in_gzip(bytes))] {
            if copy.len() < bytes.len() {
                self.write(&format!("{path}.{extension}"), &copy);
            }
        }
    }
}

/// Text worth compressing for the page, the program and a shard; a few bytes for the others.
fn content(path: &str) -> Vec<u8> {
    match path {
        "index.html" => {
            let policy = format!("<meta content=\"{}\" http-equiv=\"Content-Security-Policy\">", policy(""));
            format!("<!doctype html><head>{policy}</head>{}", "<p>Sextant</p>".repeat(200)).into_bytes()
        }
        "sw.js" => {
            let cached = HASHED.iter().filter(|path| **path != SCREENSHOT);
            let cached: Vec<_> = cached.map(|path| format!("[\"{path}\",\"sha256-…\"]")).collect();
            format!(
                "const FILES = [[\"\",\"sha256-…\"],[\"manifest.json\",\"sha256-…\"],{}];",
                cached.join(",")
            )
            .into_bytes()
        }
        PROGRAM | SHARD => path.repeat(200).into_bytes(),
        _ => path.as_bytes().to_vec(),
    }
}
