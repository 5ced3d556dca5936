//! What the seal makes of a site.

use std::{io::Read, path::PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::{
    names::{sha256, short},
    seal::tests::*,
};

#[test]
fn every_name_contains_the_hash_and_the_page_uses_it() {
    let Sealed { files, .. } = sealed(&sources(), site()).unwrap();
    for (path, bytes) in files.iter().filter(|(path, _)| !PLAIN.contains(&path.as_str())) {
        assert_eq!(*path, hashed(path, bytes));
    }
    let index = text(&files, "index.html");
    for (begin, end) in [
        ("head-", ".js"),
        ("style-", ".css"),
        ("icon-", ".svg"),
        ("app-", ".wasm"),
        ("bank/catalog-", ".json"),
    ] {
        assert!(index.contains(&format!("{}\"", path(&files, begin, end))), "{begin}");
    }
    assert!(!index.contains("0123456789abcdef") && !index.contains("sha384-old"), "{index}");
    assert!(text(&files, "404.html").contains(path(&files, "style-", ".css")));
    let manifest = text(&files, "manifest.json");
    for picture in [
        path(&files, "install/icon-192-", ".png"),
        path(&files, "install/wide-", ".png"),
        path(&files, "icon-", ".svg"),
    ] {
        assert!(manifest.contains(&format!("\"{picture}\"")), "{picture}");
    }
    assert!(
        !files.keys().any(|path| path.contains("none")),
        "a picture that is not in the manifest is not shipped"
    );
}

#[test]
fn only_policy_release_manifest_names_and_hashes_change_in_the_page() {
    let Sealed { files, release, .. } = sealed(&sources(), site()).unwrap();
    let file = |begin, end| path(&files, begin, end);
    let hash = |begin, end| format!("integrity=\"{}\"", integrity(&files[file(begin, end)]));
    let expected = INDEX
        .replace(
            "<head>",
            &format!(
                "<head>\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
                hosts::policy("")
            ),
        )
        .replace(
            "name=\"release\" content=\"\">",
            &format!(
                "name=\"release\" content=\"{}\">\n    <link rel=\"manifest\" crossorigin=\"use-credentials\" href=\"./manifest.json\">",
                release.id
            ),
        )
        .replace("icon-cda7f73e02cd62a.svg", file("icon-", ".svg"))
        .replace("head-0123456789abcdef.js", file("head-", ".js"))
        .replace("integrity=\"sha384-old\"", &hash("head-", ".js"))
        .replace(
            "style-0123456789abcdef.css\"",
            &format!("{}\" {}", file("style-", ".css"), hash("style-", ".css")),
        )
        .replace(
            "href=\"bank/CATALOG\"",
            &format!("href=\"{}\" {}", file("bank/catalog-", ".json"), hash("bank/catalog-", ".json")),
        )
        .replace("app-0123456789abcdef_bg.wasm", file("app-", ".wasm"))
        .replace("as=\"fetch\">\n  </head>", &format!("as=\"fetch\" {}>\n  </head>", hash("app-", ".wasm")));
    assert_eq!(text(&files, "index.html"), expected);
}

#[test]
fn the_worker_knows_its_release_and_files() {
    let Sealed { files, release, cached } = sealed(&sources(), site()).unwrap();
    let worker = text(&files, "sw.js");
    assert!(worker.contains(&format!("const RELEASE = \"{}\";", release.id)), "{worker}");
    let (_, list) = worker.split_once("const FILES = ").unwrap();
    let list = list.trim_end().strip_suffix(",\n];").unwrap().to_owned() + "]";
    let list: Vec<(String, String)> = serde_json::from_str(&list).unwrap();
    let paths: Vec<_> =
        list.iter().map(|(path, _)| if path.is_empty() { "index.html" } else { path }).collect();
    assert_eq!(paths, cached);
    for (path, hash) in list.iter().zip(&cached).map(|((_, hash), path)| (path, hash)) {
        assert_eq!(*hash, format!("sha256-{}", STANDARD.encode(Sha256::digest(&files[path]))), "{path}");
    }
    let left: Vec<_> = files.keys().filter(|path| !cached.contains(path)).collect();
    let (picture, style) = (path(&files, "install/wide-", ".png"), path(&files, "style-", ".css"));
    assert_eq!(left, ["404.html", picture, "kill-switch.js", style, "sw.js"]);
}

#[test]
fn a_release_is_the_hash_of_the_cached_files() {
    let Sealed { files, release, cached } = sealed(&sources(), site()).unwrap();
    let still_empty = text(&files, "index.html").replace(&release.id, "");
    let lines: Vec<_> = cached
        .iter()
        .map(|path| {
            let bytes = if path == "index.html" { still_empty.as_bytes() } else { &files[path] };
            format!("{path} {}\n", sha256(bytes))
        })
        .collect();
    assert_eq!(release.id, short(lines.concat().as_bytes()));

    let text = release.text().unwrap();
    let read: Release = serde_json::from_str(&text).unwrap();
    assert_eq!((read.id, read.files), (release.id, release.files));
    assert_eq!(text.lines().count(), files.len() + 2, "one file per line:\n{text}");
    let page = changed(site(), "index.html", "Start", "Begin");
    assert_ne!(sealed(&sources(), page).unwrap().release.id, sealed(&sources(), site()).unwrap().release.id);
}

#[test]
fn sealing_again_gives_the_same_bytes() {
    let once = sealed(&sources(), site()).unwrap();
    assert_eq!(sealed(&sources(), site()).unwrap().files, once.files);
    assert_eq!(sealed(&sources(), once.files.clone()).unwrap().files, once.files);
    let style = path(&once.files, "style-", ".css").to_owned();
    let second = sealed(&sources(), changed(once.files.clone(), &style, "0", "1px")).unwrap();
    assert_ne!(path(&second.files, "style-", ".css"), style);
    assert!(text(&second.files, "index.html").contains(path(&second.files, "style-", ".css")));
    assert_ne!(second.release.id, once.release.id);
}

#[test]
fn a_folder_gets_lists_and_compressed_files_and_loses_old_ones() {
    let folder = tempfile::tempdir().unwrap();
    let (root, dist) = (folder.path().join("root"), folder.path().join("dist"));
    for (name, content) in [
        ("src/web/manifest.json", MANIFEST.as_bytes()),
        ("src/web/404.html", NOT_FOUND.as_bytes()),
        ("src/web/sw.js", WORKER.as_bytes()),
        ("src/web/kill-switch.js", KILL_SWITCH.as_bytes()),
        ("style/install/icon-192.png", &png(192, 192)),
        ("style/install/wide.png", &png(1280, 800)),
    ] {
        fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
        fs::write(root.join(name), content).unwrap();
    }
    fs::create_dir_all(&dist).unwrap();
    folder::write(&dist, &changed(site(), "style-0123456789abcdef.css", "0", &"0 ".repeat(99))).unwrap();
    fs::write(dist.join("old-0123456789abcdef.js.br"), "from an earlier build").unwrap();
    end_workers(&root, &dist).unwrap();
    assert_eq!(fs::read_to_string(dist.join("sw.js")).unwrap(), KILL_SWITCH);
    seal(&root, &dist, None).unwrap();

    let files = folder::read(&dist).unwrap();
    assert!(!files.contains_key("old-0123456789abcdef.js.br") && files.contains_key(".nojekyll"));
    let style = path(&files, "style-", ".css").to_owned();
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&*files[&format!("{style}.gz")]).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, files[&style]);
    unpacked.clear();
    brotli::BrotliDecompress(&mut &*files[&format!("{style}.br")], &mut unpacked).unwrap();
    assert_eq!(unpacked, files[&style]);
    assert!(!files.contains_key(&format!("{}.gz", path(&files, "app-", ".wasm"))), "it would be larger");

    let headers = text(&files, "_headers");
    let immutable: Vec<_> = headers
        .split("\n/")
        .filter(|rule| rule.contains("immutable") && !rule.contains("no-transform"))
        .filter_map(|rule| rule.lines().next())
        .collect();
    let listed: Release = serde_json::from_str(text(&files, "release.json")).unwrap();
    let named: Vec<_> =
        listed.files.iter().map(|file| file.path.as_str()).filter(|path| !PLAIN.contains(path)).collect();
    assert_eq!(immutable, named);
    assert_eq!(headers.matches("Content-Security-Policy").count(), 1);
    assert!(headers.contains("Content-Security-Policy: frame-ancestors 'self'\n"));

    let since = folder.path().join("release.json");
    fs::copy(dist.join("release.json"), &since).unwrap();
    seal(&root, &dist, Some(&Release::read(&since).unwrap())).unwrap();
    assert_eq!(folder::read(&dist).unwrap(), files, "sealing again changes nothing");
    assert_eq!(
        seal(&root, &root, None).unwrap_err().to_string(),
        format!("{} has no index.html, so there is no site to seal; run `cargo xtask build`", root.display())
    );
}

#[test]
fn a_returning_reader_transfers_only_changed_files() {
    let before = sealed(&sources(), site()).unwrap();
    let head = path(&before.files, "head-", ".js").to_owned();
    let after = sealed(&sources(), changed(before.files.clone(), &head, "head()", "body()")).unwrap();
    let table = weight::table(&after, &Files::new(), Some(&before.release));
    let changed = ["index.html", "sw.js", path(&after.files, "head-", ".js")];
    let bytes = changed.map(|path| after.files[path].len()).iter().sum::<usize>();
    let line = table.lines().last().unwrap();
    assert_eq!(line, format!("{bytes:>9} {bytes:>9}  a visit with release {}: 3 files", before.release.id));
    let again = weight::table(&before, &Files::new(), Some(&before.release));
    assert!(
        again.ends_with(&format!("{:>9} {:>9}  a visit with release {}: 0 files\n", 0, 0, before.release.id))
    );
}

#[test]
fn the_repository_can_be_sealed() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let index = fs::read_to_string(root.join("index.html")).unwrap();
    assert!(index.contains("<meta name=\"release\" content=\"\">"));
    sealed(&Sources::read(&root).unwrap(), site()).unwrap();
}
