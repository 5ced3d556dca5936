//! Names that must be unique, exist or be used.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    problem::Malformed,
    read::{
        authored::{AuthoredMisconception, AuthoredSource},
        day::Day,
        fields::BankFile,
        items::ItemFile,
    },
    text::At,
};

/// What items may refer to, and today's date.
pub(crate) struct Known {
    sources: Vec<String>,
    misconceptions: Vec<String>,
    /// Sources that change.
    living: BTreeSet<String>,
    today: Day,
}

impl Known {
    pub(crate) fn new(
        sources: &[AuthoredSource],
        misconceptions: &[AuthoredMisconception],
        today: Day,
    ) -> Self {
        let living = sources.iter().filter(|source| source.living);
        Self {
            sources: sources.iter().map(|source| source.key.value.clone()).collect(),
            misconceptions: misconceptions.iter().map(|found| found.id.value.clone()).collect(),
            living: living.map(|source| source.key.value.clone()).collect(),
            today,
        }
    }

    /// Reports a source that doesn't exist.
    pub(crate) fn source(&self, file: &BankFile<'_>, key: &At<String>) {
        refers(file, "key", key, "sources.toml", &self.sources);
    }

    /// Reports a misconception that doesn't exist.
    pub(crate) fn misconception(&self, file: &BankFile<'_>, id: &At<String>) {
        refers(file, "misconception", id, "misconceptions.toml", &self.misconceptions);
    }

    pub(crate) fn is_living(&self, source: &str) -> bool {
        self.living.contains(source)
    }

    /// Days since a date as TOML writes it; 0 if it isn't one, which was reported.
    pub(crate) fn days_since(&self, day: &str) -> i64 {
        Day::parse(day).map_or(0, |day| self.today.since(day))
    }
}

/// Reports ids that occur twice.
pub(crate) fn unique<'a>(file: &BankFile<'_>, ids: impl Iterator<Item = &'a At<String>>) {
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

/// Reports a name that isn't listed where it must be.
pub(crate) fn refers(
    file: &BankFile<'_>,
    field: &'static str,
    name: &At<String>,
    listed_in: &str,
    known: &[String],
) {
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

/// Reports names that nothing refers to.
pub(crate) fn unused<'a>(
    file: &BankFile<'_>,
    what: &'static str,
    names: impl Iterator<Item = &'a At<String>>,
    used: &BTreeSet<&str>,
) {
    for name in names.filter(|name| !used.contains(name.value.as_str())) {
        file.report(name.line, Malformed::Unused { what, name: name.value.clone() });
    }
}

/// The sources and the misconceptions that items refer to.
pub(crate) fn uses(files: &[ItemFile]) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let items = || files.iter().flat_map(|file| &file.items);
    let sources = items().flat_map(|item| &item.sources).map(|citation| citation.key.value.as_str());
    let misconceptions = items()
        .flat_map(|item| item.task.parts())
        .filter_map(|part| Some(part.misconception?.value.as_str()));
    (sources.collect(), misconceptions.collect())
}
