//! The bank as its authors write it, read file by file. What goes across files is checked in `check`.

use super::{
    fields::{At, Fields, File, numbers},
    problem::Mistake,
};

/// Different items that the full assessment asks of each skill.
const ITEMS_PER_SKILL: usize = 4;

pub(crate) struct Skill {
    pub(crate) id: At<String>,
    pub(crate) name: String,
    pub(crate) short: String,
    pub(crate) prefix: At<String>,
    pub(crate) description: String,
    /// In hundredths.
    pub(crate) loading: i64,
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
    /// `None`, once reported, where it is missing.
    pub(crate) required: Option<Vec<(At<String>, i64)>>,
    /// Weights of its own instead of the common ones.
    pub(crate) weights: Option<Vec<(At<String>, i64)>>,
}

#[derive(Default)]
pub(crate) struct Salary {
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
    pub(crate) url: At<String>,
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

impl Task {
    /// The name of its kind, as authors write it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Single(_) => "single",
        }
    }
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
            let skill = Skill {
                id: f.text("id"),
                name: f.text("name").value,
                short: f.text("short").value,
                prefix: f.text("prefix"),
                description: f.text("description").value,
                loading: loading(f),
                subtopics: f.tables("subtopics", "a subtopic", |f| Subtopic {
                    id: f.text("id"),
                    name: f.text("name").value,
                }),
            };
            if skill.subtopics.len() != 6 {
                f.file.report(f.line, Mistake::SubtopicCount { count: skill.subtopics.len() });
            }
            skill
        })
    })
}

fn loading(f: &mut Fields<'_>) -> i64 {
    let loading = f.hundredths("loading");
    if !(0..=95).contains(&loading.value) {
        f.file.report(loading.line, Mistake::LoadingRange { hundredths: loading.value });
    }
    loading.value
}

pub(crate) fn stages(file: &File<'_>) -> Stages {
    file.read("stages.toml", |root| Stages {
        weights: root.table("weights", "the weights", numbers).unwrap_or_default(),
        stages: root.tables("stage", "a stage", stage),
    })
}

fn stage(f: &mut Fields<'_>) -> Stage {
    Stage {
        line: f.line,
        id: f.text("id"),
        label: f.text("label").value,
        short: f.text("short").value,
        about: f.text("about").value,
        advice: f.texts("advice").into_iter().map(|line| line.value).collect(),
        years: f.optional_text("years").map(|years| years.value),
        salary: f.table("salary", "a salary", salary).unwrap_or_default(),
        needs_statement: f.flag("needs_statement"),
        required: f.table("requires", "the requirements", numbers),
        weights: f.optional_table("weights", "the weights", numbers),
    }
}

fn salary(f: &mut Fields<'_>) -> Salary {
    let salary = Salary {
        from: f.number("from", 0).value,
        to: f.number("to", i64::MAX).value,
        or_more: f.flag("or_more"),
        who: f.text("who").value,
    };
    if salary.from < 0 || salary.from > salary.to {
        f.file.report(f.line, Mistake::SalaryOrder { from: salary.from, to: salary.to });
    }
    salary
}

pub(crate) fn steps(file: &File<'_>) -> Vec<Step> {
    file.read("path.toml", |root| {
        root.tables("step", "a step", |f| Step {
            title: f.text("title").value,
            about: f.text("about").value,
            skills: f.texts("skills"),
        })
    })
}

pub(crate) fn sources(file: &File<'_>) -> Vec<Source> {
    file.read("sources.toml", |root| {
        root.tables("source", "a source", |f| {
            let source = Source {
                key: f.text("key"),
                title: f.text("title").value,
                authors: f.text("authors").value,
                year: f.number("year", 0).value,
                url: f.text("url"),
            };
            let url = &source.url;
            if !url.value.is_empty() && !url.value.starts_with("https://") {
                f.file.report(url.line, Mistake::NotHttps { url: url.value.clone() });
            }
            source
        })
    })
}

pub(crate) fn misconceptions(file: &File<'_>) -> Vec<Misconception> {
    file.read("misconceptions.toml", |root| {
        root.tables("misconception", "a misconception", |f| Misconception {
            id: f.text("id"),
            statement: f.text("statement"),
            correction: f.text("correction"),
        })
    })
}

pub(crate) fn items(file: &File<'_>) -> Items {
    file.read("the file", |root| {
        let items = root.tables("item", "an item", item);
        if items.len() < ITEMS_PER_SKILL {
            file.report(1, Mistake::ItemCount { count: items.len(), wanted: ITEMS_PER_SKILL });
        }
        let retired = root.optional_tables("retired", "a retired item", |f| {
            let (id, _reason) = (f.text("id"), f.text("reason"));
            id
        });
        Items { items: items.into_iter().flatten().collect(), retired }
    })
}

/// An item; `None`, once reported, where its kind is not known.
fn item(f: &mut Fields<'_>) -> Option<Item> {
    let (line, id, subtopic, level) = (f.line, f.text("id"), f.text("subtopic"), f.number("level", 1));
    if !(1..=5).contains(&level.value) {
        f.file.report(level.line, Mistake::LevelRange { level: level.value });
    }
    let prompt = f.text("prompt");
    let sources = f.tables("sources", "a citation", |f| (f.text("key"), f.text("place").value));
    if sources.is_empty() {
        f.file.report(line, Mistake::NoSource);
    }
    let reviewed = f.day("reviewed");
    let kind = f.text("kind");
    // Each kind reads the fields that are its own.
    let task = match kind.value.as_str() {
        "single" => Some(Task::Single(f.tables("option", "an option", choice))),
        other => {
            if !other.is_empty() {
                f.file.report(kind.line, Mistake::UnknownKind { kind: other.to_owned() });
            }
            f.allow_rest();
            None
        }
    };
    Some(Item { line, id, subtopic, level: level.value, prompt, sources, reviewed, task: task? })
}

fn choice(f: &mut Fields<'_>) -> Choice {
    Choice {
        line: f.line,
        text: f.text("text"),
        key: f.flag("key"),
        why: f.text("why"),
        misconception: f.optional_text("misconception"),
    }
}
