//! The errors, word for word.

use crate::{names::sha256, seal::tests::*};

fn problem(files: Files) -> String {
    sealed(&sources(), files).err().expect("an error").to_string()
}

fn problem_of(change: impl FnOnce(&mut Sources)) -> String {
    let mut sources = sources();
    change(&mut sources);
    sealed(&sources, site()).err().expect("an error").to_string()
}

#[test]
fn a_shipped_name_keeps_its_bytes() {
    let Sealed { files, mut release, .. } = sealed(&sources(), site()).unwrap();
    assert_eq!(release.shares_names(&files), Ok(()));
    "0123456789abcdef".clone_into(&mut release.id);
    let icon = path(&files, "icon-", ".svg").to_owned();
    for listed in &mut release.files {
        if listed.path == icon || listed.path == "sw.js" {
            listed.sha256 = sha256(b"other bytes");
        }
    }
    assert_eq!(
        release.shares_names(&files).unwrap_err().to_string(),
        format!(
            "{icon} differs from the file in release 0123456789abcdef, so browsers that cached that one would \
             never see the change; give it another name"
        )
    );
}

#[test]
fn an_invalid_earlier_release_is_reported() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(&file, "{}").unwrap();
    let error = Release::read(file.path()).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!(
            "{} is not the expected JSON: missing field `release`",
            file.path().display()
        )),
        "{error}"
    );
}

#[test]
fn anything_that_the_policy_refuses_is_reported_in_every_file() {
    for (html, message) in [
        (
            "<script>run()</script>",
            "`<script>` in FILE: a script within the page; move it to a file in src/web",
        ),
        (
            "<button onclick=\"run()\">",
            "`<button onclick=\"run()\">` in FILE: the attribute `onclick`; call addEventListener in a file \
             in src/web",
        ),
        (
            "<p style=\"margin: 0\">",
            "`<p style=\"margin: 0\">` in FILE: the attribute `style`; use a class from style/",
        ),
        ("<style>p {}</style>", "`<style>` in FILE: a style element; move its rules to a file in style/"),
        (
            "<a href=\" JavaScript\n:run()\">",
            "`<a href=\" JavaScript\n:run()\">` in FILE: a script as the address in `href`; call \
             addEventListener in a file in src/web",
        ),
        (
            "<base href=\"./x/\">",
            "`<base href=\"./x/\">` in FILE: a base element, which changes all addresses; remove it",
        ),
    ] {
        let message = |file: &str| format!("the content policy refuses {}", message.replace("FILE", file));
        let in_page = format!("<body>{html}");
        // In the shell, scripts and styles may be inline, because the policy lists their hashes.
        if !html.starts_with("<script") && !html.starts_with("<style") {
            assert_eq!(problem(changed(site(), "index.html", "<body>", &in_page)), message("index.html"));
        }
        assert_eq!(
            problem_of(|sources| sources.not_found = NOT_FOUND.replace("<body>", &in_page)),
            message("404.html")
        );
        let shard = site_with(html, "");
        let place = path(&shard, "bank/tides-", ".json").to_owned();
        assert_eq!(problem(shard), message(&place));
        let method = site_with("", html);
        let place = path(&method, "bank/method-", ".txt").to_owned();
        assert_eq!(problem(method), message(&place));
    }
}

#[test]
fn the_404_page_has_no_script() {
    assert_eq!(
        problem_of(|sources| sources.not_found =
            NOT_FOUND.replace("<body>", "<body><script src=\"head.js\"></script>")),
        format!(
            "the content policy refuses `<script src=\"./{name}\" integrity=\"{hash}\">` in 404.html: a \
             script within the page; move it to a file in src/web",
            name = hashed("head.js", b"head();\n"),
            hash = integrity(b"head();\n"),
        )
    );
}

#[test]
fn a_wrong_name_is_reported() {
    let mut files = site();
    files.insert("bank/tides.json".to_owned(), b"{}".to_vec());
    let right = hashed("bank/tides.json", b"{}");
    let message = |file: &str, right: &str| {
        format!(
            "{file} should be called {right}, after its bytes; it was changed later or named by another \
             tool, so fix what writes it"
        )
    };
    assert_eq!(problem(files), message("bank/tides.json", &right));
    let shard = path(&site(), "bank/tides-", ".json").to_owned();
    let files = changed(site(), &shard, "high", "low");
    let right = hashed(&shard, &files[&shard]);
    assert_eq!(problem(files), message(&shard, &right));
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
fn an_address_outside_the_site_is_reported() {
    let nowhere = |file: &str, address: &str| {
        format!(
            "{file} contains the address `{address}`, but the site has no such file; fix the address, or \
             what should write the file"
        )
    };
    let away = |file: &str, address: &str| {
        format!(
            "{file} contains the absolute address `{address}`; make it relative, the folder may be served at \
             any path"
        )
    };
    for (address, message) in [
        ("./none.js", nowhere("index.html", "./none.js")),
        ("../", nowhere("index.html", "../")),
        ("/icon.svg", away("index.html", "/icon.svg")),
        ("//example.org/a.js", away("index.html", "//example.org/a.js")),
        ("https://example.org/a.js", away("index.html", "https://example.org/a.js")),
    ] {
        let page = format!("<body><img src=\"{address}\">");
        assert_eq!(problem(changed(site(), "index.html", "<body>", &page)), message);
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
fn a_picture_that_is_missing_or_has_another_size_is_reported() {
    assert_eq!(
        problem_of(|sources| sources.pictures.clear()),
        "src/web/manifest.json lists install/icon-192.png, but style/install/icon-192.png does not exist; \
         add the picture, or remove it from the list"
    );
    assert_eq!(
        problem_of(|sources| drop(sources.pictures.insert("install/wide.png".to_owned(), png(1280, 720)))),
        "style/install/wide.png is not a PNG of 1280x800, as src/web/manifest.json says, but 1280x720; \
         browsers ignore such pictures, so fix one of the two"
    );
    assert!(
        problem_of(|sources| sources.manifest = "{}".to_owned())
            .starts_with("src/web/manifest.json is not the expected JSON: missing field `start_url`")
    );
}

#[test]
fn a_worker_that_is_too_long_or_lacks_its_lists_is_reported() {
    assert_eq!(
        problem_of(|sources| sources.worker += &"//\n".repeat(148)),
        "src/web/sw.js has 151 lines; shorten it to 150, so that it can be read in one sitting"
    );
    assert_eq!(
        problem_of(|sources| sources.worker = WORKER.replace("RELEASE", "VERSION")),
        "src/web/sw.js contains the line `const RELEASE = \"\";` 0 times; write it once, the build fills it \
         in"
    );
    assert_eq!(
        problem_of(|sources| sources.worker += "const FILES = [];\n"),
        "src/web/sw.js contains the line `const FILES = [];` 2 times; write it once, the build fills it in"
    );
}

#[test]
fn a_page_without_head_or_release_is_reported() {
    assert_eq!(
        problem(changed(site(), "index.html", "<head>", "")),
        "index.html has no <head>; add one, the content policy goes there"
    );
    assert_eq!(
        problem(changed(site(), "index.html", "name=\"release\"", "name=\"version\"")),
        "index.html has no <meta name=\"release\" content=\"\">; add it to the <head>, the app reads it"
    );
    let mut files = site();
    files.insert("index.html".to_owned(), vec![0xff]);
    assert_eq!(problem(files), "index.html is not UTF-8; save it as UTF-8");
}

#[test]
fn there_are_no_more_rules_than_hosts_read() {
    let (_, rules) = hosts::headers(std::iter::repeat_n("a-0123456789abcdef.js", 92));
    assert_eq!(rules, hosts::MOST_RULES, "one for all files, seven for names without a hash, and these");
    assert_eq!(
        SealError::ManyRules { rules: 101, most: 100 }.to_string(),
        "_headers has 101 rules, and Cloudflare Pages reads only 100; ship fewer files, or combine rules by \
         a pattern in crates/site/src/seal/hosts.rs"
    );
}
