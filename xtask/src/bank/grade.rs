//! What independent solvers' answers say of the questions: see `blind`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::Deserialize;
use sextant::quiz::task;

use super::{
    blind::{Letters, wanted},
    check::Bank,
    compile::compiled,
    items::Item,
    load,
};
use crate::{
    error::{Error, Result},
    run::print,
};

/// An assigned level this far from what solvers estimate is named.
const LEVELS_APART: f64 = 1.5;

/// What a solver says of an item.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Solved {
    id: String,
    /// As the item asks for it: letters, or a number.
    answer: String,
    /// Another answer that can be defended.
    #[serde(default)]
    second: Option<String>,
    /// The level that it looks like, 1 to 5.
    #[serde(default)]
    level: Option<u8>,
    /// Anything else.
    #[serde(default)]
    note: Option<String>,
}

/// What a solver said, held against the key.
struct Held {
    said: Solved,
    right: bool,
    /// Whether the second answer is the key after all.
    second: Option<bool>,
}

/// Compares solvers' answers, JSON Lines with one answer each, with the bank.
pub(crate) fn grade(questions: &Path, answers: &Path, seed: u32) -> Result<()> {
    let bank = load(questions)?;
    let text =
        fs::read_to_string(answers).map_err(|source| Error::Read { path: answers.to_owned(), source })?;
    print(&graded(&bank, &text, seed)?.join("\n"))
}

fn graded(bank: &Bank, text: &str, seed: u32) -> Result<Vec<String>> {
    let (_, shards) = compiled(bank);
    let items = bank.items.iter().flat_map(|file| &file.items);
    let compiled = shards.iter().flat_map(|shard| &shard.items).map(|item| &item.task);
    let items: BTreeMap<&str, (&Item, &task::Task)> =
        items.zip(compiled).map(|(item, task)| (item.id.value.as_str(), (item, task))).collect();
    let mut solved: BTreeMap<String, Vec<Held>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let bad = |why: String| Error::BadAnswer { line: number + 1, why };
        let said: Solved = serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
        let Some((item, task)) = items.get(said.id.as_str()) else {
            return Err(bad(format!("no item is called `{}`", said.id)));
        };
        if let Some(level) = said.level.filter(|level| !(1..=5).contains(level)) {
            return Err(bad(format!("level {level} does not exist; levels go from 1 to 5")));
        }
        let letters = Letters::new(item, seed);
        let is_right = |answer: &str| {
            let reply = letters.reply(&item.task, answer)?;
            task.score(&reply)
                .ok_or_else(|| format!("`{answer}` is no answer to it; write {}", wanted(&item.task)))?;
            Ok(task.is_right(&reply))
        };
        let right = is_right(&said.answer).map_err(bad)?;
        let second = said.second.as_deref().map(is_right).transpose().map_err(bad)?;
        solved.entry(said.id.clone()).or_default().push(Held { said, right, second });
    }

    let (mut answers, mut agreed) = (0, 0);
    let (mut wrong, mut second, mut levels, mut notes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (id, solved) in &solved {
        let Some((item, _)) = items.get(id.as_str()) else { continue };
        let key = Letters::new(item, seed).key(&item.task);
        let others: Vec<&str> =
            solved.iter().filter(|held| !held.right).map(|held| held.said.answer.as_str()).collect();
        answers += solved.len();
        agreed += solved.len() - others.len();
        if !others.is_empty() {
            wrong.push(format!(
                "  {id}: key {key}, answered {} ({} of {})",
                others.join(", "),
                others.len(),
                solved.len()
            ));
        }
        let defended: BTreeSet<&str> = solved
            .iter()
            .filter(|held| held.second == Some(false))
            .filter_map(|held| held.said.second.as_deref())
            .collect();
        if !defended.is_empty() {
            let defended: Vec<&str> = defended.into_iter().collect();
            second.push(format!("  {id}: key {key}, also defended {}", defended.join(", ")));
        }
        let told: Vec<f64> = solved.iter().filter_map(|held| held.said.level).map(f64::from).collect();
        let mean = told.iter().sum::<f64>() / told.len().max(1) as f64;
        if !told.is_empty() && (mean - item.level as f64).abs() >= LEVELS_APART {
            levels.push(format!("  {id}: assigned {}, looks like {mean:.1}", item.level));
        }
        notes.extend(
            solved.iter().filter_map(|held| held.said.note.as_ref()).map(|note| format!("  {id}: {note}")),
        );
    }
    let mut lines = vec![format!(
        "{agreed} of {answers} answers agree with the key, on {} of {} items",
        solved.len(),
        items.len()
    )];
    for (title, rows) in [
        ("Answered otherwise than the key", wrong),
        ("A second answer can be defended", second),
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
    fn answers_are_held_against_the_key() {
        let bank = bank();
        let item = &bank.items[0].items[0];
        let key = Letters::new(item, 7).key(&item.task);
        let wrong = if key == "A" { "B" } else { "A" };
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
            "Answered otherwise than the key:".to_owned(),
            format!("  {id}: key {key}, answered {wrong} (1 of 3)"),
            "A second answer can be defended:".to_owned(),
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
            (format!("{{\"id\":\"{id}\",\"answer\":\"Z\"}}"), "there is no option Z"),
            (format!("{{\"id\":\"{id}\",\"answer\":\"AB\"}}"), "write the letter of the best option"),
            (format!("{{\"id\":\"{id}\",\"answer\":\"A\",\"level\":9}}"), "level 9 does not exist"),
        ] {
            let error = graded(&bank, &format!("\n{line}"), 1).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
