//! A new item to fill in, at the end of a skill's file.

use std::{fs, path::Path};

use super::{
    authored,
    fields::{At, File},
    items, read,
};
use crate::error::{Error, Result};

/// Appends an item with a free id and a comment on each field. The rest of the bank may have problems.
pub(crate) fn new(questions: &Path, skill: &str) -> Result<()> {
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
    fs::write(&path, format!("{text}\n\n{}", template(&id, &subtopics)))
        .map_err(|source| Error::Write { path: path.clone(), source })?;
    println!("{id} is at the end of {}; fill it in, then run cargo xtask bank check", path.display());
    Ok(())
}

/// The first id after the highest that was ever given: ids of retired items stay taken.
fn free_id<'a>(prefix: &str, taken: impl Iterator<Item = &'a At<String>>) -> String {
    let number = |id: &At<String>| id.value.strip_prefix(prefix)?.strip_prefix('-')?.parse::<u32>().ok();
    format!("{prefix}-{:03}", taken.filter_map(number).max().unwrap_or(0) + 1)
}

fn template(id: &str, subtopics: &[&str]) -> String {
    let option = |key: bool| {
        let (is, names) = if key {
            ("key = true", "# Why it is right, in 12 to 60 words.")
        } else {
            ("misconception = \"\" # an id of misconceptions.toml", "# Why it is wrong, in 12 to 60 words.")
        };
        format!("\n[[item.option]]\ntext = \"\"\n{is}\n{names}\nwhy = \"\"\n")
    };
    let options: String = [true, false, false, false].map(option).concat();
    format!(
        "[[item]]\nid = \"{id}\"\n# One of {}.\nsubtopic = \"\"\n# 1 recognize, 2 apply one mechanism, 3 diagnose or \
         combine, 4 weigh a trade-off, 5 know the limits.\nlevel = 1\nkind = \"single\"\n# A situation that asks for a \
         decision. Its last paragraph is the question itself.\nprompt = \"\"\"\n\"\"\"\n# A key of sources.toml, and the \
         section, chapter, page or anchor in it.\nsources = [{{ key = \"\", place = \"\" }}]\n# The day on which it was \
         last checked against its sources, such as 2026-11-23.\n# reviewed =\n{options}",
        subtopics.join(", ")
    )
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
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in read(&good).unwrap() {
            fs::write(folder.join(name), text).unwrap();
        }
        let before = read(&folder).unwrap();
        new(&folder, "tides").unwrap();
        let after = read(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();

        let (old, with) = (&before["tides.toml"], &after["tides.toml"]);
        let added = with.strip_prefix(old.trim_end()).unwrap();
        let id = added.lines().find_map(|line| line.strip_prefix("id = \"")).unwrap().trim_end_matches('"');
        assert!(id.starts_with("ti-") && !old.contains(id), "{id}");
        let problems: Vec<String> =
            check(&after, Day::today()).problems.iter().map(ToString::to_string).collect();
        assert!(
            problems.iter().all(|problem| problem.starts_with("error: questions/tides.toml")),
            "{problems:#?}"
        );
        for expected in ["`prompt` of an item is empty", "an item has no `reviewed`", "`why` of"] {
            assert!(problems.iter().any(|problem| problem.contains(expected)), "{expected}: {problems:#?}");
        }
        assert!(!problems.iter().any(|problem| problem.contains("not TOML")), "{problems:#?}");
    }

    #[test]
    fn an_unknown_skill_is_refused() {
        let good = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/bank/good");
        assert!(new(&good, "tide").unwrap_err().to_string().contains("`tide`"));
    }
}
