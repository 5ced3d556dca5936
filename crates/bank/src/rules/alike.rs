//! Items of a skill that ask almost the same thing.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    limits::{RATHER_ALIKE, TOO_ALIKE},
    problem::{Advice, Mistake, Percent},
    read::{fields::BankFile, items::AuthoredItem},
    text::words::words,
};

/// The number of words in a phrase. Unrelated texts share hardly any phrases of this length.
const PHRASE_WORDS: usize = 5;

/// Reports items that are similar to an earlier one.
pub(crate) fn check(file: &BankFile<'_>, items: &[AuthoredItem]) {
    let texts: Vec<String> = items.iter().map(text).collect();
    for (first, second, share) in pairs(&texts) {
        let (Some(first), Some(second)) = (items.get(first), items.get(second)) else { continue };
        let (other, percent) = (first.id.value.clone(), Percent::of(share));
        if 100.0 * share >= TOO_ALIKE {
            file.report(second.line, Mistake::TooAlike { other, percent });
        } else {
            file.report(second.line, Advice::RatherAlike { other, percent });
        }
    }
}

/// An item's words: its prompt, its figure in words, its options and targets. Code is included.
fn text(item: &AuthoredItem) -> String {
    let parts = item.task.parts();
    let texts = parts.iter().filter_map(|part| part.text).map(|text| text.plain().to_owned());
    let figure = item.figure.as_ref().map(|figure| figure.value.words());
    let targets = item.task.targets().iter().map(|target| target.at.value.clone());
    let prompt = std::iter::once(item.prompt.plain().to_owned());
    prompt.chain(figure).chain(texts).chain(targets).collect::<Vec<_>>().join(" ")
}

/// The pairs of texts that are similar, each with its share of common phrases (Jaccard 1901).
///
/// Only phrases that occur in several texts are looked at, so the time grows with what texts share and not
/// with the number of pairs.
fn pairs(texts: &[String]) -> Vec<(usize, usize, f64)> {
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut sizes = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let phrases = phrases(text);
        sizes.push(phrases.len());
        for phrase in phrases {
            holders.entry(phrase).or_default().push(at);
        }
    }
    let mut common: HashMap<(usize, usize), usize> = HashMap::new();
    for holders in holders.values() {
        for (at, second) in holders.iter().enumerate() {
            for first in holders.iter().take(at) {
                *common.entry((*first, *second)).or_default() += 1;
            }
        }
    }
    let size = |at: usize| sizes.get(at).copied().unwrap_or(0);
    let share = |((a, b), common): ((usize, usize), usize)| {
        (a, b, common as f64 / (size(a) + size(b) - common) as f64)
    };
    let mut pairs: Vec<_> =
        common.into_iter().map(share).filter(|(_, _, share)| 100.0 * share >= RATHER_ALIKE).collect();
    pairs.sort_by_key(|(a, b, _)| (*a, *b));
    pairs
}

/// The distinct phrases in a text, hashed.
fn phrases(text: &str) -> Vec<u64> {
    let text = text.to_lowercase();
    let words: Vec<&str> = words(&text).collect();
    let mut phrases: Vec<u64> = words
        .windows(PHRASE_WORDS)
        .map(|phrase| {
            let mut hasher = DefaultHasher::new();
            phrase.hash(&mut hasher);
            hasher.finish()
        })
        .collect();
    phrases.sort_unstable();
    phrases.dedup();
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(a: &str, b: &str) -> f64 {
        pairs(&[a.to_owned(), b.to_owned()]).first().map_or(0.0, |(_, _, share)| *share)
    }

    #[test]
    fn texts_share_phrases_of_five_words() {
        let text = "a lease expires during a long pause of its holder";
        for (other, expected) in [
            (text, 1.0),
            ("A **lease** expires, during a long `pause` of its holder!", 1.0),
            ("another holder waits for the same lock until morning", 0.0),
            // Six phrases each; one contains the last word, so five of seven are common.
            ("a lease expires during a long pause of its owner", 5.0 / 7.0),
            // Two phrases contain the second word, so four of eight are common.
            ("a lock expires during a long pause of its holder", 4.0 / 8.0),
            ("too short a text", 0.0),
        ] {
            assert!((share(text, other) - expected).abs() < 1e-9, "{other}: {}", share(text, other));
            assert!((share(other, text) - expected).abs() < 1e-9, "the order doesn't matter");
        }
    }

    #[test]
    fn each_pair_is_found_once() {
        let texts = ["one two three four five six"; 3].map(str::to_owned);
        let found: Vec<(usize, usize)> = pairs(&texts).into_iter().map(|(a, b, _)| (a, b)).collect();
        assert_eq!(found, [(0, 1), (0, 2), (1, 2)]);
    }
}
