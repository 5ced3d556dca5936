//! What a site is refused for, word for word.

use std::{env, process};

use crate::seal::tests::*;

fn problem(files: Files) -> String {
    sealed(&sources(), files).err().expect("it has a problem").to_string()
}

fn problem_of(change: impl FnOnce(&mut Sources)) -> String {
    let mut sources = sources();
    change(&mut sources);
    sealed(&sources, site()).err().expect("it has a problem").to_string()
}

#[test]
fn a_name_that_was_shipped_keeps_its_bytes() {
    let Sealed { files, mut release, .. } = sealed(&sources(), site()).unwrap();
    assert_eq!(release.shares_names(&files), Ok(()));
    "0123456789abcdef".clone_into(&mut release.id);
    let icon = path(&files, "icon-", ".svg").to_owned();
    for listed in &mut release.files {
        if listed.path == icon || listed.path == "sw.js" {
            listed.sha256 = names::sha256(b"other bytes");
        }
    }
    assert_eq!(
        release.shares_names(&files).unwrap_err().to_string(),
        format!(
            "{icon} has other bytes than in the release 0123456789abcdef, so browsers that keep it would never see \
             them; it must get another name"
        )
    );
}

#[test]
fn an_earlier_release_that_is_none_is_told() {
    let file = env::temp_dir().join(format!("sextant-release-{}.json", process::id()));
    fs::write(&file, "{}").unwrap();
    let error = Release::read(&file).unwrap_err().to_string();
    fs::remove_file(&file).unwrap();
    assert!(
        error.starts_with(&format!(
            "{} is not the JSON that it has to be: missing field `release`",
            file.display()
        )),
        "{error}"
    );
}

#[test]
fn what_the_policy_refuses_is_named_wherever_it_stands() {
    for (html, told) in [
        (
            "<script>run()</script>",
            "what PLACE has in `<script>`: a script within the page; put it into a file of src/",
        ),
        (
            "<button onclick=\"run()\">",
            "what PLACE has in `<button onclick=\"run()\">`: the attribute `onclick`; listen with addEventListener in \
             a file of src/",
        ),
        (
            "<p style=\"margin: 0\">",
            "what PLACE has in `<p style=\"margin: 0\">`: the attribute `style`; give it a class of style/",
        ),
        (
            "<style>p {}</style>",
            "what PLACE has in `<style>`: a style element; put its rules into a file of style/",
        ),
        (
            "<a href=\" JavaScript\n:run()\">",
            "what PLACE has in `<a href=\" JavaScript\n:run()\">`: a program as the address in `href`; listen in a \
             file of src/ instead",
        ),
        (
            "<base href=\"./x/\">",
            "what PLACE has in `<base href=\"./x/\">`: a base element, which moves all addresses; remove it",
        ),
    ] {
        let told = |place: &str| format!("the policy refuses {}", told.replace("PLACE", place));
        let in_page = format!("<body>{html}");
        assert_eq!(problem(changed(site(), "index.html", "<body>", &in_page)), told("index.html"));
        assert_eq!(
            problem_of(|sources| sources.not_found = NOT_FOUND.replace("<body>", &in_page)),
            told("404.html")
        );
        let shard = site_with(html, "");
        let place = path(&shard, "bank/tides-", ".json").to_owned();
        assert_eq!(problem(shard), told(&place));
        let method = site_with("", html);
        let place = path(&method, "bank/method-", ".txt").to_owned();
        assert_eq!(problem(method), told(&place));
    }
}

#[test]
fn a_page_for_wrong_addresses_has_no_script_at_all() {
    assert_eq!(
        problem_of(|sources| sources.not_found =
            NOT_FOUND.replace("<body>", "<body><script src=\"head.js\"></script>")),
        format!(
            "the policy refuses what 404.html has in `<script src=\"./{name}\" integrity=\"{hash}\">`: a script within \
             the page; put it into a file of src/",
            name = hashed("head.js", b"head();\n"),
            hash = integrity(b"head();\n"),
        )
    );
}

#[test]
fn a_file_whose_name_is_wrong_is_named() {
    let mut files = site();
    files.insert("bank/tides.json".to_owned(), b"{}".to_vec());
    let right = hashed("bank/tides.json", b"{}");
    let told = |file: &str, right: &str| {
        format!(
            "{file} is to be called {right}, after its bytes: it was changed after it was named, or named by something \
             else; mend what writes it"
        )
    };
    assert_eq!(problem(files), told("bank/tides.json", &right));
    let shard = path(&site(), "bank/tides-", ".json").to_owned();
    let files = changed(site(), &shard, "high", "low");
    let right = hashed(&shard, &files[&shard]);
    assert_eq!(problem(files), told(&shard, &right));
    let mut files = site();
    files.insert("about.html".to_owned(), b"<p>About".to_vec());
    assert_eq!(
        problem(files),
        format!(
            "{} ends in .html, and Cloudflare Pages redirects such names; call it .txt",
            hashed("about.html", b"<p>About")
        )
    );
}

#[test]
fn an_address_that_leads_nowhere_or_away_is_named() {
    let nowhere = |file: &str, address: &str| {
        format!(
            "{file} names `{address}`, and the site has no such file; mend the address, or what should write the file"
        )
    };
    let away = |file: &str, address: &str| {
        format!(
            "{file} names `{address}`, which is absolute; write it relative to the folder, which may lie at any path"
        )
    };
    for (address, told) in [
        ("./none.js", nowhere("index.html", "./none.js")),
        ("../", nowhere("index.html", "../")),
        ("/icon.svg", away("index.html", "/icon.svg")),
        ("//example.org/a.js", away("index.html", "//example.org/a.js")),
        ("https://example.org/a.js", away("index.html", "https://example.org/a.js")),
    ] {
        let page = format!("<body><img src=\"{address}\">");
        assert_eq!(problem(changed(site(), "index.html", "<body>", &page)), told);
    }
    assert_eq!(
        problem_of(|sources| sources.not_found = NOT_FOUND.replace("style.css", "styles.css")),
        nowhere("404.html", "./styles.css")
    );
    assert_eq!(
        problem_of(|sources| sources.manifest = MANIFEST.replace("icon.svg", "/icon.svg")),
        away("manifest.json", "/icon.svg")
    );
    let mut files = site();
    files.retain(|path, _| !path.starts_with("bank/tides-"));
    let catalog = path(&files, "bank/catalog-", ".json").to_owned();
    let shard = path(&site(), "bank/tides-", ".json").to_owned();
    assert_eq!(problem(files), nowhere(&catalog, &shard));
}

#[test]
fn a_picture_that_is_missing_or_of_another_size_is_named() {
    assert_eq!(
        problem_of(|sources| sources.pictures.clear()),
        "src/web/manifest.json names install/icon-192.png, and style/install/icon-192.png is not there; make that picture, \
         or take its name out"
    );
    assert_eq!(
        problem_of(|sources| drop(sources.pictures.insert("install/wide.png".to_owned(), png(1280, 720)))),
        "style/install/wide.png is no PNG of the size 1280x800 that src/web/manifest.json names, but 1280x720; browsers \
         leave out such pictures: mend one of the two"
    );
    assert!(
        problem_of(|sources| sources.manifest = "{}".to_owned()).starts_with(
            "src/web/manifest.json is not the JSON that it has to be: missing field `start_url`"
        )
    );
}

#[test]
fn a_worker_that_is_long_or_has_no_place_for_its_files_is_named() {
    assert_eq!(
        problem_of(|sources| sources.worker += &"//\n".repeat(148)),
        "src/web/sw.js has 151 lines, more than the 150 that can be read in one sitting; shorten it"
    );
    assert_eq!(
        problem_of(|sources| sources.worker = WORKER.replace("RELEASE", "VERSION")),
        "src/web/sw.js has the line `const RELEASE = \"\";` 0 times; write it once, the build fills it in"
    );
    assert_eq!(
        problem_of(|sources| sources.worker += "const FILES = [];\n"),
        "src/web/sw.js has the line `const FILES = [];` 2 times; write it once, the build fills it in"
    );
}

#[test]
fn a_page_without_a_place_for_policy_or_release_is_named() {
    assert_eq!(
        problem(changed(site(), "index.html", "<head>", "")),
        "index.html has no <head>; write one, the policy stands first in it"
    );
    assert_eq!(
        problem(changed(site(), "index.html", "name=\"release\"", "name=\"version\"")),
        "index.html has no <meta name=\"release\" content=\"\">; write it into the <head>, the app reads it"
    );
    let mut files = site();
    files.insert("index.html".to_owned(), vec![0xff]);
    assert_eq!(problem(files), "index.html is not UTF-8; save it as that");
}

#[test]
fn hosts_read_no_more_rules_than_are_written() {
    let (_, rules) = hosts::headers(std::iter::repeat_n("a-0123456789abcdef.js", 92));
    assert_eq!(rules, hosts::MOST_RULES, "one for all, seven for names without a hash, and these");
    assert_eq!(
        Problem::ManyRules { rules: 101, most: 100 }.to_string(),
        "_headers has 101 rules, and Cloudflare Pages reads 100; ship fewer files, or join some rules by a pattern in \
         xtask/src/seal/hosts.rs"
    );
}
