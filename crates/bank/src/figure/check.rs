//! Checks that several shapes share.

use crate::figure::FigureError;

/// Names must not be empty, too long or used twice.
pub(super) fn names<'a>(
    what: &'static str,
    most: usize,
    names: impl IntoIterator<Item = &'a str>,
    problems: &mut Vec<FigureError>,
) {
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        if name.trim().is_empty() {
            problems.push(FigureError::NoName { what });
        } else if seen.contains(&name) {
            problems.push(FigureError::Twice { what, name: name.to_owned() });
        } else if name.chars().count() > most {
            problems.push(FigureError::LongName { what, name: name.to_owned(), most });
        }
        seen.push(name);
    }
}

/// There must be some of a kind, but no more than there is room for.
pub(super) fn amount(what: &'static str, found: usize, most: usize, problems: &mut Vec<FigureError>) {
    if found == 0 {
        problems.push(FigureError::Empty { what });
    } else if found > most {
        problems.push(FigureError::TooMany { what, found, most });
    }
}

/// Whatever is referred to must exist.
pub(super) fn known<'a>(
    what: &'static str,
    name: &str,
    by: impl FnOnce() -> String,
    mut names: impl Iterator<Item = &'a str>,
    problems: &mut Vec<FigureError>,
) {
    if !names.any(|known| known == name) {
        problems.push(FigureError::Unknown { what, name: name.to_owned(), by: by() });
    }
}

/// A number must be one for which the picture has a place.
pub(super) fn range(
    what: &'static str,
    of: impl FnOnce() -> String,
    found: u16,
    (least, most): (u16, u16),
    problems: &mut Vec<FigureError>,
) {
    if !(least..=most).contains(&found) {
        problems.push(FigureError::Range { what, of: of(), found, least, most });
    }
}
