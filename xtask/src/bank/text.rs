//! A Markdown text of the bank.

use std::{cell::OnceCell, collections::BTreeSet};

use schemars::JsonSchema;

use super::{fields::At, prose::Prose};

/// A text with its place. It is parsed when a rule first asks, and once: there are many rules, and thousands of
/// texts.
#[derive(Debug, JsonSchema)]
#[schemars(with = "String", inline)]
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
        self.plain().split_whitespace().count()
    }

    /// Its different words in lower case, code included.
    pub(crate) fn words(&self) -> &BTreeSet<String> {
        self.words.get_or_init(|| {
            let text = self.plain().to_lowercase();
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        })
    }
}

impl From<At<String>> for Text {
    fn from(At { value, line }: At<String>) -> Self {
        Self { value, line, prose: OnceCell::new(), words: OnceCell::new() }
    }
}
