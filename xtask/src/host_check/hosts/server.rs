//! A server whose answers a function makes.

use std::io;

use axum::{
    Router,
    body::Body,
    extract,
    http::{Response, StatusCode, header::ACCEPT_ENCODING},
};
use tokio::{net::TcpListener, runtime::Runtime};

use crate::error::{Error, Result};

/// What of a request decides the answer.
pub(crate) struct Request {
    /// With its slash at the start.
    pub(crate) path: String,
    accepted: String,
}

impl Request {
    /// Whether the client decompresses this.
    pub(crate) fn accepts(&self, encoding: &str) -> bool {
        self.accepted.split(',').any(|accepted| accepted.trim() == encoding)
    }
}

/// What a host answers.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn new(status: u16, body: &[u8]) -> Self {
        Self { status, headers: Vec::new(), body: body.to_owned() }
    }

    pub(crate) fn redirect(status: u16, to: &str) -> Self {
        let mut reply = Self::new(status, b"");
        reply.set("location", to);
        reply
    }

    /// Sets a header, instead of any of that name.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let header = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        header.map_or("", |(_, value)| value)
    }
}

/// A server on a free port of this machine.
pub(crate) struct Server {
    address: String,
    /// Serves until it is dropped.
    _runtime: Runtime,
}

impl Server {
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

/// Serves a site whose address ends with the folder.
pub(crate) fn serve(
    folder: &str,
    answer: impl Fn(&Request) -> Reply + Clone + Send + Sync + 'static,
) -> Result<Server> {
    let start = || -> io::Result<Server> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build()?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let address = format!("http://{}{folder}", listener.local_addr()?);
        let router =
            Router::new().fallback(async move |request: extract::Request| response(answer(&read(&request))));
        runtime.spawn(async move { axum::serve(listener, router).await });
        Ok(Server { address, _runtime: runtime })
    };
    start().map_err(|source| Error::Start { program: "a server on this machine".to_owned(), source })
}

fn read(request: &extract::Request) -> Request {
    let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    Request { path: request.uri().path().to_owned(), accepted: accepted.unwrap_or_default().to_owned() }
}

fn response(reply: Reply) -> Response<Body> {
    let builder = Response::builder().status(reply.status);
    let builder = reply.headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    // Only a header that no HTTP client would take comes here.
    let refused = |_| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    };
    builder.body(Body::from(reply.body)).unwrap_or_else(refused)
}
