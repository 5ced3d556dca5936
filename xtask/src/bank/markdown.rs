//! Markdown to HTML, at build time, with raw HTML refused.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};

pub(crate) fn parser(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION)
}

/// HTML blocks.
pub(crate) fn to_html(markdown: &str) -> String {
    // Code may be wider than a phone: it scrolls by itself, so a keyboard has to reach it.
    let events = parser(markdown).map(|event| match event {
        Event::Start(Tag::CodeBlock(kind)) => {
            let class = match kind {
                CodeBlockKind::Fenced(language) if is_name(&language) => {
                    format!(" class=\"language-{language}\"")
                }
                _ => String::new(),
            };
            Event::Html(CowStr::from(format!("<pre tabindex=\"0\"><code{class}>")))
        }
        event => event,
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out.trim_end().to_owned()
}

fn is_name(language: &str) -> bool {
    !language.is_empty() && language.bytes().all(|byte| byte.is_ascii_alphanumeric())
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
            to_html("```go\na <- b\n```"),
            "<pre tabindex=\"0\"><code class=\"language-go\">a &lt;- b\n</code></pre>"
        );
        assert_eq!(
            to_html("```\" onload=\"x\ny\n```"),
            "<pre tabindex=\"0\"><code>y\n</code></pre>",
            "a language that is no name is left out"
        );
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
