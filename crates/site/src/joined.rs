//! What the first paint needs, the style sheet and the boot script, becomes inline, so that it waits for one request. The other
//! scripts become one, because each request takes bandwidth from the program.

use std::{fs, path::Path};

use crate::{
    error::{Error, Result},
    html::{Tag, edited, tags},
    names::{hashed, integrity},
};

/// A kind of file that the browser needs before it paints.
struct Kind {
    /// The attribute with the file's address.
    address: &'static str,
    /// The name of the joined file, without its hash.
    name: &'static str,
    is: fn(&Tag) -> bool,
    /// The inline element that takes its content, if any.
    inline: Option<&'static str>,
}

const KINDS: [Kind; 3] = [
    Kind {
        address: "href",
        name: "style.css",
        is: |tag| tag.is("link", "rel", "stylesheet"),
        inline: Some("style"),
    },
    Kind {
        address: "src",
        name: "boot.js",
        is: |tag| tag.name == "script" && tag.get("defer").is_none(),
        inline: Some("script"),
    },
    // Without start.js, which starts the program even if these scripts are missing.
    Kind {
        address: "src",
        name: "head.js",
        is: |tag| tag.get("defer").is_some() && tag.get("src").is_some_and(|path| !path.contains("start")),
        inline: None,
    },
];

/// The only joined file that 404.html loads, too.
const KEPT: &str = "style.css";

impl Kind {
    /// The path of the tag's file, if it is of this kind.
    fn path<'a>(&self, tag: &'a Tag) -> Option<&'a str> {
        let address = tag.get(self.address).filter(|_| (self.is)(tag))?;
        Some(address.trim_start_matches("./"))
    }
}

/// Joins the style sheets and the scripts of the site's page, each in their order.
///
/// # Errors
/// If the page or one of its files can't be read or written.
pub fn join(site: &Path) -> Result<()> {
    let page = site.join("index.html");
    let html = fs::read_to_string(&page).map_err(|source| Error::Read { path: page.clone(), source })?;
    let html = KINDS.iter().try_fold(html, |html, kind| joined(site, &html, kind))?;
    fs::write(&page, html).map_err(|source| Error::Write { path: page, source })
}

/// The page with one file of a kind. Writes that file and removes the others.
fn joined(site: &Path, html: &str, kind: &Kind) -> Result<String> {
    let mut content = String::new();
    for tag in tags(html) {
        let Some(path) = kind.path(&tag).map(|path| site.join(path)) else { continue };
        content += &fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        fs::remove_file(&path).map_err(|source| Error::Write { path, source })?;
    }
    let name = hashed(kind.name, content.as_bytes());
    let mut is_first = true;
    let html = edited(html, |tag| {
        if kind.path(tag).is_none() {
            return;
        }
        if let Some(element) = kind.inline {
            tag.remove();
            tag.after = if is_first { format!("<{element}>\n{content}</{element}>") } else { String::new() };
        } else if is_first {
            tag.set(kind.address, &format!("./{name}"));
            tag.set("integrity", &integrity(content.as_bytes()));
        } else {
            tag.remove();
        }
        is_first = false;
    });
    if kind.inline.is_none() || kind.name == KEPT {
        let path = site.join(name);
        fs::write(&path, content).map_err(|source| Error::Write { path, source })?;
    }
    Ok(html)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::inline;

    #[test]
    fn style_sheets_and_scripts_are_joined_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path();
        let page = "<head>\n<link rel=\"icon\" href=\"./i.svg\">\n<script integrity=\"x\" src=\"./d.js\" defer></script>\n\
                    <script src=\"c.js\" defer></script><script src=\"f.js\"></script>\n<link href=\"./b.css\" rel=\"stylesheet\" integrity=\"x\"/>\n\
                    <link rel=\"stylesheet\" href=\"a.css\">\n<script src=\"./start.js\" defer integrity=\"x\"></script></head>";
        fs::write(site.join("index.html"), page).unwrap();
        for (file, content) in [
            ("a.css", "a {}\n"),
            ("b.css", "b {}\n"),
            ("c.js", "c();\n"),
            ("d.js", "d();\n"),
            ("f.js", "f();\n"),
        ] {
            fs::write(site.join(file), content).unwrap();
        }
        join(site).unwrap();

        let html = fs::read_to_string(site.join("index.html")).unwrap();
        let tags = tags(&html);
        let scripts: Vec<_> = tags.iter().filter_map(|tag| KINDS[2].path(tag)).collect();
        assert_eq!(scripts.len(), 1, "{html}");
        assert_eq!(fs::read_to_string(site.join(scripts[0])).unwrap(), "d();\nc();\n");
        assert_eq!(inline(&html, "style"), ["\nb {}\na {}\n"]);
        assert_eq!(inline(&html, "script"), ["\nf();\n"]);
        let sheet = hashed("style.css", b"b {}\na {}\n");
        assert_eq!(fs::read_to_string(site.join(sheet)).unwrap(), "b {}\na {}\n", "for 404.html");
        assert!(!html.contains("stylesheet"), "{html}");
        assert_eq!(html.matches("integrity=\"sha384-").count(), 1, "{html}");
        assert_eq!(html.matches("</script>").count(), 3, "{html}");
        assert!(html.contains("rel=\"icon\"") && html.contains("<script src=\"./start.js\" defer"), "{html}");
        assert!(!site.join("a.css").exists() && !site.join("c.js").exists(), "joined files are removed");
    }
}
