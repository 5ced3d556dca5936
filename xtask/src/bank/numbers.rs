//! Options that differ in their numbers only.

/// Two numbers that differ by no more than this share of the larger are one answer.
const NEAR: f64 = 0.05;

/// Whether two numbers are so close that who means one may give the other.
pub(super) fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= NEAR * a.abs().max(b.abs())
}

/// Whether two texts are the same but for numbers, and each of those is near its counterpart.
pub(super) fn differ_little(a: &str, b: &str) -> bool {
    let ((a_rest, a), (b_rest, b)) = (split(a), split(b));
    !a.is_empty() && a_rest == b_rest && a.iter().zip(&b).all(|(a, b)| a.is_near(*b))
}

#[derive(Clone, Copy)]
struct Number {
    value: f64,
    percent: bool,
}

impl Number {
    /// Shares near the whole differ by what is missing: 99.99% is ten times as good as 99.9%.
    fn is_near(self, other: Self) -> bool {
        near(self.value, other.value)
            && !(self.percent && other.percent && !near(100.0 - self.value, 100.0 - other.value))
    }
}

/// A text without its numbers, and those. Digits in a name, a version or an address (`p99`, 1.2.3) stay text.
fn split(text: &str) -> (String, Vec<Number>) {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let (mut rest, mut numbers) = (String::new(), Vec::new());
    let mut left = text;
    while let Some(start) = left.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = left.split_at(start);
        rest.push_str(before);
        let (run, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        let digits = run.trim_end_matches(['.', ',']);
        let in_a_name = rest.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.'));
        match digits.replace(',', "").parse() {
            Ok(value) if !in_a_name => {
                numbers.push(Number { value, percent: after.trim_start().starts_with('%') });
                rest.push('#');
                rest.push_str(run.strip_prefix(digits).unwrap_or_default());
            }
            _ => rest.push_str(run),
        }
        left = after;
    }
    rest.push_str(left);
    (rest.to_lowercase(), numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_near_where_all_their_numbers_are() {
        for (a, b, expected) in [
            ("About 100 ms", "about 104 ms", true),
            ("About 100 ms", "About 106 ms", false),
            ("1,000 to 2,000.", "1010 to 2,010.", true),
            ("1,000 to 2,000", "1,010 to 4,000", false),
            ("About 100 ms", "Up to 100 ms", false),
            ("40 of 100", "40", false),
            ("the p99", "the p95", false),
            ("version 1.2.3", "version 1.2.4", false),
            ("99.9%", "99.99%", false),
            ("62%", "63%", true),
            ("0", "0.0", true),
            ("no number", "no number", false),
        ] {
            assert_eq!(differ_little(a, b), expected, "{a} and {b}");
            assert_eq!(differ_little(b, a), expected, "{b} and {a}");
        }
    }
}
