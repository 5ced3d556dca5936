//! The answers of independent solvers: letters of shuffled options, or numbers.

use std::fmt;

use serde::Deserialize;
use sextant::quiz::{
    content::{
        number::{self, Typed},
        reply::{Reply, Sure},
    },
    random::Random,
};

use crate::read::items::{AuthoredItem, AuthoredTask};

/// An answer as a solver writes it. A JSON number is unambiguous, unlike a number in text.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    Text(String),
    Number(f64),
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => text.trim().fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// How an answer is to be written.
pub(crate) fn wanted(task: &AuthoredTask) -> String {
    match task {
        AuthoredTask::Single { .. } => "the letter of the best option".to_owned(),
        AuthoredTask::Multi { .. } => "the letters of all right options, one after the other".to_owned(),
        AuthoredTask::Judgement { .. } => "two letters: the best, then the worst".to_owned(),
        AuthoredTask::Numeric { unit, .. } => format!("a number in {}, without the unit", unit.value),
        AuthoredTask::Ordering { .. } => "all letters in the right order, one after the other".to_owned(),
        AuthoredTask::Diagram { .. } => {
            "the letters of all targets to point at, one after the other".to_owned()
        }
    }
}

/// Why an answer to a question isn't valid.
pub(crate) fn unanswered(task: &AuthoredTask, answer: &Answer) -> String {
    format!("`{answer}` is not a valid answer; write {}", wanted(task))
}

/// What can be picked, in the order written.
pub(crate) fn texts(task: &AuthoredTask) -> Vec<&str> {
    match task {
        AuthoredTask::Numeric { .. } => Vec::new(),
        AuthoredTask::Diagram { target } => target.iter().map(|target| target.at.value.as_str()).collect(),
        _ => task.parts().iter().filter_map(|part| Some(part.text?.value.trim())).collect(),
    }
}

/// The letters of an item's options in the order that the seed gives, each with its position as written.
pub(crate) struct Letters(pub(crate) Vec<(char, usize)>);

impl Letters {
    pub(crate) fn new(item: &AuthoredItem, seed: u32) -> Self {
        let order =
            Random::new(seed, &format!("blind/{}", item.id.value)).permutation(texts(&item.task).len());
        Self(('A'..).zip(order).collect())
    }

    fn letter(&self, position: usize) -> char {
        self.0.iter().find(|(_, at)| *at == position).map_or('?', |(letter, _)| *letter)
    }

    /// The reply that an answer stands for, or what is wrong with the answer.
    pub(crate) fn reply(&self, task: &AuthoredTask, answer: &Answer) -> Result<Reply, String> {
        let sure = Sure::Sure;
        if let AuthoredTask::Numeric { unit, .. } = task {
            return Ok(Reply::Numeric { value: read(answer, &unit.value)?, sure });
        }
        let positions = self.positions(answer)?;
        Ok(match (task, positions.as_slice()) {
            (AuthoredTask::Single { .. }, [option]) => Reply::Single { option: *option, sure },
            (AuthoredTask::Judgement { .. }, [best, worst]) => {
                Reply::Judgement { best: *best, worst: *worst, sure }
            }
            (AuthoredTask::Multi { .. }, [_, ..]) => Reply::Multi { options: positions, sure },
            (AuthoredTask::Diagram { .. }, [_, ..]) => Reply::Diagram { targets: positions, sure },
            (AuthoredTask::Ordering { .. }, [_, ..]) => Reply::Ordering { order: positions, sure },
            _ => return Err(unanswered(task, answer)),
        })
    }

    /// The positions of an answer's letters, which must all differ. Case, spaces and commas don't matter.
    fn positions(&self, answer: &Answer) -> Result<Vec<u8>, String> {
        let mut positions = Vec::new();
        let text = answer.to_string().to_uppercase();
        for letter in text.chars().filter(|c| !c.is_whitespace() && *c != ',') {
            let found = self.0.iter().find(|(other, _)| *other == letter);
            let position = found.and_then(|(_, at)| u8::try_from(*at).ok());
            let position = position.ok_or_else(|| format!("there is no option {letter}"))?;
            if positions.contains(&position) {
                return Err(format!("`{answer}` has {letter} twice; write each letter once"));
            }
            positions.push(position);
        }
        Ok(positions)
    }

    /// The right answer.
    pub(crate) fn key(&self, task: &AuthoredTask) -> String {
        let letters = |right: Vec<usize>| right.into_iter().map(|at| self.letter(at)).collect::<String>();
        let parts = task.parts();
        let keys = parts.iter().enumerate().filter(|(_, part)| part.right).map(|(at, _)| at).collect();
        match task {
            AuthoredTask::Numeric { value, .. } => value.to_string(),
            AuthoredTask::Judgement { option } => {
                let worst = option.iter().position(|reaction| reaction.worst);
                letters(keys) + &letters(worst.into_iter().collect())
            }
            _ => letters(keys),
        }
    }
}

/// Reads a number as the app does.
fn read(answer: &Answer, unit: &str) -> Result<f64, String> {
    let text = match answer {
        Answer::Number(number) => return Ok(*number),
        Answer::Text(text) => text,
    };
    match number::read(text, unit) {
        Typed::Number(number) => Ok(number),
        Typed::Either(first, second) => {
            Err(format!("`{answer}` could mean {first} or {second}; write it as a number, without quotes"))
        }
        Typed::Empty => Err("the answer is empty".to_owned()),
        Typed::Refused(refusal) => Err(format!("`{answer}` is not a valid answer: {refusal}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{read::folder::tests::good_bank, rules::check::load};

    #[test]
    fn answers_can_be_written_in_several_ways() {
        let bank = load(&good_bank()).unwrap();
        for (item, answer, expected) in [
            (0, "\"b\"", "ok"),
            (0, "\"AB\"", "write the letter of the best option"),
            (0, "\" \"", "write the letter of the best option"),
            (0, "1", "there is no option 1"),
            (0, "\"Z\"", "there is no option Z"),
            (5, "\"a, C\"", "ok"),
            (5, "\"ACA\"", "`ACA` has A twice"),
            (5, "\"\"", "write the letters of all right options"),
            (6, "\"d a\"", "ok"),
            (6, "\"AA\"", "`AA` has A twice"),
            (7, "12.4", "ok"),
            (7, "\"12.4 hours\"", "ok"),
            (7, "\"about 12,4\"", "ok"),
            (7, "1.234", "ok"),
            (7, "\"1.234\"", "`1.234` could mean 1.234 or 1234; write it as a number, without quotes"),
            (7, "\"12 days\"", "Enter only the number, in hours"),
            (7, "\"\"", "the answer is empty"),
            (8, "\"d, c, b, a\"", "ok"),
            (9, "\"\"", "write the letters of all targets"),
        ] {
            let item = &bank.item_files[0].items[item];
            let answer: Answer = serde_json::from_str(answer).unwrap();
            let found = Letters::new(item, 1).reply(&item.task, &answer);
            let found = found.err().unwrap_or_else(|| "ok".to_owned());
            assert!(found.contains(expected), "{answer}: {found}");
        }
    }

    #[test]
    fn every_key_is_a_right_answer() {
        let bank = load(&good_bank()).unwrap();
        let (_, shards) = crate::compile::compiled(&bank);
        for (item, compiled) in bank.items().zip(&shards[0].items) {
            let letters = Letters::new(item, 5);
            let reply = letters.reply(&item.task, &Answer::Text(letters.key(&item.task))).unwrap();
            assert!(compiled.task.is_right(&reply), "{}: {reply:?}", item.id.value);
        }
    }
}
