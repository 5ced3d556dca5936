//! A server for tests. A function computes its responses.

use std::{collections::BTreeMap, io::Write, path::Path, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract,
    http::{Response, header::ACCEPT_ENCODING},
};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use tokio::{net::TcpListener, runtime::Runtime};

use crate::{
    folder,
    media::media_type,
    names::{NOT_FOUND_PAGE, SHELL, is_hashed},
    seal::hosts::FRAME_POLICY,
};

/// The files of a folder.
#[derive(Clone)]
pub(super) struct Files(Arc<BTreeMap<String, Vec<u8>>>);

impl Files {
    pub(super) fn read(folder: &Path) -> Self {
        Self(Arc::new(folder::read(folder).unwrap()))
    }

    /// The file at a path, the page of a folder, or 404.html.
    pub(super) fn answer(&self, path: &str) -> Reply {
        let page = format!("{path}{SHELL}");
        let path = if path.is_empty() || path.ends_with('/') { &page } else { path };
        let (status, path) = if self.0.contains_key(path) { (200, path) } else { (404, NOT_FOUND_PAGE) };
        let mut reply = Reply::new(status, &self.0[path]);
        reply.set("content-type", media_type(path).unwrap().names[0]);
        reply
    }
}

/// What a host should answer.
pub(super) fn correctly(files: &Files, request: &Request) -> Reply {
    let path = request.path.trim_start_matches('/');
    let mut reply = files.answer(path);
    let is_immutable = reply.status == 200 && is_hashed(path);
    reply.set("cache-control", if is_immutable { "public, max-age=31536000, immutable" } else { "no-cache" });
    reply.set("content-security-policy", FRAME_POLICY);
    reply.set("x-content-type-options", "nosniff");
    if reply.header("content-type") != "image/png" {
        reply.set("vary", "Accept-Encoding");
        if request.accepts("br") {
            reply.body = in_brotli(&reply.body);
            reply.set("content-encoding", "br");
        }
    }
    reply
}

pub(super) fn in_brotli(mut bytes: &[u8]) -> Vec<u8> {
    let mut compressed = Vec::new();
    let quality = BrotliEncoderParams { quality: 4, ..Default::default() };
    brotli::BrotliCompress(&mut bytes, &mut compressed, &quality).unwrap();
    compressed
}

pub(super) fn in_gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The parts of a request that matter.
pub(super) struct Request {
    /// With a slash at the start.
    pub(super) path: String,
    accepted: String,
}

impl Request {
    /// Whether the client accepts this encoding.
    pub(super) fn accepts(&self, encoding: &str) -> bool {
        self.accepted.split(',').any(|accepted| accepted.trim() == encoding)
    }
}

/// A response.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn new(status: u16, body: &[u8]) -> Self {
        Self { status, headers: Vec::new(), body: body.to_owned() }
    }

    pub(super) fn redirect(status: u16, to: &str) -> Self {
        let mut reply = Self::new(status, b"");
        reply.set("location", to);
        reply
    }

    /// Sets a header, and replaces one of the same name.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub(super) fn header(&self, name: &str) -> &str {
        let header = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        header.map_or("", |(_, value)| value)
    }
}

/// A server on a free port, until it is dropped.
pub(super) struct Server {
    address: String,
    _runtime: Runtime,
}

impl Server {
    pub(super) fn address(&self) -> &str {
        &self.address
    }
}

/// Serves a site in a folder of the server.
pub(super) fn serve(
    folder: &str,
    answer: impl Fn(&Request) -> Reply + Clone + Send + Sync + 'static,
) -> Server {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = format!("http://{}{folder}", listener.local_addr().unwrap());
    let router =
        Router::new().fallback(async move |request: extract::Request| response(answer(&read(&request))));
    runtime.spawn(async move { axum::serve(listener, router).await });
    Server { address, _runtime: runtime }
}

fn read(request: &extract::Request) -> Request {
    let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    Request { path: request.uri().path().to_owned(), accepted: accepted.unwrap_or_default().to_owned() }
}

fn response(reply: Reply) -> Response<Body> {
    let builder = Response::builder().status(reply.status);
    let builder = reply.headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    builder.body(Body::from(reply.body)).unwrap()
}
