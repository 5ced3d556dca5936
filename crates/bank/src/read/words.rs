//! What a word is, for all rules that count or compare them.

use crate::read::prose::CODE;

/// The words of a text: what stands between spaces and has a letter, a digit or code, without the marks around it.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_mark = |c: char| !c.is_alphanumeric() && c != CODE;
    text.split_whitespace().map(move |word| word.trim_matches(is_mark)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_a_letter_or_a_digit() {
        for (text, expected) in [
            ("", &[][..]),
            ("One – two — three", &["One", "two", "three"]),
            ("“N = 5”, it's (not) 3.5%…", &["N", "5", "it's", "not", "3.5"]),
            ("read/write \u{fffc}.", &["read/write", "\u{fffc}"]),
            ("* & – !", &[]),
        ] {
            assert_eq!(words(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
