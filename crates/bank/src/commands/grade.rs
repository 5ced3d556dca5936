//! What independent solvers' answers say of the questions: see `blind`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::Deserialize;
use sextant::quiz::content::task;

use crate::{
    commands::{
        blind::version,
        letters::{Answer, Letters, wanted},
    },
    compile::compiled,
    error::{Error, Result},
    load, print,
    read::items::Item,
    rules::check::Bank,
};

/// An assigned level this far from what solvers estimate is named.
const LEVELS_APART: f64 = 1.5;

/// What a solver says of an item.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Solved {
    id: String,
    /// As the item asks for it: letters, or a number.
    answer: Answer,
    /// Another answer that can be defended.
    #[serde(default)]
    second: Option<Answer>,
    /// The level that it looks like, 1 to 5.
    #[serde(default)]
    level: Option<u8>,
    /// Anything else.
    #[serde(default)]
    note: Option<String>,
    /// The seed and the version that the question came with.
    #[serde(default)]
    seed: Option<u32>,
    #[serde(default)]
    version: Option<String>,
}

/// What a solver said, held against the key.
struct Held {
    said: Solved,
    right: bool,
    /// Whether the second answer is the key after all.
    second: Option<bool>,
}

/// The items by id, each as written and as compiled.
type ById<'a> = BTreeMap<&'a str, (&'a Item, &'a task::Task)>;

/// Compares solvers' answers, JSON Lines with one answer each, with the bank.
pub fn grade(questions: &Path, answers: &Path, seed: u32) -> Result<()> {
    let bank = load(questions)?;
    let text =
        fs::read_to_string(answers).map_err(|source| Error::Read { path: answers.to_owned(), source })?;
    print(&graded(&bank, &text, seed)?.join("\n"))
}

/// All answers by item, or all that is wrong with them.
fn held(items: &ById<'_>, text: &str, seed: u32) -> Result<BTreeMap<String, Vec<Held>>> {
    let (mut solved, mut bad) = (BTreeMap::<String, Vec<Held>>::new(), Vec::new());
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match one(items, line, seed) {
            Ok(held) => solved.entry(held.said.id.clone()).or_default().push(held),
            Err(why) => bad.push(format!("line {}: {why}", number + 1)),
        }
    }
    if bad.is_empty() { Ok(solved) } else { Err(Error::BadAnswers { lines: bad }) }
}

/// One answer, or what is wrong with it.
fn one(items: &ById<'_>, line: &str, seed: u32) -> std::result::Result<Held, String> {
    let said: Solved = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let Some((item, task)) = items.get(said.id.as_str()) else {
        return Err(format!("no item is called `{}`", said.id));
    };
    if let Some(level) = said.level.filter(|level| !(1..=5).contains(level)) {
        return Err(format!("level {level} does not exist; levels go from 1 to 5"));
    }
    if let Some(asked) = said.seed.filter(|asked| *asked != seed) {
        return Err(format!("it was asked with the seed {asked}; grade it with --seed {asked}"));
    }
    if said.version.as_ref().is_some_and(|asked| *asked != version(item)) {
        return Err(format!("{} was changed after it was asked; ask it again", said.id));
    }
    let letters = Letters::new(item, seed);
    let is_right = |answer: &Answer| {
        let reply = letters.reply(&item.task, answer)?;
        task.score(&reply)
            .ok_or_else(|| format!("`{answer}` is no answer to it; write {}", wanted(&item.task)))?;
        Ok::<_, String>(task.is_right(&reply))
    };
    let right = is_right(&said.answer)?;
    let second = said.second.as_ref().map(is_right).transpose()?;
    Ok(Held { said, right, second })
}

fn graded(bank: &Bank, text: &str, seed: u32) -> Result<Vec<String>> {
    let (_, shards) = compiled(bank);
    let items = bank.items.iter().flat_map(|file| &file.items);
    let compiled = shards.iter().flat_map(|shard| &shard.items).map(|item| &item.task);
    let items: ById<'_> =
        items.zip(compiled).map(|(item, task)| (item.id.value.as_str(), (item, task))).collect();
    let solved = held(&items, text, seed)?;

    let (mut answers, mut agreed) = (0, 0);
    let (mut wrong, mut second, mut levels, mut notes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (id, solved) in &solved {
        let Some((item, _)) = items.get(id.as_str()) else { continue };
        let key = Letters::new(item, seed).key(&item.task);
        let others: Vec<String> =
            solved.iter().filter(|held| !held.right).map(|held| held.said.answer.to_string()).collect();
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
        let defended: BTreeSet<String> = solved
            .iter()
            .filter(|held| held.second == Some(false))
            .filter_map(|held| held.said.second.as_ref().map(ToString::to_string))
            .collect();
        if !defended.is_empty() {
            let defended: Vec<String> = defended.into_iter().collect();
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
        load(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/bank/good")).unwrap()
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
    fn bad_answers_are_all_named_with_their_lines() {
        let bank = bank();
        let lines = [
            "x",
            "{\"id\":\"zz-001\",\"answer\":\"A\"}",
            "{\"id\":\"ti-001\",\"answer\":\"Z\"}",
            "",
            "{\"id\":\"ti-001\",\"answer\":\"a\"}",
            "{\"id\":\"ti-001\",\"answer\":\"A\",\"level\":9}",
            "{\"id\":\"ti-001\",\"answer\":\"A\",\"seed\":2}",
            "{\"id\":\"ti-001\",\"answer\":\"A\",\"seed\":1,\"version\":\"00000000\"}",
            "{\"id\":\"ti-009\",\"answer\":\"AB\"}",
        ];
        let error = graded(&bank, &lines.join("\n"), 1).unwrap_err().to_string();
        let found: Vec<&str> = error.lines().collect();
        let expected = [
            "line 1: expected value",
            "line 2: no item is called `zz-001`",
            "line 3: there is no option Z",
            "line 6: level 9 does not exist",
            "line 7: it was asked with the seed 2; grade it with --seed 2",
            "line 8: ti-001 was changed after it was asked; ask it again",
            "line 9: `AB` is no answer to it; write all letters",
        ];
        assert_eq!(found.len(), expected.len() + 1, "{error}");
        for (found, expected) in found.iter().skip(1).zip(expected) {
            assert!(found.starts_with(expected), "{found}");
        }
    }

    #[test]
    fn a_question_and_its_answer_go_together() {
        let mut bank = bank();
        let asked = version(&bank.items[0].items[0]);
        let line = format!("{{\"id\":\"ti-001\",\"answer\":\"A\",\"seed\":1,\"version\":\"{asked}\"}}");
        assert!(graded(&bank, &line, 1).is_ok());
        bank.items[0].items[0].prompt.value.push('?');
        assert!(graded(&bank, &line, 1).is_err());
    }
}
