//! Seals a small invented site, and tries every mistake in one.

mod made;
mod refused;

use crate::{names::integrity, seal::*};

const INDEX: &str = "<!doctype html>\n<html lang=\"en\">\n  <head>\n    <meta charset=\"utf-8\">\n    \
    <meta name=\"release\" content=\"\">\n    <link rel=\"icon\" href=\"./icon-cda7f73e02cd62a.svg\">\n    \
    <script src=\"./head-0123456789abcdef.js\" integrity=\"sha384-old\"></script>\n    \
    <link rel=\"stylesheet\" href=\"./style-0123456789abcdef.css\">\n    \
    <link id=\"catalog\" rel=\"preload\" as=\"fetch\" crossorigin href=\"bank/CATALOG\">\n    \
    <link rel=\"preload\" href=\"./app-0123456789abcdef_bg.wasm\" as=\"fetch\">\n  </head>\n  \
    <body><a href=\"#/\">Start</a></body>\n</html>\n";
const NOT_FOUND: &str = "<!doctype html>\n<html>\n<head>\n<link rel=\"stylesheet\" href=\"./style.css\">\n</head>\n\
    <body><a href=\"./\">Here</a> <a href=\"../\">above</a></body>\n</html>\n";
const MANIFEST: &str = r#"{
  "start_url": "./",
  "scope": "./",
  "icons": [
    { "src": "icon.svg", "sizes": "any" },
    { "src": "install/icon-192.png", "sizes": "192x192" }
  ],
  "screenshots": [{ "src": "install/wide.png", "sizes": "1280x800" }]
}
"#;
const WORKER: &str = "\"use strict\";\nconst RELEASE = \"\";\nconst FILES = [];\n";
const KILL_SWITCH: &str = "registration.unregister();\n";

/// The start of a PNG, with its size.
fn png(width: u32, height: u32) -> Vec<u8> {
    [&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], &width.to_be_bytes(), &height.to_be_bytes()].concat()
}

fn sources() -> Sources {
    let pictures = [
        ("install/icon-192.png", png(192, 192)),
        ("install/wide.png", png(1280, 800)),
        ("install/none.png", png(1, 1)),
    ];
    Sources {
        manifest: MANIFEST.to_owned(),
        not_found: NOT_FOUND.to_owned(),
        worker: WORKER.to_owned(),
        kill_switch: KILL_SWITCH.to_owned(),
        pictures: pictures.map(|(path, bytes)| (path.to_owned(), bytes)).into(),
    }
}

/// Adds a file of the bank under its hashed name, and returns the name.
fn put(files: &mut Files, plain: &str, text: &str) -> String {
    let path = hashed(plain, text.as_bytes());
    files.insert(path.clone(), text.as_bytes().to_owned());
    path
}

/// A site as trunk and `assemble` leave it, with this HTML in its one shard and its method page.
fn site_with(shard: &str, method: &str) -> Files {
    let mut files = Files::new();
    let shard = serde_json::json!({ "items": [{ "prompt": shard }] }).to_string();
    let shard = put(&mut files, "bank/tides.json", &shard);
    let method = put(&mut files, "bank/method.txt", method);
    let catalog = serde_json::json!({ "method": method, "skills": [{ "shard": shard }] }).to_string();
    let catalog = put(&mut files, "bank/catalog.json", &catalog);
    for (name, text) in [
        ("index.html", INDEX.replace("bank/CATALOG", &catalog).as_str()),
        ("head-0123456789abcdef.js", "head();\n"),
        ("style-0123456789abcdef.css", "body { margin: 0 }\nmain { margin: 0 }\n"),
        ("icon-cda7f73e02cd62a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("app-0123456789abcdef_bg.wasm", "\0asm"),
        ("sw.js", KILL_SWITCH),
    ] {
        files.insert(name.to_owned(), text.as_bytes().to_owned());
    }
    files
}

fn site() -> Files {
    site_with("<p>When is it <code>high</code>?</p>", "<p>How it measures.</p>")
}

fn text<'a>(files: &'a Files, path: &str) -> &'a str {
    std::str::from_utf8(&files[path]).unwrap()
}

/// The only path with this start and end.
fn path<'a>(files: &'a Files, begin: &str, end: &str) -> &'a str {
    let found: Vec<_> = files.keys().filter(|path| path.starts_with(begin) && path.ends_with(end)).collect();
    assert_eq!(found.len(), 1, "{begin}…{end}: {found:?}");
    found[0]
}

/// The site with a text replaced in one file.
fn changed(mut files: Files, path: &str, from: &str, to: &str) -> Files {
    let old = text(&files, path);
    assert!(old.contains(from), "{path} has no {from}");
    let new = old.replace(from, to).into_bytes();
    files.insert(path.to_owned(), new);
    files
}
