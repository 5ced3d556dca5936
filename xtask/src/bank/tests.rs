//! The rules, each with a bad example in `tests/bank/bad`: changes to the good bank, and what the check must say
//! of them, word for word and nothing else.
//!
//! `@ tides.toml ti-003` names a file, and a text after which the lines beginning with `-` are found; those with
//! `+` take their place. Without any `-` they are added at the end. `-…` stands for all that follows. Lines
//! beginning with `: ` are the messages.

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
    files: Files,
    expected: Vec<String>,
}

fn bad_banks() -> Vec<Bad> {
    let bad = super::read(&folder("bad")).unwrap().into_iter().map(|(name, text)| {
        let (changes, expected): (Vec<&str>, Vec<&str>) =
            text.lines().partition(|line| !line.starts_with(": "));
        let mut files = good();
        for change in changes.join("\n").split("@ ").skip(1) {
            apply(&mut files, change, &name);
        }
        let expected = expected.iter().map(|line| line[2..].to_owned()).collect();
        Bad { name, files, expected }
    });
    bad.collect()
}

fn apply(files: &mut Files, change: &str, name: &str) {
    let (place, lines) = change.split_once('\n').unwrap();
    let (file, anchor) = place.split_once(' ').unwrap_or((place, ""));
    let text = files.entry(file.to_owned()).or_default();
    let with = |sign| lines.lines().filter_map(move |line: &str| line.strip_prefix(sign));
    let new: String = with('+').map(|line| format!("{line}\n")).collect();
    let mut old: String = with('-').map(|line| format!("{line}\n")).collect();
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

fn messages(files: &Files) -> Vec<String> {
    check(files).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn the_good_bank_has_no_problem() {
    assert_eq!(messages(&good()), [""; 0]);
}

#[test]
fn every_bad_bank_gets_its_messages() {
    for bad in bad_banks() {
        assert_eq!(messages(&bad.files), bad.expected, "tests/bank/bad/{}", bad.name);
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
        Mistake::PartCount { .. } => "part-count",
        Mistake::KeysAndWrong { .. } => "keys-and-wrong",
        Mistake::BestAndWorst { .. } => "best-and-worst",
        Mistake::NegativeTolerance => "negative-tolerance",
        Mistake::NumbersTooNear { .. } => "numbers-too-near",
        Mistake::FirstStepTooEarly => "first-step-too-early",
        Mistake::NoStepTooEarly => "no-step-too-early",
        Mistake::TargetKeys { .. } => "target-keys",
        Mistake::NoFigure => "no-figure",
        Mistake::UnknownTarget { .. } => "unknown-target",
        Mistake::Figure(_) => "figure",
        Mistake::Malformed { .. } => "malformed",
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
fn every_mistake_has_the_bad_bank_of_its_name() {
    // `missing-file` can have no file; a test above covers it.
    let mut found = BTreeSet::new();
    for bad in bad_banks() {
        let stem = bad.name.trim_end_matches(".diff");
        let problems = check(&bad.files).err().unwrap_or_default();
        if problems.iter().any(|problem| kind(&problem.mistake) == stem) {
            found.insert(stem.to_owned());
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
