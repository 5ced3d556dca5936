//! A text as its reader sees it: words, sentences, code, and the question at its end.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::text::{
    markdown::{parser, question},
    words::{CODE, is_visible, words},
};

#[derive(Debug, Default)]
pub(crate) struct Prose {
    /// The text without markup, but with its code.
    pub(crate) plain: String,
    /// The same, with each piece of code between two [`CODE`].
    pub(crate) marked: String,
    /// Whether a reader sees anything of it.
    pub(crate) is_visible: bool,
    /// The first raw HTML.
    pub(crate) html: Option<String>,
    /// The first link that is neither https nor to a place on the same page.
    pub(crate) link: Option<String>,
    /// The first image's address.
    pub(crate) image: Option<String>,
    /// Whether it is a single paragraph.
    pub(crate) one_paragraph: bool,
    /// How many words are outside code blocks.
    pub(crate) words: usize,
    /// Paragraphs, headings, list items and table cells.
    blocks: Vec<String>,
    /// How many lines the longest code block has.
    pub(crate) code_lines: usize,
    /// A prompt's question; empty if there is none.
    pub(crate) question: String,
    /// What is bold or in italics there.
    emphasized: Vec<Range<usize>>,
}

impl Prose {
    pub(crate) fn new(markdown: &str) -> Self {
        let events: Vec<Event<'_>> = parser(markdown).collect();
        let marked = marked(&events);
        let plain: String = marked.chars().filter(|c| *c != CODE).collect();
        let mut prose = Self {
            is_visible: is_visible(&plain),
            plain,
            marked,
            html: raw_html(&events),
            link: first(&events, |tag| match tag {
                Tag::Link { dest_url, .. } => {
                    (!dest_url.starts_with("https://") && !dest_url.starts_with('#')).then_some(dest_url)
                }
                _ => None,
            }),
            image: first(&events, |tag| match tag {
                Tag::Image { dest_url, .. } => Some(dest_url),
                _ => None,
            }),
            one_paragraph: is_one_paragraph(&events),
            code_lines: longest_code(&events),
            ..Self::default()
        };
        prose.read(events);
        prose
    }

    fn read(&mut self, events: Vec<Event<'_>>) {
        let (mut block, mut emphasized, mut open) = (String::new(), Vec::new(), Vec::new());
        let mut in_code = false;
        let question = question(&events).map(|(_, end)| end);
        for (at, event) in events.into_iter().enumerate() {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Text(text) if !in_code => block.push_str(&text),
                Event::Code(text) => {
                    self.words += count(&text).saturating_sub(1);
                    block.push(CODE);
                }
                Event::SoftBreak | Event::HardBreak => block.push(' '),
                Event::Start(Tag::Emphasis | Tag::Strong) => open.push(block.len()),
                Event::End(TagEnd::Emphasis | TagEnd::Strong) => {
                    emphasized.extend(open.pop().map(|start| start..block.len()));
                }
                Event::End(TagEnd::Paragraph) if question == Some(at) => {
                    self.question.clone_from(&block);
                    self.emphasized = std::mem::take(&mut emphasized);
                    self.close(&mut block);
                }
                Event::Start(Tag::List(_))
                | Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => {
                    emphasized.clear();
                    self.close(&mut block);
                }
                _ => {}
            }
        }
    }

    fn close(&mut self, block: &mut String) {
        self.words += count(block);
        self.blocks.push(std::mem::take(block));
    }

    /// Each sentence with its number of words. A piece of code counts as one.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = (&str, usize)> {
        self.blocks.iter().flat_map(|block| sentences(block)).map(|sentence| (sentence, count(sentence)))
    }

    /// The words of the question's last sentence without code, and whether each is emphasized. Earlier
    /// sentences of the paragraph describe the situation.
    pub(crate) fn question(&self) -> impl Iterator<Item = (&str, bool)> {
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
        let last = sentences(&self.question).last().copied().unwrap_or_default();
        let mut at = self.question.rfind(last).unwrap_or_default();
        self.question.get(at..).unwrap_or_default().split_inclusive(move |c| !is_word(c)).filter_map(
            move |piece| {
                let start = at;
                at += piece.len();
                let word = piece.trim_end_matches(|c| !is_word(c));
                (!word.is_empty()).then(|| (word, self.emphasized.iter().any(|range| range.contains(&start))))
            },
        )
    }

    /// The question's last word; `None` if it ends in code.
    pub(crate) fn last_word(&self) -> Option<&str> {
        let end = self.question.trim_end_matches(|c: char| !c.is_alphanumeric() && c != CODE);
        end.rsplit(|c: char| !c.is_alphanumeric()).next().filter(|word| !word.is_empty())
    }
}

/// The text without markup, with each piece of code between two [`CODE`].
fn marked(events: &[Event<'_>]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(part) => text.push_str(part),
            Event::Code(part) => text.extend([&CODE.to_string(), part.as_ref(), &CODE.to_string()]),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                text.push(' ');
            }
            _ => {}
        }
    }
    text.trim().to_owned()
}

fn raw_html(events: &[Event<'_>]) -> Option<String> {
    events.iter().find_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(html.trim().to_owned()),
        _ => None,
    })
}

/// The first address that `address` finds in a start tag.
fn first<'e>(
    events: &'e [Event<'e>],
    address: impl Fn(&'e Tag<'e>) -> Option<&'e CowStr<'e>>,
) -> Option<String> {
    let mut addresses = events.iter().filter_map(|event| match event {
        Event::Start(tag) => address(tag),
        _ => None,
    });
    addresses.next().map(ToString::to_string)
}

fn is_one_paragraph(events: &[Event<'_>]) -> bool {
    let mut blocks = events.iter().filter_map(|event| match event {
        Event::Start(tag) => Some(tag),
        _ => None,
    });
    let inline =
        |tag: &Tag<'_>| matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Strikethrough);
    matches!(blocks.next(), Some(Tag::Paragraph)) && blocks.all(inline)
}

/// How many lines the longest code block has.
fn longest_code(events: &[Event<'_>]) -> usize {
    let blocks = events.split(|event| matches!(event, Event::End(TagEnd::CodeBlock)));
    let code = blocks.filter_map(|block| {
        let start = block.iter().position(|event| matches!(event, Event::Start(Tag::CodeBlock(_))))?;
        let lines = block.iter().skip(start).map(|event| match event {
            Event::Text(text) => text.matches('\n').count(),
            _ => 0,
        });
        Some(lines.sum())
    });
    code.max().unwrap_or(0)
}

fn count(text: &str) -> usize {
    words(text).count()
}

/// Splits after a full stop, question mark or exclamation mark where a new sentence can start.
fn sentences(text: &str) -> Vec<&str> {
    let begins = |c: char| c.is_uppercase() || c.is_numeric() || matches!(c, CODE | '“' | '‘' | '(');
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '?', '!']) {
        let rest = text.get(at + mark.len()..).unwrap_or_default().trim_start_matches(['”', '’', ')']);
        let next = rest.trim_start();
        if next.len() < rest.len() && next.starts_with(begins) {
            let end = text.len() - next.len();
            sentences.extend(text.get(start..end).map(str::trim));
            start = end;
        }
    }
    sentences.extend(text.get(start..).map(str::trim).filter(|rest| !rest.is_empty()));
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_html_is_found_outside_code() {
        let html = |markdown| Prose::new(markdown).html;
        assert_eq!(html("a <b>c</b>").as_deref(), Some("<b>"));
        assert_eq!(html("<div>\nx\n</div>").as_deref(), Some("<div>"));
        assert_eq!(html("`<b>` and x < y\n\n```\n<b>\n```"), None);
    }

    #[test]
    fn a_single_paragraph_is_recognized() {
        assert!(Prose::new("One *paragraph* with `code`.").one_paragraph);
        for not in ["Two.\n\nParagraphs.", "# Heading", "- list", "```\ncode\n```", ""] {
            assert!(!Prose::new(not).one_paragraph, "{not:?}");
        }
    }

    #[test]
    fn plain_text_has_no_markup() {
        assert_eq!(
            Prose::new("Writes to **W = 3** of `five nodes`.\n").plain,
            "Writes to W = 3 of five nodes."
        );
    }

    #[test]
    fn a_sentence_ends_where_the_next_starts() {
        for (text, expected) in [
            ("", &[][..]),
            ("One", &["One"]),
            ("One. Two? Three!", &["One.", "Two?", "Three!"]),
            ("It takes 1.5 s, e.g. twice, i.e. often.", &["It takes 1.5 s, e.g. twice, i.e. often."]),
            ("It ends (here.) Then “it goes on.” So.", &["It ends (here.)", "Then “it goes on.”", "So."]),
            ("Wait. 40 of them fail.", &["Wait.", "40 of them fail."]),
            ("a.b.c and v1.2 stay… whole", &["a.b.c and v1.2 stay… whole"]),
        ] {
            assert_eq!(sentences(text), expected, "{text:?}");
        }
    }

    #[test]
    fn inline_code_counts_as_one_word_and_a_code_block_as_none() {
        let prose = Prose::new(
            "Run `SELECT a FROM b`. `c` waits:\n\n- a point\n- *another* one\n\n```go\nx := 1\ny := 2\n```\n\nWhy **not** `d`?",
        );
        let counts: Vec<usize> = prose.sentences().map(|(_, words)| words).collect();
        assert_eq!(counts, [2, 2, 2, 2, 3]);
        assert_eq!(prose.words, 2 + 3 + 2 + 2 + 2 + 3);
        assert_eq!(prose.code_lines, 2);
        assert_eq!(prose.question().collect::<Vec<_>>(), [("Why", false), ("not", true)]);
        assert_eq!(prose.last_word(), None);
    }

    #[test]
    fn the_question_is_in_the_last_paragraph() {
        let prose = Prose::new("*Not* this.\n\nWhich one isn't\n*never* an …?\n\n```\ncode\n```\n");
        let words: Vec<(&str, bool)> = prose.question().collect();
        assert_eq!(
            words,
            [("Which", false), ("one", false), ("isn’t", false), ("never", true), ("an", false)]
        );
        assert_eq!(prose.last_word(), Some("an"));
    }

    #[test]
    fn the_question_is_outside_lists_and_quotations() {
        for (markdown, expected) in [
            ("One.\n\nTwo?", "Two?"),
            ("Two?\n\n- a point\n\n- another", "Two?"),
            ("Two?\n\n> said\n\n| a |\n|---|\n| b |", "Two?"),
            ("- a point\n\n- another", ""),
            ("# Two?\n\n```text\ncode\n```", ""),
        ] {
            assert_eq!(Prose::new(markdown).question, expected, "{markdown:?}");
        }
    }
}
