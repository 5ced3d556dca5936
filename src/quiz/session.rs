//! A session: a seed, a form, and the answers with their times. Everything else is derived from it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    bank::{Catalog, Item, ItemId, Shards, Task},
    form::Form,
    measure::Model,
    random::Random,
};

/// One run through a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// What is asked.
    pub form: Form,
    /// Decides every order that is left to chance.
    pub seed: u32,
    /// When it began, milliseconds since 1970.
    pub started: u64,
    /// What was answered, in order.
    pub answers: Vec<Answer>,
}

/// One answered item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// What a reader says to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Reply {
    /// "I don't know": scored as wrong.
    DontKnow,
    /// One option of a single-best-answer question, by its position in the bank.
    Single {
        /// Position of the option as written, not as shown.
        option: u8,
        /// How sure the reader was.
        sure: Sure,
    },
}

/// How sure a reader is of an answer. It never enters a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sure {
    /// Below 67%.
    Not,
    /// 67 to 80%.
    Fairly,
    /// Above 80%.
    Sure,
}

impl Sure {
    /// The three in the order of their buttons.
    pub const ALL: [Self; 3] = [Self::Not, Self::Fairly, Self::Sure];
}

/// An answer held against its item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// The skill's position in the catalog.
    pub skill: usize,
    /// The item's level.
    pub level: u8,
    /// The item's model.
    pub model: Model,
    /// Whether it was answered right.
    pub right: bool,
}

/// Shards that are needed and have not arrived, by the skill's position in the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting(pub BTreeSet<usize>);

impl Session {
    /// A session without answers.
    pub fn new(form: Form, seed: u32, started: u64) -> Self {
        Self { form, seed, started, answers: Vec::new() }
    }

    /// Its name in addresses and storage: lower-case letters, digits and a dash, the oldest sorting first.
    pub fn id(&self) -> String {
        format!("{:012x}-{:08x}", self.started, self.seed)
    }

    /// Takes in the answer to the next item. A second answer to the same item is refused: `false`.
    pub fn answer(&mut self, answer: Answer) -> bool {
        let new = !self.answered(&answer.item);
        if new {
            self.answers.push(answer);
        }
        new
    }

    /// Whether the item was answered in this session.
    pub fn answered(&self, item: &ItemId) -> bool {
        self.answers.iter().any(|answer| answer.item == *item)
    }

    /// The order in which an item's `n` options are shown: positions as written.
    pub fn option_order(&self, item: &ItemId, n: usize) -> Vec<usize> {
        Random::new(self.seed, &format!("options/{item}")).permutation(n)
    }

    /// Each answer's mark, in order; `None` for an item that the bank no longer has.
    ///
    /// # Errors
    /// [`Waiting`] names the shards that have not arrived.
    pub fn marks(&self, catalog: &Catalog, shards: &Shards) -> Result<Vec<Option<Mark>>, Waiting> {
        let missing: BTreeSet<usize> = self
            .answers
            .iter()
            .filter_map(|answer| catalog.entry(&answer.item))
            .map(|(skill, _)| skill)
            .filter(|&skill| shards.get(skill).is_none())
            .collect();
        if !missing.is_empty() {
            return Err(Waiting(missing));
        }
        let mark = |answer: &Answer| {
            let (skill, entry) = catalog.entry(&answer.item)?;
            let item = shards.item(skill, &answer.item)?;
            Some(Mark { skill, level: entry.level, model: entry.model, right: item.is_right(answer.reply) })
        };
        Ok(self.answers.iter().map(mark).collect())
    }
}

impl Item {
    /// Whether the reply is the right one.
    pub fn is_right(&self, reply: Reply) -> bool {
        match (&self.task, reply) {
            (_, Reply::DontKnow) => false,
            (Task::Single(options), Reply::Single { option, .. }) => {
                options.get(usize::from(option)).is_some_and(super::bank::Choice::is_key)
            }
        }
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
        assert_eq!(session.marks(&catalog, &Shards::default()), Err(Waiting(BTreeSet::from([0, 2]))));
        assert_eq!(session.marks(&catalog, &shards).map(|m| m.len()), Ok(3));
    }

    #[test]
    fn an_item_that_the_bank_no_longer_has_has_no_mark() {
        let (catalog, shards) = sample::bank(1);
        let mut session = Session::new(Form::Quick, 1, 0);
        session.answer(sample::answer("gone-1", 0));
        assert_eq!(session.marks(&catalog, &shards), Ok(vec![None]));
    }

    #[test]
    fn only_the_key_is_right() {
        let (_, shards) = sample::bank(1);
        let item = shards.item(0, &ItemId("s0-1".into())).unwrap();
        let single = |option| Reply::Single { option, sure: Sure::Sure };
        let right: Vec<bool> = (0..5).map(|option| item.is_right(single(option))).collect();
        assert_eq!(right, [true, false, false, false, false]);
        assert!(!item.is_right(Reply::DontKnow));
    }

    #[test]
    fn names_sort_by_time() {
        let id = |started| Session::new(Form::Quick, 9, started).id();
        assert_eq!(id(1), "000000000001-00000009");
        assert!(id(1_700_000_000_000) < id(1_800_000_000_000));
    }
}
