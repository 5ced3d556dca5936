//! A text as its reader meets it: words, sentences, code by itself, and the question at its end.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::markdown::parser;

/// Stands for code in a sentence: one word, whatever the code holds.
const CODE: char = '\u{FFFC}';

#[derive(Debug, Default)]
pub(crate) struct Prose {
    /// Without marks, code included.
    pub(crate) plain: String,
    /// The first raw HTML, if there is any.
    pub(crate) html: Option<String>,
    /// Whether it is a single paragraph.
    pub(crate) one_paragraph: bool,
    /// Words outside code blocks.
    pub(crate) words: usize,
    /// Paragraphs, headings, points of lists and cells of tables.
    blocks: Vec<String>,
    /// Lines of the longest code block.
    pub(crate) code_lines: usize,
    /// The last paragraph: in a prompt, the question itself.
    question: String,
    /// What is set in italics or bold there.
    emphasized: Vec<Range<usize>>,
}

impl Prose {
    pub(crate) fn new(markdown: &str) -> Self {
        let events: Vec<Event<'_>> = parser(markdown).collect();
        let mut prose = Self {
            plain: plain(&events),
            html: raw_html(&events),
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
        for event in events {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Text(text) if !in_code => block.push_str(&text),
                Event::Code(text) => {
                    self.words += text.split_whitespace().count().saturating_sub(1);
                    block.push(CODE);
                }
                Event::SoftBreak | Event::HardBreak => block.push(' '),
                Event::Start(Tag::Emphasis | Tag::Strong) => open.push(block.len()),
                Event::End(TagEnd::Emphasis | TagEnd::Strong) => {
                    emphasized.extend(open.pop().map(|start| start..block.len()));
                }
                Event::End(TagEnd::Paragraph) => {
                    self.question.clone_from(&block);
                    self.emphasized = std::mem::take(&mut emphasized);
                    self.close(&mut block);
                }
                Event::Start(Tag::List(_))
                | Event::End(TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => {
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

    /// Each sentence with its words, code in it being one.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = (&str, usize)> {
        self.blocks.iter().flat_map(|block| sentences(block)).map(|sentence| (sentence, count(sentence)))
    }

    /// The words of the question, without code, and whether each is emphasized.
    pub(crate) fn question(&self) -> impl Iterator<Item = (&str, bool)> {
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
        let mut at = 0;
        self.question.split_inclusive(move |c| !is_word(c)).filter_map(move |piece| {
            let start = at;
            at += piece.len();
            let word = piece.trim_end_matches(|c| !is_word(c));
            (!word.is_empty()).then(|| (word, self.emphasized.iter().any(|range| range.contains(&start))))
        })
    }

    /// The question's last word, if it ends in one and not in code.
    pub(crate) fn last_word(&self) -> Option<&str> {
        let end = self.question.trim_end_matches(|c: char| !c.is_alphanumeric() && c != CODE);
        end.rsplit(|c: char| !c.is_alphanumeric()).next().filter(|word| !word.is_empty())
    }
}

/// The text without marks.
fn plain(events: &[Event<'_>]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
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

fn is_one_paragraph(events: &[Event<'_>]) -> bool {
    let mut blocks = events.iter().filter_map(|event| match event {
        Event::Start(tag) => Some(tag),
        _ => None,
    });
    let inline =
        |tag: &Tag<'_>| matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Strikethrough);
    matches!(blocks.next(), Some(Tag::Paragraph)) && blocks.all(inline)
}

/// Lines of the longest code block.
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
    text.split_whitespace().filter(|word| word.contains(|c: char| c.is_alphanumeric() || c == CODE)).count()
}

/// Splits after a full stop, question mark or exclamation mark where a new sentence can begin.
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
    fn finds_raw_html_but_not_code() {
        let html = |markdown| Prose::new(markdown).html;
        assert_eq!(html("a <b>c</b>").as_deref(), Some("<b>"));
        assert_eq!(html("<div>\nx\n</div>").as_deref(), Some("<div>"));
        assert_eq!(html("`<b>` and x < y\n\n```\n<b>\n```"), None);
    }

    #[test]
    fn knows_a_paragraph() {
        assert!(Prose::new("One *paragraph* with `code`.").one_paragraph);
        for not in ["Two.\n\nParagraphs.", "# Heading", "- list", "```\ncode\n```", ""] {
            assert!(!Prose::new(not).one_paragraph, "{not:?}");
        }
    }

    #[test]
    fn reads_without_marks() {
        assert_eq!(
            Prose::new("Writes to **W = 3** of `five nodes`.\n").plain,
            "Writes to W = 3 of five nodes."
        );
    }

    #[test]
    fn sentences_end_where_another_begins() {
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
    fn code_is_one_word_of_a_sentence_and_a_block_is_none() {
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
    fn the_question_is_the_last_paragraph() {
        let prose = Prose::new("*Not* this.\n\nWhich one isn't\n*never* an …?\n\n```\ncode\n```\n");
        let words: Vec<(&str, bool)> = prose.question().collect();
        assert_eq!(
            words,
            [("Which", false), ("one", false), ("isn’t", false), ("never", true), ("an", false)]
        );
        assert_eq!(prose.last_word(), Some("an"));
    }
}
