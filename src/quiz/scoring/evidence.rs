//! Which answers count for a session's figures, and with what weight: its own, and those of earlier sessions.

use std::collections::{BTreeMap, BTreeSet};

use crate::quiz::{
    content::{
        bank::{Catalog, ItemId, Shards},
        reply::Sure,
    },
    order::{by_largest, gathered},
    scoring::measure::{Observed, Posterior},
    taking::{
        selection::is_finished,
        session::{Answer, Mark, MissingShards, Session},
    },
};

/// In milliseconds: how long an answered item counts as seen, and the half-life of an older answer's weight.
pub const HALF_LIFE: u64 = 180 * 24 * 60 * 60 * 1000;

/// An answer that counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The answer's mark.
    pub mark: Mark,
    /// How sure the reader was; `None` for "I don't know".
    pub sure: Option<Sure>,
    /// 1 for the session's own answers. Others lose half every 180 days.
    pub weight: f64,
    /// Whether it belongs to the session itself.
    pub own: bool,
    /// When its session began, in milliseconds since 1970.
    pub started: u64,
}

/// Everything that counts for one session.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The answers that count, oldest first.
    pub counted: Vec<Counted>,
    /// The marks of the session's own answers, scored or not.
    pub own: Vec<Mark>,
    /// How many of the session's own answers repeat an item that was seen less than 180 days before. They are not
    /// scored, because the reader has read the explanation.
    pub repeated: usize,
    /// How many answers came from earlier sessions.
    pub earlier: usize,
}

/// The items that other sessions showed less than 180 days before the session's last answer, or after it.
pub fn seen<'a>(others: impl IntoIterator<Item = &'a Session>, session: &Session) -> BTreeSet<ItemId> {
    let now = session.last_at();
    let answers = others
        .into_iter()
        .filter(|other| !other.is(session))
        .flat_map(|other| other.answers.iter().map(move |answer| (other.answered_at(answer), answer)));
    let recent = answers.filter(|(at, _)| now.saturating_sub(*at) < HALF_LIFE);
    gathered(recent.map(|(_, answer)| answer.item.clone()))
}

impl Evidence {
    /// Collects what counts for `session`: its own answers, and those given before its last one in other finished
    /// sessions. An item that was seen less than 180 days before, in any session, is not scored. After that time the
    /// new answer replaces the old one.
    ///
    /// # Errors
    /// [`MissingShards`], if shards are not loaded yet.
    pub fn new<'a>(
        catalog: &Catalog,
        shards: &Shards,
        others: impl IntoIterator<Item = &'a Session>,
        session: &'a Session,
    ) -> Result<Self, MissingShards> {
        let until = session.last_at();
        let answers: Vec<(&Session, bool, &Answer)> = others
            .into_iter()
            .filter(|other| !other.is(session))
            .chain([session])
            .flat_map(|of| {
                let counts = of.is(session) || (is_finished(catalog, of) && !of.abandoned);
                of.answers.iter().map(move |answer| (of, counts, answer))
            })
            .filter(|(of, _, answer)| of.answered_at(answer) <= until)
            .collect();
        // Times are integers below 2⁵³, so they are exact as floats.
        let answers = by_largest(answers, |(of, _, answer)| -(of.answered_at(answer) as f64));
        let marks = Mark::of(catalog, shards, answers.iter().map(|(_, _, answer)| *answer))?;

        let mut sightings: BTreeMap<&ItemId, u64> = BTreeMap::new();
        let mut places: BTreeMap<&ItemId, usize> = BTreeMap::new();
        let mut counted: Vec<Option<Counted>> = Vec::new();
        let mut evidence = Self { counted: Vec::new(), own: Vec::new(), repeated: 0, earlier: 0 };
        for ((of, counts, answer), mark) in answers.into_iter().zip(marks) {
            let Some(mark) = mark else { continue };
            let own = of.is(session);
            if own {
                evidence.own.push(mark);
            }
            // Every sighting counts, even if its answer is not scored or its session is unfinished.
            let at = of.answered_at(answer);
            let before = sightings.insert(&answer.item, at);
            if before.is_some_and(|before| at.saturating_sub(before) < HALF_LIFE) {
                evidence.repeated += usize::from(own);
                continue;
            }
            if !counts {
                continue;
            }
            if let Some(replaced) =
                places.insert(&answer.item, counted.len()).and_then(|at| counted.get_mut(at))
            {
                *replaced = None;
            }
            let age = if own { 0 } else { session.began().saturating_sub(at) };
            let weight = 0.5_f64.powf(age as f64 / HALF_LIFE as f64);
            counted.push(Some(Counted { mark, sure: answer.reply.sure(), weight, own, started: of.began() }));
        }
        evidence.counted = counted.into_iter().flatten().collect();
        evidence.earlier = evidence.counted.iter().filter(|counted| !counted.own).count();
        Ok(evidence)
    }

    /// The answers as input of the measurement.
    pub fn observed(&self) -> Vec<Observed> {
        let observed = |counted: &Counted| Observed {
            skill: counted.mark.skill,
            model: counted.mark.kind.model(counted.mark.level),
            score: usize::from(counted.mark.score),
            weight: counted.weight,
        };
        self.counted.iter().map(observed).collect()
    }

    /// The belief about the reader.
    pub fn posterior(&self, catalog: &Catalog) -> Posterior {
        let mut posterior = Posterior::before(catalog);
        posterior.follow(&self.observed());
        posterior
    }
}

impl Counted {
    /// Whether it still counts towards the number of answers that a stage requires: until it has lost half its weight.
    pub fn is_recent(&self) -> bool {
        self.weight >= 0.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{sample, taking::form::Form};

    const DAY: u64 = 24 * 60 * 60 * 1000;

    fn session(started: u64, items: &[(&str, u64)]) -> Session {
        let mut session = Session::new(Form::Full, 1, started * DAY);
        for (item, day) in items {
            session.answers.push(Answer { at: day * DAY, ..sample::answer(item, 0) });
        }
        session.finished = true;
        session
    }

    fn evidence(others: &[Session], session: &Session) -> Evidence {
        let (catalog, shards) = sample::bank(3);
        Evidence::new(&catalog, &shards, others, session).unwrap()
    }

    fn weights(evidence: &Evidence) -> Vec<(usize, f64)> {
        evidence.counted.iter().map(|counted| (counted.mark.skill, counted.weight)).collect()
    }

    #[test]
    fn older_answers_lose_half_their_weight_in_180_days() {
        let old = session(100, &[("s0-1", 100), ("s1-1", 190)]);
        let new = session(280, &[("s2-1", 280), ("s2-2", 281)]);
        let evidence = evidence(&[old.clone(), new.clone()], &new);
        let half = 0.5_f64.sqrt();
        let expected = [(0, 0.5), (1, half), (2, 1.0), (2, 1.0)];
        for (found, expected) in weights(&evidence).into_iter().zip(expected) {
            assert!(found.0 == expected.0 && (found.1 - expected.1).abs() < 1e-12, "{found:?} {expected:?}");
        }
        assert_eq!((evidence.earlier, evidence.repeated), (2, 0));
        assert!(evidence.counted.iter().all(Counted::is_recent));
    }

    #[test]
    fn later_sessions_do_not_change_an_earlier_result() {
        let old = session(100, &[("s0-1", 100)]);
        let new = session(280, &[("s2-1", 280)]);
        assert_eq!(evidence(&[new, old.clone()], &old), evidence(&[], &old));
    }

    #[test]
    fn a_recently_seen_item_is_not_scored_again() {
        let old = session(100, &[("s0-1", 100), ("s0-2", 100)]);
        let new = session(200, &[("s0-1", 200), ("s0-3", 200)]);
        let evidence = evidence(std::slice::from_ref(&old), &new);
        assert_eq!((evidence.counted.len(), evidence.repeated, evidence.earlier), (3, 1, 2));
        let seen: Vec<String> = seen(&[old, new.clone()], &new).into_iter().map(|item| item.0).collect();
        assert_eq!(seen, ["s0-1", "s0-2"]);
    }

    #[test]
    fn each_sighting_begins_the_180_days_anew() {
        let (first, second) = (session(0, &[("s0-1", 0)]), session(100, &[("s0-1", 100)]));
        let third = session(190, &[("s0-1", 190)]);
        assert_eq!(evidence(std::slice::from_ref(&first), &second).repeated, 1);
        assert_eq!(evidence(&[first, second], &third).repeated, 1, "its explanation was read 90 days before");
    }

    #[test]
    fn unfinished_sessions_count_as_seen_but_not_as_scored() {
        let mut paused = session(100, &[("s0-1", 100), ("s0-2", 100)]);
        paused.finished = false;
        let new = session(110, &[("s0-1", 110), ("s1-1", 110)]);
        let with = evidence(std::slice::from_ref(&paused), &new);
        assert_eq!((weights(&with), with.repeated, with.earlier), (vec![(1, 1.0)], 1, 0));
        // Abandoning deletes the replies, but changes nothing here.
        paused.abandoned = true;
        assert_eq!(evidence(&[paused], &new), with);
    }

    #[test]
    fn a_clock_that_steps_back_loses_no_answer() {
        let mut session = session(100, &[("s0-1", 101), ("s0-2", 101)]);
        session.answer(Answer { at: 100 * DAY, ..sample::answer("s0-3", 0) });
        assert_eq!(session.answers[2].at, 101 * DAY + 1);
        // As an older version may have saved it.
        session.answers[2].at = 100 * DAY;
        assert_eq!(evidence(&[], &session).counted.len(), 3);
    }

    #[test]
    fn after_180_days_the_new_answer_counts_in_place_of_the_old() {
        let old = session(100, &[("s0-1", 100), ("s0-2", 100)]);
        let new = session(280, &[("s0-1", 280)]);
        let evidence = evidence(std::slice::from_ref(&old), &new);
        assert_eq!(weights(&evidence), [(0, 0.5), (0, 1.0)], "s0-2 of old, s0-1 of new");
        assert_eq!((evidence.repeated, evidence.earlier), (0, 1));
        assert!(seen(&[old], &new).is_empty());
    }
}
