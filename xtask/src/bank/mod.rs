//! The bank: reading, checking and compiling the files in `questions/`.

mod authored;
mod blind;
mod bot;
mod check;
mod compile;
mod fields;
mod grade;
mod highlight;
mod item_rules;
mod items;
mod markdown;
mod new;
mod preview;
mod problem;
mod schema;
mod shard;
mod stats;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fs, io, ops::ControlFlow, path::Path};

use sextant::quiz::bank::{Catalog, Shards};

use crate::{
    error::{Error, Result},
    watch::watch,
};

pub(crate) use blind::blind;
pub(crate) use compile::compile;
pub(crate) use grade::grade;
pub(crate) use new::new;
pub(crate) use preview::preview;
pub(crate) use schema::write as schema;
pub(crate) use stats::stats;

/// The files of a bank: name inside the folder, and text.
type Files = BTreeMap<String, String>;

/// Reads the folder and every problem in it; prints them and fails, or says how much is there.
pub(crate) fn check(questions: &Path) -> Result<()> {
    let bank = load(questions)?;
    let items = bank.items.iter().map(|file| file.items.len()).sum::<usize>();
    println!(
        "{items} items on {} skills, {} sources, {} misconceptions: no problem found",
        bank.skills.len(),
        bank.sources.len(),
        bank.misconceptions.len()
    );
    Ok(())
}

/// Checks at once and after each change in the folder. Problems do not end it.
pub(crate) fn check_on_change(questions: &Path) -> Result<()> {
    watch(questions, || {
        match check(questions) {
            Ok(()) => println!("== good; waiting for a change"),
            Err(error) => println!("== {error}; waiting for a change"),
        }
        ControlFlow::Continue(())
    })
}

/// The bank as the core takes it, compiled in memory.
pub(crate) fn in_memory(questions: &Path) -> Result<(Catalog, Shards)> {
    let (catalog, compiled) = compile::compiled(&load(questions)?);
    let mut shards = Shards::default();
    for (skill, shard) in compiled.into_iter().enumerate() {
        shards.put(skill, shard);
    }
    Ok((catalog, shards))
}

/// The bank, if it has no problem.
fn load(questions: &Path) -> Result<check::Bank> {
    let files = read(questions).map_err(|source| Error::Read { path: questions.to_owned(), source })?;
    check::check(&files).map_err(|problems| {
        for problem in &problems {
            eprintln!("{problem}");
        }
        Error::Bank { problems: problems.len() }
    })
}

fn read(questions: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    for entry in fs::read_dir(questions)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let text = if entry.file_type()?.is_file() {
            String::from_utf8_lossy(&fs::read(entry.path())?).into_owned()
        } else {
            String::new()
        };
        files.insert(name, text);
    }
    Ok(files)
}
