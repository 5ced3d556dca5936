//! A test-wise bot: it picks an option without reading the question. Where it does better than chance, the
//! options give the key away.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    check::Bank,
    items::{Choice, Item},
    markdown::plain,
};

/// Words that a wrong option has more often than a right one.
const ABSOLUTES: [&str; 8] = ["always", "never", "all", "none", "every", "only", "any", "no"];

/// How often each habit finds the key of an item with four options: 0 to 1, where 0.25 is chance.
#[derive(Debug, Serialize)]
pub(super) struct Bot {
    /// Items with four options.
    pub(super) items: usize,
    /// Picks the longest option.
    pub(super) longest: f64,
    /// Picks the option that shares most words with the others.
    pub(super) most_alike: f64,
    /// Picks the option with the fewest absolute words.
    pub(super) no_absolutes: f64,
    /// Picks the option that repeats most words of the question.
    pub(super) echo: f64,
}

impl Bot {
    pub(super) fn new(bank: &Bank) -> Self {
        let items: Vec<(&Item, &[Choice])> = bank
            .items
            .iter()
            .flat_map(|file| &file.items)
            .filter_map(|item| Some((item, item.task.single()?)))
            .filter(|(_, options)| options.len() == 4)
            .collect();
        let found = |habit: &dyn Fn(&Item, &[Choice], &Choice) -> f64| {
            let total: f64 = items.iter().map(|(item, options)| credit(item, options, habit)).sum();
            total / items.len().max(1) as f64
        };
        Self {
            items: items.len(),
            longest: found(&|_, _, option| plain(&option.text.value).chars().count() as f64),
            most_alike: found(&|_, options, option| {
                let own = words(&option.text.value);
                let others = options.iter().filter(|other| other.line != option.line);
                others.map(|other| shared(&own, &words(&other.text.value))).sum()
            }),
            no_absolutes: found(&|_, _, option| {
                let own = words(&option.text.value);
                -(ABSOLUTES.iter().filter(|word| own.contains(**word)).count() as f64)
            }),
            echo: found(&|item, _, option| {
                let own = words(&option.text.value);
                let stem = words(&item.prompt.value);
                own.iter().filter(|word| word.len() > 3 && stem.contains(*word)).count() as f64
            }),
        }
    }

    /// The habit that does best.
    pub(super) fn best(&self) -> f64 {
        [self.longest, self.most_alike, self.no_absolutes, self.echo].into_iter().fold(0.0, f64::max)
    }
}

/// The chance that the habit finds the key: options that look the same to it are drawn among.
fn credit(item: &Item, options: &[Choice], habit: &dyn Fn(&Item, &[Choice], &Choice) -> f64) -> f64 {
    let looks: Vec<(f64, bool)> =
        options.iter().map(|option| (habit(item, options, option), option.key)).collect();
    let most = looks.iter().map(|(look, _)| *look).fold(f64::NEG_INFINITY, f64::max);
    let best = || looks.iter().filter(|(look, _)| (look - most).abs() < 1e-9);
    best().filter(|(_, key)| *key).count() as f64 / best().count().max(1) as f64
}

fn words(markdown: &str) -> BTreeSet<String> {
    let text = plain(markdown).to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The share of words that two texts have in common (Jaccard 1901), 0 to 1.
fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let both = a.intersection(b).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}
