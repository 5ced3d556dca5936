//! A session: a seed, a form, and the answers with their times. Everything else is derived from it.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::quiz::{
    content::{
        bank::{Catalog, ItemId, Shards},
        reply::Reply,
        task::inversions,
    },
    random::Random,
    scoring::model::ItemKind,
    taking::form::Form,
};

/// A session's name in addresses and storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionId {
    /// When it began, milliseconds since 1970.
    pub started: u64,
    /// Its seed.
    pub seed: u32,
}

impl fmt::Display for SessionId {
    /// Lower-case letters, digits and a dash, the oldest sorting first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}-{:08x}", self.started, self.seed)
    }
}

impl FromStr for SessionId {
    type Err = ();

    /// Reads what `Display` writes, and nothing else.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (started, seed) = text.split_once('-').ok_or(())?;
        let started = u64::from_str_radix(started, 16).map_err(|_| ())?;
        let seed = u32::from_str_radix(seed, 16).map_err(|_| ())?;
        let id = Self { started, seed };
        if id.to_string() == text { Ok(id) } else { Err(()) }
    }
}

/// One run through a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// What is asked.
    pub form: Form,
    /// Decides every order that is left to chance.
    pub seed: u32,
    /// When it began, milliseconds since 1970.
    pub started: u64,
    /// What was answered, in order.
    pub answers: Vec<Answer>,
    /// Whether its last question was answered.
    pub finished: bool,
    /// Whether the reader abandoned it: it is shown no more, and of its answers only what was seen is left.
    pub abandoned: bool,
}

/// One answered item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Which item.
    pub item: ItemId,
    /// What the reader said.
    pub reply: Reply,
    /// When, milliseconds since 1970.
    pub at: u64,
    /// How long the question was open, milliseconds.
    pub took: u32,
}

/// An answer held against its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The skill's position in the catalog.
    pub skill: usize,
    /// The item's level.
    pub level: u8,
    /// The item's kind.
    pub kind: ItemKind,
    /// From 0 to the kind's top.
    pub score: u8,
}

impl Mark {
    /// Whether the answer was right in full.
    pub fn is_right(self) -> bool {
        self.score == self.kind.top()
    }

    /// Each answer's mark, in order; `None` for an item that the bank no longer has, or has as another kind.
    ///
    /// # Errors
    /// [`MissingShards`] names the shards that have not arrived.
    pub fn of<'a>(
        catalog: &Catalog,
        shards: &Shards,
        answers: impl IntoIterator<Item = &'a Answer>,
    ) -> Result<Vec<Option<Self>>, MissingShards> {
        let mut missing = BTreeSet::new();
        let mark = |answer: &Answer| {
            let (skill, entry) = catalog.entry(&answer.item)?;
            if shards.get(skill).is_none() {
                missing.insert(skill);
            }
            let score = shards.item(skill, &answer.item)?.task.score(&answer.reply)?;
            Some(Self { skill, level: entry.level, kind: entry.kind, score })
        };
        let marks = answers.into_iter().map(mark).collect();
        if missing.is_empty() { Ok(marks) } else { Err(MissingShards(missing)) }
    }
}

/// Shards that are needed and have not arrived, by the skill's position in the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingShards(pub BTreeSet<usize>);

impl Session {
    /// A session without answers.
    pub fn new(form: Form, seed: u32, started: u64) -> Self {
        Self { form, seed, started, answers: Vec::new(), finished: false, abandoned: false }
    }

    /// Its name.
    pub fn id(&self) -> SessionId {
        SessionId { started: self.started, seed: self.seed }
    }

    /// Takes in the answer to the next item. A second answer to the same item is refused: `false`.
    pub fn answer(&mut self, answer: Answer) -> bool {
        let new = !self.answered(&answer.item);
        if new {
            let at = self.next_at(answer.at);
            self.answers.push(Answer { at, ..answer });
        }
        new
    }

    /// When an answer given now counts as given: later than all others, since a clock may be set back meanwhile,
    /// and what several tabs keep is put in order by these times.
    pub fn next_at(&self, now: u64) -> u64 {
        let after = u64::from(!self.answers.is_empty());
        now.max(self.last_at().saturating_add(after))
    }

    /// Whether the item was answered in this session.
    pub fn answered(&self, item: &ItemId) -> bool {
        self.answers.iter().any(|answer| answer.item == *item)
    }

    /// The order in which an item's `n` options are shown: positions as written.
    pub fn option_order(&self, item: &ItemId, n: usize) -> Vec<usize> {
        Random::new(self.seed, &format!("options/{item}")).permutation(n)
    }

    /// The order in which `n` steps that are to be put in order are shown: at least two swaps off.
    pub fn step_order(&self, item: &ItemId, n: usize) -> Vec<usize> {
        let mut order = self.option_order(item, n);
        let as_given: Vec<u8> = order.iter().filter_map(|step| u8::try_from(*step).ok()).collect();
        if inversions(&as_given, n).is_some_and(|swaps| swaps < 2) {
            order.reverse();
        }
        order
    }

    /// Whether the two are the same session, perhaps with more answers in one.
    pub fn is(&self, other: &Self) -> bool {
        self.started == other.started && self.seed == other.seed
    }

    /// When it was last answered, or began: milliseconds since 1970.
    pub fn last_at(&self) -> u64 {
        self.answers.iter().map(|answer| answer.at).fold(self.started, u64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::sample;

    #[test]
    fn a_second_answer_to_the_same_item_is_refused() {
        let mut session = Session::new(Form::Quick, 1, 0);
        let answer = sample::answer("s0-1", 0);
        assert!(session.answer(answer.clone()));
        assert!(!session.answer(answer));
        assert_eq!(session.answers.len(), 1);
    }

    #[test]
    fn marks_name_the_shards_they_wait_for() {
        let (catalog, shards) = sample::bank(3);
        let mut session = Session::new(Form::Quick, 1, 0);
        for id in ["s2-1", "s0-1", "s2-2"] {
            session.answer(sample::answer(id, 0));
        }
        assert_eq!(
            Mark::of(&catalog, &Shards::default(), &session.answers),
            Err(MissingShards(BTreeSet::from([0, 2])))
        );
        assert_eq!(Mark::of(&catalog, &shards, &session.answers).map(|m| m.len()), Ok(3));
    }

    #[test]
    fn an_item_that_the_bank_no_longer_has_has_no_mark() {
        let (catalog, shards) = sample::bank(1);
        let mut session = Session::new(Form::Quick, 1, 0);
        session.answer(sample::answer("gone-1", 0));
        assert_eq!(Mark::of(&catalog, &shards, &session.answers), Ok(vec![None]));
    }

    #[test]
    fn steps_are_never_shown_in_order() {
        let shown = |seed| Session::new(Form::Quick, seed, 0).step_order(&ItemId("s0-1".into()), 4);
        for seed in 0..500 {
            let order: Vec<u8> = shown(seed).iter().map(|step| u8::try_from(*step).unwrap()).collect();
            assert!(inversions(&order, 4).unwrap() >= 2, "{order:?}");
        }
        assert_ne!(shown(1), shown(2));
    }

    #[test]
    fn names_sort_by_time() {
        let id = |started| Session::new(Form::Quick, 9, started).id().to_string();
        assert_eq!(id(1), "000000000001-00000009");
        assert!(id(1_700_000_000_000) < id(1_800_000_000_000));
    }

    #[test]
    fn a_name_is_written_in_one_way() {
        let id = SessionId { started: 1_795_000_000_000, seed: 17 };
        assert_eq!(id.to_string().parse(), Ok(id));
        for other in
            ["", "-", "1-1", "000000000001-0000000G", "000000000001-0000000A", "+00000000001-00000009"]
        {
            assert_eq!(other.parse::<SessionId>(), Err(()), "{other}");
        }
    }

    #[test]
    fn an_answer_counts_as_later_than_those_before_it() {
        let mut session = Session::new(Form::Quick, 1, 500);
        for (item, at) in [("s0-1", 700), ("s1-1", 600), ("s2-1", 800)] {
            session.answer(Answer { at, ..sample::answer(item, 0) });
        }
        assert_eq!(session.answers.iter().map(|answer| answer.at).collect::<Vec<_>>(), [700, 701, 800]);
    }
}
