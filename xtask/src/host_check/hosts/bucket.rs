//! A bucket with Amazon's cache in front of it. What it holds is what our script uploads, and what the cache adds is
//! read from our template, so that both are held to the checks.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use serde_json::Value;

use crate::{
    error::{Error, Result},
    host_check::hosts::server::{Reply, Request},
};

/// Where the script is told to upload to.
const TO: &str = "s3://bucket/";

/// What the script uploaded, and what the template sets.
#[derive(Clone)]
pub(crate) struct Bucket(Arc<Content>);

struct Content {
    objects: BTreeMap<String, Object>,
    /// In front of all objects.
    headers: Vec<(&'static str, String)>,
    /// What is at `/`.
    root: String,
    /// The object and the status where there is none.
    missing: (String, u16),
}

struct Object {
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Bucket {
    /// What a bucket holds after the script ran with the folder.
    pub(crate) fn uploaded(root: &Path, folder: &Path) -> Result<Self> {
        let commands = commands(root, folder)?;
        let objects = commands.lines().map(object).collect::<Result<_>>()?;
        let path = root.join("docs/hosting/aws.json");
        let template: Value =
            serde_json::from_slice(&read(&path)?).map_err(|source| Error::Template { path, source })?;
        Ok(Self(Arc::new(from_template(&template, objects))))
    }

    pub(crate) fn answer(&self, request: &Request) -> Reply {
        let content = &self.0;
        let path = request.path.trim_start_matches('/');
        let path = if path.is_empty() { &content.root } else { path };
        let (page, status) = &content.missing;
        let (object, status) = match content.objects.get(path) {
            Some(object) => (Some(object), 200),
            None => (content.objects.get(page), *status),
        };
        let mut reply = Reply::new(status, object.map_or(b"", |object| &object.body));
        for (name, value) in object.iter().flat_map(|object| &object.headers).chain(&content.headers) {
            reply.set(name, value);
        }
        reply
    }
}

/// What the script would have run, one command a line.
fn commands(root: &Path, folder: &Path) -> Result<String> {
    let script = root.join("docs/hosting/s3.sh");
    let shown = Command::new("sh").arg(&script).arg(folder).arg("bucket").env("AWS", "echo").output();
    let shown = shown.map_err(|source| Error::Start { program: "sh".to_owned(), source })?;
    if shown.status.success() {
        return Ok(String::from_utf8_lossy(&shown.stdout).into_owned());
    }
    let why = String::from_utf8_lossy(&shown.stderr);
    Err(Error::Failed { command: format!("{}: {}", script.display(), why.trim()) })
}

/// What one line of the script puts into the bucket, as in `s3 cp --no-progress FILE s3://bucket/PATH --content-type …`.
fn object(command: &str) -> Result<(String, Object)> {
    let not_understood = || Error::NotAnUpload { command: command.to_owned() };
    let (file, rest) = command
        .strip_prefix("s3 cp --no-progress ")
        .and_then(|rest| rest.split_once(&format!(" {TO}")))
        .ok_or_else(not_understood)?;
    let mut words = rest.split(' ');
    let path = words.next().unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    while let (Some(option), Some(value)) = (words.next(), words.next()) {
        let header = match option {
            "--content-type" => "content-type",
            "--cache-control" => "cache-control",
            "--content-encoding" => "content-encoding",
            _ => return Err(not_understood()),
        };
        headers.push((header, value.to_owned()));
    }
    Ok((path, Object { headers, body: read(&PathBuf::from(file))? }))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// What the cache does, by the names that the template has for it.
fn from_template(template: &Value, objects: BTreeMap<String, Object>) -> Content {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let guards =
        template.pointer("/Resources/Headers/Properties/ResponseHeadersPolicyConfig/SecurityHeadersConfig");
    let guard = |path: &str| guards.and_then(|guards| guards.pointer(path));
    let mut headers = vec![
        ("content-security-policy", text(guard("/ContentSecurityPolicy/ContentSecurityPolicy"))),
        ("referrer-policy", text(guard("/ReferrerPolicy/ReferrerPolicy"))),
    ];
    if guard("/ContentTypeOptions").is_some() {
        headers.push(("x-content-type-options", "nosniff".to_owned()));
    }
    let site = template.pointer("/Resources/Site/Properties/DistributionConfig");
    let site = |path: &str| site.and_then(|site| site.pointer(path));
    // The bucket is private and cannot be listed, so it says 403 where there is nothing.
    let responses = site("/CustomErrorResponses").and_then(Value::as_array);
    let absence = responses.into_iter().flatten().find(|response| response["ErrorCode"] == 403);
    let page = text(absence.map(|absence| &absence["ResponsePagePath"]));
    let status = absence.and_then(|absence| absence["ResponseCode"].as_u64()).unwrap_or(403);
    Content {
        objects,
        headers,
        root: text(site("/DefaultRootObject")),
        missing: (page.trim_start_matches('/').to_owned(), u16::try_from(status).unwrap_or(403)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        host_check::{release::is_hashed, tests::Folder},
        root,
    };

    #[test]
    fn what_a_page_names_is_uploaded_before_it_and_the_worker_last() {
        let folder = Folder::new();
        let commands = commands(&root(), folder.path()).unwrap();
        let paths: Vec<_> = commands.lines().map(|line| object(line).unwrap().0).collect();
        assert!(paths.is_sorted_by_key(|path| (!is_hashed(path), path == "sw.js")), "{paths:?}");
        assert!(paths.iter().any(|path| path == "index.html") && paths.ends_with(&["sw.js".to_owned()]));
    }

    #[test]
    fn a_file_of_a_new_type_stops_the_upload() {
        let folder = Folder::new();
        fs::write(folder.path().join("new.type"), "").unwrap();
        let error = commands(&root(), folder.path()).unwrap_err().to_string();
        assert!(error.contains("new.type: add its media type to"), "{error}");
    }
}
