//! Three hosts for static pages. Each answers as its documentation says, no more of it than matters to the folder.

use std::path::Path;

use crate::{
    error::Result,
    host_check::hosts::{
        files::{Files, compress},
        header_rules::{Rule, apply},
        server::{Reply, Request},
    },
};

/// The file for the next two hosts, which they do not serve.
const HEADERS: &str = "_headers";
/// What both send where no rule says otherwise.
const CHECKED: &str = "public, max-age=0, must-revalidate";

/// The folder, and the rules in it.
pub(crate) fn with_rules(folder: &Path, read: fn(&str) -> Vec<Rule>) -> Result<(Files, Vec<Rule>)> {
    let files = Files::read(folder)?;
    let rules = read(&String::from_utf8_lossy(files.get(HEADERS).unwrap_or_default()));
    Ok((files, rules))
}

/// A project's pages below its owner's. Nothing can be set: everything is kept for ten minutes, and compressed in gzip.
pub(crate) fn github_pages(files: &Files, request: &Request) -> Reply {
    let Some(path) = request.path.strip_prefix("/project") else { return Reply::new(404, b"another site") };
    let Some(path) = path.strip_prefix('/') else { return Reply::redirect(301, "/project/") };
    let mut reply = files.answer(path);
    reply.set("cache-control", "max-age=600");
    reply.set("access-control-allow-origin", "*");
    compress(reply, request, &["gzip"])
}

/// It applies `_headers` to pages that say 404 as well.
pub(crate) fn netlify(files: &Files, rules: &[Rule], request: &Request) -> Reply {
    let mut reply = served(files, &request.path);
    apply(rules, &request.path, &mut reply);
    compress(reply, request, &["br", "gzip"])
}

/// Redirects from names of pages, and leaves what must not be transformed.
pub(crate) fn cloudflare_pages(files: &Files, rules: &[Rule], request: &Request) -> Reply {
    if let Some(page) = request.path.strip_suffix(".html") {
        return Reply::redirect(308, page.strip_suffix("index").unwrap_or(page));
    }
    let mut reply = served(files, &request.path);
    apply(rules, &request.path, &mut reply);
    if reply.header("cache-control").contains("no-transform") {
        return reply;
    }
    compress(reply, request, &["br", "gzip"])
}

fn served(files: &Files, path: &str) -> Reply {
    let path = path.trim_start_matches('/');
    let mut reply = files.answer(if path == HEADERS { "nowhere" } else { path });
    reply.set("cache-control", CHECKED);
    reply
}
