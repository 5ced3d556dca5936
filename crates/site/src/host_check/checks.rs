//! Compares what a host serves with what `release.json` lists.

use crate::{
    host_check::{
        caching::{Caching, caching},
        client::{Answer, Client, Undecodable, is_this_machine},
        fault::{Fault, HostProblem},
    },
    html::tags,
    media::{MediaType, media_type},
    names::{NOT_FOUND_PAGE, RELEASE, SHELL, WORKER, is_hashed, sha256},
    release::{Listed, Release},
    seal::hosts::is_policy,
};

/// The files without a hash in their names by which readers get a new release.
const FRESH: [&str; 4] = [SHELL, WORKER, RELEASE, "manifest.json"];
/// A smaller file fits into one packet anyway, and many hosts don't compress it.
const WORTH_COMPRESSING: usize = 1400;
/// Files that don't exist. The second name looks like one that is cached for ever.
const NOWHERE: [&str; 2] = ["nowhere/at-all", "nowhere-0123456789abcdef.js"];

const PAGE: &str = "text/html";

/// The result of a check.
pub struct Checked {
    pub(crate) faults: Vec<Fault>,
    /// The release that the host serves, if it serves one.
    pub(crate) release: Option<String>,
    /// How many of the release's files could be loaded.
    pub(crate) files: usize,
    /// The bytes that a first visit transfers, including the offline copy, without headers.
    pub(crate) first_visit: u64,
}

/// Requests every file of the release at the address, which must end with a slash.
pub(crate) fn check(site: &str) -> Checked {
    let mut check = Check { client: Client::new(site), site, faults: Vec::new() };
    if let Some(problem) = insecurity(site) {
        check.find("", problem);
    }
    let Some(release) = check.release() else {
        return Checked { faults: check.faults, release: None, files: 0, first_visit: 0 };
    };
    let (files, first_visit) = check.all(&release);
    Checked { faults: check.faults, release: Some(release.id), files, first_visit }
}

struct Check<'a> {
    client: Client,
    site: &'a str,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn find(&mut self, at: &str, problem: HostProblem) {
        self.faults.push(Fault { at: at.to_owned(), problem });
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }

    fn release(&mut self) -> Option<Release> {
        let body = self.body(RELEASE, RELEASE)?.1;
        let release = serde_json::from_slice(&body);
        release.map_err(|why| self.find(RELEASE, HostProblem::NoRelease { why: why.to_string() })).ok()
    }

    /// Returns how many files could be loaded, and the bytes of a first visit.
    fn all(&mut self, release: &Release) -> (usize, u64) {
        let mut sizes = Vec::new();
        let mut worker = Vec::new();
        for file in release.files.iter().filter(|file| file.path != NOT_FOUND_PAGE) {
            let Some((answer, body)) = self.file(file) else { continue };
            sizes.push((&file.path, answer.body.len() as u64));
            if file.path == SHELL {
                self.page(&answer, &body);
            }
            if file.path == WORKER {
                worker = body;
            }
        }
        for path in NOWHERE {
            self.nowhere(path, release);
        }
        self.slash();
        let worker = String::from_utf8_lossy(&worker);
        // The worker lists each file that it caches, except for the shell.
        let is_loaded =
            |path: &str| path == SHELL || path == WORKER || worker.contains(&format!("\"{path}\""));
        let loaded = sizes.iter().filter(|(path, _)| is_loaded(path)).map(|(_, size)| size).sum();
        (sizes.len(), loaded)
    }

    /// A file of the release with its body, if it can be loaded.
    fn file(&mut self, file: &Listed) -> Option<(Answer, Vec<u8>)> {
        // The page is requested as its folder, because some hosts redirect from its name.
        let address = if file.path == SHELL { "" } else { &file.path };
        let (answer, body) = self.body(address, &file.path)?;
        if sha256(&body) != file.sha256 {
            self.find(&file.path, HostProblem::Changed);
        }
        let worth_it =
            file.bytes >= WORTH_COMPRESSING && media_type(&file.path).is_some_and(|media| media.compressible);
        if worth_it && answer.encoding().is_none() {
            self.find(&file.path, HostProblem::Uncompressed);
        }
        Some((answer, body))
    }

    /// The response at an address, with its decompressed body, if it is the file.
    fn body(&mut self, address: &str, path: &str) -> Option<(Answer, Vec<u8>)> {
        let answer = match self.client.get(&self.address(address)) {
            Ok(answer) => answer,
            Err(why) => {
                self.find(path, HostProblem::NoResponse { why });
                return None;
            }
        };
        if let Some(problem) = refusal(&answer, path) {
            self.find(path, problem);
            return None;
        }
        self.headers(&answer, path);
        let body = answer.decoded().map_err(|why| match why {
            Undecodable::Cut => HostProblem::Cut,
            Undecodable::Encoding(encoding) => HostProblem::Encoding { encoding },
        });
        body.map_err(|problem| self.find(path, problem)).ok().map(|body| (answer, body))
    }

    fn headers(&mut self, answer: &Answer, path: &str) {
        if let Some(problem) = media_type(path).and_then(|media| misnamed(answer, media)) {
            self.find(path, problem);
        }
        if answer.header("vary").is_some_and(|vary| vary.contains('*')) {
            self.find(path, HostProblem::VaryEverything);
        }
        if !answer.header("x-content-type-options").is_some_and(|value| value.eq_ignore_ascii_case("nosniff"))
        {
            self.find(path, HostProblem::NoSniffGuard);
        }
        if let Some(problem) = misjudged_age(answer, path) {
            self.find(path, problem);
        }
    }

    /// Checks the policy, which only the page has, and compression on demand, which is the same for all
    /// files.
    fn page(&mut self, answer: &Answer, body: &[u8]) {
        let html = String::from_utf8_lossy(body);
        let sent = answer.header("content-security-policy").unwrap_or_default();
        let sent_rightly = sent.contains("frame-ancestors");
        let tags = tags(&html);
        match tags.iter().find(|tag| is_policy(tag)).and_then(|tag| tag.get("content")) {
            None => self.find(SHELL, HostProblem::NoPolicy),
            // Any other restriction of sources lacks the hashes of the inline scripts and styles.
            Some(policy) if sent_rightly && sent.contains("-src") && !sent.starts_with(policy) => {
                self.find(SHELL, HostProblem::OtherPolicy);
            }
            Some(_) => {}
        }
        if !sent_rightly {
            self.find(SHELL, HostProblem::NoPolicyHeader);
        }
        let vary = answer.header("vary").unwrap_or_default().to_ascii_lowercase();
        let on_demand = || {
            let plain = self.client.get_plain(&self.address(""));
            plain.is_ok_and(|plain| plain.encoding() != answer.encoding())
        };
        if !vary.contains("accept-encoding") && on_demand() {
            self.find(SHELL, HostProblem::NoVary);
        }
    }

    /// Checks an address where no file exists.
    fn nowhere(&mut self, path: &str, release: &Release) {
        let answer = match self.client.get(&self.address(path)) {
            Ok(answer) => answer,
            Err(why) => return self.find(path, HostProblem::NoResponse { why }),
        };
        let status = answer.status;
        if answer.status < 400 {
            return self.find(path, HostProblem::UnknownServed { status });
        }
        let cache = answer.header("cache-control");
        if let (Caching::Days | Caching::Immutable, Some(cache)) = (caching(cache.as_deref()), cache) {
            self.find(path, HostProblem::AbsenceCached { cache });
        }
        if status != 404 {
            return self.find(path, HostProblem::UnknownStatus { status });
        }
        let page = release.files.iter().find(|file| file.path == NOT_FOUND_PAGE);
        let body = answer.decoded().unwrap_or_default();
        if page.is_none_or(|page| sha256(&body) != page.sha256) {
            self.find(path, HostProblem::OtherNotFoundPage);
        }
    }

    /// Checks the site's folder without its final slash. A host's root has no such address.
    fn slash(&mut self) {
        let Some((_, folder)) = self.site.trim_end_matches('/').split_once("://") else { return };
        let Some((_, folder)) = folder.split_once('/') else { return };
        let Ok(answer) = self.client.get(self.site.trim_end_matches('/')) else { return };
        let leads_there =
            || answer.header("location").is_some_and(|location| location.ends_with(&format!("/{folder}/")));
        if !(answer.is_redirect() && leads_there()) {
            self.find("", HostProblem::Slashless { status: answer.status });
        }
    }
}

/// Browsers refuse workers of sites without TLS, except on their own machine.
pub(super) fn insecurity(site: &str) -> Option<HostProblem> {
    (!site.starts_with("https://") && !is_this_machine(site)).then_some(HostProblem::Insecure)
}

/// Why the response is not the file.
fn refusal(answer: &Answer, path: &str) -> Option<HostProblem> {
    if answer.is_redirect() {
        let to = answer.header("location").unwrap_or_else(|| "nowhere".to_owned());
        return Some(HostProblem::Redirected { to });
    }
    if answer.status != 200 {
        return Some(HostProblem::Status { status: answer.status });
    }
    let is_page = answer.media_type().is_some_and(|is| is == PAGE);
    let is_meant = media_type(path).is_some_and(|media| media.names.contains(&PAGE));
    (is_page && !is_meant).then_some(HostProblem::PageInstead)
}

fn misnamed(answer: &Answer, media: &MediaType) -> Option<HostProblem> {
    let is = answer.media_type();
    let is_right = is.as_deref().is_some_and(|is| media.names.contains(&is));
    (!is_right).then(|| HostProblem::MediaType { is, wanted: media.names[0], strict: media.strict })
}

fn misjudged_age(answer: &Answer, path: &str) -> Option<HostProblem> {
    let cache = answer.header("cache-control");
    match caching(cache.as_deref()) {
        Caching::Immutable if is_hashed(path) => None,
        _ if is_hashed(path) => Some(HostProblem::NotCached { cache }),
        _ if !FRESH.contains(&path) => None,
        Caching::Revalidated => None,
        Caching::Days | Caching::Immutable => Some(HostProblem::Frozen { cache: cache.unwrap_or_default() }),
        Caching::Short | Caching::Unspecified => Some(HostProblem::Cached { cache }),
    }
}
