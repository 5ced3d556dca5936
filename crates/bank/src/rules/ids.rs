//! The ids of items: a skill's prefix, a dash and three digits.

use crate::{
    problem::Malformed,
    read::{authored::AuthoredSkill, fields::BankFile},
    rules::references::unique,
    text::At,
};

/// The number in an id, if the id has the skill's prefix and three digits.
pub(crate) fn number(prefix: &str, id: &str) -> Option<u16> {
    let digits = id.strip_prefix(prefix)?.strip_prefix('-')?;
    let is_number = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// Reports ids that occur twice, are malformed, or are missing below the highest one.
pub(crate) fn check(file: &BankFile<'_>, skill: &AuthoredSkill, ids: &[At<String>]) {
    unique(file, ids.iter());
    let prefix = &skill.prefix.value;
    let mut given = Vec::new();
    for id in ids.iter().filter(|id| !id.value.is_empty()) {
        if let Some(number) = number(prefix, &id.value) {
            given.push(number);
        } else {
            let wanted = format!("{prefix}- followed by three digits");
            file.report(id.line, Malformed::BadId { id: id.value.clone(), wanted });
        }
    }
    given.sort_unstable();
    for (first, last) in gaps(&given) {
        file.report(1, Malformed::MissingIds { prefix: prefix.clone(), first, last });
    }
}

/// The first and last number of each gap, from 1 to the highest number given.
fn gaps(given: &[u16]) -> Vec<(u16, u16)> {
    let before = std::iter::once(&0).chain(given);
    let pairs = before.zip(given);
    pairs
        .filter(|(before, next)| **next > **before + 1)
        .map(|(before, next)| (before + 1, next - 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_found() {
        for (given, expected) in [
            (&[][..], &[][..]),
            (&[1, 2, 2, 3], &[]),
            (&[0, 1], &[]),
            (&[2], &[(1, 1)]),
            (&[1, 4, 6], &[(2, 3), (5, 5)]),
        ] {
            assert_eq!(gaps(given), expected, "{given:?}");
        }
    }

    #[test]
    fn an_id_has_three_digits() {
        for (id, expected) in [
            ("ti-007", Some(7)),
            ("ti-999", Some(999)),
            ("ti-1000", None),
            ("ti-07", None),
            ("ti-+07", None),
            ("ti007", None),
            ("to-007", None),
        ] {
            assert_eq!(number("ti", id), expected, "{id}");
        }
    }
}
