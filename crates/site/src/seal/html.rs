//! The tags of a page, and of the pieces of HTML in the bank, found as a browser finds them. What is not edited stays
//! as it was written, to the byte.

use std::{fmt, ops::Range};

use html5gum::{HtmlString, Spanned, StartTag, Token, Tokenizer, emitters::default::DefaultEmitter};

/// A start tag. End tags and texts are nothing to seal.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: String,
    /// In their order. One without `=` has no value.
    attributes: Vec<(String, Option<String>)>,
    /// What an edit puts behind it.
    pub(super) after: String,
    place: Range<usize>,
}

impl Tag {
    /// An attribute's value, empty where it has none.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(own, _)| own == name)?;
        Some(value.as_deref().unwrap_or_default())
    }

    /// Whether it is called so and an attribute has the value.
    pub(super) fn is(&self, name: &str, attribute: &str, value: &str) -> bool {
        self.name == name && self.get(attribute) == Some(value)
    }

    pub(super) fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(own, _)| own == name) {
            Some((_, old)) => *old = Some(value.to_owned()),
            None => self.attributes.push((name.to_owned(), Some(value.to_owned()))),
        }
    }

    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
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

/// The start tags in their order.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // Else what stands within a script would count as tags.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter)
        .flatten()
        .filter_map(|token| match token {
            Token::StartTag(tag) => Some(Tag::new(html, tag)),
            _ => None,
        })
        .collect()
}

/// The page with each tag as the edit leaves it.
pub(super) fn edited(html: &str, mut edit: impl FnMut(&mut Tag)) -> String {
    let mut made = String::with_capacity(html.len());
    let mut from = 0;
    for old in tags(html) {
        let mut new = old.clone();
        edit(&mut new);
        if new != old {
            made += html.get(from..old.place.start).unwrap_or_default();
            made += &new.to_string();
            from = old.place.end;
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
    fn tags_are_those_that_a_browser_sees() {
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
    fn only_what_is_edited_is_written_anew() {
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
