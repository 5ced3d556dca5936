//! A test-wise bot, which picks an option without reading the question. If it does better than chance, the
//! options give the key away.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    read::items::{AuthoredItem, Choice},
    rules::{cues::is_content, keys::four_options, whole_bank::Bank},
};

/// Words that are more common in wrong options than in right ones.
pub(crate) const ABSOLUTES: [&str; 8] = ["always", "never", "all", "none", "every", "only", "any", "no"];

/// How often each habit finds the key among four options: 0 to 1, where 0.25 is chance.
#[derive(Debug, Serialize)]
pub(crate) struct Bot {
    /// How many items have four options.
    pub(crate) items: usize,
    /// Picks the longest option.
    pub(crate) longest: f64,
    /// Picks the option that shares the most words with the others.
    pub(crate) most_alike: f64,
    /// Picks the option with the fewest absolute words.
    pub(crate) no_absolutes: f64,
    /// Picks the option that repeats the most words of the question.
    pub(crate) echo: f64,
    /// Lets the four vote.
    pub(crate) together: f64,
}

impl Bot {
    pub(crate) fn new(bank: &Bank) -> Self {
        let items = four_options(bank);
        let mut found = [0.0; 5];
        for (item, options) in &items {
            let habits = habits(item, options);
            let vote = vote(&habits);
            for (found, looks) in found.iter_mut().zip(habits.iter().chain([&vote])) {
                *found += credit(looks, options);
            }
        }
        let [longest, most_alike, no_absolutes, echo, together] =
            found.map(|found| found / items.len().max(1) as f64);
        Self { items: items.len(), longest, most_alike, no_absolutes, echo, together }
    }

    /// The best habit in words, and how often it finds the key. Of equally good ones, the simplest.
    pub(crate) fn best(&self) -> (&'static str, f64) {
        let habits = [
            ("that these four habits together rank highest", self.together),
            ("that is longest", self.longest),
            ("most like the others", self.most_alike),
            ("with the fewest words such as \"always\"", self.no_absolutes),
            ("that repeats the most words of the prompt", self.echo),
        ];
        let best = habits.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
        best.unwrap_or_default()
    }
}

/// How each habit rates each option. It picks the one that it rates highest.
fn habits(item: &AuthoredItem, options: &[Choice]) -> [Vec<f64>; 4] {
    let words: Vec<&BTreeSet<String>> = options.iter().map(|option| option.text.words()).collect();
    let prompt = item.prompt.words();
    let alike = |at: usize, own: &BTreeSet<String>| {
        let others = words.iter().enumerate().filter(|(other, _)| *other != at);
        others.map(|(_, other)| shared(own, other)).sum()
    };
    let absolutes = |own: &BTreeSet<String>| ABSOLUTES.iter().filter(|word| own.contains(**word)).count();
    let echoes =
        |own: &BTreeSet<String>| own.iter().filter(|word| is_content(word) && prompt.contains(*word)).count();
    [
        options.iter().map(|option| option.text.plain().chars().count() as f64).collect(),
        words.iter().enumerate().map(|(at, own)| alike(at, own)).collect(),
        words.iter().map(|own| -(absolutes(own) as f64)).collect(),
        words.iter().map(|own| echoes(own) as f64).collect(),
    ]
}

/// The points that each option gets when every habit ranks the options: one for each option that it beats,
/// and half for each that is rated the same (Borda 1781). A habit that rates all options the same has no
/// influence.
fn vote(habits: &[Vec<f64>; 4]) -> Vec<f64> {
    let points = |looks: &[f64], own: f64| -> f64 {
        looks
            .iter()
            .map(|other| if same(*other, own) { 0.5 } else { f64::from(u8::from(*other < own)) })
            .sum()
    };
    let options = habits.first().map_or(0, Vec::len);
    let total = |at: usize| habits.iter().filter_map(|looks| Some(points(looks, *looks.get(at)?))).sum();
    (0..options).map(total).collect()
}

/// The probability that the key is picked. The choice among equally rated options is random.
fn credit(looks: &[f64], options: &[Choice]) -> f64 {
    let most = looks.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let best = || looks.iter().zip(options).filter(|(look, _)| same(**look, most));
    best().filter(|(_, option)| option.key).count() as f64 / best().count().max(1) as f64
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// The share of words that two texts have in common (Jaccard 1901), 0 to 1.
fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let both = a.intersection(b).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits_vote_by_rank() {
        let even = vec![1.0; 3];
        let habits = [vec![9.0, 2.0, 1.0], vec![0.0, 1.0, 2.0], even.clone(), even];
        // 2.5 + 0.5, 1.5 + 1.5 and 0.5 + 2.5 points, and three from the habits without influence: all are
        // even.
        assert_eq!(vote(&habits), [6.0, 6.0, 6.0]);
        let habits = [vec![9.0, 2.0, 1.0], vec![0.0, 3.0, 2.0], vec![0.0, -1.0, 0.0], vec![0.0, 1.0, 0.0]];
        assert_eq!(vote(&habits), [2.5 + 0.5 + 2.0 + 1.0, 1.5 + 2.5 + 0.5 + 2.5, 0.5 + 1.5 + 2.0 + 1.0]);
    }
}
