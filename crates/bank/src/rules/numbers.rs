//! Options that differ only in their numbers.

use crate::{limits::NEAR, text::words::CODE};

/// Units, in lower case and in the singular.
const UNITS: [&str; 49] = [
    "ns", "µs", "us", "ms", "s", "sec", "second", "min", "minute", "h", "hour", "day", "week", "month",
    "year", "b", "kb", "mb", "gb", "tb", "pb", "kib", "mib", "gib", "tib", "byte", "bit", "kbit", "mbit",
    "gbit", "kbps", "mbps", "gbps", "rps", "qps", "hz", "khz", "mhz", "ghz", "mm", "cm", "m", "km", "metre",
    "mile", "degree", "percent", "dollar", "euro",
];

/// Whether two numbers are so close that someone who means one could give the other. Percentages near 100
/// differ by what is missing from it: 99.99% is ten times as good as 99.9%.
pub(crate) fn near(a: f64, b: f64, percent: bool) -> bool {
    let near = |a: f64, b: f64| 100.0 * (a - b).abs() <= NEAR * a.abs().max(b.abs());
    near(a, b) && (!percent || near(100.0 - a, 100.0 - b))
}

/// Whether two texts differ only in numbers that are each near its counterpart. Code in them is between two
/// [`CODE`], and its numbers count as names.
pub(crate) fn differ_little(a: &str, b: &str) -> bool {
    let ((a_rest, a), (b_rest, b)) = (split(a), split(b));
    !a.is_empty() && a_rest == b_rest && a.iter().zip(&b).all(|(a, b)| a.is_near(*b))
}

#[derive(Clone, Copy)]
struct Number {
    value: f64,
    percent: bool,
    /// Whether it has a unit, a percent sign or decimals. Ports, status codes, years and indices have none:
    /// they are names, and two of them can be close without being similar.
    quantity: bool,
}

impl Number {
    fn is_near(self, other: Self) -> bool {
        if self.quantity || other.quantity {
            near(self.value, other.value, self.percent && other.percent)
        } else {
            self.value.total_cmp(&other.value).is_eq()
        }
    }
}

/// A text without its numbers, and the numbers. Digits in code, names, versions and addresses (`p99`, 1.2.3)
/// stay in the text.
fn split(text: &str) -> (String, Vec<Number>) {
    let (mut rest, mut numbers) = (String::new(), Vec::new());
    for (at, piece) in text.split(CODE).enumerate() {
        if at % 2 == 0 {
            numbers.extend(without_numbers(&piece.to_lowercase(), &mut rest));
        } else {
            rest.push(CODE);
            rest.push_str(piece);
            rest.push(CODE);
        }
    }
    (rest, numbers)
}

/// Adds a text without code to `rest`, and returns its numbers instead.
fn without_numbers(text: &str, rest: &mut String) -> Vec<Number> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let (mut numbers, mut left) = (Vec::new(), text);
    while let Some(start) = left.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = left.split_at(start);
        rest.push_str(before);
        let (run, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        let digits = run.trim_end_matches(['.', ',']);
        let in_a_name = rest.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.'));
        match digits.replace(',', "").parse() {
            Ok(value) if !in_a_name => {
                let percent = after.trim_start().starts_with('%');
                let money = rest.ends_with(['$', '€', '£']);
                let quantity = percent || money || digits.contains('.') || has_unit(after);
                numbers.push(Number { value, percent, quantity });
                rest.push('#');
                rest.push_str(run.strip_prefix(digits).unwrap_or_default());
            }
            _ => rest.push_str(run),
        }
        left = after;
    }
    rest.push_str(left);
    numbers
}

/// Whether a text starts with a unit.
fn has_unit(text: &str) -> bool {
    let word = text.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    UNITS.contains(&word) || word.strip_suffix('s').is_some_and(|word| UNITS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_near_if_all_their_numbers_are() {
        for (a, b, expected) in [
            ("About 100 ms", "about 104 ms", true),
            ("About 100 ms", "About 106 ms", false),
            ("1,000 to 2,000 bytes.", "1,000 to 2,010 bytes.", true),
            ("1,000 GB to 2,000 GB", "1,010 GB to 4,000 GB", false),
            ("About 100 ms", "Up to 100 ms", false),
            ("40 of 100", "40", false),
            ("the p99", "the p95", false),
            ("version 1.2.3", "version 1.2.4", false),
            ("99.9%", "99.99%", false),
            ("62%", "63%", true),
            ("0", "0.0", true),
            ("no number", "no number", false),
            ("It answers \u{fffc}502\u{fffc}.", "It answers \u{fffc}503\u{fffc}.", false),
            ("\u{fffc}a.txt\u{fffc} in 100 ms", "\u{fffc}A.txt\u{fffc} in 100 ms", false),
            ("Port 8080", "Port 8081", false),
            ("Status 502 for all", "Status 503 for all", false),
            ("Since 2019", "Since 2020", false),
            ("Index 40", "Index 41", false),
            ("Index 40", "Index 40", true),
            ("$100 a day", "$104 a day", true),
            ("100 days", "101 days", true),
            ("1.00 of it", "1.01 of it", true),
        ] {
            assert_eq!(differ_little(a, b), expected, "{a} and {b}");
            assert_eq!(differ_little(b, a), expected, "{b} and {a}");
        }
    }

    #[test]
    fn percentages_differ_by_what_is_missing_from_100() {
        assert!(near(99.5, 99.95, false) && !near(99.5, 99.95, true));
        assert!(near(50.0, 52.0, true) && !near(50.0, 60.0, false));
    }
}
