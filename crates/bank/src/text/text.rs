//! A Markdown text of the bank.

use std::{cell::OnceCell, collections::BTreeSet};

use schemars::JsonSchema;

use crate::text::{
    At,
    prose::Prose,
    words::{CODE, is_invisible, words},
};

/// A Markdown text and its line. It is parsed once, when a rule first asks: there are many rules and
/// thousands of texts.
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
    /// The text as its reader sees it.
    pub(crate) fn prose(&self) -> &Prose {
        self.prose.get_or_init(|| Box::new(Prose::new(&self.value)))
    }

    /// The text without markup, but with its code.
    pub(crate) fn plain(&self) -> &str {
        &self.prose().plain
    }

    /// How many words a reader reads.
    pub(crate) fn word_count(&self) -> usize {
        words(self.plain()).count()
    }

    /// Its distinct words in lower case, including code.
    pub(crate) fn words(&self) -> &BTreeSet<String> {
        self.words.get_or_init(|| {
            let text = self.plain().to_lowercase();
            words(&text).map(str::to_owned).collect()
        })
    }

    /// The text in a form for comparison: without case, punctuation and invisible characters. Code stays as
    /// it is, between two [`CODE`], because each of its characters matters.
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

/// Removes punctuation, except what gives a number its value: a decimal point, a thousands separator, a minus
/// sign.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn says(markdown: &str) -> String {
        Text::from(At { value: markdown.to_owned(), line: 1 }).says()
    }

    #[test]
    fn markup_and_punctuation_do_not_make_texts_differ() {
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
}
