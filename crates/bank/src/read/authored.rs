//! The bank as its authors write it, but for the items: skills, stages, steps, sources, misconceptions.

use crate::{
    problem::Malformed,
    read::{
        day::Day,
        fields::{At, Fields, File, numbers},
        text::Text,
    },
};

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

/// What the app can hold.
const LARGEST_SALARY: i64 = u32::MAX as i64;

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
    /// Whether it changes, as documentation does: what it says today, an item may not know.
    pub(crate) living: bool,
}

pub(crate) struct Misconception {
    pub(crate) id: At<String>,
    pub(crate) statement: Text,
    pub(crate) correction: Text,
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
            let prefix = &skill.prefix;
            if !prefix.value.bytes().all(|byte| byte.is_ascii_lowercase()) {
                let wanted = "lower-case letters".to_owned();
                f.file.report(prefix.line, Malformed::BadId { id: prefix.value.clone(), wanted });
            }
            if skill.subtopics.len() != 6 {
                f.file.report(f.line, Malformed::SubtopicCount { count: skill.subtopics.len() });
            }
            skill
        })
    })
}

fn loading(f: &mut Fields<'_>) -> i64 {
    let loading = f.hundredths("loading");
    if !(0..=95).contains(&loading.value) {
        f.file.report(loading.line, Malformed::LoadingRange { hundredths: loading.value });
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
        to: f.number("to", LARGEST_SALARY).value,
        or_more: f.flag("or_more"),
        who: f.text("who").value,
    };
    if salary.from < 0 || salary.from > salary.to {
        f.file.report(f.line, Malformed::SalaryOrder { from: salary.from, to: salary.to });
    }
    if salary.to > LARGEST_SALARY {
        f.file.report(f.line, Malformed::SalarySize { salary: salary.to });
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

pub(crate) fn sources(file: &File<'_>, today: Day) -> Vec<Source> {
    file.read("sources.toml", |root| {
        root.tables("source", "a source", |f| {
            let source = Source {
                key: f.text("key"),
                title: f.text("title").value,
                authors: f.text("authors").value,
                year: year(f, today),
                url: f.text("url"),
                living: f.flag("living"),
            };
            let url = &source.url;
            if !url.value.is_empty() && !url.value.starts_with("https://") {
                f.file.report(url.line, Malformed::NotHttps { url: url.value.clone() });
            }
            source
        })
    })
}

/// A year in which something was published, perhaps announced for the next.
fn year(f: &mut Fields<'_>, today: Day) -> i64 {
    let last = today.year() + 1;
    let year = f.number("year", last);
    if !(1900..=last).contains(&year.value) {
        f.file.report(year.line, Malformed::YearRange { year: year.value, last });
    }
    year.value
}

pub(crate) fn misconceptions(file: &File<'_>) -> Vec<Misconception> {
    file.read("misconceptions.toml", |root| {
        root.tables("misconception", "a misconception", |f| Misconception {
            id: f.text("id"),
            statement: f.markdown("statement"),
            correction: f.markdown("correction"),
        })
    })
}
