//! The folder of questions, and what is known of it while its items have errors.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    error::{Error, Result},
    problem::{Finding, Malformed, Problem},
    read::{
        authored::{self, AuthoredSkill},
        fields::BankFile,
        items,
    },
    text::At,
};

/// The text of each file, by its name in the folder.
pub(crate) type Files = BTreeMap<String, String>;

/// Reads all files in the folder. Bytes that aren't UTF-8 become U+FFFD, which the check reports.
pub(crate) fn read(questions: &Path) -> Result<Files> {
    let failed = |source| Error::Read { path: questions.to_owned(), source };
    let mut files = Files::new();
    for entry in fs::read_dir(questions).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_temporary(&name) {
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

/// Whether an editor or a desktop made the file for itself, such as `.tides.toml.swp`, `tides.toml~` or
/// `#tides.toml#`. Such files come and go while an author writes.
fn is_temporary(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
}

pub(crate) fn open<'a>(files: &'a Files, name: &'a str) -> BankFile<'a> {
    BankFile::new(name, files.get(name).map(String::as_str))
}

/// The skills and all ids that were ever given, whatever is wrong with the rest.
pub(crate) struct Outline {
    pub(crate) skills: Vec<AuthoredSkill>,
    /// The ids of each skill's items.
    pub(crate) ids: Vec<Vec<At<String>>>,
    /// Why some files can't be read at all.
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
        problems.retain(|problem| {
            matches!(problem.found, Finding::Malformed(Malformed::NotToml(_) | Malformed::NotUtf8))
        });
        Self { skills, ids, unreadable: problems }
    }

    /// A skill and the ids in its file. Fails if that file or the list of skills can't be read.
    pub(crate) fn skill(&self, id: &str) -> Result<(&AuthoredSkill, &[At<String>])> {
        let readable = |name: &str| match self.unreadable.iter().find(|problem| problem.file == name) {
            Some(problem) => {
                Err(Error::Unreadable { problem: format!("{}: {}", problem.place(), problem.found) })
            }
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

/// The name of the file with a skill's items.
pub(crate) fn file_of(skill: &AuthoredSkill) -> String {
    format!("{}.toml", skill.id.value)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::path::PathBuf;
    use tempfile::TempDir;

    /// A folder of the repository.
    pub(crate) fn repository(path: &str) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
    }

    pub(crate) fn good_bank() -> PathBuf {
        repository("tests/bank/good")
    }

    /// A temporary copy of the good bank.
    pub(crate) fn copy_of_good_bank() -> TempDir {
        let folder = tempfile::Builder::new().prefix("questions").tempdir().unwrap();
        for (name, text) in read(&good_bank()).unwrap() {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    #[test]
    fn temporary_files_of_editors_are_skipped() {
        let copy = copy_of_good_bank();
        let before = read(copy.path()).unwrap();
        for name in [".tides.toml.swp", "tides.toml~", ".DS_Store", "#tides.toml#", ".#tides.toml"] {
            fs::write(copy.path().join(name), "x").unwrap();
        }
        assert_eq!(read(copy.path()).unwrap(), before);
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_reported_with_their_line() {
        let copy = copy_of_good_bank();
        fs::write(copy.path().join("path.toml"), b"[[step]]\ntitle = \"To s\xe9a\"\n").unwrap();
        let files = read(copy.path()).unwrap();
        let found = open(&files, "path.toml").into_problems();
        assert!(matches!(found.as_slice(), [Problem { line: 2, .. }]), "{found:?}");
    }
}
