//! The folder of questions, and what can be told of it while its items have errors.

use std::{fs, path::Path};

use crate::{
    Files,
    error::{Error, Result},
    problem::{Finding, Malformed, Problem},
    read::{
        authored::{self, Skill},
        fields::At,
        items,
    },
    rules::check::open,
};

/// Reads the files of a folder. What is not UTF-8 is read as U+FFFD, which the check reports.
pub(crate) fn read(questions: &Path) -> Result<Files> {
    let failed = |source| Error::Read { path: questions.to_owned(), source };
    let mut files = Files::new();
    for entry in fs::read_dir(questions).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_of_an_editor(&name) {
            continue;
        }
        let text = if entry.file_type().map_err(failed)?.is_file() {
            String::from_utf8_lossy(&fs::read(entry.path()).map_err(failed)?).into_owned()
        } else {
            String::new()
        };
        files.insert(name, text);
    }
    Ok(files)
}

/// Whether an editor or a desktop keeps the file for itself, such as `.tides.toml.swp`, `tides.toml~` or
/// `#tides.toml#`. They come and go while somebody writes.
fn is_of_an_editor(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
}

/// The skills and the ids that were given, whatever is wrong with the rest.
pub(crate) struct Outline {
    pub(crate) skills: Vec<Skill>,
    /// One list for each skill.
    pub(crate) ids: Vec<Vec<At<String>>>,
    /// What keeps a file from being read at all.
    pub(crate) unreadable: Vec<Problem>,
}

impl Outline {
    pub(crate) fn new(files: &Files) -> Self {
        let mut problems = Vec::new();
        let file = open(files, "skills.toml");
        let skills = authored::skills(&file);
        problems.extend(file.into_problems());
        let mut ids = Vec::new();
        for skill in &skills {
            let name = file_of(skill);
            let file = open(files, &name);
            ids.push(items::items(&file).ids);
            problems.extend(file.into_problems());
        }
        let keeps = |problem: &Problem| {
            matches!(problem.found, Finding::Malformed(Malformed::NotToml(_) | Malformed::NotUtf8))
        };
        Self { skills, ids, unreadable: problems.into_iter().filter(keeps).collect() }
    }

    /// A skill with the ids of its file. Neither can be told where that or the list of skills can't be read.
    pub(crate) fn skill(&self, id: &str) -> Result<(&Skill, &[At<String>])> {
        let readable = |name: &str| match self.unreadable.iter().find(|problem| problem.file == name) {
            Some(problem) => Err(Error::Unreadable { problem: problem.to_string() }),
            None => Ok(()),
        };
        readable("skills.toml")?;
        let mut all = self.skills.iter().zip(&self.ids);
        let Some((skill, ids)) = all.find(|(skill, _)| skill.id.value == id) else {
            return Err(Error::NoSkill { skill: id.to_owned() });
        };
        readable(&file_of(skill))?;
        Ok((skill, ids))
    }
}

/// The file with a skill's items.
pub(crate) fn file_of(skill: &Skill) -> String {
    format!("{}.toml", skill.id.value)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::read::fields::File;
    use std::{
        env,
        path::PathBuf,
        sync::atomic::{AtomicUsize, Ordering},
    };

    /// A copy of the good bank, removed when it is dropped.
    pub(crate) struct Copy(pub(crate) PathBuf);

    impl Copy {
        pub(crate) fn new() -> Self {
            static COPIES: AtomicUsize = AtomicUsize::new(0);
            let copy = COPIES.fetch_add(1, Ordering::Relaxed);
            let folder = env::temp_dir().join(format!("sextant-bank-{}-{copy}", std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            let good = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/bank/good");
            for (name, text) in read(&good).unwrap() {
                fs::write(folder.join(name), text).unwrap();
            }
            Self(folder)
        }
    }

    impl Drop for Copy {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn files_of_editors_are_passed_over() {
        let copy = Copy::new();
        let before = read(&copy.0).unwrap();
        for name in [".tides.toml.swp", "tides.toml~", ".DS_Store", "#tides.toml#", ".#tides.toml"] {
            fs::write(copy.0.join(name), "x").unwrap();
        }
        assert_eq!(read(&copy.0).unwrap(), before);
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_found_with_their_line() {
        let copy = Copy::new();
        fs::write(copy.0.join("path.toml"), b"[[step]]\ntitle = \"To s\xe9a\"\n").unwrap();
        let outline = read(&copy.0).unwrap();
        let file = File::new("path.toml", outline.get("path.toml").map(String::as_str));
        let found: Vec<Problem> = file.into_problems();
        assert!(matches!(found.as_slice(), [Problem { line: 2, .. }]), "{found:?}");
    }
}
