//! Every command, path and link in the documentation must exist.

use std::{fs, path::Path, process::Command};

use clap::{Parser, error::ErrorKind};
use pulldown_cmark::{Event, Options, Tag, TagEnd};

use crate::{Cli, root};

/// The Markdown files that git tracks.
fn documents() -> Vec<String> {
    let listed = Command::new("git").args(["ls-files", "*.md"]).current_dir(root()).output().unwrap();
    String::from_utf8(listed.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// What a document mentions.
#[derive(Default)]
struct Mentions {
    /// Destinations of links and pictures.
    links: Vec<String>,
    /// Inline code, and the lines of code blocks.
    code: Vec<String>,
    /// The anchors of its headings.
    anchors: Vec<String>,
}

fn mentions(document: &str) -> Mentions {
    let text = fs::read_to_string(root().join(document)).unwrap();
    let mut found = Mentions::default();
    let mut heading = None;
    for event in pulldown_cmark::Parser::new_ext(&text, Options::all()) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                found.links.push(dest_url.to_string());
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let attributes = html.split([' ', '>']);
                let value = |attribute: &str| Some(attribute.split_once('=')?.1.trim_matches('"').to_owned());
                let is_address = |attribute: &&str| {
                    ["src=", "srcset=", "href="].iter().any(|name| attribute.starts_with(name))
                };
                found.links.extend(attributes.filter(is_address).filter_map(value));
            }
            Event::Start(Tag::Heading { id, .. }) => heading = Some((id, String::new())),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((id, text)) = heading.take() {
                    found.anchors.push(id.map_or_else(|| anchor(&text), |id| id.to_string()));
                }
            }
            Event::Text(text) => match &mut heading {
                Some((_, all)) => all.push_str(&text),
                None => {
                    found.code.extend(text.lines().filter(|line| line.contains("cargo ")).map(str::to_owned));
                }
            },
            Event::Code(code) => {
                if let Some((_, all)) = &mut heading {
                    all.push_str(&code);
                }
                found.code.push(code.to_string());
            }
            _ => {}
        }
    }
    found
}

/// As GitHub makes it of a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// Whether the path exists below the root. A placeholder such as `<skill>` stands for any name.
fn exists(path: &str) -> bool {
    let known = path.split(['<', '*', '…']).next().unwrap_or_default();
    let whole = if known == path { path } else { known.rsplit_once('/').map_or("", |(folder, _)| folder) };
    root().join(whole).exists()
}

#[test]
fn links_lead_somewhere() {
    for document in documents() {
        let folder = Path::new(&document).parent().unwrap();
        for link in mentions(&document).links.iter().filter(|link| !link.contains("://")) {
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target =
                if path.is_empty() { document.clone() } else { folder.join(path).display().to_string() };
            assert!(root().join(&target).exists(), "{document} links to {link}");
            if !fragment.is_empty() {
                let anchors = mentions(&target).anchors;
                assert!(
                    anchors.iter().any(|anchor| anchor == fragment),
                    "{document} links to {link}: {anchors:?}"
                );
            }
        }
    }
}

#[test]
fn paths_exist() {
    let top: Vec<String> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !["target", "dist", ".git"].contains(&name.as_str()))
        .collect();
    for document in documents() {
        for code in mentions(&document).code.iter().filter(|code| !code.contains(' ')) {
            let first = code.split('/').next().unwrap_or_default();
            if top.iter().any(|name| name == first) {
                assert!(exists(code), "{document} mentions {code}");
            }
        }
    }
}

#[test]
fn commands_are_understood() {
    let packages = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for document in documents() {
        for code in mentions(&document).code {
            let Some(at) = code.find("cargo ") else { continue };
            let command = code[at..].split(['#', '|', '<', '>', ';', '`']).next().unwrap_or_default();
            let words: Vec<&str> = command.split_whitespace().collect();
            if words.get(1) == Some(&"xtask") && words.len() > 2 {
                let words = std::iter::once("cargo xtask").chain(words.into_iter().skip(2));
                if let Err(error) = Cli::try_parse_from(words) {
                    let is_incomplete = error.kind() == ErrorKind::MissingRequiredArgument
                        && command.len() < code[at..].len();
                    assert!(
                        error.kind() == ErrorKind::DisplayHelp || is_incomplete,
                        "{document}: {code}\n{error}"
                    );
                }
            } else if let Some(at) = words.iter().position(|word| ["-p", "--package"].contains(word)) {
                let name = format!("name = \"{}\"", words[at + 1]);
                assert!(packages.contains(&name), "{document}: {code}");
            }
        }
    }
}

#[test]
fn the_readme_is_short() {
    let lines = fs::read_to_string(root().join("README.md")).unwrap().lines().count();
    assert!(lines <= 90, "README.md has {lines} lines; move details to docs/");
}
