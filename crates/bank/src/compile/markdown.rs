//! Markdown to HTML, at build time, with raw HTML refused.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, html};

use crate::compile::highlight::{escaped, highlight};

pub(crate) fn parser(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION)
}

/// The language of each fenced block, empty where none is named.
pub(crate) fn languages(markdown: &str) -> Vec<String> {
    let fenced = |event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => Some(language.to_string()),
        _ => None,
    };
    parser(markdown).filter_map(fenced).collect()
}

/// HTML blocks, with code coloured.
pub(crate) fn to_html(markdown: &str) -> String {
    html_of(parser(markdown))
}

/// A prompt's HTML, in which the question has a class and an id: fields to answer it are labelled by that.
pub(crate) fn to_prompt_html(markdown: &str, item: &str) -> String {
    let mut events: Vec<Event<'_>> = parser(markdown).collect();
    if let Some((start, end)) = question(&events) {
        let opened = format!("<p class=\"question\" id=\"question-{}\">", escaped(item));
        for (at, html) in [(start, opened), (end, "</p>\n".to_owned())] {
            if let Some(event) = events.get_mut(at) {
                *event = Event::Html(html.into());
            }
        }
    }
    html_of(events.into_iter())
}

/// Where a prompt's question starts and ends: the last paragraph that is in no list or quotation.
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

fn html_of<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    // The block that is being read: its language and what was read of it.
    let mut block: Option<(String, String)> = None;
    let events = events.filter_map(|event| match (event, &mut block) {
        (Event::Start(Tag::CodeBlock(kind)), _) => {
            let language = match kind {
                CodeBlockKind::Fenced(language) => language.to_string(),
                CodeBlockKind::Indented => String::new(),
            };
            block = Some((language, String::new()));
            None
        }
        (Event::Text(text), Some((_, code))) => {
            code.push_str(&text);
            None
        }
        (Event::End(TagEnd::CodeBlock), _) => {
            block.take().map(|(language, code)| Event::Html(code_block(&language, &code).into()))
        }
        (event, _) => Some(event),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out.trim_end().to_owned()
}

/// Code may be wider than a phone: it scrolls by itself, so a keyboard has to reach it.
fn code_block(language: &str, code: &str) -> String {
    let (class, html) = match highlight(language, code) {
        Some(html) => (format!(" class=\"language-{language}\""), html),
        None => (String::new(), escaped(code)),
    };
    format!("<pre tabindex=\"0\"><code{class}>{html}</code></pre>\n")
}

/// HTML of a page's text: headings have ids (`## Title {#id}`) and can take the focus, and tables scroll by
/// themselves.
pub(crate) fn to_page(markdown: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut section = String::new();
    let events = Parser::new_ext(markdown, options).flat_map(|event| match event {
        Event::Start(Tag::Heading { level, id, .. }) => {
            section = id.map_or_else(String::new, |id| id.to_string());
            vec![Event::Html(format!("<{level} id=\"{section}\" tabindex=\"-1\">").into())]
        }
        Event::Start(Tag::Table(alignments)) => {
            let region = format!(
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{section}\">"
            );
            vec![Event::Html(region.into()), Event::Start(Tag::Table(alignments))]
        }
        Event::End(TagEnd::Table) => vec![Event::End(TagEnd::Table), Event::Html("</div>".into())],
        event => vec![event],
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

/// The ids of the text's headings.
pub(crate) fn heading_ids(markdown: &str) -> Vec<String> {
    let heading = |event| match event {
        Event::Start(Tag::Heading { id, .. }) => id.map(|id| id.to_string()),
        _ => None,
    };
    Parser::new_ext(markdown, Options::ENABLE_HEADING_ATTRIBUTES).filter_map(heading).collect()
}

/// HTML of one paragraph, without the paragraph itself.
pub(crate) fn to_inline_html(markdown: &str) -> String {
    let html = to_html(markdown);
    let inner = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    inner.map_or_else(|| html.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_escaped_and_can_be_reached() {
        assert_eq!(
            to_html("```go\na <- \"b\"\n```"),
            "<pre tabindex=\"0\"><code class=\"language-go\">a &lt;- <span class=\"s\">\"b\"</span>\n</code></pre>"
        );
        assert_eq!(
            to_html("```\" onload=\"x\ny < z\n```"),
            "<pre tabindex=\"0\"><code>y &lt; z\n</code></pre>",
            "a language that is not known is left out"
        );
        assert_eq!(to_html("    a <- b"), "<pre tabindex=\"0\"><code>a &lt;- b</code></pre>");
    }

    #[test]
    fn the_question_of_a_prompt_can_be_named() {
        for (prompt, expected) in [
            ("Why `a`?", "<p class=\"question\" id=\"question-ds-001\">Why <code>a</code>?</p>"),
            (
                "One.\n\nTwo?\n\n- point\n\n- another",
                "<p>One.</p>\n<p class=\"question\" id=\"question-ds-001\">Two?</p>\n\
                 <ul>\n<li>\n<p>point</p>\n</li>\n<li>\n<p>another</p>\n</li>\n</ul>",
            ),
            ("- point", "<ul>\n<li>point</li>\n</ul>"),
        ] {
            assert_eq!(to_prompt_html(prompt, "ds-001"), expected);
        }
    }

    #[test]
    fn text_goes_on_around_code() {
        assert_eq!(
            to_html("One.\n\n```text\na\n\nb\n```\n\nTwo?"),
            "<p>One.</p>\n<pre tabindex=\"0\"><code class=\"language-text\">a\n\nb\n</code></pre>\n<p>Two?</p>"
        );
    }

    #[test]
    fn knows_the_languages_of_blocks() {
        assert_eq!(languages("```go\na\n```\n\n`b`\n\n    c\n\n~~~\nd\n~~~"), ["go", ""]);
    }

    #[test]
    fn a_page_has_sections_and_tables_that_scroll() {
        let text = "## The title {#part}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        let html = to_page(text);
        assert!(html.starts_with("<h2 id=\"part\" tabindex=\"-1\">The title</h2>"), "{html}");
        assert!(html.contains("aria-labelledby=\"part\"><table>"), "{html}");
        assert!(html.trim_end().ends_with("</table>\n</div>"), "{html}");
        assert_eq!(heading_ids(text), ["part"]);
    }

    #[test]
    fn a_paragraph_stands_without_its_element() {
        assert_eq!(to_inline_html("a **b**"), "a <strong>b</strong>");
    }
}
