//! The bank as its authors write it, read file by file. What goes across files is checked in `check`.

use super::{
    fields::{At, Fields, File},
    problem::Mistake,
};

pub(crate) struct Skill {
    pub(crate) id: At<String>,
    pub(crate) name: String,
    pub(crate) short: String,
    pub(crate) prefix: At<String>,
    pub(crate) description: String,
    pub(crate) subtopics: Vec<Subtopic>,
}

pub(crate) struct Subtopic {
    pub(crate) id: At<String>,
    pub(crate) name: String,
}

#[derive(Default)]
pub(crate) struct Stages {
    pub(crate) weights: Vec<(At<String>, i64)>,
    pub(crate) stages: Vec<Stage>,
}

pub(crate) struct Stage {
    pub(crate) line: usize,
    pub(crate) id: At<String>,
    pub(crate) label: String,
    pub(crate) short: String,
    pub(crate) about: String,
    pub(crate) advice: Vec<String>,
    pub(crate) years: Option<String>,
    pub(crate) salary: Salary,
    pub(crate) needs_statement: bool,
    pub(crate) required: Vec<(At<String>, i64)>,
    /// Weights of its own instead of the common ones.
    pub(crate) weights: Option<Vec<(At<String>, i64)>>,
}

pub(crate) struct Salary {
    pub(crate) line: usize,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) or_more: bool,
    pub(crate) who: String,
}

pub(crate) struct Step {
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) skills: Vec<At<String>>,
}

pub(crate) struct Source {
    pub(crate) key: At<String>,
    pub(crate) title: String,
    pub(crate) authors: String,
    pub(crate) year: i64,
    pub(crate) url: String,
}

pub(crate) struct Misconception {
    pub(crate) id: At<String>,
    pub(crate) statement: At<String>,
    pub(crate) correction: At<String>,
}

/// One skill's file.
#[derive(Default)]
pub(crate) struct Items {
    pub(crate) items: Vec<Item>,
    pub(crate) retired: Vec<At<String>>,
}

pub(crate) struct Item {
    pub(crate) line: usize,
    pub(crate) id: At<String>,
    pub(crate) subtopic: At<String>,
    pub(crate) level: i64,
    pub(crate) prompt: At<String>,
    pub(crate) sources: Vec<(At<String>, String)>,
    pub(crate) reviewed: String,
    pub(crate) task: Task,
}

pub(crate) enum Task {
    Single(Vec<Choice>),
}

pub(crate) struct Choice {
    pub(crate) line: usize,
    pub(crate) text: At<String>,
    pub(crate) key: bool,
    pub(crate) why: At<String>,
    pub(crate) misconception: Option<At<String>>,
}

pub(crate) fn skills(file: &File<'_>) -> Vec<Skill> {
    file.read("skills.toml", |root| {
        root.tables("skill", "a skill", |f| {
            let (id, name, short, prefix) = (f.text("id"), f.text("name"), f.text("short"), f.text("prefix"));
            let description = f.text("description");
            let subtopics = f.tables("subtopics", "a subtopic", |f| {
                let (id, name) = (f.text("id"), f.text("name"));
                Some(Subtopic { id: id?, name: name?.value })
            });
            if subtopics.len() != 6 {
                f.file.report(f.line, Mistake::SubtopicCount { count: subtopics.len() });
            }
            Some(Skill {
                id: id?,
                name: name?.value,
                short: short?.value,
                prefix: prefix?,
                description: description?.value,
                subtopics: subtopics.into_iter().flatten().collect(),
            })
        })
    })
    .into_iter()
    .flatten()
    .collect()
}

pub(crate) fn stages(file: &File<'_>) -> Stages {
    file.read("stages.toml", |root| {
        let weights = root.table("weights", "the weights", |f| f.numbers()).unwrap_or_default();
        let stages = root.tables("stage", "a stage", stage);
        Stages { weights, stages: stages.into_iter().flatten().collect() }
    })
}

fn stage(f: &mut Fields<'_>) -> Option<Stage> {
    let (id, label, short, about) = (f.text("id"), f.text("label"), f.text("short"), f.text("about"));
    let advice = f.texts("advice");
    let years = f.optional_text("years");
    let salary = f.table("salary", "a salary", |f| {
        let (from, to) = (f.number("from"), f.number("to"));
        let or_more = f.flag("or_more");
        let who = f.text("who");
        let salary = Salary { line: f.line, from: from?.value, to: to?.value, or_more, who: who?.value };
        if salary.from < 0 || salary.from > salary.to {
            f.file.report(salary.line, Mistake::SalaryOrder { from: salary.from, to: salary.to });
        }
        Some(salary)
    });
    let needs_statement = f.flag("needs_statement");
    let required = f.table("requires", "the requirements", |f| f.numbers());
    let weights = f.optional_table("weights", "the weights", |f| f.numbers());
    for (name, score) in required.iter().flatten() {
        if !(0..=100).contains(score) {
            f.file.report(name.line, Mistake::ScoreRange { field: name.value.clone(), value: *score });
        }
    }
    Some(Stage {
        line: f.line,
        id: id?,
        label: label?.value,
        short: short?.value,
        about: about?.value,
        advice: advice.into_iter().map(|line| line.value).collect(),
        years: years.map(|years| years.value),
        salary: salary??,
        needs_statement,
        required: required?,
        weights,
    })
}

pub(crate) fn steps(file: &File<'_>) -> Vec<Step> {
    file.read("path.toml", |root| {
        root.tables("step", "a step", |f| {
            let (title, about, skills) = (f.text("title"), f.text("about"), f.texts("skills"));
            Some(Step { title: title?.value, about: about?.value, skills })
        })
    })
    .into_iter()
    .flatten()
    .collect()
}

pub(crate) fn sources(file: &File<'_>) -> Vec<Source> {
    file.read("sources.toml", |root| {
        root.tables("source", "a source", |f| {
            let (key, title, authors) = (f.text("key"), f.text("title"), f.text("authors"));
            let (year, url) = (f.number("year"), f.text("url"));
            if let Some(url) = url.as_ref().filter(|url| !url.value.starts_with("https://")) {
                f.file.report(url.line, Mistake::NotHttps { url: url.value.clone() });
            }
            Some(Source {
                key: key?,
                title: title?.value,
                authors: authors?.value,
                year: year?.value,
                url: url?.value,
            })
        })
    })
    .into_iter()
    .flatten()
    .collect()
}

pub(crate) fn misconceptions(file: &File<'_>) -> Vec<Misconception> {
    file.read("misconceptions.toml", |root| {
        root.tables("misconception", "a misconception", |f| {
            let (id, statement, correction) = (f.text("id"), f.text("statement"), f.text("correction"));
            Some(Misconception { id: id?, statement: statement?, correction: correction? })
        })
    })
    .into_iter()
    .flatten()
    .collect()
}

pub(crate) fn items(file: &File<'_>) -> Items {
    file.read("the file", |root| {
        let items = root.tables("item", "an item", item);
        let retired = root.optional_tables("retired", "a retired item", |f| {
            let (id, _reason) = (f.text("id"), f.text("reason"));
            id
        });
        Items {
            items: items.into_iter().flatten().collect(),
            retired: retired.into_iter().flatten().collect(),
        }
    })
}

fn item(f: &mut Fields<'_>) -> Option<Item> {
    let (id, subtopic, level) = (f.text("id"), f.text("subtopic"), f.number("level"));
    if let Some(level) = level.as_ref().filter(|level| !(1..=5).contains(&level.value)) {
        f.file.report(level.line, Mistake::LevelRange { level: level.value });
    }
    let prompt = f.text("prompt");
    let sources = f.tables("sources", "a citation", |f| {
        let (key, place) = (f.text("key"), f.text("place"));
        Some((key?, place?.value))
    });
    if sources.is_empty() {
        f.file.report(f.line, Mistake::NoSource);
    }
    let reviewed = f.day("reviewed");
    let kind = f.text("kind");
    // Each kind reads the fields that are its own.
    let task = match kind.as_ref().map(|kind| kind.value.as_str()) {
        Some("single") => {
            Some(Task::Single(f.tables("option", "an option", choice).into_iter().flatten().collect()))
        }
        Some(other) => {
            let line = kind.as_ref().map_or(f.line, |kind| kind.line);
            f.file.report(line, Mistake::UnknownKind { kind: other.to_owned() });
            f.allow_rest();
            None
        }
        None => {
            f.allow_rest();
            None
        }
    };
    Some(Item {
        line: f.line,
        id: id?,
        subtopic: subtopic?,
        level: level?.value,
        prompt: prompt?,
        sources: sources.into_iter().flatten().collect(),
        reviewed: reviewed?.value,
        task: task?,
    })
}

fn choice(f: &mut Fields<'_>) -> Option<Choice> {
    let (text, key, why) = (f.text("text"), f.flag("key"), f.text("why"));
    let misconception = f.optional_text("misconception");
    Some(Choice { line: f.line, text: text?, key, why: why?, misconception })
}
