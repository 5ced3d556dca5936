//! The faults that a host can have, each with its severity and how to fix it.

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Severity {
    /// Readers get an error, or never get the offline copy or an update.
    Broken,
    /// Slower or less protected than it could be.
    Worse,
}

/// A fault at one address.
#[derive(Debug)]
pub(crate) struct Fault {
    /// Relative to the site; empty for the site itself.
    pub(crate) at: String,
    pub(crate) problem: HostProblem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum HostProblem {
    #[error("is served without TLS")]
    Insecure,
    #[error("does not respond: {why}")]
    NoResponse { why: String },
    #[error("is not the list of a release: {why}")]
    NoRelease { why: String },
    #[error("has status {status}")]
    Status { status: u16 },
    #[error("redirects to {to}")]
    Redirected { to: String },
    #[error("is an HTML page instead of the file")]
    PageInstead,
    #[error("is sent {}, not as {wanted}", sent_as(is.as_deref()))]
    MediaType { is: Option<String>, wanted: &'static str, strict: bool },
    #[error("is cut short")]
    Cut,
    #[error("cannot be decompressed as {encoding}")]
    Encoding { encoding: String },
    #[error("does not have the bytes that release.json lists")]
    Changed,
    #[error("has one policy in its headers and another in its head")]
    OtherPolicy,
    #[error("has `Vary: *`")]
    VaryEverything,
    #[error("may be cached for more than a day (`{cache}`) but has no hash in its name")]
    Frozen { cache: String },
    #[error("does not exist in the folder but is served, with status {status}")]
    UnknownServed { status: u16 },
    #[error("does not exist, but the response may be cached for more than a day (`{cache}`)")]
    AbsenceCached { cache: String },
    #[error("without its final slash has status {status} and does not redirect to the slash")]
    Slashless { status: u16 },
    #[error("could be cached for ever, but {}", caching_of(cache.as_deref()))]
    NotCached { cache: Option<String> },
    #[error("must be revalidated each time, but {}", caching_of(cache.as_deref()))]
    Cached { cache: Option<String> },
    #[error("is not compressed")]
    Uncompressed,
    #[error("is compressed on demand, without `Vary: Accept-Encoding`")]
    NoVary,
    #[error("does not exist in the folder and has status {status}")]
    UnknownStatus { status: u16 },
    #[error("does not exist, and the response is not 404.html")]
    OtherNotFoundPage,
    #[error("has no policy in its head")]
    NoPolicy,
    #[error("has no policy with frame-ancestors in its headers")]
    NoPolicyHeader,
    #[error("is sent without nosniff")]
    NoSniffGuard,
}

fn sent_as(is: Option<&str>) -> String {
    is.map_or("without a type".to_owned(), |is| format!("as {is}"))
}

fn caching_of(cache: Option<&str>) -> String {
    cache.map_or("the host doesn't say so".to_owned(), |cache| format!("the host says `{cache}`"))
}

impl HostProblem {
    pub(crate) fn severity(&self) -> Severity {
        match self {
            Self::Insecure
            | Self::NoResponse { .. }
            | Self::NoRelease { .. }
            | Self::Status { .. }
            | Self::Redirected { .. }
            | Self::PageInstead
            | Self::MediaType { strict: true, .. }
            | Self::Cut
            | Self::Encoding { .. }
            | Self::Changed
            | Self::OtherPolicy
            | Self::VaryEverything
            | Self::Frozen { .. }
            | Self::UnknownServed { .. }
            | Self::AbsenceCached { .. }
            | Self::Slashless { status: 200 } => Severity::Broken,
            Self::Slashless { .. }
            | Self::MediaType { strict: false, .. }
            | Self::NotCached { .. }
            | Self::Cached { .. }
            | Self::Uncompressed
            | Self::NoVary
            | Self::UnknownStatus { .. }
            | Self::OtherNotFoundPage
            | Self::NoPolicy
            | Self::NoPolicyHeader
            | Self::NoSniffGuard => Severity::Worse,
        }
    }

    /// How to fix it, and why it matters.
    pub(crate) fn fix(&self) -> &'static str {
        match self {
            Self::Insecure => {
                "browsers keep no offline copy of a site without TLS; get a certificate, and use https in \
                 this address"
            }
            Self::NoResponse { .. } => "check the address, and that the host is running",
            Self::NoRelease { .. } => {
                "deploy all of dist/ as `cargo xtask build` leaves it, and give the address of the folder \
                 with index.html"
            }
            Self::Status { .. } => "deploy the file; hashed files first, then the others, sw.js last",
            Self::Redirected { .. } => {
                "the worker refuses redirects; serve the file at exactly this address, and check the address \
                 you gave"
            }
            Self::PageInstead => {
                "switch off the rule that sends every path to index.html, and deploy the file; pages here \
                 are fragments"
            }
            Self::MediaType { strict: true, .. } => {
                "browsers refuse the file; add the type to the host's list"
            }
            Self::MediaType { strict: false, .. } => {
                "add the type to the host's list; only then do browsers compile the program while it \
                 downloads"
            }
            Self::Cut => "the file ends early; upload it again, and check the proxy's limits",
            Self::Encoding { .. } => "send br, gzip or no Content-Encoding, and bytes that match it",
            Self::Changed => {
                "browsers refuse bytes that differ from the sealed ones; switch off anything that rewrites \
                 responses (minifying, injected scripts, obfuscated email addresses, image optimization), or \
                 deploy the whole folder again"
            }
            Self::OtherPolicy => {
                "browsers apply both and refuse what either forbids; send only `frame-ancestors 'self'`"
            }
            Self::VaryEverything => "browsers refuse to cache such a response; send `Vary: Accept-Encoding`",
            Self::Frozen { .. } => {
                "readers stay on an old release; send `Cache-Control: no-cache` for names without a hash"
            }
            Self::UnknownServed { .. } => {
                "browsers would mistake it for a file; answer 404 with 404.html, and switch off rewriting to \
                 index.html"
            }
            Self::AbsenceCached { .. } => {
                "a file that is deployed a moment later stays missing; cache only responses with status 200"
            }
            Self::Slashless { status: 200 } => {
                "relative addresses don't work from there; redirect to the slash"
            }
            Self::Slashless { .. } => "redirect to the address with the slash, for people who type it",
            Self::NotCached { .. } => {
                "browsers request it again although it cannot change; send `Cache-Control: public, \
                 max-age=31536000, immutable`"
            }
            Self::Cached { .. } => "updates reach readers that much later; send `Cache-Control: no-cache`",
            Self::Uncompressed => {
                "let the host compress text and wasm, or serve the .br and .gz files beside it"
            }
            Self::NoVary => {
                "a cache in between may send compressed bytes to a client that can't read them; send `Vary: \
                 Accept-Encoding`"
            }
            Self::UnknownStatus { .. } => "answer 404",
            Self::OtherNotFoundPage => "set 404.html as the host's page for missing files",
            Self::NoPolicy => "deploy the index.html that `cargo xtask build` made",
            Self::NoPolicyHeader => {
                "send the policy in docs/hosting/nginx.conf, so that no other site can frame this one"
            }
            Self::NoSniffGuard => "send `X-Content-Type-Options: nosniff`",
        }
    }
}
