//! The bank: reading, checking and compiling the files in `questions/`.

mod alike;
mod authored;
mod blind;
mod bot;
mod catch_all;
mod check;
mod compile;
mod cues;
mod day;
mod fields;
mod folder;
mod grade;
mod highlight;
mod ids;
mod item_rules;
mod items;
mod keys;
mod letters;
mod markdown;
mod new;
mod numbers;
mod preview;
mod problem;
mod prose;
mod reading;
mod schema;
mod shard;
mod stats;
#[cfg(test)]
mod tests;
mod text;
mod timing;
mod whole;
mod words;

use std::{collections::BTreeMap, ops::ControlFlow, path::Path};

use sextant::quiz::bank::{Catalog, Shards};

use crate::{
    error::{Error, Result, counted},
    watch::watch,
};

use check::Checked;
use day::Day;
use folder::read;
use problem::Problem;

pub(crate) use blind::blind;
pub(crate) use compile::compile;
pub(crate) use grade::grade;
pub(crate) use new::{Kind, new};
pub(crate) use preview::preview;
pub(crate) use schema::write as schema;
pub(crate) use stats::stats;
pub(crate) use timing::time_check;

/// The files of a bank: name inside the folder, and text.
type Files = BTreeMap<String, String>;

/// Reads the folder and prints every problem in it; fails for errors, or says how much is there.
pub(crate) fn check(questions: &Path) -> Result<()> {
    let Checked { bank, problems } = checked(questions)?;
    let (errors, warnings) = named(&problems);
    let Some(bank) = bank.filter(|_| errors == 0) else { return Err(Error::Bank { errors, warnings }) };
    let items = bank.items.iter().map(|file| file.items.len()).sum::<usize>();
    println!(
        "{items} items on {} skills, {} sources, {} misconceptions: no error, {}",
        bank.skills.len(),
        bank.sources.len(),
        bank.misconceptions.len(),
        counted(warnings, "warning")
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

/// The bank, if its items have no error. Those of the whole don't matter here: it can be asked from all the same,
/// and `stats` tells how to mend them.
fn load(questions: &Path) -> Result<check::Bank> {
    let Checked { bank, problems } = checked(questions)?;
    bank.ok_or_else(|| {
        let (errors, warnings) = named(&problems);
        Error::Bank { errors, warnings }
    })
}

fn checked(questions: &Path) -> Result<Checked> {
    Ok(check::check(&read(questions)?, Day::today()))
}

/// Prints all problems, and counts errors and warnings.
fn named(problems: &[Problem]) -> (usize, usize) {
    for problem in problems {
        eprintln!("{problem}");
    }
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    (errors, problems.len() - errors)
}
