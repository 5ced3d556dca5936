//! Holding what a host serves against what the build promised in `release.json`.

use sha2::{Digest, Sha256};

use crate::host_check::{
    caching::{Keeping, keeping},
    client::{Answer, Client, Undecodable, is_this_machine},
    finding::{Finding, Problem},
    release::{File, MediaType, NOT_FOUND_PAGE, RELEASE, Release, SHELL, WORKER, is_hashed, media_type},
};

/// What has no hash in its name and tells of a new release.
const FRESH: [&str; 4] = [SHELL, WORKER, RELEASE, "manifest.json"];
/// Below that a file travels in one packet, compressed or not, and many hosts leave it as it is.
const WORTH_COMPRESSING: u64 = 1400;
/// No file has these names. The second looks like one that is kept for good.
const NOWHERE: [&str; 2] = ["nowhere/at-all", "nowhere-0123456789abcdef.js"];

const PAGE: &str = "text/html";
/// What stands before the page's policy.
const POLICY: &str = "http-equiv=\"Content-Security-Policy\" content=\"";

/// What a check found.
pub(crate) struct Checked {
    pub(crate) findings: Vec<Finding>,
    /// Which release is there, if any.
    pub(crate) release: Option<String>,
    /// How many of its files could be had.
    pub(crate) files: usize,
    /// The bytes of all bodies that a first visit loads, as they travel, with the offline copy.
    pub(crate) first_visit: u64,
}

/// Asks for every file of the release at the address, which ends with a slash.
pub(crate) fn check(site: &str) -> Checked {
    let mut check = Check { client: Client::new(site), site, findings: Vec::new() };
    if let Some(problem) = insecurity(site) {
        check.find("", problem);
    }
    let Some(release) = check.release() else {
        return Checked { findings: check.findings, release: None, files: 0, first_visit: 0 };
    };
    let (files, first_visit) = check.all(&release);
    Checked { findings: check.findings, release: Some(release.release), files, first_visit }
}

struct Check<'a> {
    client: Client,
    site: &'a str,
    findings: Vec<Finding>,
}

impl Check<'_> {
    fn find(&mut self, at: &str, problem: Problem) {
        self.findings.push(Finding { at: at.to_owned(), problem });
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }

    fn release(&mut self) -> Option<Release> {
        let body = self.body(RELEASE, RELEASE)?.1;
        let release = serde_json::from_slice(&body);
        release.map_err(|why| self.find(RELEASE, Problem::NoRelease { why: why.to_string() })).ok()
    }

    /// How many files there are, and the bytes of a first visit.
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
        // The worker names each file that it keeps, but for the shell.
        let is_loaded =
            |path: &str| path == SHELL || path == WORKER || worker.contains(&format!("\"{path}\""));
        let loaded = sizes.iter().filter(|(path, _)| is_loaded(path)).map(|(_, size)| size).sum();
        (sizes.len(), loaded)
    }

    /// A file of the release with its body, unless it cannot be had.
    fn file(&mut self, file: &File) -> Option<(Answer, Vec<u8>)> {
        let (answer, body) = self.body(file.address(), &file.path)?;
        if format!("{:x}", Sha256::digest(&body)) != file.sha256 {
            self.find(&file.path, Problem::Changed);
        }
        let worth_it =
            file.bytes >= WORTH_COMPRESSING && media_type(&file.path).is_some_and(|media| media.compressible);
        if worth_it && answer.encoding().is_none() {
            self.find(&file.path, Problem::Uncompressed);
        }
        Some((answer, body))
    }

    /// What is served at an address for the file, decompressed, if it is a file at all.
    fn body(&mut self, address: &str, path: &str) -> Option<(Answer, Vec<u8>)> {
        let answer = match self.client.get(&self.address(address)) {
            Ok(answer) => answer,
            Err(why) => {
                self.find(path, Problem::Unanswered { why });
                return None;
            }
        };
        if let Some(problem) = refusal(&answer, path) {
            self.find(path, problem);
            return None;
        }
        self.headers(&answer, path);
        let body = answer.decoded().map_err(|why| match why {
            Undecodable::Cut => Problem::Cut,
            Undecodable::Encoding(encoding) => Problem::Encoding { encoding },
        });
        body.map_err(|problem| self.find(path, problem)).ok().map(|body| (answer, body))
    }

    fn headers(&mut self, answer: &Answer, path: &str) {
        if let Some(problem) = media_type(path).and_then(|media| misnamed(answer, media)) {
            self.find(path, problem);
        }
        if answer.header("vary").is_some_and(|vary| vary.contains('*')) {
            self.find(path, Problem::VaryEverything);
        }
        if !answer.header("x-content-type-options").is_some_and(|value| value.eq_ignore_ascii_case("nosniff"))
        {
            self.find(path, Problem::NoSniffGuard);
        }
        if let Some(problem) = misjudged_age(answer, path) {
            self.find(path, problem);
        }
    }

    /// What only the page has: the policy. It also stands for all other files that are compressed on demand.
    fn page(&mut self, answer: &Answer, body: &[u8]) {
        let html = String::from_utf8_lossy(body);
        let sent = answer.header("content-security-policy").unwrap_or_default();
        let sent_rightly = sent.contains("frame-ancestors");
        let in_head = html.split_once(POLICY).and_then(|(_, rest)| rest.split_once('"'));
        match in_head.map(|(policy, _)| policy) {
            None => self.find(SHELL, Problem::NoPolicy),
            Some(policy) if sent_rightly && !sent.starts_with(policy) => {
                self.find(SHELL, Problem::OtherPolicy);
            }
            Some(_) => {}
        }
        if !sent_rightly {
            self.find(SHELL, Problem::NoPolicyHeader);
        }
        let vary = answer.header("vary").unwrap_or_default().to_ascii_lowercase();
        let on_demand = || {
            let plain = self.client.get_plain(&self.address(""));
            plain.is_ok_and(|plain| plain.encoding() != answer.encoding())
        };
        if !vary.contains("accept-encoding") && on_demand() {
            self.find(SHELL, Problem::NoVary);
        }
    }

    /// An address where nothing is.
    fn nowhere(&mut self, path: &str, release: &Release) {
        let answer = match self.client.get(&self.address(path)) {
            Ok(answer) => answer,
            Err(why) => return self.find(path, Problem::Unanswered { why }),
        };
        let status = answer.status;
        if answer.status < 400 {
            return self.find(path, Problem::UnknownServed { status });
        }
        let cache = answer.header("cache-control");
        if let (Keeping::Days | Keeping::Immutable, Some(cache)) = (keeping(cache.as_deref()), cache) {
            self.find(path, Problem::AbsenceKept { cache });
        }
        if status != 404 {
            return self.find(path, Problem::UnknownStatus { status });
        }
        let page = release.files.iter().find(|file| file.path == NOT_FOUND_PAGE);
        let body = answer.decoded().unwrap_or_default();
        if page.is_none_or(|page| format!("{:x}", Sha256::digest(&body)) != page.sha256) {
            self.find(path, Problem::OtherNotFoundPage);
        }
    }

    /// The site's folder without the slash at its end. A host's root has none.
    fn slash(&mut self) {
        let Some((_, folder)) = self.site.trim_end_matches('/').split_once("://") else { return };
        let Some((_, folder)) = folder.split_once('/') else { return };
        let Ok(answer) = self.client.get(self.site.trim_end_matches('/')) else { return };
        let leads_there =
            || answer.header("location").is_some_and(|location| location.ends_with(&format!("/{folder}/")));
        if !(answer.is_redirect() && leads_there()) {
            self.find("", Problem::Slashless { status: answer.status });
        }
    }
}

/// Browsers run no worker of a site without TLS, but for their own machine's.
pub(super) fn insecurity(site: &str) -> Option<Problem> {
    (!site.starts_with("https://") && !is_this_machine(site)).then_some(Problem::Insecure)
}

/// Why the answer is not the file.
fn refusal(answer: &Answer, path: &str) -> Option<Problem> {
    if answer.is_redirect() {
        let to = answer.header("location").unwrap_or_else(|| "nowhere".to_owned());
        return Some(Problem::Redirected { to });
    }
    if answer.status != 200 {
        return Some(Problem::Status { status: answer.status });
    }
    let is_page = answer.media_type().is_some_and(|is| is == PAGE);
    let is_meant = media_type(path).is_some_and(|media| media.names.contains(&PAGE));
    (is_page && !is_meant).then_some(Problem::PageInstead)
}

fn misnamed(answer: &Answer, media: &MediaType) -> Option<Problem> {
    let is = answer.media_type();
    let is_right = is.as_deref().is_some_and(|is| media.names.contains(&is));
    (!is_right).then(|| Problem::MediaType { is, wanted: media.names[0], strict: media.strict })
}

fn misjudged_age(answer: &Answer, path: &str) -> Option<Problem> {
    let cache = answer.header("cache-control");
    match keeping(cache.as_deref()) {
        Keeping::Immutable if is_hashed(path) => None,
        _ if is_hashed(path) => Some(Problem::Forgotten { cache }),
        _ if !FRESH.contains(&path) => None,
        Keeping::Checked => None,
        Keeping::Days | Keeping::Immutable => Some(Problem::Frozen { cache: cache.unwrap_or_default() }),
        Keeping::Short | Keeping::Unsaid => Some(Problem::Kept { cache }),
    }
}
