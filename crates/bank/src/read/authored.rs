//! What authors write apart from items: skills, stages, the career path, sources and misconceptions.

use crate::{
    limits::{FIRST_YEAR, LARGEST_SALARY, LOADINGS, SUBTOPICS, Span},
    problem::Malformed,
    read::{
        day::Day,
        fields::{BankFile, Fields, numbers},
    },
    text::{At, Text},
};

pub(crate) struct AuthoredSkill {
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
    /// The weights of stages that have none of their own.
    pub(crate) weights: Vec<(At<String>, i64)>,
    pub(crate) stages: Vec<AuthoredStage>,
}

pub(crate) struct AuthoredStage {
    pub(crate) line: usize,
    pub(crate) id: At<String>,
    pub(crate) label: String,
    pub(crate) short: String,
    pub(crate) about: String,
    pub(crate) advice: Vec<String>,
    pub(crate) years: Option<String>,
    pub(crate) salary: AuthoredSalary,
    pub(crate) needs_statement: bool,
    /// `None` if it is missing, which was reported.
    pub(crate) required: Option<Vec<(At<String>, i64)>>,
    /// Weights that replace the common ones.
    pub(crate) weights: Option<Vec<(At<String>, i64)>>,
}

#[derive(Default)]
pub(crate) struct AuthoredSalary {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) or_more: bool,
    pub(crate) who: String,
}

pub(crate) struct PathStep {
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) skills: Vec<At<String>>,
}

pub(crate) struct AuthoredSource {
    pub(crate) key: At<String>,
    pub(crate) title: String,
    pub(crate) authors: String,
    pub(crate) year: i64,
    pub(crate) url: At<String>,
    /// Whether the source changes, as documentation does, so that items which cite it become outdated.
    pub(crate) living: bool,
}

pub(crate) struct AuthoredMisconception {
    pub(crate) id: At<String>,
    pub(crate) statement: Text,
    pub(crate) correction: Text,
}

pub(crate) fn skills(file: &BankFile<'_>) -> Vec<AuthoredSkill> {
    file.read("skills.toml", |root| {
        root.tables("skill", "a skill", |f| {
            let skill = AuthoredSkill {
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
                let wanted = "only lower-case letters".to_owned();
                f.file.report(prefix.line, Malformed::BadId { id: prefix.value.clone(), wanted });
            }
            if skill.subtopics.len() != SUBTOPICS {
                f.file.report(f.line, Malformed::SubtopicCount { count: skill.subtopics.len() });
            }
            skill
        })
    })
}

fn loading(f: &mut Fields<'_>) -> i64 {
    let loading = f.hundredths("loading");
    if !LOADINGS.contains(loading.value) {
        f.file.report(loading.line, Malformed::LoadingRange { hundredths: loading.value });
    }
    loading.value
}

pub(crate) fn stages(file: &BankFile<'_>) -> Stages {
    file.read("stages.toml", |root| Stages {
        weights: root.table("weights", "the weights", numbers).unwrap_or_default(),
        stages: root.tables("stage", "a stage", stage),
    })
}

fn stage(f: &mut Fields<'_>) -> AuthoredStage {
    AuthoredStage {
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

fn salary(f: &mut Fields<'_>) -> AuthoredSalary {
    let salary = AuthoredSalary {
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

pub(crate) fn steps(file: &BankFile<'_>) -> Vec<PathStep> {
    file.read("path.toml", |root| {
        root.tables("step", "a step", |f| PathStep {
            title: f.text("title").value,
            about: f.text("about").value,
            skills: f.texts("skills"),
        })
    })
}

pub(crate) fn sources(file: &BankFile<'_>, today: Day) -> Vec<AuthoredSource> {
    file.read("sources.toml", |root| {
        root.tables("source", "a source", |f| {
            let source = AuthoredSource {
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

/// The year of publication. A source may be announced for next year.
fn year(f: &mut Fields<'_>, today: Day) -> i64 {
    let last = today.year() + 1;
    let year = f.number("year", last);
    if !(Span { least: FIRST_YEAR, most: last }).contains(year.value) {
        f.file.report(year.line, Malformed::YearRange { year: year.value, last });
    }
    year.value
}

pub(crate) fn misconceptions(file: &BankFile<'_>) -> Vec<AuthoredMisconception> {
    file.read("misconceptions.toml", |root| {
        root.tables("misconception", "a misconception", |f| AuthoredMisconception {
            id: f.text("id"),
            statement: f.markdown("statement"),
            correction: f.markdown("correction"),
        })
    })
}
