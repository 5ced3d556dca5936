//! Tests of the rules. Each rule has a bad example: a change to the good bank, and the exact messages that the check must give.
//! `tests/bank/README.md` explains the files of examples. Examples that need many items are in `many`.

mod edges;
mod many;

use std::{collections::BTreeSet, fs};

use strum::VariantNames;

use crate::{
    problem::{Advice, Finding, Imbalance, Malformed, Mistake},
    read::{
        day::Day,
        folder::{
            Files, read,
            tests::{good_bank, repository},
        },
    },
    rules::check::{Checked, check, load},
};

fn good() -> Files {
    read(&good_bank()).unwrap()
}

struct Bad {
    name: String,
    files: Files,
    expected: Vec<String>,
}

/// Checks files as of the day on which the good bank was reviewed.
fn checked(files: &Files) -> Checked {
    check(files, Day::parse("2026-11-23").unwrap())
}

fn messages(files: &Files) -> Vec<String> {
    checked(files).lines()
}

fn bad_banks() -> Vec<Bad> {
    let cases = read(&repository("tests/bank/bad")).unwrap().into_iter().map(|(name, text)| {
        let (changes, messages): (Vec<&str>, Vec<&str>) =
            text.lines().partition(|line| !line.starts_with(": "));
        let mut files = good();
        for change in changes.join("\n").split("@ ").skip(1) {
            apply(&mut files, change, &name);
        }
        let expected = messages.iter().map(|line| line[2..].to_owned()).collect();
        Bad { name: name.strip_suffix(".case").unwrap().to_owned(), files, expected }
    });
    cases.chain(many::bad_banks()).collect()
}

/// Applies one change of a case, which starts after its `@ `.
fn apply(files: &mut Files, change: &str, name: &str) {
    let (place, lines) = change.split_once('\n').unwrap();
    let (file, anchor) = place.split_once(' ').unwrap_or((place, ""));
    let text = files.entry(file.to_owned()).or_default();
    let with = |sign| lines.lines().filter_map(move |line: &str| line.strip_prefix(sign));
    let new = with('+').fold(String::new(), |text, line| text + line + "\n");
    let mut old = with('-').fold(String::new(), |text, line| text + line + "\n");
    if old.is_empty() {
        text.push_str(&new);
        return;
    }
    let to_the_end = old.ends_with("…\n");
    old = old.trim_end_matches("…\n").to_owned();
    let after = text.find(anchor).unwrap_or_else(|| panic!("{name}: {file} has no {anchor}"));
    let found = text[after..].find(&format!("\n{old}")).map(|at| after + at + 1);
    let start = found.or(text.starts_with(&old).then_some(0)).unwrap_or_else(|| panic!("{name}: no {old}"));
    let end = if to_the_end { text.len() } else { start + old.len() };
    text.replace_range(start..end, &new);
}

#[test]
fn the_good_bank_has_no_problems() {
    assert_eq!(messages(&good()), [""; 0]);
}

#[test]
fn every_bad_bank_gets_its_messages() {
    for bad in bad_banks() {
        assert_eq!(messages(&bad.files), bad.expected, "the bad bank {}", bad.name);
    }
}

#[test]
fn a_missing_file_is_an_error() {
    for name in good().keys() {
        let mut files = good();
        files.remove(name);
        let expected = format!("error: questions/{name}:1: the file is missing; add it");
        assert!(messages(&files).contains(&expected), "{name}: {:#?}", messages(&files));
    }
}

/// The name of the rule that a finding breaks.
fn rule(found: &Finding) -> &'static str {
    match found {
        Finding::Malformed(found) => found.into(),
        Finding::Mistake(found) => found.into(),
        Finding::Imbalance(found) => found.into(),
        Finding::Advice(found) => found.into(),
    }
}

/// The names of all rules.
fn rules() -> BTreeSet<&'static str> {
    let groups = [Malformed::VARIANTS, Mistake::VARIANTS, Imbalance::VARIANTS, Advice::VARIANTS];
    groups.into_iter().flatten().copied().collect()
}

#[test]
fn every_rule_has_a_bad_bank_of_its_name() {
    let bad_banks = bad_banks();
    let broken = bad_banks.iter().flat_map(|bad| {
        let problems = checked(&bad.files).problems.into_iter();
        problems.map(|problem| rule(&problem.found)).filter(|rule| *rule == bad.name)
    });
    // A case can't remove a file; `a_missing_file_is_an_error` does.
    let broken: BTreeSet<&str> = broken.chain(["missing-file"]).collect();
    assert_eq!(broken, rules());
}

#[test]
fn every_rule_is_explained_to_authors() {
    let readme = fs::read_to_string(repository("questions/README.md")).unwrap();
    let explained: BTreeSet<&str> =
        readme.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split_once("` | ")?.0)).collect();
    let missing: Vec<&str> = rules().difference(&explained).copied().collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_bank_with_only_warnings_can_be_used() {
    let (warned, others): (Vec<Bad>, Vec<Bad>) =
        bad_banks().into_iter().partition(|bad| checked(&bad.files).errors() == 0);
    assert!(warned.len() > 5 && others.len() > 5);
    assert!(warned.iter().all(|bad| checked(&bad.files).bank.is_some()));
}

#[test]
fn the_shipped_bank_has_the_promised_content() {
    let bank = load(&repository("questions")).unwrap();
    assert_eq!(bank.skills.len(), 15);
    assert_eq!(bank.stages.stages.len(), 5);
    assert_eq!(bank.steps.len(), 14);
    for (skill, file) in bank.skills.iter().zip(&bank.item_files) {
        let levels = file.at_levels();
        assert!(levels.iter().all(|items| *items > 0), "{} has an item at each level", skill.id.value);
    }
}
