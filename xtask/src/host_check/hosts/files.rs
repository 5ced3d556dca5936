//! The folder in memory, and what a host without any settings makes of it.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::Path,
    sync::Arc,
};

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::{
    error::{Error, Result},
    host_check::{
        hosts::server::{Reply, Request},
        release::{NOT_FOUND_PAGE, SHELL, media_type},
    },
};

/// What hosts spend on a file that they compress as they send it.
const ON_THE_FLY: i32 = 4;

/// Each file's bytes by its path.
#[derive(Clone)]
pub(crate) struct Files(Arc<BTreeMap<String, Vec<u8>>>);

impl Files {
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        read_below(folder, "", &mut files)
            .map_err(|source| Error::Read { path: folder.to_owned(), source })?;
        Ok(Self(Arc::new(files)))
    }

    pub(crate) fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// The file at a path, the page of a folder, or 404.html.
    pub(crate) fn answer(&self, path: &str) -> Reply {
        let page = format!("{path}{SHELL}");
        let path = if path.is_empty() || path.ends_with('/') { &page } else { path };
        let (status, path) = if self.0.contains_key(path) { (200, path) } else { (404, NOT_FOUND_PAGE) };
        let mut reply = Reply::new(status, self.get(path).unwrap_or_default());
        let media = media_type(path).map_or("application/octet-stream", |media| media.names[0]);
        reply.set("content-type", &with_charset(media));
        reply
    }
}

fn read_below(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read_below(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

fn with_charset(media: &str) -> String {
    if media.starts_with("text/") { format!("{media}; charset=utf-8") } else { media.to_owned() }
}

/// Compresses a text or a program as the host sends it, in the first encoding that the client accepts.
pub(crate) fn compress(mut reply: Reply, request: &Request, encodings: &[&str]) -> Reply {
    let is_binary = ["image/png", "application/octet-stream"].contains(&reply.header("content-type"));
    if is_binary || reply.body.is_empty() {
        return reply;
    }
    reply.set("vary", "Accept-Encoding");
    let Some(encoding) = encodings.iter().find(|encoding| request.accepts(encoding)) else { return reply };
    let compressed = if *encoding == "br" { in_brotli(&reply.body) } else { in_gzip(&reply.body) };
    // Writing into memory does not fail.
    if let Ok(compressed) = compressed {
        reply.body = compressed;
        reply.set("content-encoding", encoding);
    }
    reply
}

pub(crate) fn in_brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let quality = BrotliEncoderParams { quality: ON_THE_FLY, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &quality)?;
    Ok(compressed)
}

pub(crate) fn in_gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}
