//! The rules, each with a bad file in `tests/bank/bad`.
//!
//! A bad file stands in for the file of `tests/bank/good` that its first line names (`#= tides.toml`). The
//! lines after it (`#: …`) are what the check must say, word for word and nothing else; line numbers count
//! from the first line after those.

use std::{collections::BTreeSet, fs, path::PathBuf};

use super::{Files, check::check, problem::Mistake};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/bank").join(name)
}

fn good() -> Files {
    super::read(&folder("good")).unwrap()
}

struct Bad {
    name: String,
    file: String,
    text: String,
    expected: Vec<String>,
}

fn bad_files() -> Vec<Bad> {
    let files = super::read(&folder("bad")).unwrap();
    let parse = |(name, text): (String, String)| {
        let (first, rest) = text.split_once('\n').unwrap();
        let expected: Vec<String> =
            rest.lines().map_while(|line| line.strip_prefix("#: ")).map(str::to_owned).collect();
        let text = rest.split_inclusive('\n').skip(expected.len()).collect();
        Bad { name, file: first.strip_prefix("#= ").unwrap().to_owned(), text, expected }
    };
    files.into_iter().map(parse).collect()
}

fn messages(files: &Files) -> Vec<String> {
    check(files).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn the_good_bank_has_no_problem() {
    assert_eq!(messages(&good()), [""; 0]);
}

#[test]
fn every_bad_file_gets_its_message() {
    for bad in bad_files() {
        let mut files = good();
        files.insert(bad.file, bad.text);
        assert_eq!(messages(&files), bad.expected, "tests/bank/bad/{}", bad.name);
    }
}

#[test]
fn a_missing_file_is_a_problem() {
    for name in good().keys() {
        let mut files = good();
        files.remove(name);
        let expected = format!("questions/{name}:1: the file is missing; add it");
        assert!(messages(&files).contains(&expected), "{name}: {:#?}", messages(&files));
    }
}

/// Each variant's name. A new variant does not compile until it is here, and the test below wants its file.
fn kind(mistake: &Mistake) -> &'static str {
    match mistake {
        Mistake::NotToml(_) => "not-toml",
        Mistake::StrayFile => "stray-file",
        Mistake::MissingFile => "missing-file",
        Mistake::UnknownField { .. } => "unknown-field",
        Mistake::MissingField { .. } => "missing-field",
        Mistake::MissingSkill { .. } => "missing-skill",
        Mistake::WrongType { .. } => "wrong-type",
        Mistake::Empty { .. } => "empty",
        Mistake::BadId { .. } => "bad-id",
        Mistake::DuplicateId { .. } => "duplicate-id",
        Mistake::Dangling { .. } => "dangling",
        Mistake::Unused { .. } => "unused",
        Mistake::UnknownKind { .. } => "unknown-kind",
        Mistake::LevelRange { .. } => "level-range",
        Mistake::ScoreRange { .. } => "score-range",
        Mistake::LoadingRange { .. } => "loading-range",
        Mistake::SalaryOrder { .. } => "salary-order",
        Mistake::SubtopicCount { .. } => "subtopic-count",
        Mistake::ItemCount { .. } => "item-count",
        Mistake::OptionCount { .. } => "option-count",
        Mistake::KeyCount { .. } => "key-count",
        Mistake::KeyWithMisconception => "key-with-misconception",
        Mistake::WrongWithoutMisconception => "wrong-without-misconception",
        Mistake::DuplicateOption { .. } => "duplicate-option",
        Mistake::CatchAll { .. } => "catch-all",
        Mistake::WhyLength { .. } => "why-length",
        Mistake::KeyTooLong { .. } => "key-too-long",
        Mistake::NoSource => "no-source",
        Mistake::NotHttps { .. } => "not-https",
        Mistake::RawHtml { .. } => "raw-html",
        Mistake::MissingSection { .. } => "missing-section",
        Mistake::NotOneParagraph { .. } => "not-one-paragraph",
        Mistake::UnknownLanguage { .. } => "unknown-language",
    }
}

#[test]
fn every_mistake_has_the_bad_file_of_its_name() {
    // `missing-file` can have no file; a test above covers it.
    let mut found = BTreeSet::new();
    for bad in bad_files() {
        let mut files = good();
        files.insert(bad.file, bad.text);
        let stem = bad.name.trim_end_matches(".toml").to_owned();
        for problem in check(&files).err().unwrap_or_default() {
            if kind(&problem.mistake) == stem {
                found.insert(stem.clone());
            }
        }
    }
    let source = fs::read_to_string(folder("../../xtask/src/bank/tests.rs")).unwrap();
    let all: BTreeSet<String> = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Mistake::")?.split_once("=> \""))
        .map(|(_, name)| name.trim_end_matches("\",").to_owned())
        .filter(|name| name != "missing-file")
        .collect();
    assert_eq!(found, all);
}

#[test]
fn the_shipped_bank_has_the_content_that_is_promised() {
    let bank = super::load(&folder("../../questions")).unwrap();
    assert_eq!(bank.skills.len(), 15);
    assert_eq!(bank.stages.stages.len(), 5);
    assert_eq!(bank.steps.len(), 14);
    for (skill, file) in bank.skills.iter().zip(&bank.items) {
        let levels: BTreeSet<i64> = file.items.iter().map(|item| item.level).collect();
        assert_eq!(levels, (1..=5).collect(), "{} has an item at each level", skill.id.value);
    }
}
