//! A Markdown text of the bank.

use std::{cell::OnceCell, collections::BTreeSet};

use schemars::JsonSchema;

use crate::read::{
    fields::At,
    prose::{CODE, Prose},
    words::words,
};

/// A text with its place. It is parsed when a rule first asks, and once: there are many rules, and thousands of
/// texts.
#[derive(Debug, JsonSchema)]
#[schemars(with = "String", inline, extend("minLength" = 1))]
pub(crate) struct Text {
    /// Markdown.
    pub(crate) value: String,
    /// Counted from 1.
    pub(crate) line: usize,
    prose: OnceCell<Box<Prose>>,
    words: OnceCell<BTreeSet<String>>,
}

impl Text {
    /// As its reader meets it.
    pub(crate) fn prose(&self) -> &Prose {
        self.prose.get_or_init(|| Box::new(Prose::new(&self.value)))
    }

    /// As it reads: without marks, code included.
    pub(crate) fn plain(&self) -> &str {
        &self.prose().plain
    }

    /// How many words a reader reads.
    pub(crate) fn word_count(&self) -> usize {
        words(self.plain()).count()
    }

    /// Its different words in lower case, code included.
    pub(crate) fn words(&self) -> &BTreeSet<String> {
        self.words.get_or_init(|| {
            let text = self.plain().to_lowercase();
            words(&text).map(str::to_owned).collect()
        })
    }

    /// What it says, to be compared: without case, punctuation and characters that nobody sees. Code stays as it is,
    /// between marks, since there each character counts.
    pub(crate) fn says(&self) -> String {
        let mut says = String::new();
        for (at, piece) in self.prose().marked.split(CODE).enumerate() {
            if at % 2 == 0 {
                says.push_str(&without_punctuation(piece));
            } else {
                says.extend([&CODE.to_string(), piece, &CODE.to_string()]);
            }
        }
        says.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl From<At<String>> for Text {
    fn from(At { value, line }: At<String>) -> Self {
        Self { value, line, prose: OnceCell::new(), words: OnceCell::new() }
    }
}

/// Without the marks that say nothing: those in a number and before one do.
fn without_punctuation(text: &str) -> String {
    let chars: Vec<char> = text.to_lowercase().chars().filter(|c| !is_invisible(*c)).collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let kept = |(at, c): (usize, &char)| match c {
        '.' | ',' if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => *c,
        '-' | '−' if !is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => *c,
        '.' | ',' | ';' | ':' | '!' | '?' | '…' | '\'' | '"' | '‘' | '’' | '“' | '”' | '(' | ')' | '-'
        | '−' | '‐' | '‑' | '–' | '—' => ' ',
        _ => *c,
    };
    chars.iter().enumerate().map(kept).collect()
}

/// Whether anything of a text is seen: neither spaces nor characters without width are.
pub(crate) fn is_visible(text: &str) -> bool {
    !text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Marks of formats, and letters that are drawn as nothing.
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

    fn says(markdown: &str) -> String {
        Text::from(At { value: markdown.to_owned(), line: 1 }).says()
    }

    #[test]
    fn texts_say_the_same_whatever_their_marks() {
        for (a, b, same) in [
            ("With the **next** high water", "with the next high-water.", true),
            ("Wait\u{200b}, then\u{a0}retry", "“Wait” – then retry!", true),
            ("1.5 s", "15 s", false),
            ("1,500 s", "1.500 s", false),
            ("−1", "1", false),
            ("a ≤ b", "a ≥ b", false),
            ("`a <- b`", "`a -> b`", false),
            ("`A`", "`a`", false),
            ("Read `a`.", "read `a`", true),
        ] {
            assert_eq!(says(a) == says(b), same, "{a} and {b}");
        }
    }

    #[test]
    fn what_has_no_width_is_not_seen() {
        for (text, visible) in
            [("", false), (" \u{a0}\u{200b}\u{feff}", false), ("\u{200b}x", true), ("…", true)]
        {
            assert_eq!(is_visible(text), visible, "{text:?}");
        }
    }
}
