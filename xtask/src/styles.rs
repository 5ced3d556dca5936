//! One style sheet for the browser instead of several: the first paint waits for each request.

use std::{fs, ops::Range, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};

use crate::error::{Error, Result};

/// Joins the style sheets that the site's page links, in their order, and links the one instead.
pub(crate) fn join(site: &Path) -> Result<()> {
    let page = site.join("index.html");
    let html = fs::read_to_string(&page).map_err(|source| Error::Read { path: page.clone(), source })?;
    let links = links(&html);
    let mut css = String::new();
    for (_, name) in &links {
        let path = site.join(name);
        css += &fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        fs::remove_file(&path).map_err(|source| Error::Write { path, source })?;
    }
    let digest = Sha384::digest(css.as_bytes());
    let short = digest.iter().take(8).fold(0, |hash: u64, byte| hash << 8 | u64::from(*byte));
    let name = format!("style-{short:016x}.css");
    let integrity = STANDARD.encode(digest);
    let link = format!("<link rel=\"stylesheet\" href=\"./{name}\" integrity=\"sha384-{integrity}\"/>");
    let mut joined = html.clone();
    // From the last to the first, so that places stay what they are.
    for (at, (place, _)) in links.iter().enumerate().rev() {
        joined.replace_range(place.clone(), if at == 0 { &link } else { "" });
    }
    let path = site.join(name);
    fs::write(&path, css).map_err(|source| Error::Write { path, source })?;
    fs::write(&page, joined).map_err(|source| Error::Write { path: page, source })
}

/// Where the page links a style sheet, and which.
fn links(html: &str) -> Vec<(Range<usize>, &str)> {
    let link = |(start, _): (usize, &str)| {
        let end = start + html.get(start..)?.find('>')? + 1;
        let tag = html.get(start..end).filter(|tag| tag.contains("rel=\"stylesheet\""))?;
        let (_, address) = tag.split_once("href=\"")?;
        let (address, _) = address.split_once('"')?;
        Some((start..end, address.trim_start_matches("./")))
    };
    html.match_indices("<link").filter_map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::env;

    #[test]
    fn sheets_are_joined_in_their_order() {
        let site = env::temp_dir().join(format!("sextant-styles-{}", std::process::id()));
        fs::create_dir_all(&site).unwrap();
        let page = "<head>\n<link rel=\"icon\" href=\"./i.svg\">\n<link rel=\"stylesheet\" href=\"./b.css\" integrity=\"x\"/>\n\
                    <link rel=\"stylesheet\" href=\"a.css\">\n</head>";
        fs::write(site.join("index.html"), page).unwrap();
        fs::write(site.join("b.css"), "b {}\n").unwrap();
        fs::write(site.join("a.css"), "a {}\n").unwrap();
        join(&site).unwrap();

        let html = fs::read_to_string(site.join("index.html")).unwrap();
        let found = links(&html);
        assert_eq!(found.len(), 1, "{html}");
        assert_eq!(fs::read_to_string(site.join(found[0].1)).unwrap(), "b {}\na {}\n");
        assert!(html.contains("rel=\"icon\"") && html.contains("integrity=\"sha384-"), "{html}");
        assert!(!site.join("a.css").exists(), "what nothing links is gone");
        fs::remove_dir_all(&site).unwrap();
    }
}
