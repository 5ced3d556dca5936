//! What `Cache-Control` lets a browser do with a file.

/// Half a year: hashed names never change, so anything shorter only costs requests.
const LONG: u64 = 180 * 24 * 60 * 60;
/// Browsers ask for a worker again after a day whatever the host says; what is kept for longer strands readers.
const DAY: u64 = 24 * 60 * 60;

/// How long an answer may be used without asking again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Keeping {
    /// It must be asked for each time; that may be answered with "not modified".
    Checked,
    /// Hours at most.
    Short,
    /// Longer than a day.
    Days,
    /// For good, as far as a browser is concerned.
    Immutable,
    /// The host does not say, so browsers guess.
    Unsaid,
}

/// What the header, where there is one, allows.
pub(crate) fn keeping(header: Option<&str>) -> Keeping {
    let Some(header) = header else { return Keeping::Unsaid };
    let header = header.to_ascii_lowercase();
    let directives = || header.split(',').map(str::trim);
    // Of several the smallest counts here: which one a cache takes is not said anywhere.
    let age =
        directives().filter_map(|directive| directive.strip_prefix("max-age=")?.parse::<u64>().ok()).min();
    if directives().any(|directive| matches!(directive, "no-cache" | "no-store")) {
        return Keeping::Checked;
    }
    match age {
        None => Keeping::Unsaid,
        Some(0) => Keeping::Checked,
        Some(age) if age >= LONG && directives().any(|directive| directive == "immutable") => {
            Keeping::Immutable
        }
        Some(age) if age > DAY => Keeping::Days,
        Some(_) => Keeping::Short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_header_means_what_browsers_make_of_it() {
        let cases = [
            (None, Keeping::Unsaid),
            (Some("public"), Keeping::Unsaid),
            (Some("no-cache"), Keeping::Checked),
            (Some("public,max-age=0,must-revalidate"), Keeping::Checked),
            (Some("max-age=31536000, no-store"), Keeping::Checked),
            (Some("max-age=600"), Keeping::Short),
            (Some("max-age=31536000"), Keeping::Days),
            (Some("max-age=600, immutable"), Keeping::Short),
            (Some("Public, Max-Age=31536000, Immutable, no-transform"), Keeping::Immutable),
            (Some("max-age=0, public, max-age=31536000, immutable"), Keeping::Checked),
        ];
        for (header, expected) in cases {
            assert_eq!(keeping(header), expected, "{header:?}");
        }
    }
}
