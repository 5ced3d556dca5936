//! Checking a host, and printing what was found.

use std::path::Path;

use sextant_site::host_check::{at_address, on_nginx};

use crate::{
    error::{Error, Result},
    run::print,
    tools::ensure_nginx,
};

/// Checks the host at an address, or a folder on nginx with our settings. A host may be worse than it could be, but
/// our own settings may not.
pub(crate) fn host_check(root: &Path, target: Option<&str>) -> Result<()> {
    let is_address = |target: &&str| target.starts_with("http://") || target.starts_with("https://");
    if let Some(address) = target.filter(is_address) {
        let checked = at_address(address);
        print(&checked.report(address))?;
        return if checked.is_broken() {
            Err(Error::BrokenHost { host: address.to_owned() })
        } else {
            Ok(())
        };
    }
    let folder = target.map_or_else(|| root.join("dist"), Into::into);
    let checked = on_nginx(root, &folder, &ensure_nginx()?)?;
    print(&checked.report("nginx, with docs/hosting/nginx.conf"))?;
    if checked.is_fine() { Ok(()) } else { Err(Error::BrokenHost { host: "nginx".to_owned() }) }
}
