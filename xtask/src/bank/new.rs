//! A new item to fill in, at the end of a skill's file.

use std::{fs, path::Path};

use clap::ValueEnum;

use super::{
    authored,
    fields::{At, File},
    items, read,
};
use crate::error::{Error, Result};

/// The kinds of question that an item can be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Single,
    Multi,
    Judgement,
    Numeric,
    Ordering,
    Diagram,
}

/// Appends an item with a free id and a comment on each field. The rest of the bank may have problems.
pub(crate) fn new(questions: &Path, skill: &str, kind: Kind) -> Result<()> {
    let files = read(questions).map_err(|source| Error::Read { path: questions.to_owned(), source })?;
    let file = |name| File::new(name, files.get(name).map(String::as_str));
    let skills = authored::skills(&file("skills.toml"));
    let Some(of) = skills.iter().find(|known| known.id.value == skill) else {
        return Err(Error::NoSkill { skill: skill.to_owned() });
    };
    let name = format!("{skill}.toml");
    let items = items::items(&File::new(&name, files.get(&name).map(String::as_str)));
    let id = free_id(&of.prefix.value, items.ids());
    let subtopics: Vec<&str> = of.subtopics.iter().map(|subtopic| subtopic.id.value.as_str()).collect();
    let path = questions.join(&name);
    let text = files.get(&name).map_or("", |text| text.trim_end());
    fs::write(&path, format!("{text}\n\n{}", template(&id, &subtopics, kind)))
        .map_err(|source| Error::Write { path: path.clone(), source })?;
    println!("{id} is at the end of {}; fill it in, then run cargo xtask bank check", path.display());
    Ok(())
}

/// The first id after the highest that was ever given: ids of retired items stay taken.
fn free_id<'a>(prefix: &str, taken: impl Iterator<Item = &'a At<String>>) -> String {
    let number = |id: &At<String>| id.value.strip_prefix(prefix)?.strip_prefix('-')?.parse::<u32>().ok();
    format!("{prefix}-{:03}", taken.filter_map(number).max().unwrap_or(0) + 1)
}

/// An item with a comment on each field, to be filled in.
fn template(id: &str, subtopics: &[&str], kind: Kind) -> String {
    let subtopics = subtopics.join(", ");
    let name = kind.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let common = format!(
        r#"[[item]]
id = "{id}"
# One of {subtopics}.
subtopic = ""
# 1 recognize, 2 apply one mechanism, 3 diagnose or combine, 4 weigh a trade-off, 5 know the limits.
level = 1
kind = "{name}"
# A situation that asks for a decision. Its last paragraph is the question itself.
prompt = """
"""
# A key of sources.toml, and the section, chapter, page or anchor in it.
sources = [{{ key = "", place = "" }}]
# The day on which it was last checked against its sources, such as 2026-11-23.
# reviewed =
"#
    );
    let part = |table: &str, fields: &str| format!("\n[[item.{table}]]\n{fields}");
    let text = "text = \"\"\n";
    let why = "# Why it is right or wrong, in 12 to 60 words.\nwhy = \"\"\n";
    let belief =
        "# What makes a real engineer think so: an id of misconceptions.toml.\nmisconception = \"\"\n";
    let right = [text, "key = true\n", why].concat();
    let wrong = [text, belief, why].concat();
    let parts: Vec<String> = match kind {
        Kind::Single => [&right, &wrong, &wrong, &wrong].map(|fields| part("option", fields)).to_vec(),
        Kind::Multi => [&right, &right, &wrong, &wrong].map(|fields| part("option", fields)).to_vec(),
        Kind::Judgement => {
            let best = [text, "best = true\n", why].concat();
            let worst = [text, "worst = true\n", belief, why].concat();
            [&best, &wrong, &wrong, &worst].map(|fields| part("option", fields)).to_vec()
        }
        Kind::Numeric => {
            let own = "# What the number is counted in, and how far off is still right.\nunit = \"\"\nvalue = 0.0\n\
                       tolerance = 0.0\n# How it is worked out, in 12 to 60 words.\nwhy = \"\"\n";
            let slip = ["# What one gets by a mistake with a name.\nvalue = 0.0\n", belief, why].concat();
            vec![own.to_owned(), part("slip", &slip)]
        }
        Kind::Ordering => {
            let early = "# What somebody believes who puts it before the step above: an id of misconceptions.toml.\n\
                 misconception = \"\"\n";
            let first = [text, why].concat();
            let later = [text, early, why].concat();
            [&first, &later, &later, &later].map(|fields| part("step", fields)).to_vec()
        }
        Kind::Diagram => {
            let figure = "\n# Or another shape: see README.md.\n[item.figure.space-time]\nprocesses = []\nevents = []\n\
                          messages = []\n";
            let at = "# A name in the figure.\nat = \"\"\n";
            let (right, wrong) = ([at, "key = true\n", why].concat(), [at, belief, why].concat());
            let targets = [&right, &wrong, &wrong, &wrong, &wrong].map(|fields| part("target", fields));
            std::iter::once(figure.to_owned()).chain(targets).collect()
        }
    };
    common + &parts.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{check::check, day::Day};
    use std::{env, path::PathBuf};

    #[test]
    fn a_new_item_has_a_free_id_and_says_what_is_missing() {
        let good = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/bank/good");
        let folder = env::temp_dir().join(format!("sextant-new-{}", std::process::id()));
        for kind in Kind::value_variants() {
            fs::create_dir_all(&folder).unwrap();
            for (name, text) in read(&good).unwrap() {
                fs::write(folder.join(name), text).unwrap();
            }
            let before = read(&folder).unwrap();
            new(&folder, "tides", *kind).unwrap();
            let after = read(&folder).unwrap();
            fs::remove_dir_all(&folder).unwrap();

            let (old, with) = (&before["tides.toml"], &after["tides.toml"]);
            let added = with.strip_prefix(old.trim_end()).unwrap();
            let id =
                added.lines().find_map(|line| line.strip_prefix("id = \"")).unwrap().trim_end_matches('"');
            assert!(id.starts_with("ti-") && !old.contains(id), "{id}");
            let problems: Vec<String> =
                check(&after, Day::today()).problems.iter().map(ToString::to_string).collect();
            assert!(
                problems.iter().all(|problem| problem.starts_with("error: questions/tides.toml")),
                "{problems:#?}"
            );
            for expected in ["`prompt` of an item is empty", "an item has no `reviewed`", "`why` of"] {
                assert!(
                    problems.iter().any(|problem| problem.contains(expected)),
                    "{expected}: {problems:#?}"
                );
            }
            for shape in [
                "not TOML",
                "has no field",
                "is no kind",
                "misses",
                "the item has",
                "exactly one",
                "have at least",
            ] {
                assert!(!problems.iter().any(|problem| problem.contains(shape)), "{kind:?}: {problems:#?}");
            }
        }
    }

    #[test]
    fn an_unknown_skill_is_refused() {
        let good = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/bank/good");
        assert!(new(&good, "tide", Kind::Single).unwrap_err().to_string().contains("`tide`"));
    }
}
