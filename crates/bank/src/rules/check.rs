//! Checks a bank: its files, each item, and the whole.

use std::path::Path;

use sextant::route::Section;

use crate::{
    error::{Error, Result},
    limits::SCORES,
    problem::{Malformed, Problem},
    read::{
        authored::{self, AuthoredSkill, Stages},
        day::Day,
        fields::BankFile,
        folder::{self, Files, file_of, open},
        items::{self, ItemFile},
        schema,
    },
    rules::{
        alike, balance, ids,
        item_rules::{self, one_paragraph, safe},
        references::{Known, refers, unique, unused, uses},
        whole_bank::Bank,
    },
    text::{At, markdown::heading_ids},
};

/// What the check finds.
pub(crate) struct Checked {
    /// `None` if a file or an item has an error.
    pub(crate) bank: Option<Bank>,
    /// Errors and warnings, ordered by file and line.
    pub(crate) problems: Vec<Problem>,
}

impl Checked {
    pub(crate) fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.is_error()).count()
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.problems.iter().map(ToString::to_string).collect()
    }

    pub(crate) fn error(&self) -> Error {
        Error::Bank { problems: self.lines(), errors: self.errors() }
    }
}

/// Checks the files in a folder as of today.
pub(crate) fn checked(questions: &Path) -> Result<Checked> {
    Ok(check(&folder::read(questions)?, Day::today()))
}

/// Reads a bank whose items have no errors. It may still be unbalanced as a whole: the app can use it, and
/// `stats` shows what to fix.
pub(crate) fn load(questions: &Path) -> Result<Bank> {
    let mut checked = checked(questions)?;
    checked.bank.take().ok_or_else(|| checked.error())
}

/// Checks all files as of a day, since some sources change over time.
pub(crate) fn check(files: &Files, today: Day) -> Checked {
    let (bank, mut problems) = read(files, today);
    // An error in an item may be the cause of an imbalance, so the balance has to wait.
    let bank = (!problems.iter().any(Problem::is_error)).then_some(bank);
    problems.extend(bank.iter().flat_map(balance::check));
    problems.sort();
    Checked { bank, problems }
}

/// The readable part of the bank, and the problems in its files and items.
fn read(files: &Files, today: Day) -> (Bank, Vec<Problem>) {
    let mut problems = Vec::new();

    let file = open(files, "skills.toml");
    let skills = authored::skills(&file);
    unique(&file, skills.iter().map(|skill| &skill.id));
    unique(&file, skills.iter().map(|skill| &skill.prefix));
    for skill in &skills {
        unique(&file, skill.subtopics.iter().map(|subtopic| &subtopic.id));
    }
    problems.extend(file.into_problems());
    let skill_ids: Vec<String> = skills.iter().map(|skill| skill.id.value.clone()).collect();

    let file = open(files, "stages.toml");
    let stages = authored::stages(&file);
    check_stages(&file, &stages, &skill_ids);
    problems.extend(file.into_problems());

    let file = open(files, "path.toml");
    let steps = authored::steps(&file);
    for name in steps.iter().flat_map(|step| &step.skills) {
        refers(&file, "skills", name, "skills.toml", &skill_ids);
    }
    problems.extend(file.into_problems());

    let sources_file = open(files, "sources.toml");
    let sources = authored::sources(&sources_file, today);
    unique(&sources_file, sources.iter().map(|source| &source.key));
    let misconceptions_file = open(files, "misconceptions.toml");
    let misconceptions = authored::misconceptions(&misconceptions_file);
    unique(&misconceptions_file, misconceptions.iter().map(|m| &m.id));
    for misconception in &misconceptions {
        one_paragraph(&misconceptions_file, "statement", &misconception.statement);
        one_paragraph(&misconceptions_file, "correction", &misconception.correction);
    }

    let known = Known::new(&sources, &misconceptions, today);
    let mut item_files = Vec::new();
    for skill in &skills {
        let name = file_of(skill);
        let file = open(files, &name);
        let items = items::items(&file);
        check_items(&file, skill, &items, &known);
        problems.extend(file.into_problems());
        item_files.push(items);
    }

    // An item with an error may be the one that uses a name.
    if !problems.iter().any(Problem::is_error) {
        let (cited, believed) = uses(&item_files);
        unused(&sources_file, "source", sources.iter().map(|source| &source.key), &cited);
        unused(&misconceptions_file, "misconception", misconceptions.iter().map(|m| &m.id), &believed);
    }
    problems.extend(sources_file.into_problems());
    problems.extend(misconceptions_file.into_problems());

    let file = open(files, "method.md");
    check_method(&file);
    let method = file.text.unwrap_or_default().to_owned();
    problems.extend(file.into_problems());

    problems.extend(files.keys().filter(|name| !belongs(name, &skill_ids)).map(|name| Problem {
        file: name.clone(),
        line: 1,
        found: Malformed::StrayFile.into(),
    }));
    (Bank { skills, stages, steps, sources, misconceptions, item_files, method }, problems)
}

fn belongs(name: &str, skills: &[String]) -> bool {
    matches!(
        name,
        "README.md"
            | "method.md"
            | "skills.toml"
            | "stages.toml"
            | "path.toml"
            | "sources.toml"
            | "misconceptions.toml"
            | schema::FILE
    ) || name.strip_suffix(".toml").is_some_and(|stem| skills.iter().any(|skill| skill == stem))
}

fn check_stages(file: &BankFile<'_>, stages: &Stages, skills: &[String]) {
    unique(file, stages.stages.iter().map(|stage| &stage.id));
    let complete = |table: &[(At<String>, i64)], line: usize, of: &'static str| {
        for (name, number) in table {
            refers(file, of, name, "skills.toml", skills);
            if !SCORES.contains(*number) {
                file.report(name.line, Malformed::ScoreRange { field: name.value.clone(), value: *number });
            }
        }
        for skill in skills.iter().filter(|skill| table.iter().all(|(name, _)| name.value != **skill)) {
            file.report(line, Malformed::MissingSkill { skill: skill.clone(), of });
        }
    };
    if !stages.stages.is_empty() {
        complete(&stages.weights, 1, "weights");
    }
    for stage in &stages.stages {
        if let Some(required) = &stage.required {
            complete(required, stage.line, "requires");
        }
        if let Some(weights) = &stage.weights {
            complete(weights, stage.line, "weights");
        }
    }
}

fn check_items(file: &BankFile<'_>, skill: &AuthoredSkill, items: &ItemFile, known: &Known) {
    ids::check(file, skill, &items.ids);
    let subtopics: Vec<String> = skill.subtopics.iter().map(|s| s.id.value.clone()).collect();
    for item in &items.items {
        let listed_in = format!("the subtopics of {} in skills.toml", skill.id.value);
        refers(file, "subtopic", &item.subtopic, &listed_in, &subtopics);
        for citation in &item.sources {
            known.source(file, &citation.key);
        }
        item_rules::check(file, item, known);
    }
    alike::check(file, &items.items);
}

fn check_method(file: &BankFile<'_>) {
    let Some(text) = file.text else {
        file.report(1, Malformed::MissingFile);
        return;
    };
    safe(file, &At { value: text.to_owned(), line: 1 }.into());
    let ids = heading_ids(text);
    for section in Section::ALL {
        if !ids.iter().any(|id| id == section.id()) {
            file.report(1, Malformed::MissingSection { id: section.id() });
        }
    }
}
