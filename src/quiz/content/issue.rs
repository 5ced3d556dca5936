//! The text of a report on a question, short enough for the address that opens a tracker.

use crate::quiz::content::bank::ItemId;

/// The longest text, in encoded characters. Trackers and proxies refuse addresses of over 8,000.
const ROOM: usize = 6000;

/// The title of the report.
pub fn title(item: &ItemId) -> String {
    format!("Question {item}")
}

/// The initial text: space for the reader's words, the question and the version of the bank, and what was on the screen, cut
/// to fit.
pub fn body(item: &ItemId, bank: &str, seen: &str) -> String {
    let start = format!("What is wrong:\n\n\n{}, bank {bank}\n\nWhat I saw:\n\n", title(item));
    let seen = seen.trim();
    let cut = cut(seen, ROOM / 2);
    let more = if cut.len() < seen.len() { "…" } else { "" };
    format!("{start}{cut}{more}\n")
}

/// The start of the text, as far as it fits into an address.
pub fn fitting(text: &str) -> &str {
    cut(text, ROOM)
}

/// The longest start of the text that has at most `room` characters when encoded (RFC 3986 §2.1).
fn cut(text: &str, room: usize) -> &str {
    let mut left = room;
    let end = text.char_indices().find_map(|(at, c)| {
        let takes = if c.is_ascii_alphanumeric() || "-_.!~*'()".contains(c) { 1 } else { 3 * c.len_utf8() };
        match left.checked_sub(takes) {
            Some(rest) => {
                left = rest;
                None
            }
            None => Some(at),
        }
    });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_report_contains_the_question_and_its_bank() {
        let item = ItemId("nw-001".into());
        let expected = "What is wrong:\n\n\nQuestion nw-001, bank 0a1b2c3d\n\nWhat I saw:\n\nA question.\n";
        assert_eq!(body(&item, "0a1b2c3d", " A question. "), expected);
        assert!(body(&item, "0a1b2c3d", &"long ".repeat(2000)).ends_with("…\n"));
    }

    proptest! {
        #[test]
        fn a_cut_text_fits_and_is_as_long_as_possible(text in ".{0,400}", room in 0_usize..300) {
            let encoded = |text: &str| -> usize {
                text.bytes().map(|b| if b.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&b) { 1 } else { 3 }).sum()
            };
            let kept = cut(&text, room);
            prop_assert!(text.starts_with(kept) && encoded(kept) <= room);
            if let Some(next) = text[kept.len()..].chars().next() {
                prop_assert!(encoded(kept) + encoded(&next.to_string()) > room);
            }
        }
    }
}
