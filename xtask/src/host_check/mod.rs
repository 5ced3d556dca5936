//! `cargo xtask host-check`: whether a host serves the sealed folder as the app needs it. Each kind of host that
//! docs/hosting.md describes is tried here, over real HTTP; or one that runs anywhere, by its address.

mod caching;
mod checks;
mod client;
mod finding;
mod hosts;
mod release;
mod report;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::error::{Error, Result};
use checks::check;
use hosts::Host;
use release::RELEASE;

/// Checks the host at an address, or every kind of host with a folder. Fails where readers would.
pub(crate) fn host_check(root: &Path, target: Option<&str>) -> Result<()> {
    let mut broken = Vec::new();
    match target {
        Some(address) if address.starts_with("http://") || address.starts_with("https://") => {
            let site = format!("{}/", address.trim_end_matches('/'));
            let checked = check(&site);
            if report::print(&site, &site, &checked)? {
                broken.push(site);
            }
        }
        folder => {
            let folder = folder.map_or_else(|| root.join("dist"), Into::into);
            if !folder.join(RELEASE).is_file() {
                return Err(Error::NotSealed { folder });
            }
            for host in Host::ALL {
                let served = host.serve(root, &folder)?;
                if report::print(host.name(), served.address(), &check(served.address()))? {
                    broken.push(host.name().to_owned());
                }
            }
        }
    }
    if broken.is_empty() { Ok(()) } else { Err(Error::BrokenHosts { hosts: broken }) }
}
