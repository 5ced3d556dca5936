//! How long `Cache-Control` lets a browser cache a file.

/// Half a year. Files with hashed names never change, so anything shorter only costs requests.
const LONG: u64 = 180 * 24 * 60 * 60;
/// Browsers revalidate a worker after a day, whatever the host says. Anything cached longer strands readers.
const DAY: u64 = 24 * 60 * 60;

/// How long a response may be used without asking again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Caching {
    /// Not at all: it must be revalidated each time.
    Revalidated,
    /// For at most a day.
    Short,
    /// For longer than a day.
    Days,
    /// For ever.
    Immutable,
    /// Unspecified, so browsers guess.
    Unspecified,
}

/// What the header allows.
pub(crate) fn caching(header: Option<&str>) -> Caching {
    let Some(header) = header else { return Caching::Unspecified };
    let header = header.to_ascii_lowercase();
    let directives = || header.split(',').map(str::trim);
    // No standard says which of several ages a cache uses, so take the smallest.
    let age =
        directives().filter_map(|directive| directive.strip_prefix("max-age=")?.parse::<u64>().ok()).min();
    if directives().any(|directive| matches!(directive, "no-cache" | "no-store")) {
        return Caching::Revalidated;
    }
    match age {
        None => Caching::Unspecified,
        Some(0) => Caching::Revalidated,
        Some(age) if age >= LONG && directives().any(|directive| directive == "immutable") => {
            Caching::Immutable
        }
        Some(age) if age > DAY => Caching::Days,
        Some(_) => Caching::Short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_as_browsers_read_them() {
        let cases = [
            (None, Caching::Unspecified),
            (Some("public"), Caching::Unspecified),
            (Some("no-cache"), Caching::Revalidated),
            (Some("public,max-age=0,must-revalidate"), Caching::Revalidated),
            (Some("max-age=31536000, no-store"), Caching::Revalidated),
            (Some("max-age=600"), Caching::Short),
            (Some("max-age=31536000"), Caching::Days),
            (Some("max-age=600, immutable"), Caching::Short),
            (Some("Public, Max-Age=31536000, Immutable, no-transform"), Caching::Immutable),
            // As Netlify and Cloudflare Pages join the values of overlapping rules.
            (Some("max-age=0, public, max-age=31536000, immutable"), Caching::Revalidated),
            (Some("public, max-age=31536000, immutable, no-cache"), Caching::Revalidated),
        ];
        for (header, expected) in cases {
            assert_eq!(caching(header), expected, "{header:?}");
        }
    }
}
