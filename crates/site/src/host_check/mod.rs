//! Checks that a host serves the sealed folder correctly, by requesting every file of the release over HTTP.

// A request, and what its response lets a browser do.
mod caching;
mod client;

// The faults to look for, and the report.
mod checks;
mod fault;
mod report;

mod nginx;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::{
    error::{Error, Result},
    names::RELEASE,
};

pub use checks::Checked;

/// Checks the site at an address.
pub fn at_address(address: &str) -> Checked {
    checks::check(&format!("{}/", address.trim_end_matches('/')))
}

/// Checks a sealed folder on nginx with the settings in `docs/hosting/nginx.conf`. `nginx` is the program.
///
/// # Errors
/// If the folder isn't sealed, or nginx doesn't start.
pub fn on_nginx(root: &Path, folder: &Path, nginx: &Path) -> Result<Checked> {
    if !folder.join(RELEASE).is_file() {
        return Err(Error::NotSealed { folder: folder.to_owned() });
    }
    let served = nginx::serve(root, folder, nginx)?;
    Ok(checks::check(served.address()))
}
