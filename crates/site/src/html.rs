//! The tags of a page or of a piece of HTML in the bank, found as a browser finds them. Everything that is
//! not edited stays the same, byte for byte.

use std::{fmt, ops::Range};

use html5gum::{HtmlString, Spanned, StartTag, Token, Tokenizer, emitters::default::DefaultEmitter};

/// A start tag. End tags and text need no sealing.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) name: String,
    /// In the order of the source. An attribute without `=` has no value.
    attributes: Vec<(String, Option<String>)>,
    /// What an edit inserts after the tag, or in its place.
    pub(crate) after: String,
    is_removed: bool,
    place: Range<usize>,
}

impl Tag {
    /// An attribute's value; empty if it has none.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(own, _)| own == name)?;
        Some(value.as_deref().unwrap_or_default())
    }

    /// Whether the tag has this name, and the attribute this value.
    pub(crate) fn is(&self, name: &str, attribute: &str, value: &str) -> bool {
        self.name == name && self.get(attribute) == Some(value)
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(own, _)| own == name) {
            Some((_, old)) => *old = Some(value.to_owned()),
            None => self.attributes.push((name.to_owned(), Some(value.to_owned()))),
        }
    }

    /// Removes an element without content, with its end tag if it has one.
    pub(crate) fn remove(&mut self) {
        self.is_removed = true;
    }

    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_deref().unwrap_or_default()))
    }

    fn new(html: &str, tag: StartTag<usize>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut attributes: Vec<_> = tag.attributes.into_iter().collect();
        attributes.sort_by_key(|(_, value)| value.span.start);
        let attribute = |(name, Spanned { value, span }): (HtmlString, Spanned<HtmlString>)| {
            let rest = html.get(span.start + name.len()..).unwrap_or_default();
            (text(&name), rest.trim_start().starts_with('=').then(|| text(&value)))
        };
        Self {
            name: text(&tag.name),
            attributes: attributes.into_iter().map(attribute).collect(),
            after: String::new(),
            is_removed: false,
            place: tag.span.start..tag.span.end,
        }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}", self.name)?;
        for (name, value) in &self.attributes {
            match value {
                Some(value) => {
                    write!(f, " {name}=\"{}\"", value.replace('&', "&amp;").replace('"', "&quot;"))?;
                }
                None => write!(f, " {name}")?,
            }
        }
        write!(f, ">{}", self.after)
    }
}

/// The start tags in the order of the source.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // Otherwise tags within a script would count.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter)
        .flatten()
        .filter_map(|token| match token {
            Token::StartTag(tag) => Some(Tag::new(html, tag)),
            _ => None,
        })
        .collect()
}

/// The contents of a page's inline elements of that name: `script` elements without `src`, or `style` elements.
pub(crate) fn inline<'a>(html: &'a str, element: &str) -> Vec<&'a str> {
    let content = |tag: &Tag| {
        let rest = html.get(tag.place.end..)?;
        Some(rest.split_once(&format!("</{element}")).map_or(rest, |(content, _)| content))
    };
    tags(html)
        .iter()
        .filter(|tag| tag.name == element && tag.get("src").is_none())
        .filter_map(content)
        .collect()
}

/// The page with each tag as the edit returns it.
pub(crate) fn edited(html: &str, mut edit: impl FnMut(&mut Tag)) -> String {
    let mut made = String::with_capacity(html.len());
    let mut from = 0;
    for old in tags(html) {
        let mut new = old.clone();
        edit(&mut new);
        if new != old {
            made += html.get(from..old.place.start).unwrap_or_default();
            from = old.place.end;
            if new.is_removed {
                let end = format!("</{}>", old.name);
                from += html.get(from..).filter(|rest| rest.starts_with(&end)).map_or(0, |_| end.len());
                made += &new.after;
            } else {
                made += &new.to_string();
            }
        }
    }
    made + html.get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><head>\n<!-- <a href=no> --><META name='a' content=\"\"/><link rel=preload \
        crossorigin  href = \"b?c&amp;d\">\n<script src=\"é.js\" defer></script><script>'<p id=no>'</script></head>";

    #[test]
    fn finds_the_tags_that_a_browser_finds() {
        let names: Vec<_> = tags(PAGE).into_iter().map(|tag| tag.name).collect();
        assert_eq!(names, ["head", "meta", "link", "script", "script"]);
        let link = tags(PAGE).remove(2);
        assert_eq!(
            link.attributes().collect::<Vec<_>>(),
            [("rel", "preload"), ("crossorigin", ""), ("href", "b?c&d")]
        );
        assert!(link.is("link", "rel", "preload") && !link.is("link", "rel", "icon"));
    }

    #[test]
    fn finds_inline_scripts_and_styles() {
        assert_eq!(inline(PAGE, "script"), ["'<p id=no>'"]);
        assert_eq!(inline("<style>a {}</style><style>b {}</style >", "style"), ["a {}", "b {}"]);
        assert!(inline(PAGE, "style").is_empty());
    }

    #[test]
    fn only_edited_tags_change() {
        assert_eq!(edited(PAGE, |_| {}), PAGE);
        let made = edited(PAGE, |tag| match tag.name.as_str() {
            "meta" => tag.set("content", "\"x\""),
            "link" => tag.set("integrity", "y"),
            "head" => tag.after = "<base>".to_owned(),
            _ => {}
        });
        let expected = PAGE
            .replace("<head>", "<head><base>")
            .replace("<META name='a' content=\"\"/>", "<meta name=\"a\" content=\"&quot;x&quot;\">")
            .replace(
                "<link rel=preload crossorigin  href = \"b?c&amp;d\">",
                "<link rel=\"preload\" crossorigin href=\"b?c&amp;d\" integrity=\"y\">",
            );
        assert_eq!(made, expected);
    }
}
