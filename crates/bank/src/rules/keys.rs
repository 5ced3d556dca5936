//! The positions and lengths of keys, by which they can be guessed without reading the question.

use serde::Serialize;

use crate::{
    read::items::{AuthoredItem, Choice},
    rules::whole_bank::Bank,
};

/// Only items with this many options are compared: most have four, and chance is the same for all of them.
const OPTIONS: usize = 4;

/// The keys of single best answers.
#[derive(Debug, Serialize)]
pub(crate) struct Keys {
    /// How many items have four options.
    pub(crate) items: usize,
    /// How many items there are in all.
    pub(crate) singles: usize,
    /// How often the key among four options is first, second, third and last.
    pub(crate) positions: [usize; OPTIONS],
    /// In how many of all items the key is longer than every other option.
    pub(crate) longest: usize,
}

impl Keys {
    pub(crate) fn new(bank: &Bank) -> Self {
        let items = four_options(bank);
        let at = |at: usize| {
            items.iter().filter(|(_, options)| options.get(at).is_some_and(|option| option.key)).count()
        };
        Self {
            items: items.len(),
            positions: [0, 1, 2, 3].map(at),
            singles: bank.singles().count(),
            longest: bank.singles().filter(|(_, options)| key_is_longest(options)).count(),
        }
    }

    /// How far the positions are from an even spread (Pearson 1900), with three degrees of freedom.
    pub(crate) fn chi_square(&self) -> f64 {
        let even = self.items as f64 / OPTIONS as f64;
        self.positions.iter().map(|items| (*items as f64 - even).powi(2) / even).sum()
    }
}

/// The single best answers with four options.
pub(crate) fn four_options(bank: &Bank) -> Vec<(&AuthoredItem, &[Choice])> {
    bank.singles().filter(|(_, options)| options.len() == OPTIONS).collect()
}

fn key_is_longest(options: &[Choice]) -> bool {
    let longest = |key: bool| {
        let of = options.iter().filter(move |option| option.key == key);
        of.map(|option| option.text.plain().chars().count()).max()
    };
    longest(true) > longest(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chi_square_is_the_distance_from_an_even_spread() {
        for (positions, expected) in
            [([5; 4], 0.0), ([64, 64, 36, 36], 15.68), ([10, 0, 0, 0], 30.0), ([12, 8, 10, 10], 0.8)]
        {
            let items = positions.iter().sum();
            let found = Keys { items, singles: items, positions, longest: 0 }.chi_square();
            assert!((found - expected).abs() < 1e-9, "{positions:?}: {found}");
        }
    }
}
