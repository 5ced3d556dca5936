//! A session: a seed, a form, and the answers with their times. Everything else is derived from it.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::quiz::{
    content::kind::ItemKind,
    content::{
        bank::{Catalog, ItemId, Shards, SkillIndex},
        reply::Reply,
        task::inversions,
    },
    random::Random,
    taking::form::Form,
};

/// 1 January 2026. A clock that shows an earlier time is wrong.
const FIRST_RELEASE: u64 = 1_767_225_600_000;
/// The clocks of two devices differ by less than this, in milliseconds.
const DAY: u64 = 24 * 60 * 60 * 1000;

/// Whether a time can be right, by what the clock shows `now`; both in milliseconds since 1970. It can't if it is more than
/// a day ahead, or before there was a Sextant. If `now` itself is that early, the clock is wrong and says nothing.
pub fn is_plausible(at: u64, now: u64) -> bool {
    now < FIRST_RELEASE || (FIRST_RELEASE..=now.saturating_add(DAY)).contains(&at)
}

/// A session's id, in addresses and storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionId {
    /// When it began, in milliseconds since 1970.
    pub started: u64,
    /// Its seed.
    pub seed: u32,
}

impl fmt::Display for SessionId {
    /// Lower-case letters, digits and a dash. Ids sort by age, oldest first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}-{:08x}", self.started, self.seed)
    }
}

impl FromStr for SessionId {
    type Err = ();

    /// Reads only what `Display` writes.
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
    /// What the reader chose to take.
    pub form: Form,
    /// Determines everything random.
    pub seed: u32,
    /// When it began, in milliseconds since 1970.
    pub started: u64,
    /// When the browser's clock turned out to have been wrong during it, in milliseconds since 1970. All of it then counts
    /// as taken at that time, though `started` and the answers' times stay as they were saved.
    pub dated: Option<u64>,
    /// The answers, in order.
    pub answers: Vec<Answer>,
    /// Whether its last question was answered.
    pub finished: bool,
    /// Whether the reader abandoned it. It is no longer shown, and only the ids of its seen items remain.
    pub abandoned: bool,
}

/// One answered item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The item.
    pub item: ItemId,
    /// The reply.
    pub reply: Reply,
    /// When it was given, in milliseconds since 1970.
    pub at: u64,
    /// How long the question was open, in milliseconds.
    pub took: u32,
}

/// An answer compared with its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The skill.
    pub skill: SkillIndex,
    /// The item's level.
    pub level: u8,
    /// The item's kind.
    pub kind: ItemKind,
    /// From 0 to the kind's maximum.
    pub score: u8,
}

impl Mark {
    /// Whether the answer was completely right.
    pub fn is_right(self) -> bool {
        self.score == self.kind.top()
    }

    /// Each answer's mark, in order; `None` if the bank no longer has the item, or has it as another kind.
    ///
    /// # Errors
    /// [`MissingShards`], if shards are not loaded yet.
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

/// The skills whose shards are needed but not loaded yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingShards(pub BTreeSet<SkillIndex>);

impl Session {
    /// A session without answers.
    pub fn new(form: Form, seed: u32, started: u64) -> Self {
        Self { form, seed, started, dated: None, answers: Vec::new(), finished: false, abandoned: false }
    }

    /// Its id.
    pub fn id(&self) -> SessionId {
        SessionId { started: self.started, seed: self.seed }
    }

    /// Adds the answer to the next item. Returns `false` for a second answer to the same item, which is refused.
    pub fn answer(&mut self, answer: Answer) -> bool {
        let new = !self.answered(&answer.item);
        if new {
            let at = self.next_at(answer.at);
            self.answers.push(Answer { at, ..answer });
        }
        new
    }

    /// The time at which an answer given now counts as given. It is later than all others, because the clock may have
    /// been set back, and answers from several tabs are sorted by these times.
    pub fn next_at(&self, now: u64) -> u64 {
        let after = u64::from(!self.answers.is_empty());
        now.max(self.last_saved().saturating_add(after))
    }

    /// Whether the item was answered in this session.
    pub fn answered(&self, item: &ItemId) -> bool {
        self.answers.iter().any(|answer| answer.item == *item)
    }

    /// The order in which an item's `n` options are shown, as indices.
    pub fn option_order(&self, item: &ItemId, n: usize) -> Vec<usize> {
        Random::new(self.seed, &format!("options/{item}")).permutation(n)
    }

    /// The order in which `n` steps are shown: at least two swaps from the right order.
    pub fn step_order(&self, item: &ItemId, n: usize) -> Vec<usize> {
        let mut order = self.option_order(item, n);
        let as_given: Vec<u8> = order.iter().filter_map(|step| u8::try_from(*step).ok()).collect();
        if inversions(&as_given, n).is_some_and(|swaps| swaps < 2) {
            order.reverse();
        }
        order
    }

    /// Whether both are the same session, perhaps with different answers so far.
    pub fn is(&self, other: &Self) -> bool {
        self.started == other.started && self.seed == other.seed
    }

    /// When it began, in milliseconds since 1970.
    pub fn began(&self) -> u64 {
        self.dated.unwrap_or(self.started)
    }

    /// When one of its answers was given, in milliseconds since 1970.
    pub fn answered_at(&self, answer: &Answer) -> u64 {
        self.dated.unwrap_or(answer.at)
    }

    /// When it was last answered, or began, in milliseconds since 1970.
    pub fn last_at(&self) -> u64 {
        self.dated.unwrap_or_else(|| self.last_saved())
    }

    fn last_saved(&self) -> u64 {
        self.answers.iter().map(|answer| answer.at).fold(self.started, u64::max)
    }

    /// Whether the clock must have been wrong during it, by what it shows `now`, in milliseconds since 1970.
    pub fn is_misdated(&self, now: u64) -> bool {
        // Of an abandoned session only the answers count. The clock may still have been wrong when that was noticed.
        let began = Some(self.began()).filter(|_| !self.abandoned);
        let mut times = self.answers.iter().map(|answer| self.answered_at(answer)).chain(began);
        times.any(|at| !is_plausible(at, now))
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
    fn missing_shards_are_reported() {
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
    fn an_item_that_is_no_longer_in_the_bank_has_no_mark() {
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
    fn ids_sort_by_time() {
        let id = |started| Session::new(Form::Quick, 9, started).id().to_string();
        assert_eq!(id(1), "000000000001-00000009");
        assert!(id(1_700_000_000_000) < id(1_800_000_000_000));
    }

    #[test]
    fn an_id_is_written_in_only_one_way() {
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
