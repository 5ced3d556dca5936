//! What counts as a word, for all rules that count or compare words, and what a reader can see.

/// Stands for code in a sentence: one word, whatever the code contains.
pub(crate) const CODE: char = '\u{FFFC}';

/// The words of a text: whatever is between spaces and has a letter, a digit or code, without punctuation
/// around it.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_mark = |c: char| !c.is_alphanumeric() && c != CODE;
    text.split_whitespace().map(move |word| word.trim_matches(is_mark)).filter(|word| !word.is_empty())
}

/// Whether a reader sees anything of a text: neither spaces nor characters without width are seen.
pub(crate) fn is_visible(text: &str) -> bool {
    !text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Control and format characters, and letters that are drawn as nothing.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{1f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
    )
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

    #[test]
    fn characters_without_width_are_invisible() {
        for (text, visible) in
            [("", false), (" \u{a0}\u{200b}\u{feff}", false), ("\u{200b}x", true), ("…", true)]
        {
            assert_eq!(is_visible(text), visible, "{text:?}");
        }
    }
}
