//! The rules, each with a bad example in `tests/bank/bad`: changes to the good bank, and what the check must say
//! of them, word for word and nothing else. Those on the figures of many items have theirs in `many`.
//!
//! `@ tides.toml ti-003` names a file, and a text after which the lines beginning with `-` are found; those with
//! `+` take their place. Without any `-` they are added at the end. `-…` stands for all that follows. Lines
//! beginning with `: ` are the messages.

mod edges;
mod many;

use std::{collections::BTreeSet, fs, path::PathBuf};

use crate::{
    Files,
    problem::{Advice, Finding, Imbalance, Malformed, Mistake},
    read::day::Day,
    rules::check::{Checked, check},
};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/bank").join(name)
}

fn good() -> Files {
    crate::read(&folder("good")).unwrap()
}

struct Bad {
    name: String,
    files: Files,
    expected: Vec<String>,
}

/// The day on which the good bank was reviewed.
fn checked(files: &Files) -> Checked {
    check(files, Day::parse("2026-11-23").unwrap())
}

fn bad_banks() -> Vec<Bad> {
    let bad = crate::read(&folder("bad")).unwrap().into_iter().map(|(name, text)| {
        let (changes, expected): (Vec<&str>, Vec<&str>) =
            text.lines().partition(|line| !line.starts_with(": "));
        let mut files = good();
        for change in changes.join("\n").split("@ ").skip(1) {
            apply(&mut files, change, &name);
        }
        let expected = expected.iter().map(|line| line[2..].to_owned()).collect();
        Bad { name: name.trim_end_matches(".diff").to_owned(), files, expected }
    });
    bad.chain(many::bad_banks()).collect()
}

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

fn messages(files: &Files) -> Vec<String> {
    checked(files).problems.iter().map(ToString::to_string).collect()
}

#[test]
fn the_good_bank_has_no_problem() {
    assert_eq!(messages(&good()), [""; 0]);
}

#[test]
fn every_bad_bank_gets_its_messages() {
    for bad in bad_banks() {
        assert_eq!(messages(&bad.files), bad.expected, "the bad bank {}", bad.name);
    }
}

#[test]
fn a_missing_file_is_a_problem() {
    for name in good().keys() {
        let mut files = good();
        files.remove(name);
        let expected = format!("error: questions/{name}:1: the file is missing; add it");
        assert!(messages(&files).contains(&expected), "{name}: {:#?}", messages(&files));
    }
}

/// The name of what was found. A new variant does not compile until it is in one of the lists below, and the tests
/// want its bad bank and its line in `questions/README.md`.
fn kind(found: &Finding) -> &'static str {
    match found {
        Finding::Malformed(found) => malformed(found),
        Finding::Mistake(found) => mistake(found),
        Finding::Imbalance(found) => imbalance(found),
        Finding::Advice(found) => advice(found),
    }
}

fn malformed(found: &Malformed) -> &'static str {
    match found {
        Malformed::NotUtf8 => "not-utf8",
        Malformed::NoSchemaLine => "no-schema-line",
        Malformed::YearRange { .. } => "year-range",
        Malformed::SalarySize { .. } => "salary-size",
        Malformed::NotToml(_) => "not-toml",
        Malformed::StrayFile => "stray-file",
        Malformed::MissingFile => "missing-file",
        Malformed::UnknownField { .. } => "unknown-field",
        Malformed::MissingField { .. } => "missing-field",
        Malformed::MissingSkill { .. } => "missing-skill",
        Malformed::WrongType { .. } => "wrong-type",
        Malformed::Empty { .. } => "empty",
        Malformed::BadId { .. } => "bad-id",
        Malformed::MissingIds { .. } => "missing-ids",
        Malformed::DuplicateId { .. } => "duplicate-id",
        Malformed::Dangling { .. } => "dangling",
        Malformed::Unused { .. } => "unused",
        Malformed::UnknownKind { .. } => "unknown-kind",
        Malformed::LevelRange { .. } => "level-range",
        Malformed::ScoreRange { .. } => "score-range",
        Malformed::LoadingRange { .. } => "loading-range",
        Malformed::SalaryOrder { .. } => "salary-order",
        Malformed::SubtopicCount { .. } => "subtopic-count",
        Malformed::ItemCount { .. } => "item-count",
        Malformed::NotHttps { .. } => "not-https",
        Malformed::Image { .. } => "image",
        Malformed::RawHtml { .. } => "raw-html",
        Malformed::NotOneParagraph { .. } => "not-one-paragraph",
        Malformed::BadValue { .. } => "bad-value",
        Malformed::UnknownLanguage { .. } => "unknown-language",
        Malformed::MissingSection { .. } => "missing-section",
    }
}

fn mistake(found: &Mistake) -> &'static str {
    match found {
        Mistake::PartCount { .. } => "part-count",
        Mistake::KeyCount { .. } => "key-count",
        Mistake::KeysAndWrong { .. } => "keys-and-wrong",
        Mistake::BestAndWorst { .. } => "best-and-worst",
        Mistake::NegativeTolerance => "negative-tolerance",
        Mistake::NumbersTooNear { .. } => "numbers-too-near",
        Mistake::FirstStepTooEarly => "first-step-too-early",
        Mistake::NoStepTooEarly => "no-step-too-early",
        Mistake::TargetKeys { .. } => "target-keys",
        Mistake::NoQuestion => "no-question",
        Mistake::TargetOrder { .. } => "target-order",
        Mistake::NoFigure => "no-figure",
        Mistake::UnknownTarget { .. } => "unknown-target",
        Mistake::Figure(_) => "figure",
        Mistake::KeyWithMisconception => "key-with-misconception",
        Mistake::WrongWithoutMisconception => "wrong-without-misconception",
        Mistake::DuplicateOption { .. } => "duplicate-option",
        Mistake::CatchAll { .. } => "catch-all",
        Mistake::WhyLength { .. } => "why-length",
        Mistake::KeyTooLong { .. } => "key-too-long",
        Mistake::OpenArticle { .. } => "open-article",
        Mistake::KeyGrammar { .. } => "key-grammar",
        Mistake::TooAlike { .. } => "too-alike",
        Mistake::NoSource => "no-source",
    }
}

fn imbalance(found: &Imbalance) -> &'static str {
    match found {
        Imbalance::KeyPositions { .. } => "key-positions",
        Imbalance::KeyLongest { .. } => "key-longest",
        Imbalance::TestWise { .. } => "test-wise",
        Imbalance::LevelShare { .. } => "level-share",
        Imbalance::SubtopicShare { .. } => "subtopic-share",
        Imbalance::MeanLevel { .. } => "mean-level",
    }
}

fn advice(found: &Advice) -> &'static str {
    match found {
        Advice::PlainNegation { .. } => "plain-negation",
        Advice::ManyNegations { .. } => "many-negations",
        Advice::AbsoluteWords { .. } => "absolute-words",
        Advice::KeyEchoes { .. } => "key-echoes",
        Advice::LongPrompt { .. } => "long-prompt",
        Advice::LongCode { .. } => "long-code",
        Advice::LongOption { .. } => "long-option",
        Advice::LongSentence { .. } => "long-sentence",
        Advice::RatherAlike { .. } => "rather-alike",
        Advice::LaterReview { .. } => "later-review",
        Advice::OldReview { .. } => "old-review",
    }
}

/// Every name in the lists above.
fn kinds() -> BTreeSet<String> {
    let source = fs::read_to_string(folder("../../xtask/src/bank/tests.rs")).unwrap();
    let name = |line: &str| {
        let (variant, name) = line.trim().split_once(" => \"")?;
        let group = variant.split("::").next()?;
        let is_found = ["Malformed", "Mistake", "Imbalance", "Advice"].contains(&group);
        is_found.then(|| name.trim_end_matches("\",").to_owned())
    };
    source.lines().filter_map(name).collect()
}

#[test]
fn every_rule_has_the_bad_bank_of_its_name() {
    // No change to a file makes it missing; a test above covers that.
    let mut found = BTreeSet::from(["missing-file".to_owned()]);
    for bad in bad_banks() {
        if checked(&bad.files).problems.iter().any(|problem| kind(&problem.found) == bad.name) {
            found.insert(bad.name);
        }
    }
    assert_eq!(found, kinds());
}

#[test]
fn every_rule_is_explained_to_authors() {
    let readme = fs::read_to_string(folder("../../questions/README.md")).unwrap();
    let named: BTreeSet<String> = readme
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| `")?.split_once("` | ")?.0.to_owned()))
        .collect();
    let missing: Vec<String> = kinds().difference(&named).cloned().collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn warnings_do_not_keep_a_bank_from_being_read() {
    let (warned, others): (Vec<Bad>, Vec<Bad>) = bad_banks()
        .into_iter()
        .partition(|bad| checked(&bad.files).problems.iter().all(|problem| !problem.is_error()));
    assert!(warned.len() > 5 && others.len() > 5);
    assert!(warned.iter().all(|bad| checked(&bad.files).bank.is_some()));
}

#[test]
fn the_shipped_bank_has_the_content_that_is_promised() {
    let bank = crate::load(&folder("../../questions")).unwrap();
    assert_eq!(bank.skills.len(), 15);
    assert_eq!(bank.stages.stages.len(), 5);
    assert_eq!(bank.steps.len(), 14);
    for (skill, file) in bank.skills.iter().zip(&bank.items) {
        let levels: BTreeSet<i64> = file.items.iter().map(|item| item.level).collect();
        assert_eq!(levels, (1..=5).collect(), "{} has an item at each level", skill.id.value);
    }
}
