//! What a host can do wrong: each mistake with how bad it is, and how to mend it.

use std::fmt;

/// How bad a mistake is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Severity {
    /// Readers meet an error, or never get the offline copy or an update.
    Broken,
    /// Slower or less guarded than it could be.
    Worse,
}

/// A mistake at one address.
#[derive(Debug)]
pub(crate) struct Finding {
    /// Relative to the site; empty for the site itself.
    pub(crate) at: String,
    pub(crate) problem: Problem,
}

/// A mistake of a host.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Problem {
    /// Anything but https, on another machine.
    Insecure,
    /// No answer at all.
    Unanswered {
        why: String,
    },
    /// A release file that cannot be read.
    NoRelease {
        why: String,
    },
    /// Not 200.
    Status {
        status: u16,
    },
    Redirected {
        to: String,
    },
    /// A page in the place of a file.
    PageInstead,
    MediaType {
        is: Option<String>,
        wanted: &'static str,
        strict: bool,
    },
    Cut,
    Encoding {
        encoding: String,
    },
    Changed,
    /// The header's policy is not the page's with frame-ancestors at its end.
    OtherPolicy,
    VaryEverything,
    /// A file without a hash in its name is kept for more than a day.
    Frozen {
        cache: String,
    },
    /// An address where there is nothing has something.
    UnknownServed {
        status: u16,
    },
    /// That an address has nothing is kept for more than a day.
    AbsenceKept {
        cache: String,
    },
    /// The site's address without its slash at the end does not lead to the one with it.
    Slashless {
        status: u16,
    },
    /// A hashed file is asked for again.
    Forgotten {
        cache: Option<String>,
    },
    /// A file without a hash is kept for a while.
    Kept {
        cache: Option<String>,
    },
    Uncompressed,
    NoVary,
    UnknownStatus {
        status: u16,
    },
    OtherNotFoundPage,
    NoPolicy,
    NoPolicyHeader,
    NoSniffGuard,
}

impl Problem {
    pub(crate) fn severity(&self) -> Severity {
        match self {
            Self::Insecure
            | Self::Unanswered { .. }
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
            | Self::AbsenceKept { .. }
            | Self::Slashless { status: 200 } => Severity::Broken,
            Self::Slashless { .. }
            | Self::MediaType { strict: false, .. }
            | Self::Forgotten { .. }
            | Self::Kept { .. }
            | Self::Uncompressed
            | Self::NoVary
            | Self::UnknownStatus { .. }
            | Self::OtherNotFoundPage
            | Self::NoPolicy
            | Self::NoPolicyHeader
            | Self::NoSniffGuard => Severity::Worse,
        }
    }

    /// What to do about it, and why it matters where that is not plain.
    pub(crate) fn mend(&self) -> &'static str {
        match self {
            Self::Insecure => {
                "browsers keep no offline copy of a site without TLS; use a certificate, and this address with https"
            }
            Self::Unanswered { .. } => "check the address, and that the host runs",
            Self::NoRelease { .. } => {
                "deploy all of dist/ as `cargo xtask build` leaves it, and name the folder that index.html is in"
            }
            Self::Status { .. } => "deploy the file; hashed files first, then the others, sw.js last",
            Self::Redirected { .. } => {
                "the worker refuses redirects; serve the file at this very address, and check the address you named"
            }
            Self::PageInstead => {
                "switch off the rule that sends every path to index.html, and deploy the file: pages here are fragments"
            }
            Self::MediaType { strict: true, .. } => {
                "browsers refuse the file; add the type to the host's list"
            }
            Self::MediaType { strict: false, .. } => {
                "add the type to the host's list; a program is compiled while it arrives only with its own type"
            }
            Self::Cut => "the file ends early; upload it again, and check the proxy's limits",
            Self::Encoding { .. } => {
                "send br, gzip or nothing as Content-Encoding, and bytes that are compressed so"
            }
            Self::Changed => {
                "browsers refuse other bytes than the build sealed; switch off what rewrites answers (minifying, \
                 injected scripts, hidden addresses, image optimizing), or deploy the whole folder again"
            }
            Self::OtherPolicy => {
                "both apply, so what either refuses is refused; send the page's policy with frame-ancestors at its end"
            }
            Self::VaryEverything => "browsers refuse to keep such an answer; send `Vary: Accept-Encoding`",
            Self::Frozen { .. } => {
                "readers stay at an old release; send `Cache-Control: no-cache` for names without a hash"
            }
            Self::UnknownServed { .. } => {
                "it would be taken for a file; answer 404 with 404.html, and switch off rewriting to index.html"
            }
            Self::AbsenceKept { .. } => {
                "a file that is deployed a moment later stays away; keep only what has status 200"
            }
            Self::Slashless { status: 200 } => {
                "relative addresses lead elsewhere from there; redirect to the slash"
            }
            Self::Slashless { .. } => "redirect to the address with the slash, for those who type it",
            Self::Forgotten { .. } => {
                "readers ask again for what cannot change; send `Cache-Control: public, max-age=31536000, immutable`"
            }
            Self::Kept { .. } => "an update reaches readers later by as much; send `Cache-Control: no-cache`",
            Self::Uncompressed => {
                "let the host compress text and wasm, or serve the .br and .gz files beside it"
            }
            Self::NoVary => {
                "a cache on the way may hand compressed bytes to who cannot read them; send `Vary: Accept-Encoding`"
            }
            Self::UnknownStatus { .. } => "answer 404",
            Self::OtherNotFoundPage => "name 404.html as the host's page for what is not there",
            Self::NoPolicy => "deploy the index.html that `cargo xtask build` made",
            Self::NoPolicyHeader => {
                "send the policy of docs/hosting/nginx.conf, so that no other site can frame this one"
            }
            Self::NoSniffGuard => "send `X-Content-Type-Options: nosniff`",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Insecure => f.write_str("is served without TLS"),
            Self::Unanswered { why } => write!(f, "has no answer: {why}"),
            Self::NoRelease { why } => write!(f, "is not the list of a release: {why}"),
            Self::Status { status } => write!(f, "answers with status {status}"),
            Self::Redirected { to } => write!(f, "redirects to {to}"),
            Self::PageInstead => f.write_str("is an HTML page instead of the file"),
            Self::MediaType { is: Some(is), wanted, .. } => write!(f, "is sent as {is}, not as {wanted}"),
            Self::MediaType { is: None, wanted, .. } => write!(f, "is sent without a type, not as {wanted}"),
            Self::Cut => f.write_str("is cut short"),
            Self::Encoding { encoding } => write!(f, "cannot be decompressed as {encoding}"),
            Self::Changed => f.write_str("has other bytes than release.json promises"),
            Self::OtherPolicy => f.write_str("has another policy among its headers than in its head"),
            Self::VaryEverything => f.write_str("has `Vary: *`"),
            Self::Frozen { cache } => write!(f, "is kept for long (`{cache}`) and has no hash in its name"),
            Self::UnknownServed { status } => {
                write!(f, "is nowhere in the folder and is served, with status {status}")
            }
            Self::AbsenceKept { cache } => write!(f, "is nowhere, and that is kept for long (`{cache}`)"),
            Self::Slashless { status } => {
                write!(f, "answers without its slash with status {status} and does not lead to it")
            }
            Self::Forgotten { cache } => write!(f, "may be kept for good, and {}", allowed(cache.as_deref())),
            Self::Kept { cache } => {
                write!(f, "must be asked for each time, and {}", allowed(cache.as_deref()))
            }
            Self::Uncompressed => f.write_str("is not compressed"),
            Self::NoVary => f.write_str("is compressed on demand, without `Vary: Accept-Encoding`"),
            Self::UnknownStatus { status } => write!(f, "is nowhere in the folder and has status {status}"),
            Self::OtherNotFoundPage => f.write_str("is nowhere, and the page that says so is not 404.html"),
            Self::NoPolicy => f.write_str("has no policy in its head"),
            Self::NoPolicyHeader => f.write_str("has no policy with frame-ancestors among its headers"),
            Self::NoSniffGuard => f.write_str("is sent without nosniff"),
        }
    }
}

fn allowed(cache: Option<&str>) -> String {
    cache.map_or("the host does not say so".to_owned(), |cache| format!("the host says `{cache}`"))
}
