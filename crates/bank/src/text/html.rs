//! Markdown to HTML at build time. The check refuses raw HTML.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd, html};

use crate::text::{
    highlight::{escaped, highlight},
    markdown::{page_parser, parser, question},
};

/// HTML blocks, with syntax highlighting in code.
pub(crate) fn to_html(markdown: &str) -> String {
    html_of(parser(markdown))
}

/// A prompt's HTML. The question has a class, and an id by which the answer's fields are labelled.
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

fn html_of<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    // The code block that is being read: its language, and its code so far.
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

/// Code may be wider than a phone, so it scrolls on its own and can take the focus.
fn code_block(language: &str, code: &str) -> String {
    let (class, html) = match highlight(language, code) {
        Some(html) => (format!(" class=\"language-{language}\""), html),
        None => (String::new(), escaped(code)),
    };
    format!("<pre tabindex=\"0\"><code{class}>{html}</code></pre>\n")
}

/// A page's HTML. Headings have ids (`## Title {#id}`) and can take the focus, and tables scroll on their
/// own.
pub(crate) fn to_page(markdown: &str) -> String {
    let mut section = String::new();
    let events = page_parser(markdown).flat_map(|event| match event {
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

/// The HTML of one paragraph, without its element.
pub(crate) fn to_inline_html(markdown: &str) -> String {
    let html = to_html(markdown);
    let inner = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    inner.map_or_else(|| html.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_escaped_and_can_take_the_focus() {
        assert_eq!(
            to_html("```go\na <- \"b\"\n```"),
            "<pre tabindex=\"0\"><code class=\"language-go\">a &lt;- <span class=\"s\">\"b\"</span>\n</code></pre>"
        );
        assert_eq!(
            to_html("```\" onload=\"x\ny < z\n```"),
            "<pre tabindex=\"0\"><code>y &lt; z\n</code></pre>",
            "an unknown language is left out"
        );
        assert_eq!(to_html("    a <- b"), "<pre tabindex=\"0\"><code>a &lt;- b</code></pre>");
    }

    #[test]
    fn a_prompts_question_has_a_class_and_an_id() {
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
    fn text_around_code_is_kept() {
        assert_eq!(
            to_html("One.\n\n```text\na\n\nb\n```\n\nTwo?"),
            "<p>One.</p>\n<pre tabindex=\"0\"><code class=\"language-text\">a\n\nb\n</code></pre>\n<p>Two?</p>"
        );
    }

    #[test]
    fn a_page_has_sections_and_scrolling_tables() {
        let text = "## The title {#part}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        let html = to_page(text);
        assert!(html.starts_with("<h2 id=\"part\" tabindex=\"-1\">The title</h2>"), "{html}");
        assert!(html.contains("aria-labelledby=\"part\"><table>"), "{html}");
        assert!(html.trim_end().ends_with("</table>\n</div>"), "{html}");
    }

    #[test]
    fn inline_html_has_no_paragraph_element() {
        assert_eq!(to_inline_html("a **b**"), "a <strong>b</strong>");
    }
}
