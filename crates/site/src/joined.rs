//! One style sheet and one script for the browser instead of several: the first paint waits for each request, and
//! each takes its share of the line from the program.

use std::{fs, ops::Range, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};

use crate::error::{Error, Result};

/// What the browser waits for before it paints.
struct Kind {
    /// What stands in the page before a file's address, and how the tag ends.
    tag: (&'static str, &'static str),
    /// How the joined file's name begins and ends.
    name: (&'static str, &'static str),
}

const KINDS: [Kind; 2] = [
    Kind { tag: ("<link rel=\"stylesheet\" href=\"", ">"), name: ("style", "css") },
    Kind { tag: ("<script src=\"", "></script>"), name: ("head", "js") },
];

/// Joins the style sheets and the scripts that the site's page waits for, each in their order, and names the two
/// instead.
pub fn join(site: &Path) -> Result<()> {
    let page = site.join("index.html");
    let html = fs::read_to_string(&page).map_err(|source| Error::Read { path: page.clone(), source })?;
    let html = KINDS.iter().try_fold(html, |html, kind| joined(site, html, kind))?;
    fs::write(&page, html).map_err(|source| Error::Write { path: page, source })
}

/// The page with one file of a kind, which is written here.
fn joined(site: &Path, mut html: String, kind: &Kind) -> Result<String> {
    let mut content = String::new();
    let mut places = Vec::new();
    for (place, name) in tags(&html, kind) {
        let path = site.join(name);
        content += &fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        fs::remove_file(&path).map_err(|source| Error::Write { path, source })?;
        places.push(place);
    }
    let digest = Sha384::digest(content.as_bytes());
    let short = digest.iter().take(8).fold(0, |hash: u64, byte| hash << 8 | u64::from(*byte));
    let ((before, end), (stem, extension)) = (kind.tag, kind.name);
    let name = format!("{stem}-{short:016x}.{extension}");
    let tag = format!("{before}./{name}\" integrity=\"sha384-{}\"{end}", STANDARD.encode(digest));
    // From the last to the first, so that places stay what they are.
    for (at, place) in places.into_iter().enumerate().rev() {
        html.replace_range(place, if at == 0 { &tag } else { "" });
    }
    let path = site.join(name);
    fs::write(&path, content).map_err(|source| Error::Write { path, source })?;
    Ok(html)
}

/// Where the page names a file of a kind, and which. A script that is deferred is not waited for.
fn tags<'a>(html: &'a str, kind: &Kind) -> Vec<(Range<usize>, &'a str)> {
    let (before, end) = kind.tag;
    let tag = |(start, _): (usize, &str)| {
        let stop = start + html.get(start..)?.find(end)? + end.len();
        let (address, rest) = html.get(start + before.len()..stop)?.split_once('"')?;
        (!rest.contains(" defer")).then_some((start..stop, address.trim_start_matches("./")))
    };
    html.match_indices(before).filter_map(tag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::env;

    #[test]
    fn sheets_and_scripts_are_joined_in_their_order() {
        let site = env::temp_dir().join(format!("sextant-joined-{}", std::process::id()));
        fs::create_dir_all(&site).unwrap();
        let page = "<head>\n<link rel=\"icon\" href=\"./i.svg\">\n<script src=\"./d.js\" integrity=\"x\"></script>\n\
                    <script src=\"c.js\"></script>\n<link rel=\"stylesheet\" href=\"./b.css\" integrity=\"x\"/>\n\
                    <link rel=\"stylesheet\" href=\"a.css\">\n<script src=\"./e.js\" defer integrity=\"x\"></script></head>";
        fs::write(site.join("index.html"), page).unwrap();
        for (file, content) in
            [("a.css", "a {}\n"), ("b.css", "b {}\n"), ("c.js", "c();\n"), ("d.js", "d();\n")]
        {
            fs::write(site.join(file), content).unwrap();
        }
        join(&site).unwrap();

        let html = fs::read_to_string(site.join("index.html")).unwrap();
        for (kind, content) in KINDS.iter().zip(["b {}\na {}\n", "d();\nc();\n"]) {
            let found = tags(&html, kind);
            assert_eq!(found.len(), 1, "{html}");
            assert_eq!(fs::read_to_string(site.join(found[0].1)).unwrap(), content);
        }
        assert_eq!(html.matches("integrity=\"sha384-").count(), 2, "{html}");
        assert!(html.contains("rel=\"icon\"") && html.contains("<script src=\"./e.js\" defer"), "{html}");
        assert!(!site.join("a.css").exists() && !site.join("c.js").exists(), "what nothing names is gone");
        fs::remove_dir_all(&site).unwrap();
    }
}
