//! What the answers of independent solvers reveal about the questions. `blind` asks them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::Deserialize;
use sextant::quiz::content::task::Task;

use crate::{
    commands::{
        blind::version,
        letters::{Answer, Letters, unanswered},
    },
    compile::compiled,
    error::{Error, Result},
    limits::LEVELS,
    read::items::AuthoredItem,
    rules::{check::load, whole_bank::Bank},
};

/// An assigned level is reported if it is this far from the solvers' mean estimate.
const LEVELS_APART: f64 = 1.5;

/// A solver's answer to an item.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SolverAnswer {
    id: String,
    /// Letters or a number, as the item asks for it.
    answer: Answer,
    /// Another answer that the solver would defend.
    #[serde(default)]
    second: Option<Answer>,
    /// The level that the item seems to have, 1 to 5.
    #[serde(default)]
    level: Option<i64>,
    /// Any other remark.
    #[serde(default)]
    note: Option<String>,
    /// The seed that the question came with.
    #[serde(default)]
    seed: Option<u32>,
    /// The version that the question came with.
    #[serde(default)]
    version: Option<String>,
}

/// A solver's answer, checked against the key.
struct Graded {
    answer: SolverAnswer,
    is_right: bool,
    /// Whether the second answer is right.
    second_is_right: Option<bool>,
}

/// The items by id, as written and as compiled.
type ItemsById<'a> = BTreeMap<&'a str, (&'a AuthoredItem, &'a Task)>;

/// Compares the answers in a file of JSON Lines with the keys. Returns how many agree, and a list of items to
/// look at.
pub fn grade(questions: &Path, answers: &Path, seed: u32) -> Result<String> {
    let bank = load(questions)?;
    let text =
        fs::read_to_string(answers).map_err(|source| Error::Read { path: answers.to_owned(), source })?;
    Ok(report(&bank, &text, seed)?.join("\n"))
}

/// All answers by item, or everything that is wrong with them.
fn graded(items: &ItemsById<'_>, text: &str, seed: u32) -> Result<BTreeMap<String, Vec<Graded>>> {
    let (mut by_item, mut bad) = (BTreeMap::<String, Vec<Graded>>::new(), Vec::new());
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match graded_line(items, line, seed) {
            Ok(graded) => by_item.entry(graded.answer.id.clone()).or_default().push(graded),
            Err(why) => bad.push(format!("line {}: {why}", number + 1)),
        }
    }
    if bad.is_empty() { Ok(by_item) } else { Err(Error::BadAnswers { lines: bad }) }
}

/// One answer, or what is wrong with it.
fn graded_line(items: &ItemsById<'_>, line: &str, seed: u32) -> Result<Graded, String> {
    let answer: SolverAnswer = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let Some((item, task)) = items.get(answer.id.as_str()) else {
        return Err(format!("there is no item `{}`", answer.id));
    };
    if let Some(level) = answer.level.filter(|level| !LEVELS.contains(*level)) {
        return Err(format!("level {level} does not exist; write {LEVELS}"));
    }
    if let Some(asked) = answer.seed.filter(|asked| *asked != seed) {
        return Err(format!("it was asked with seed {asked}; grade it with --seed {asked}"));
    }
    if answer.version.as_ref().is_some_and(|asked| *asked != version(item)) {
        return Err(format!("{} has changed since it was asked; ask it again", answer.id));
    }
    let letters = Letters::new(item, seed);
    let is_right = |answer: &Answer| {
        let reply = letters.reply(&item.task, answer)?;
        task.score(&reply).ok_or_else(|| unanswered(&item.task, answer))?;
        Ok::<_, String>(task.is_right(&reply))
    };
    let (is_right, second_is_right) =
        (is_right(&answer.answer)?, answer.second.as_ref().map(is_right).transpose()?);
    Ok(Graded { answer, is_right, second_is_right })
}

fn report(bank: &Bank, text: &str, seed: u32) -> Result<Vec<String>> {
    let (_, shards) = compiled(bank);
    let compiled = shards.iter().flat_map(|shard| &shard.items).map(|item| &item.task);
    let items: ItemsById<'_> =
        bank.items().zip(compiled).map(|(item, task)| (item.id.value.as_str(), (item, task))).collect();
    let by_item = graded(&items, text, seed)?;

    let (mut answers, mut agreed) = (0, 0);
    let (mut wrong, mut second, mut levels, mut notes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (id, graded) in &by_item {
        let Some((item, _)) = items.get(id.as_str()) else { continue };
        let key = Letters::new(item, seed).key(&item.task);
        let others: Vec<String> = graded
            .iter()
            .filter(|graded| !graded.is_right)
            .map(|graded| graded.answer.answer.to_string())
            .collect();
        answers += graded.len();
        agreed += graded.len() - others.len();
        if !others.is_empty() {
            let (count, of) = (others.len(), graded.len());
            wrong.push(format!("  {id}: key {key}, answered {} ({count} of {of})", others.join(", ")));
        }
        let defended: BTreeSet<String> = graded
            .iter()
            .filter(|graded| graded.second_is_right == Some(false))
            .filter_map(|graded| graded.answer.second.as_ref().map(ToString::to_string))
            .collect();
        if !defended.is_empty() {
            let defended: Vec<String> = defended.into_iter().collect();
            second.push(format!("  {id}: key {key}, also defended {}", defended.join(", ")));
        }
        let estimates: Vec<i64> = graded.iter().filter_map(|graded| graded.answer.level).collect();
        let mean = estimates.iter().sum::<i64>() as f64 / estimates.len().max(1) as f64;
        if !estimates.is_empty() && (mean - item.level as f64).abs() >= LEVELS_APART {
            levels.push(format!("  {id}: assigned {}, estimated {mean:.1}", item.level));
        }
        let remarks = graded.iter().filter_map(|graded| graded.answer.note.as_ref());
        notes.extend(remarks.map(|note| format!("  {id}: {note}")));
    }
    let mut lines = vec![format!(
        "{agreed} of {answers} answers agree with the key, on {} of {} items",
        by_item.len(),
        items.len()
    )];
    for (title, rows) in [
        ("Answers that differ from the key".to_owned(), wrong),
        ("Second answers that solvers defend".to_owned(), second),
        (format!("Estimated at least {LEVELS_APART} levels away from the assigned one"), levels),
        ("Notes".to_owned(), notes),
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
    use crate::read::folder::tests::good_bank;

    fn bank() -> Bank {
        load(&good_bank()).unwrap()
    }

    #[test]
    fn answers_are_compared_with_the_key() {
        let bank = bank();
        let item = &bank.item_files[0].items[0];
        let key = Letters::new(item, 7).key(&item.task);
        let wrong = if key == "A" { "B" } else { "A" };
        let id = &item.id.value;
        let far = if item.level > 3 { 1 } else { 5 };
        let text = format!(
            "{{\"id\":\"{id}\",\"answer\":\"{key}\",\"level\":{far}}}\n\n\
             {{\"id\":\"{id}\",\"answer\":\"{wrong}\",\"second\":\"{key}\",\"note\":\"Unclear.\"}}\n\
             {{\"id\":\"{id}\",\"answer\":\"{key}\",\"second\":\"{wrong}\"}}\n"
        );
        let items = bank.items().count();
        let expected = [
            format!("2 of 3 answers agree with the key, on 1 of {items} items"),
            "Answers that differ from the key:".to_owned(),
            format!("  {id}: key {key}, answered {wrong} (1 of 3)"),
            "Second answers that solvers defend:".to_owned(),
            format!("  {id}: key {key}, also defended {wrong}"),
            "Estimated at least 1.5 levels away from the assigned one:".to_owned(),
            format!("  {id}: assigned {}, estimated {far}.0", item.level),
            "Notes:".to_owned(),
            format!("  {id}: Unclear."),
        ];
        assert_eq!(report(&bank, &text, 7).unwrap(), expected);
    }

    #[test]
    fn all_bad_answers_are_reported_with_their_lines() {
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
        let error = report(&bank, &lines.join("\n"), 1).unwrap_err().to_string();
        let found: Vec<&str> = error.lines().collect();
        let expected = [
            "line 1: expected value",
            "line 2: there is no item `zz-001`",
            "line 3: there is no option Z",
            "line 6: level 9 does not exist",
            "line 7: it was asked with seed 2; grade it with --seed 2",
            "line 8: ti-001 has changed since it was asked; ask it again",
            "line 9: `AB` is not a valid answer; write all letters",
        ];
        assert_eq!(found.len(), expected.len() + 1, "{error}");
        for (found, expected) in found.iter().skip(1).zip(expected) {
            assert!(found.starts_with(expected), "{found}");
        }
    }

    #[test]
    fn an_answer_to_a_changed_question_is_refused() {
        let mut bank = bank();
        let asked = version(&bank.item_files[0].items[0]);
        let line = format!("{{\"id\":\"ti-001\",\"answer\":\"A\",\"seed\":1,\"version\":\"{asked}\"}}");
        assert!(report(&bank, &line, 1).is_ok());
        bank.item_files[0].items[0].prompt.value.push('?');
        assert!(report(&bank, &line, 1).is_err());
    }
}
