//! Parsing Markdown.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The Markdown of items and misconceptions.
pub(crate) fn parser(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION)
}

/// The Markdown of a page, whose headings have ids (`## Title {#id}`).
pub(crate) fn page_parser(markdown: &str) -> Parser<'_> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_HEADING_ATTRIBUTES;
    Parser::new_ext(markdown, options)
}

/// The language of each fenced code block; empty where the author names none.
pub(crate) fn languages(markdown: &str) -> Vec<String> {
    let fenced = |event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => Some(language.to_string()),
        _ => None,
    };
    parser(markdown).filter_map(fenced).collect()
}

/// The ids of a page's headings.
pub(crate) fn heading_ids(markdown: &str) -> Vec<String> {
    let heading = |event| match event {
        Event::Start(Tag::Heading { id, .. }) => id.map(|id| id.to_string()),
        _ => None,
    };
    page_parser(markdown).filter_map(heading).collect()
}

/// Where a prompt's question starts and ends: the last paragraph outside lists and quotations.
pub(crate) fn question(events: &[Event<'_>]) -> Option<(usize, usize)> {
    let (mut depth, mut start, mut found) = (0_usize, 0, None);
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(_) => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if depth == 0 && *tag == TagEnd::Paragraph {
                    found = Some((start, at));
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_languages_of_code_blocks_are_found() {
        assert_eq!(languages("```go\na\n```\n\n`b`\n\n    c\n\n~~~\nd\n~~~"), ["go", ""]);
    }

    #[test]
    fn the_ids_of_headings_are_found() {
        assert_eq!(heading_ids("## The title {#part}\n\n## Another\n"), ["part"]);
    }
}
