//! The rules that a bank keeps, across files and inside each item.

use std::collections::{BTreeMap, BTreeSet};

use sextant::route::Section;

use crate::{
    Files,
    compile::markdown,
    problem::{Malformed, Problem},
    read::{
        authored::{self, Misconception, Skill, Source, Stages, Step},
        day::Day,
        fields::{At, File},
        items::{self, Choice, Item, Items},
        schema,
    },
    rules::{
        alike, ids,
        item_rules::{self, one_paragraph, safe},
        whole,
    },
};

/// A bank that can be read and asked from.
pub(crate) struct Bank {
    pub(crate) skills: Vec<Skill>,
    pub(crate) stages: Stages,
    pub(crate) steps: Vec<Step>,
    pub(crate) sources: Vec<Source>,
    pub(crate) misconceptions: Vec<Misconception>,
    /// One for each skill, in the skills' order.
    pub(crate) items: Vec<Items>,
    /// How it measures, in Markdown.
    pub(crate) method: String,
}

impl Bank {
    /// The single best answers with their options.
    pub(crate) fn singles(&self) -> impl Iterator<Item = (&Item, &[Choice])> {
        let items = self.items.iter().flat_map(|file| &file.items);
        items.filter_map(|item| Some((item, item.task.single()?)))
    }
}

/// What the check finds.
pub(crate) struct Checked {
    /// `None` where a file or an item has an error.
    pub(crate) bank: Option<Bank>,
    /// Ordered by file and line, errors and warnings.
    pub(crate) problems: Vec<Problem>,
}

/// Checks all files, as seen on a day: some sources change.
pub(crate) fn check(files: &Files, today: Day) -> Checked {
    let (bank, mut problems) = read(files, today);
    // What is wrong with some items may be all that is wrong with the whole.
    let bank = (!problems.iter().any(Problem::is_error)).then_some(bank);
    problems.extend(bank.iter().flat_map(whole::check));
    problems.sort();
    Checked { bank, problems }
}

/// What can be read of a bank, and what is wrong with its files and items.
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

    let known = Known {
        sources: sources.iter().map(|source| source.key.value.clone()).collect(),
        misconceptions: misconceptions.iter().map(|m| m.id.value.clone()).collect(),
        living: sources
            .iter()
            .filter(|source| source.living)
            .map(|source| source.key.value.clone())
            .collect(),
        today,
    };
    let mut items = Vec::new();
    for skill in &skills {
        let name = format!("{}.toml", skill.id.value);
        let file = open(files, &name);
        let of_skill = items::items(&file);
        check_items(&file, skill, &of_skill, &known);
        problems.extend(file.into_problems());
        items.push(of_skill);
    }

    // What an item names is known only once every item can be read.
    if !problems.iter().any(Problem::is_error) {
        let (cited, held) = uses(&items);
        unused(&sources_file, "source", sources.iter().map(|source| &source.key), &cited);
        unused(&misconceptions_file, "misconception", misconceptions.iter().map(|m| &m.id), &held);
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
    (Bank { skills, stages, steps, sources, misconceptions, items, method }, problems)
}

pub(crate) fn open<'a>(files: &'a Files, name: &'a str) -> File<'a> {
    File::new(name, files.get(name).map(String::as_str))
}

/// What items may refer to, and when.
pub(crate) struct Known {
    sources: Vec<String>,
    misconceptions: Vec<String>,
    /// Sources that change.
    living: BTreeSet<String>,
    today: Day,
}

impl Known {
    /// Reports a misconception that does not exist.
    pub(crate) fn misconception(&self, file: &File<'_>, name: &At<String>) {
        refers(file, "misconception", name, "misconceptions.toml", &self.misconceptions);
    }

    pub(crate) fn is_living(&self, source: &str) -> bool {
        self.living.contains(source)
    }

    /// Days since one that is written as in TOML; 0 where there is none.
    pub(crate) fn days_since(&self, day: &str) -> i64 {
        Day::parse(day).map_or(0, |day| self.today.since(day))
    }
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

pub(crate) fn unique<'a>(file: &File<'_>, ids: impl Iterator<Item = &'a At<String>>) {
    let mut seen = BTreeMap::new();
    for id in ids.filter(|id| !id.value.is_empty()) {
        if let Some(&line) = seen.get(&id.value) {
            let found = Malformed::DuplicateId { id: id.value.clone(), file: file.name.to_owned(), line };
            file.report(id.line, found);
        } else {
            seen.insert(id.value.clone(), id.line);
        }
    }
}

fn refers(file: &File<'_>, field: &'static str, name: &At<String>, listed_in: &str, known: &[String]) {
    if !name.value.is_empty() && !known.contains(&name.value) {
        let found = Malformed::Dangling {
            field,
            name: name.value.clone(),
            listed_in: listed_in.to_owned(),
            known: known.to_vec(),
        };
        file.report(name.line, found);
    }
}

fn unused<'a>(
    file: &File<'_>,
    what: &'static str,
    ids: impl Iterator<Item = &'a At<String>>,
    used: &BTreeSet<&str>,
) {
    for id in ids.filter(|id| !used.contains(id.value.as_str())) {
        file.report(id.line, Malformed::Unused { what, name: id.value.clone() });
    }
}

/// The sources and misconceptions that items name.
fn uses(items: &[Items]) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let all = || items.iter().flat_map(|file| &file.items);
    let cited = all().flat_map(|item| &item.sources).map(|citation| citation.key.value.as_str()).collect();
    let held = all()
        .flat_map(|item| item.task.parts())
        .filter_map(|part| Some(part.misconception?.value.as_str()))
        .collect();
    (cited, held)
}

fn check_stages(file: &File<'_>, stages: &Stages, skills: &[String]) {
    unique(file, stages.stages.iter().map(|stage| &stage.id));
    let complete = |table: &[(At<String>, i64)], line: usize, of: &'static str| {
        for (name, number) in table {
            refers(file, of, name, "skills.toml", skills);
            if !(0..=100).contains(number) {
                file.report(name.line, Malformed::ScoreRange { field: name.value.clone(), value: *number });
            }
        }
        for skill in skills.iter().filter(|skill| table.iter().all(|(name, _)| name.value != **skill)) {
            let found = Malformed::MissingSkill { skill: skill.clone(), of };
            file.report(line, found);
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

fn check_items(file: &File<'_>, skill: &Skill, items: &Items, known: &Known) {
    ids::check(file, skill, &items.ids);
    let subtopics: Vec<String> = skill.subtopics.iter().map(|s| s.id.value.clone()).collect();
    for item in &items.items {
        let listed_in = format!("the subtopics of {} in skills.toml", skill.id.value);
        refers(file, "subtopic", &item.subtopic, &listed_in, &subtopics);
        for citation in &item.sources {
            refers(file, "key", &citation.key, "sources.toml", &known.sources);
        }
        item_rules::check(file, item, known);
    }
    alike::check(file, &items.items);
}

fn check_method(file: &File<'_>) {
    let Some(text) = file.text else {
        file.report(1, Malformed::MissingFile);
        return;
    };
    safe(file, &At { value: text.to_owned(), line: 1 }.into());
    let ids = markdown::heading_ids(text);
    for section in Section::ALL {
        if !ids.iter().any(|id| id == section.id()) {
            file.report(1, Malformed::MissingSection { id: section.id() });
        }
    }
}
