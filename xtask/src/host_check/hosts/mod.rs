//! The kinds of host that serve the folder: nginx and Python's server as they are, and four that cannot be run here,
//! played by what their documentation says.

mod bucket;
pub(crate) mod files;
pub(crate) mod header_rules;
pub(crate) mod pages;
mod program;
pub(crate) mod server;

use std::path::Path;

use crate::error::Result;
use files::Files;
use header_rules::{limited_rules, rules};
use pages::{cloudflare_pages, github_pages, netlify};
use server::{Server, serve};

/// A kind of host.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Host {
    GithubPages,
    Netlify,
    CloudflarePages,
    Bucket,
    Nginx,
    Python,
}

impl Host {
    pub(crate) const ALL: [Self; 6] =
        [Self::GithubPages, Self::Netlify, Self::CloudflarePages, Self::Bucket, Self::Nginx, Self::Python];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::GithubPages => "GitHub Pages (simulated)",
            Self::Netlify => "Netlify (simulated)",
            Self::CloudflarePages => "Cloudflare Pages (simulated)",
            Self::Bucket => "S3 and CloudFront (simulated)",
            Self::Nginx => "nginx",
            Self::Python => "python3 -m http.server",
        }
    }

    /// Serves the folder until what is returned goes. The root has the settings that we ship.
    pub(crate) fn serve(self, root: &Path, folder: &Path) -> Result<Served> {
        match self {
            Self::GithubPages => {
                let files = Files::read(folder)?;
                serve("/project/", move |request| github_pages(&files, request)).map(Served::Server)
            }
            Self::Netlify => {
                let (files, rules) = pages::with_rules(folder, rules)?;
                serve("/", move |request| netlify(&files, &rules, request)).map(Served::Server)
            }
            Self::CloudflarePages => {
                let (files, rules) = pages::with_rules(folder, limited_rules)?;
                serve("/", move |request| cloudflare_pages(&files, &rules, request)).map(Served::Server)
            }
            Self::Bucket => {
                let bucket = bucket::Bucket::uploaded(root, folder)?;
                serve("/", move |request| bucket.answer(request)).map(Served::Server)
            }
            Self::Nginx => program::nginx(root, folder).map(Served::Program),
            Self::Python => program::python(folder).map(Served::Program),
        }
    }
}

/// A running host. It ends with this.
pub(crate) enum Served {
    Server(Server),
    Program(program::Program),
}

impl Served {
    /// The site's address, with a slash at its end.
    pub(crate) fn address(&self) -> &str {
        match self {
            Self::Server(server) => server.address(),
            Self::Program(program) => program.address(),
        }
    }
}
