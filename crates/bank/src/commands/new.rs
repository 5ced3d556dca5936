//! A new item to fill in, at the end of a skill's file.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
};

use clap::ValueEnum;

use crate::{
    error::{Error, Result},
    read::{
        fields::At,
        folder::{Outline, file_of, read},
        schema::SCHEMA_LINE,
    },
    rules::ids::{LAST, number},
};

/// The kinds of question that an item can be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Single,
    Multi,
    Judgement,
    Numeric,
    Ordering,
    Diagram,
}

/// Appends an item with a free id and a comment on each field. The rest of the bank may have problems.
pub fn new(questions: &Path, skill: &str, kind: Kind) -> Result<()> {
    let files = read(questions)?;
    let outline = Outline::new(&files);
    let (of, ids) = outline.skill(skill)?;
    let id = free_id(&of.prefix.value, ids)?;
    let subtopics: Vec<&str> = of.subtopics.iter().map(|subtopic| subtopic.id.value.as_str()).collect();
    let name = file_of(of);
    let before = match files.get(&name).map_or("", String::as_str) {
        "" => format!("{SCHEMA_LINE}\n\n"),
        text if text.ends_with("\n\n") => String::new(),
        text if text.ends_with('\n') => "\n".to_owned(),
        _ => "\n\n".to_owned(),
    };
    let path = questions.join(&name);
    append(&path, &format!("{before}{}", template(&id, &subtopics, kind)))
        .map_err(|source| Error::Write { path: path.clone(), source })?;
    println!("{id} is at the end of {}; fill it in, then run cargo xtask bank check", path.display());
    Ok(())
}

/// Writes at the end of a file. What is there already stays as it is, to the byte.
fn append(path: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new().append(true).create(true).open(path)?.write_all(text.as_bytes())
}

/// The first id after the highest that was ever given: ids of retired items stay taken.
fn free_id(prefix: &str, taken: &[At<String>]) -> Result<String> {
    let next = taken.iter().filter_map(|id| number(prefix, &id.value)).max().unwrap_or(0) + 1;
    if next > LAST {
        return Err(Error::NoFreeId { prefix: prefix.to_owned() });
    }
    Ok(format!("{prefix}-{next:03}"))
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
    use crate::{
        read::{day::Day, folder::tests::Copy},
        rules::check::check,
    };
    use std::fs;

    #[test]
    fn a_new_item_has_a_free_id_and_says_what_is_missing() {
        for kind in Kind::value_variants() {
            let copy = Copy::new();
            let before = read(&copy.0).unwrap();
            new(&copy.0, "tides", *kind).unwrap();
            let after = read(&copy.0).unwrap();

            let (old, with) = (&before["tides.toml"], &after["tides.toml"]);
            let added = with.strip_prefix(old.as_str()).unwrap();
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
        let copy = Copy::new();
        assert!(new(&copy.0, "tide", Kind::Single).unwrap_err().to_string().contains("`tide`"));
    }

    /// The error and the last id in the file after a new item in the good bank, whose items were changed.
    fn after(change: impl Fn(&str) -> Vec<u8>) -> (String, String) {
        let copy = Copy::new();
        let path = copy.0.join("tides.toml");
        let changed = change(&fs::read_to_string(&path).unwrap());
        fs::write(&path, &changed).unwrap();
        let error = new(&copy.0, "tides", Kind::Single).err().map_or_else(String::new, |e| e.to_string());
        let written = fs::read(&path).unwrap();
        assert!(written.starts_with(&changed), "what was there stays");
        assert_eq!(error.is_empty(), written != changed);
        let written = String::from_utf8_lossy(&written).into_owned();
        let id = written.rsplit("\nid = \"").next().unwrap().split('"').next().unwrap().to_owned();
        (error, id)
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_alone() {
        for (error, change) in [
            ("questions/tides.toml:6: not TOML", &b"level = \n"[..]),
            ("questions/tides.toml:6: a character here is not UTF-8", b"level = 1 # \xe9\n"),
        ] {
            let (found, id) = after(|text| {
                let (before, rest) = text.split_once("level = 1\n").unwrap();
                [before.as_bytes(), change, rest.as_bytes()].concat()
            });
            assert!(found.contains(error), "{found}");
            assert_eq!(id, "ti-010");
        }
    }

    #[test]
    fn a_fresh_file_names_the_schema() {
        let copy = Copy::new();
        let path = copy.0.join("tides.toml");
        fs::remove_file(&path).unwrap();
        new(&copy.0, "tides", Kind::Single).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("#:schema ./items.schema.json\n\n[[item]]\nid = \"ti-001\"\n"), "{text}");
    }

    #[test]
    fn ids_are_free_that_were_never_given() {
        let renamed = |to: &'static str| {
            move |text: &str| text.replace("id = \"ti-010\"", &format!("id = \"{to}\"")).into_bytes()
        };
        assert_eq!(after(renamed("ti-010")).1, "ti-011");
        assert_eq!(after(renamed("ti-998")).1, "ti-999");
        assert_eq!(after(renamed("ti-4294967295")).1, "ti-010");
        let (error, _) = after(renamed("ti-999"));
        assert!(error.starts_with("`ti-999` was given"), "{error}");
        let unknown = |text: &str| text.replace("kind = \"diagram\"", "kind = \"riddle\"").into_bytes();
        assert_eq!(after(unknown).1, "ti-011", "what is of no known kind has its id");
        let open = |text: &str| text.trim_end().as_bytes().to_vec();
        assert_eq!(after(open).1, "ti-011", "a last line without its end is ended");
    }
}
