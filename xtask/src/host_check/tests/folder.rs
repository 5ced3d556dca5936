//! A sealed folder, as small as one can be that has every kind of file.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicUsize, Ordering},
};

use sha2::{Digest, Sha256};

use crate::host_check::hosts::files::{in_brotli, in_gzip};

pub(super) const PROGRAM: &str = "sextant-00112233445566aa.wasm";
pub(super) const SHARD: &str = "bank/networking-00112233445566bb.json";
const SCREENSHOT: &str = "install/screenshot-0011223344556600.png";

/// What is kept for good.
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

/// All that is asked for by its name.
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

/// What the page says of itself. As a header it ends with frame-ancestors.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' \
    data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
    form-action 'none'";

/// The folder. It is removed with this.
pub(crate) struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    pub(crate) fn new() -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let folder = Self(env::temp_dir().join(format!("sextant-sealed-{}-{number}", process::id())));
        fs::create_dir_all(folder.0.join("bank")).unwrap();
        fs::create_dir_all(folder.0.join("install")).unwrap();
        let mut release = Vec::new();
        for path in SEALED.into_iter().chain(["404.html"]).filter(|path| *path != "release.json") {
            let bytes = content(path);
            release.push(format!(
                r#"{{"path":"{path}","bytes":{},"sha256":"{:x}"}}"#,
                bytes.len(),
                Sha256::digest(&bytes)
            ));
            folder.write_with_copies(path, &bytes);
        }
        let release = format!(
            "{{\"release\":\"0123456789abcdef\",\"version\":\"0.1.0\",\"files\":[\n{}\n]}}\n",
            release.join(",\n")
        );
        folder.write_with_copies("release.json", release.as_bytes());
        folder.write("_headers", headers().as_bytes());
        folder.write(".nojekyll", b"");
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The Brotli sizes, where there are any, of what the worker keeps, and the worker's own.
    pub(super) fn first_visit(&self) -> u64 {
        let size = |path: &str| fs::metadata(self.0.join(path)).map(|data| data.len());
        let kept =
            SEALED.iter().filter(|path| !["kill-switch.js", "release.json", SCREENSHOT].contains(path));
        kept.map(|path| size(&format!("{path}.br")).or_else(|_| size(path)).unwrap()).sum()
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        fs::write(self.0.join(path), bytes).unwrap();
    }

    fn write_with_copies(&self, path: &str, bytes: &[u8]) {
        self.write(path, bytes);
        for (extension, copy) in [("br", in_brotli(bytes).unwrap()), ("gz", in_gzip(bytes).unwrap())] {
            if copy.len() < bytes.len() {
                self.write(&format!("{path}.{extension}"), &copy);
            }
        }
    }
}

/// Text that is worth compressing for the page, the program and a shard, and a few bytes for the others.
fn content(path: &str) -> Vec<u8> {
    match path {
        "index.html" => {
            let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">");
            format!("<!doctype html><head>{policy}</head>{}", "<p>Sextant</p>".repeat(200)).into_bytes()
        }
        "sw.js" => {
            let kept = HASHED.iter().filter(|path| **path != SCREENSHOT);
            let kept: Vec<_> = kept.map(|path| format!("[\"{path}\",\"sha256-…\"]")).collect();
            format!(
                "const FILES = [[\"\",\"sha256-…\"],[\"manifest.json\",\"sha256-…\"],{}];",
                kept.join(",")
            )
            .into_bytes()
        }
        PROGRAM | SHARD => path.repeat(200).into_bytes(),
        _ => path.as_bytes().to_vec(),
    }
}

fn headers() -> String {
    let all = format!(
        "/*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'self'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n"
    );
    let hashed =
        HASHED.map(|path| format!("/{path}\n  Cache-Control: public, max-age=31536000, immutable\n"));
    let others = ["/", "/index.html", "/sw.js", "/manifest.json", "/release.json"];
    let others = others.map(|path| format!("{path}\n  Cache-Control: no-cache\n"));
    all + &hashed.concat() + &others.concat()
}
