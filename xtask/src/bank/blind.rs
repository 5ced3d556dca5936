//! Questions for independent solvers who must not see the keys.

use std::{collections::BTreeMap, path::Path};

use serde::Serialize;
use sextant::quiz::{
    random::Random,
    reply::{Reply, Sure},
};

use super::{
    check::Bank,
    items::{Item, Task},
    load,
};
use crate::{
    error::{Error, Result},
    run::print,
};

/// An item as a solver gets it.
#[derive(Debug, Serialize)]
struct Blind<'a> {
    id: &'a str,
    skill: &'a str,
    kind: &'static str,
    prompt: &'a str,
    /// What the diagram says.
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    options: BTreeMap<char, &'a str>,
    /// What to write as `answer`.
    answer: String,
}

/// Prints the items as JSON Lines, options shuffled, without anything that tells the key.
pub(crate) fn blind(questions: &Path, skill: Option<&str>, seed: u32) -> Result<()> {
    let bank = load(questions)?;
    if let Some(skill) = skill
        && !bank.skills.iter().any(|known| known.id.value == skill)
    {
        return Err(Error::NoSkill { skill: skill.to_owned() });
    }
    print(&lines(&bank, skill, seed)?.join("\n"))
}

fn lines(bank: &Bank, skill: Option<&str>, seed: u32) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for (of, file) in bank.skills.iter().zip(&bank.items) {
        if skill.is_some_and(|skill| skill != of.id.value) {
            continue;
        }
        for item in &file.items {
            let texts = texts(&item.task);
            let options = Letters::new(item, seed).0;
            let blind = Blind {
                id: &item.id.value,
                skill: &of.id.value,
                kind: item.task.kind(),
                prompt: item.prompt.value.trim(),
                figure: item.figure.as_ref().map(|figure| figure.value.words()),
                options: options
                    .into_iter()
                    .filter_map(|(letter, at)| Some((letter, *texts.get(at)?)))
                    .collect(),
                answer: wanted(&item.task),
            };
            lines.push(serde_json::to_string(&blind).map_err(Error::Json)?);
        }
    }
    Ok(lines)
}

/// How the answer to a kind is written.
pub(super) fn wanted(task: &Task) -> String {
    match task {
        Task::Single { .. } => "the letter of the best option".to_owned(),
        Task::Multi { .. } => "the letters of all that hold, one after the other".to_owned(),
        Task::Judgement { .. } => "two letters: the best, then the worst".to_owned(),
        Task::Numeric { unit, .. } => format!("a number in {}, without the unit", unit.value),
        Task::Ordering { .. } => "all letters, one after the other in the right order".to_owned(),
        Task::Diagram { .. } => "the letters of all to point at, one after the other".to_owned(),
    }
}

/// What the letters stand for, in the order written.
fn texts(task: &Task) -> Vec<&str> {
    match task {
        Task::Numeric { .. } => Vec::new(),
        Task::Diagram { target } => target.iter().map(|target| target.at.value.as_str()).collect(),
        _ => task.parts().iter().filter_map(|part| Some(part.text?.value.trim())).collect(),
    }
}

/// The letters of an item's options, each with its position as written, in the order that the seed gives.
pub(super) struct Letters(Vec<(char, usize)>);

impl Letters {
    pub(super) fn new(item: &Item, seed: u32) -> Self {
        let order =
            Random::new(seed, &format!("blind/{}", item.id.value)).permutation(texts(&item.task).len());
        Self(('A'..).zip(order).collect())
    }

    fn letter(&self, position: usize) -> char {
        self.0.iter().find(|(_, at)| *at == position).map_or('?', |(letter, _)| *letter)
    }

    /// An answer's reply, or what is wrong with it.
    pub(super) fn reply(&self, task: &Task, answer: &str) -> std::result::Result<Reply, String> {
        let position = |letter: char| {
            let found = self.0.iter().find(|(other, _)| *other == letter);
            let position = found.and_then(|(_, at)| u8::try_from(*at).ok());
            position.ok_or_else(|| format!("there is no option {letter}"))
        };
        let positions = || answer.trim().chars().map(position).collect::<std::result::Result<Vec<u8>, _>>();
        let sure = Sure::Sure;
        let unfit = || format!("`{answer}` is no answer to it; write {}", wanted(task));
        Ok(match task {
            Task::Single { .. } => match positions()?.as_slice() {
                [option] => Reply::Single { option: *option, sure },
                _ => return Err(unfit()),
            },
            Task::Judgement { .. } => match positions()?.as_slice() {
                [best, worst] => Reply::Judgement { best: *best, worst: *worst, sure },
                _ => return Err(unfit()),
            },
            Task::Multi { .. } => Reply::Multi { options: positions()?, sure },
            Task::Diagram { .. } => Reply::Diagram { targets: positions()?, sure },
            Task::Ordering { .. } => Reply::Ordering { order: positions()?, sure },
            Task::Numeric { .. } => {
                Reply::Numeric { value: answer.trim().parse().map_err(|_| unfit())?, sure }
            }
        })
    }

    /// The right answer.
    pub(super) fn key(&self, task: &Task) -> String {
        let letters = |right: Vec<usize>| right.into_iter().map(|at| self.letter(at)).collect::<String>();
        let parts = task.parts();
        let keys = parts.iter().enumerate().filter(|(_, part)| part.right).map(|(at, _)| at).collect();
        match task {
            Task::Numeric { value, .. } => value.to_string(),
            Task::Judgement { option } => {
                let worst = option.iter().position(|reaction| reaction.worst);
                letters(keys) + &letters(worst.into_iter().collect())
            }
            _ => letters(keys),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, path::PathBuf};

    fn bank() -> Bank {
        load(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/bank/good")).unwrap()
    }

    #[test]
    fn blind_items_tell_no_key() {
        let bank = bank();
        let lines = lines(&bank, None, 3).unwrap();
        assert_eq!(lines.len(), bank.items[0].items.len());
        for (line, item) in lines.iter().zip(&bank.items[0].items) {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            let fields: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
            let options = texts(&item.task).len();
            let expected = ["id", "kind", "prompt", "skill", "answer"];
            assert_eq!(
                fields,
                expected
                    .into_iter()
                    .chain((options > 0).then_some("options"))
                    .chain(item.figure.is_some().then_some("figure"))
                    .collect(),
                "{line}"
            );
            assert_eq!(value["options"].as_object().map_or(0, serde_json::Map::len), options);
            assert!(item.task.parts().iter().all(|part| !line.contains(part.why.value.trim())));
        }
        let orders: BTreeSet<Vec<String>> =
            (0..20).map(|seed| super::lines(&bank, None, seed).unwrap()).collect();
        assert!(orders.len() > 1, "the options are shuffled by the seed");
        assert_eq!(super::lines(&bank, Some("none"), 3).unwrap().len(), 0);
    }

    #[test]
    fn every_key_is_right_as_it_is_written() {
        let bank = bank();
        let (_, shards) = crate::bank::compile::compiled(&bank);
        for (item, compiled) in bank.items[0].items.iter().zip(&shards[0].items) {
            let letters = Letters::new(item, 5);
            let reply = letters.reply(&item.task, &letters.key(&item.task)).unwrap();
            assert!(compiled.task.is_right(&reply), "{}: {reply:?}", item.id.value);
        }
    }
}
