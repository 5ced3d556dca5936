//! What gives the key of a single best answer away to somebody who does not know it.

use super::{
    fields::File,
    items::{Choice, Item},
    problem::{Advice, Mistake},
};

/// Words of a noun phrase: what is longer is a sentence, and its grammar fits any question.
const PHRASE_WORDS: usize = 6;
/// What begins an answer that is no noun phrase.
const NO_PHRASE: [&str; 22] = [
    "about", "after", "as", "at", "because", "before", "between", "by", "during", "for", "from", "if", "in",
    "into", "nearly", "on", "only", "to", "until", "when", "while", "with",
];
/// Words of more than three letters that any prompt has.
const STOP_WORDS: [&str; 56] = [
    "about", "after", "also", "because", "been", "before", "being", "between", "both", "could", "does",
    "done", "each", "every", "from", "have", "into", "itself", "just", "many", "more", "most", "much",
    "must", "once", "only", "other", "over", "same", "should", "since", "some", "such", "than", "that",
    "their", "them", "then", "there", "these", "they", "this", "those", "under", "until", "were", "what",
    "when", "where", "which", "while", "whose", "will", "with", "without", "would",
];

pub(super) fn check(file: &File<'_>, item: &Item, options: &[Choice]) {
    if let Some(article) = item.prompt.prose().last_word().filter(|word| matches!(*word, "a" | "an")) {
        file.report(item.prompt.line, Mistake::OpenArticle { article: article.to_owned() });
    }
    let (keys, wrong): (Vec<&Choice>, Vec<&Choice>) = options.iter().partition(|option| option.key);
    let [key] = keys.as_slice() else { return };
    if wrong.is_empty() {
        return;
    }
    if let Some(alone) = grammar(key, &wrong) {
        file.report(key.text.line, Mistake::KeyGrammar { alone });
    }
    let echoes = echoes(item, key, &wrong);
    if echoes.len() > 1 {
        file.report(key.text.line, Advice::KeyEchoes { words: echoes });
    }
}

/// What sets the key apart where every option is a noun phrase.
fn grammar(key: &Choice, wrong: &[&Choice]) -> Option<&'static str> {
    let key = phrase(key)?;
    let wrong: Vec<Phrase> = wrong.iter().map(|option| phrase(option)).collect::<Option<_>>()?;
    let alone = |is: fn(&Phrase) -> bool| wrong.iter().all(|other| is(other) != is(&key));
    if alone(|phrase| phrase.article) {
        return Some(if key.article { "begins with an article" } else { "begins without an article" });
    }
    // A unit agrees with its number, not with the question.
    let counted = key.number || wrong.iter().any(|other| other.number);
    if !counted && alone(|phrase| phrase.plural) {
        return Some(if key.plural { "ends in a plural" } else { "does not end in a plural" });
    }
    None
}

struct Phrase {
    article: bool,
    plural: bool,
    number: bool,
}

/// An option as a noun phrase; `None` where it is a sentence, code or an adverbial.
fn phrase(option: &Choice) -> Option<Phrase> {
    let text = option.text.prose().sentences().next()?.0.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let (first, last) = (words.first()?, words.last()?);
    let is_phrase = words.len() <= PHRASE_WORDS && last.ends_with(char::is_alphanumeric);
    (is_phrase && !NO_PHRASE.contains(first)).then(|| Phrase {
        article: matches!(*first, "a" | "an" | "the"),
        plural: last.len() > 3
            && last.ends_with('s')
            && !["ss", "us", "is"].iter().any(|s| last.ends_with(s)),
        number: words.iter().any(|word| word.contains(|c: char| c.is_ascii_digit())),
    })
}

/// Words of the prompt that the key repeats and no other option.
fn echoes(item: &Item, key: &Choice, wrong: &[&Choice]) -> Vec<String> {
    let prompt = item.prompt.words();
    let in_others = |word: &String| wrong.iter().any(|option| option.text.words().contains(word));
    let telling = |word: &String| {
        let content = word.chars().count() > 3 && !STOP_WORDS.contains(&word.as_str());
        content && word.contains(char::is_alphabetic) && prompt.contains(word) && !in_others(word)
    };
    key.text.words().iter().filter(|word| telling(word)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::fields::At;

    fn option(text: &str) -> Choice {
        let at = |value: &str| At { value: value.to_owned(), line: 1 };
        Choice { line: 1, text: at(text).into(), key: false, why: at("").into(), misconception: None }
    }

    #[test]
    fn grammar_that_only_the_key_has_is_found() {
        for (options, expected) in [
            (["A lock", "Semaphore", "Message queue"], Some("begins with an article")),
            (["Lock", "A semaphore", "The message queue"], Some("begins without an article")),
            (["Fencing tokens", "A longer lease", "A lock"], Some("begins without an article")),
            (["Fencing tokens", "One longer lease", "One more lock"], Some("ends in a plural")),
            (["Fencing token", "Longer leases", "More locks"], Some("does not end in a plural")),
            (["Fencing tokens", "Longer leases", "One lock"], None),
            (["The access", "A status", "A loss"], None),
            (["1 minute", "4 minutes", "9 minutes"], None),
            (["`locks`", "`lease`", "`token`"], None),
            (["Use fencing tokens.", "Extend the lease.", "Add a lock."], None),
            (["With tokens", "A longer lease", "A lock"], None),
            (["The token that the lock service gives out", "Leases", "Locks"], None),
        ] {
            let [key, wrong @ ..] = options.map(option);
            let wrong: Vec<&Choice> = wrong.iter().collect();
            assert_eq!(grammar(&key, &wrong), expected, "{options:?}");
        }
    }
}
