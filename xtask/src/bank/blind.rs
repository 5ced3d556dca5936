//! Questions for independent solvers who must not see the keys, and what their answers say of the questions.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::{Deserialize, Serialize};
use sextant::quiz::random::Random;

use super::{
    authored::{Choice, Item, Task},
    check::Bank,
    load,
};
use crate::{
    error::{Error, Result},
    run::print,
};

/// An assigned level this far from what solvers estimate is named.
const LEVELS_APART: f64 = 1.5;

/// An item as a solver gets it.
#[derive(Debug, Serialize)]
struct Blind<'a> {
    id: &'a str,
    skill: &'a str,
    kind: &'static str,
    prompt: &'a str,
    options: BTreeMap<char, &'a str>,
}

/// What a solver says of an item.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Solved {
    id: String,
    /// The letter of the option picked.
    answer: char,
    /// Another option that can be defended.
    #[serde(default)]
    second: Option<char>,
    /// The level that it looks like, 1 to 5.
    #[serde(default)]
    level: Option<u8>,
    /// Anything else.
    #[serde(default)]
    note: Option<String>,
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
            let options =
                shuffled(item, seed).into_iter().map(|(letter, option)| (letter, option.text.value.trim()));
            let blind = Blind {
                id: &item.id.value,
                skill: &of.id.value,
                kind: item.task.kind(),
                prompt: item.prompt.value.trim(),
                options: options.collect(),
            };
            lines.push(serde_json::to_string(&blind).map_err(Error::Json)?);
        }
    }
    Ok(lines)
}

/// The options with their letters, in the order that the seed gives.
fn shuffled(item: &Item, seed: u32) -> Vec<(char, &Choice)> {
    let Task::Single(options) = &item.task;
    let order = Random::new(seed, &format!("blind/{}", item.id.value)).permutation(options.len());
    ('A'..).zip(order.into_iter().filter_map(|at| options.get(at))).collect()
}

/// Compares solvers' answers, JSON Lines with one answer each, with the bank.
pub(crate) fn grade(questions: &Path, answers: &Path, seed: u32) -> Result<()> {
    let bank = load(questions)?;
    let text =
        fs::read_to_string(answers).map_err(|source| Error::Read { path: answers.to_owned(), source })?;
    print(&graded(&bank, &text, seed)?.join("\n"))
}

fn graded(bank: &Bank, text: &str, seed: u32) -> Result<Vec<String>> {
    let items: BTreeMap<&str, &Item> =
        bank.items.iter().flat_map(|file| &file.items).map(|item| (item.id.value.as_str(), item)).collect();
    let mut solved: BTreeMap<String, Vec<Solved>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let bad = |why: String| Error::BadAnswer { line: number + 1, why };
        let answer: Solved = serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
        let Some(item) = items.get(answer.id.as_str()) else {
            return Err(bad(format!("no item is called `{}`", answer.id)));
        };
        let letters: BTreeSet<char> = shuffled(item, seed).into_iter().map(|(letter, _)| letter).collect();
        for letter in [Some(answer.answer), answer.second].into_iter().flatten() {
            if !letters.contains(&letter) {
                return Err(bad(format!("`{}` has no option {letter}", answer.id)));
            }
        }
        if let Some(level) = answer.level.filter(|level| !(1..=5).contains(level)) {
            return Err(bad(format!("level {level} does not exist; levels go from 1 to 5")));
        }
        solved.entry(answer.id.clone()).or_default().push(answer);
    }

    let (mut answers, mut agreed) = (0, 0);
    let (mut wrong, mut second, mut levels, mut notes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (id, solved) in &solved {
        let Some(item) = items.get(id.as_str()) else { continue };
        let key = shuffled(item, seed).into_iter().find(|(_, option)| option.key).map(|(letter, _)| letter);
        let others: Vec<String> =
            solved.iter().filter(|s| Some(s.answer) != key).map(|s| s.answer.to_string()).collect();
        answers += solved.len();
        agreed += solved.len() - others.len();
        let letter = key.unwrap_or('?');
        if !others.is_empty() {
            wrong.push(format!(
                "  {id}: key {letter}, picked {} ({} of {})",
                others.join(", "),
                others.len(),
                solved.len()
            ));
        }
        let defended: Vec<String> = solved
            .iter()
            .filter_map(|s| s.second)
            .filter(|s| Some(*s) != key)
            .map(|s| s.to_string())
            .collect();
        if !defended.is_empty() {
            second.push(format!("  {id}: key {letter}, also defended {}", defended.join(", ")));
        }
        let told: Vec<f64> = solved.iter().filter_map(|s| s.level).map(f64::from).collect();
        let mean = told.iter().sum::<f64>() / told.len().max(1) as f64;
        if !told.is_empty() && (mean - item.level as f64).abs() >= LEVELS_APART {
            levels.push(format!("  {id}: assigned {}, looks like {mean:.1}", item.level));
        }
        notes.extend(solved.iter().filter_map(|s| s.note.as_ref()).map(|note| format!("  {id}: {note}")));
    }
    let mut lines = vec![format!(
        "{agreed} of {answers} answers agree with the key, on {} of {} items",
        solved.len(),
        items.len()
    )];
    for (title, rows) in [
        ("Picked another option than the key", wrong),
        ("A second option can be defended", second),
        ("Level 1.5 or more away from the assigned one", levels),
        ("Notes", notes),
    ] {
        if !rows.is_empty() {
            lines.push(format!("{title}:"));
            lines.extend(rows);
        }
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

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
            assert_eq!(fields, BTreeSet::from(["id", "kind", "options", "prompt", "skill"]));
            let Task::Single(options) = &item.task;
            assert_eq!(value["options"].as_object().unwrap().len(), options.len());
            assert!(options.iter().all(|option| !line.contains(option.why.value.trim())));
        }
        let orders: BTreeSet<Vec<String>> =
            (0..20).map(|seed| super::lines(&bank, None, seed).unwrap()).collect();
        assert!(orders.len() > 1, "the options are shuffled by the seed");
        assert_eq!(super::lines(&bank, Some("none"), 3).unwrap().len(), 0);
    }

    #[test]
    fn answers_are_held_against_the_key() {
        let bank = bank();
        let item = &bank.items[0].items[0];
        let letters = shuffled(item, 7);
        let key = letters.iter().find(|(_, option)| option.key).unwrap().0;
        let wrong = letters.iter().find(|(_, option)| !option.key).unwrap().0;
        let id = &item.id.value;
        let far = if item.level > 3 { 1 } else { 5 };
        let text = format!(
            "{{\"id\":\"{id}\",\"answer\":\"{key}\",\"level\":{far}}}\n\n\
             {{\"id\":\"{id}\",\"answer\":\"{wrong}\",\"second\":\"{key}\",\"note\":\"Unclear.\"}}\n\
             {{\"id\":\"{id}\",\"answer\":\"{key}\",\"second\":\"{wrong}\"}}\n"
        );
        let items = bank.items[0].items.len();
        let expected = [
            format!("2 of 3 answers agree with the key, on 1 of {items} items"),
            "Picked another option than the key:".to_owned(),
            format!("  {id}: key {key}, picked {wrong} (1 of 3)"),
            "A second option can be defended:".to_owned(),
            format!("  {id}: key {key}, also defended {wrong}"),
            "Level 1.5 or more away from the assigned one:".to_owned(),
            format!("  {id}: assigned {}, looks like {far}.0", item.level),
            "Notes:".to_owned(),
            format!("  {id}: Unclear."),
        ];
        assert_eq!(graded(&bank, &text, 7).unwrap(), expected);
    }

    #[test]
    fn a_bad_answer_is_named_with_its_line() {
        let bank = bank();
        let id = &bank.items[0].items[0].id.value;
        for (line, expected) in [
            ("x".to_owned(), "line 2: expected value"),
            ("{\"id\":\"zz-001\",\"answer\":\"A\"}".to_owned(), "line 2: no item is called `zz-001`"),
            (format!("{{\"id\":\"{id}\",\"answer\":\"Z\"}}"), "has no option Z"),
            (format!("{{\"id\":\"{id}\",\"answer\":\"A\",\"level\":9}}"), "level 9 does not exist"),
        ] {
            let error = graded(&bank, &format!("\n{line}"), 1).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
