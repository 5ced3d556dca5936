//! Requests as a browser sends them, but with the raw response: nothing is decompressed, and no redirect is
//! followed.

use std::{
    io::{ErrorKind, Read},
    time::Duration,
};

use flate2::read::GzDecoder;
use ureq::{
    Agent,
    http::{HeaderMap, Uri, header::HeaderName},
};

/// The encodings that browsers accept.
const ENCODINGS: &str = "gzip, br";
/// After this time a slow host counts as dead.
const PATIENCE: Duration = Duration::from_mins(1);

/// Reuses its connections, so that a distant host takes seconds rather than minutes.
pub(crate) struct Client(Agent);

impl Client {
    /// A client for the site. The environment's proxy is only used for other machines.
    pub(crate) fn new(site: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(PATIENCE));
        let config = if is_this_machine(site) { config.proxy(None) } else { config };
        Self(config.build().new_agent())
    }

    /// The host's response, or why there is none.
    pub(crate) fn get(&self, address: &str) -> Result<Answer, String> {
        self.ask(address, ENCODINGS)
    }

    /// The response to a client that can't decompress.
    pub(crate) fn get_plain(&self, address: &str) -> Result<Answer, String> {
        self.ask(address, "identity")
    }

    fn ask(&self, address: &str, encodings: &str) -> Result<Answer, String> {
        let request = self.0.get(address).header("Accept-Encoding", encodings);
        let mut response = request.call().map_err(|why| why.to_string())?;
        let mut body = Vec::new();
        let read = response.body_mut().as_reader().read_to_end(&mut body);
        if let Err(why) = &read
            && why.kind() == ErrorKind::TimedOut
        {
            return Err(why.to_string());
        }
        Ok(Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
            cut: read.is_err(),
        })
    }
}

/// Whether the address is on this machine, which browsers trust without TLS.
pub(crate) fn is_this_machine(address: &str) -> bool {
    let address = address.parse::<Uri>().ok();
    matches!(address.as_ref().and_then(Uri::host), Some("localhost" | "127.0.0.1" | "[::1]"))
}

/// A response.
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: HeaderMap,
    /// As received, compressed or not.
    pub(crate) body: Vec<u8>,
    /// Whether the connection ended before the body did.
    pub(crate) cut: bool,
}

/// Why a body can't be decompressed.
pub(crate) enum Undecodable {
    Cut,
    Encoding(String),
}

impl Answer {
    /// A header's value. Several values are joined, as HTTP specifies.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let name: HeaderName = name.parse().ok()?;
        let values: Vec<_> =
            self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The media type in lower case, without its parameters.
    pub(crate) fn media_type(&self) -> Option<String> {
        let value = self.header("content-type")?;
        Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }

    /// The encoding of the body, if it is compressed.
    pub(crate) fn encoding(&self) -> Option<String> {
        self.header("content-encoding").filter(|encoding| encoding != "identity")
    }

    /// Whether the status is 300 to 399.
    pub(crate) fn is_redirect(&self) -> bool {
        (300..400).contains(&self.status)
    }

    /// The decompressed body.
    pub(crate) fn decoded(&self) -> Result<Vec<u8>, Undecodable> {
        let Some(encoding) = self.encoding() else {
            return if self.cut { Err(Undecodable::Cut) } else { Ok(self.body.clone()) };
        };
        let mut decoded = Vec::new();
        let read = match encoding.as_str() {
            "gzip" => GzDecoder::new(self.body.as_slice()).read_to_end(&mut decoded).map(drop),
            "br" => brotli::BrotliDecompress(&mut self.body.as_slice(), &mut decoded),
            _ => return Err(Undecodable::Encoding(encoding)),
        };
        match read {
            Ok(()) if !self.cut => Ok(decoded),
            Err(why) if !self.cut && why.kind() != ErrorKind::UnexpectedEof => {
                Err(Undecodable::Encoding(encoding))
            }
            _ => Err(Undecodable::Cut),
        }
    }
}
