//! Options about other options instead of the subject.

use crate::text::words::words;

/// The phrase in which an option refers to other options.
pub(crate) fn phrase(option: &str) -> Option<String> {
    let words: Vec<String> = words(option).map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    (0..words.len()).find_map(|at| {
        let length = length(words.get(at..)?)?;
        Some(words.get(at..at + length)?.join(" "))
    })
}

/// How many words of such a phrase the text starts with.
fn length(words: &[&str]) -> Option<usize> {
    match words {
        ["all" | "none" | "both" | "neither", "of", "the", "above" | "others" | "options", ..] => Some(4),
        ["the", "above", ..] => Some(2),
        ["all" | "none" | "both" | "neither", "of", "these" | "those" | "them", ..] => Some(3),
        ["both", a, "and", b, ..] => (is_letter(a) && is_letter(b)).then_some(4),
        _ => None,
    }
}

/// Whether a word may be an option's letter.
fn is_letter(word: &str) -> bool {
    matches!(word, "a" | "b" | "c" | "d" | "e")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_to_other_options_are_found() {
        for (option, expected) in [
            ("All of the above", Some("all of the above")),
            ("It is *none of the above*.", Some("none of the above")),
            ("The above, and more", Some("the above")),
            ("All of these.", Some("all of these")),
            ("Neither of those", Some("neither of those")),
            ("Both of them", Some("both of them")),
            ("None of the others", Some("none of the others")),
            ("None of the options holds", Some("none of the options")),
            ("Both A and B", Some("both a and b")),
            ("Both the leader and a follower", None),
            ("All of the followers", None),
            ("Those above the limit", None),
            ("Both replicas and clients", None),
        ] {
            assert_eq!(phrase(option).as_deref(), expected, "{option}");
        }
    }
}
