//! Items of a skill that ask much the same.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    problem::{Advice, Mistake, Percent},
    read::{fields::File, items::Item, words::words},
};

/// Words that are compared as one: long enough that unrelated texts share next to none.
const RUN: usize = 5;
/// An item that shares this much of its runs with another is one too many.
const TOO_MUCH: f64 = 0.5;
/// And this much is worth a look.
const MUCH: f64 = 0.35;

/// Reports items that share much with one before them.
pub(crate) fn check(file: &File<'_>, items: &[Item]) {
    let texts: Vec<String> = items.iter().map(text).collect();
    for (first, second, share) in pairs(&texts) {
        let (Some(first), Some(second)) = (items.get(first), items.get(second)) else { continue };
        let (other, percent) = (first.id.value.clone(), Percent::of(share));
        if share >= TOO_MUCH {
            file.report(second.line, Mistake::TooAlike { other, percent });
        } else {
            file.report(second.line, Advice::RatherAlike { other, percent });
        }
    }
}

/// The prompt, the figure in words and what is answered, code included.
fn text(item: &Item) -> String {
    let parts = item.task.parts();
    let texts = parts.iter().filter_map(|part| part.text).map(|text| text.plain().to_owned());
    let figure = item.figure.as_ref().map(|figure| figure.value.words());
    let targets = item.task.targets().iter().map(|target| target.at.value.clone());
    let prompt = std::iter::once(item.prompt.plain().to_owned());
    prompt.chain(figure).chain(texts).chain(targets).collect::<Vec<_>>().join(" ")
}

/// The pairs of texts that share much, each with its share of common runs (Jaccard 1901).
///
/// Only runs that occur in several texts are looked at, so the time grows with what is shared and not with
/// the pairs there are.
fn pairs(texts: &[String]) -> Vec<(usize, usize, f64)> {
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut sizes = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let runs = runs(text);
        sizes.push(runs.len());
        for run in runs {
            holders.entry(run).or_default().push(at);
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
    let mut pairs: Vec<_> = common.into_iter().map(share).filter(|(_, _, share)| *share >= MUCH).collect();
    pairs.sort_by_key(|(a, b, _)| (*a, *b));
    pairs
}

/// The different runs of words in a text.
fn runs(text: &str) -> Vec<u64> {
    let text = text.to_lowercase();
    let words: Vec<&str> = words(&text).collect();
    let mut runs: Vec<u64> = words
        .windows(RUN)
        .map(|run| {
            let mut hasher = DefaultHasher::new();
            run.hash(&mut hasher);
            hasher.finish()
        })
        .collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(a: &str, b: &str) -> f64 {
        pairs(&[a.to_owned(), b.to_owned()]).first().map_or(0.0, |(_, _, share)| *share)
    }

    #[test]
    fn shares_are_those_of_runs_of_five_words() {
        let text = "a lease expires during a long pause of its holder";
        for (other, expected) in [
            (text, 1.0),
            ("A **lease** expires, during a long `pause` of its holder!", 1.0),
            ("another holder waits for the same lock until morning", 0.0),
            // Six runs each; the two that have the last word differ in one, so five of seven are common.
            ("a lease expires during a long pause of its owner", 5.0 / 7.0),
            // The second word is in two runs: four of eight are common.
            ("a lock expires during a long pause of its holder", 4.0 / 8.0),
            ("too short a text", 0.0),
        ] {
            assert!((share(text, other) - expected).abs() < 1e-9, "{other}: {}", share(text, other));
            assert!((share(other, text) - expected).abs() < 1e-9, "the order does not matter");
        }
    }

    #[test]
    fn each_pair_is_named_once() {
        let texts = ["one two three four five six"; 3].map(str::to_owned);
        let found: Vec<(usize, usize)> = pairs(&texts).into_iter().map(|(a, b, _)| (a, b)).collect();
        assert_eq!(found, [(0, 1), (0, 2), (1, 2)]);
    }
}
