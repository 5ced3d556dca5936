//! Days, to find out how long ago an item was reviewed.

use std::time::{SystemTime, UNIX_EPOCH};

/// A day, counted from 1 January 1970. The bank does nothing else with dates, so it needs no crate for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(i64);

impl Day {
    /// Today, by the system's clock.
    pub(crate) fn today() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(i64::try_from(since.as_secs() / 86_400).unwrap_or(i64::MAX))
    }

    /// A day such as 2026-11-23. TOML has already checked that it exists.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-').map(|part| part.parse::<i64>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        // Years start in March here, so that a leap day is the last of its year (Hinnant 2013,
        // days_from_civil).
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let before = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        Some(Self(before + (153 * month + 2) / 5 + day - 1 - 719_468))
    }

    pub(crate) fn year(self) -> i64 {
        let has_started =
            |year: &i64| Self::parse(&format!("{year}-01-01")).is_some_and(|first| first <= self);
        (1970..=9999).take_while(has_started).last().unwrap_or(1970)
    }

    /// Days from an earlier day to this one.
    pub(crate) fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        for (text, days) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("2026-11-23", 20_780),
        ] {
            assert_eq!(Day::parse(text), Some(Day(days)), "{text}");
        }
        assert_eq!(Day::parse("2026-11"), None);
        for (text, year) in [("1970-01-01", 1970), ("2024-12-31", 2024), ("2025-01-01", 2025)] {
            assert_eq!(Day::parse(text).unwrap().year(), year);
        }
        assert!(Day::today() > Day::parse("2026-01-01").unwrap());
    }
}
