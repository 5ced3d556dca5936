//! A new item to fill in, at the end of a skill's file.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
};

use crate::{
    error::{Error, Result},
    limits::{LAST_ID, WHY_WORDS},
    read::{
        folder::{Outline, file_of, read},
        items::Kind,
        schema::SCHEMA_LINE,
    },
    rules::ids::number,
    text::At,
};

/// Appends an item with a free id and a comment on each field, and returns where it is. The rest of the bank
/// may have errors.
pub fn new(questions: &Path, skill: &str, kind: Kind) -> Result<String> {
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
    Ok(format!("added {id} at the end of {}; fill it in, then run cargo xtask bank check", path.display()))
}

/// Appends to a file, which leaves every byte that is already in it unchanged.
fn append(path: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new().append(true).create(true).open(path)?.write_all(text.as_bytes())
}

/// The id after the highest one that was ever given. Ids of withdrawn items stay taken.
fn free_id(prefix: &str, taken: &[At<String>]) -> Result<String> {
    let next = taken.iter().filter_map(|id| number(prefix, &id.value)).max().unwrap_or(0) + 1;
    if next > LAST_ID {
        return Err(Error::NoFreeId { prefix: prefix.to_owned() });
    }
    Ok(format!("{prefix}-{next:03}"))
}

/// An item to fill in, with a comment on each field.
fn template(id: &str, subtopics: &[&str], kind: Kind) -> String {
    let (subtopics, name) = (subtopics.join(", "), <&str>::from(kind));
    let common = format!(
        r#"[[item]]
id = "{id}"
# One of {subtopics}.
subtopic = ""
# 1 recognize, 2 apply one mechanism, 3 diagnose or combine, 4 weigh a trade-off, 5 know the limits.
level = 1
kind = "{name}"
# A situation that asks for a decision. The last paragraph is the question itself.
prompt = """
"""
# A key in sources.toml, and the section, chapter, page or anchor.
sources = [{{ key = "", place = "" }}]
# The day on which the item was last checked against its sources, such as 2026-11-23.
# reviewed =
"#
    );
    let part = |table: &str, fields: &str| format!("\n[[item.{table}]]\n{fields}");
    let text = "text = \"\"\n";
    let why = &format!("# Why it is right or wrong, in {WHY_WORDS} words.\nwhy = \"\"\n");
    let belief = "# The belief that makes a real engineer pick it: an id in misconceptions.toml.\n\
                  misconception = \"\"\n";
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
            let own = format!(
                "# The number's unit, and how far off an answer may be.\nunit = \"\"\nvalue = 0.0\n\
                 tolerance = 0.0\n# How the number is worked out, in {WHY_WORDS} words.\nwhy = \"\"\n"
            );
            let slip =
                ["# A wrong number that comes from a known mistake.\nvalue = 0.0\n", belief, why].concat();
            vec![own, part("slip", &slip)]
        }
        Kind::Ordering => {
            let early = "# The belief that makes people put it before the step above: an id in \
                         misconceptions.toml.\nmisconception = \"\"\n";
            let first = [text, why].concat();
            let later = [text, early, why].concat();
            [&first, &later, &later, &later].map(|fields| part("step", fields)).to_vec()
        }
        Kind::Diagram => {
            let figure = "\n# For other shapes, see README.md.\n[item.figure.space-time]\nprocesses = []\n\
                          events = []\nmessages = []\n";
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
        read::{day::Day, folder::tests::copy_of_good_bank},
        rules::check::check,
    };
    use clap::ValueEnum;
    use std::fs;

    #[test]
    fn a_new_item_has_a_free_id_and_only_gaps_to_fill_in() {
        for kind in Kind::value_variants() {
            let copy = copy_of_good_bank();
            let before = read(copy.path()).unwrap();
            let message = new(copy.path(), "tides", *kind).unwrap();
            let after = read(copy.path()).unwrap();

            let (old, with) = (&before["tides.toml"], &after["tides.toml"]);
            let added = with.strip_prefix(old.as_str()).unwrap();
            let id =
                added.lines().find_map(|line| line.strip_prefix("id = \"")).unwrap().trim_end_matches('"');
            assert!(id.starts_with("ti-") && !old.contains(id) && message.contains(id), "{id}: {message}");
            let problems = check(&after, Day::today()).lines();
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
                "not valid TOML",
                "has no field",
                "there is no kind",
                "the item has",
                "exactly one",
                "at least",
            ] {
                assert!(
                    !problems.iter().any(|problem| problem.contains(shape)),
                    "{name}: {problems:#?}",
                    name = <&str>::from(*kind)
                );
            }
        }
    }

    #[test]
    fn an_unknown_skill_is_refused() {
        let copy = copy_of_good_bank();
        assert!(new(copy.path(), "tide", Kind::Single).unwrap_err().to_string().contains("`tide`"));
    }

    /// Adds an item to the good bank after a change to its items. Returns the error, and the last id in the
    /// file.
    fn after(change: impl Fn(&str) -> Vec<u8>) -> (String, String) {
        let copy = copy_of_good_bank();
        let path = copy.path().join("tides.toml");
        let changed = change(&fs::read_to_string(&path).unwrap());
        fs::write(&path, &changed).unwrap();
        let error = new(copy.path(), "tides", Kind::Single).err().map_or_else(String::new, |e| e.to_string());
        let written = fs::read(&path).unwrap();
        assert!(written.starts_with(&changed), "the existing text is unchanged");
        assert_eq!(error.is_empty(), written != changed);
        let written = String::from_utf8_lossy(&written).into_owned();
        let id = written.rsplit("\nid = \"").next().unwrap().split('"').next().unwrap().to_owned();
        (error, id)
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_alone() {
        for (error, change) in [
            ("questions/tides.toml:6: not valid TOML", &b"level = \n"[..]),
            ("questions/tides.toml:6: a character here is not UTF-8", b"level = 1 # \xe9\n"),
        ] {
            let (found, id) = after(|text| {
                let (before, rest) = text.split_once("level = 1\n").unwrap();
                [before.as_bytes(), change, rest.as_bytes()].concat()
            });
            assert!(found.starts_with(error), "{found}");
            assert_eq!(id, "ti-010");
        }
    }

    #[test]
    fn a_new_file_names_the_schema() {
        let copy = copy_of_good_bank();
        let path = copy.path().join("tides.toml");
        fs::remove_file(&path).unwrap();
        new(copy.path(), "tides", Kind::Single).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("#:schema ./items.schema.json\n\n[[item]]\nid = \"ti-001\"\n"), "{text}");
    }

    #[test]
    fn a_free_id_was_never_given_before() {
        let renamed = |to: &'static str| {
            move |text: &str| text.replace("id = \"ti-010\"", &format!("id = \"{to}\"")).into_bytes()
        };
        assert_eq!(after(renamed("ti-010")).1, "ti-011");
        assert_eq!(after(renamed("ti-998")).1, "ti-999");
        assert_eq!(after(renamed("ti-4294967295")).1, "ti-010");
        let (error, _) = after(renamed("ti-999"));
        assert!(error.starts_with("the last id, `ti-999`, is taken"), "{error}");
        let unknown = |text: &str| text.replace("kind = \"diagram\"", "kind = \"riddle\"").into_bytes();
        assert_eq!(after(unknown).1, "ti-011", "an item of an unknown kind has its id");
        let open = |text: &str| text.trim_end().as_bytes().to_vec();
        assert_eq!(after(open).1, "ti-011", "the last line gets its end");
    }
}
