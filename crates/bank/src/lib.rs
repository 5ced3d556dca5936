//! The bank: reading, checking and compiling the files in `questions/`.

mod commands;
mod compile;
mod error;
mod figure;
mod problem;
mod read;
mod rules;
#[cfg(test)]
mod tests;
mod watch;

use std::{collections::BTreeMap, io::Write, ops::ControlFlow, path::Path};

use sextant::quiz::content::bank::{Catalog, Shards};

pub use error::{Error, Result, counted};
use watch::watch;

use problem::Problem;
use read::day::Day;
use read::folder::read;
use rules::check::Checked;

pub use commands::blind::blind;
pub use commands::grade::grade;
pub use commands::new::{Kind, new};
pub use commands::preview::preview;
pub use commands::stats::stats;
pub use commands::timing::time_check;
pub use commands::{score::score, simulate};
pub use compile::compile;
pub use read::schema::write as schema;

/// The files of a bank: name inside the folder, and text.
type Files = BTreeMap<String, String>;

/// Reads the folder and prints every problem in it; fails for errors, or says how much is there.
pub fn check(questions: &Path) -> Result<()> {
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
pub fn check_on_change(questions: &Path) -> Result<()> {
    watch(questions, || {
        match check(questions) {
            Ok(()) => println!("== good; waiting for a change"),
            Err(error) => println!("== {error}; waiting for a change"),
        }
        ControlFlow::Continue(())
    })
}

/// The bank as the core takes it, compiled in memory.
pub fn in_memory(questions: &Path) -> Result<(Catalog, Shards)> {
    let (catalog, compiled) = compile::compiled(&load(questions)?);
    let mut shards = Shards::default();
    for (skill, shard) in compiled.into_iter().enumerate() {
        shards.put(skill, shard);
    }
    Ok((catalog, shards))
}

/// The bank, if its items have no error. Those of the whole don't matter here: it can be asked from all the same,
/// and `stats` tells how to mend them.
fn load(questions: &Path) -> Result<rules::check::Bank> {
    let Checked { bank, problems } = checked(questions)?;
    bank.ok_or_else(|| {
        let (errors, warnings) = named(&problems);
        Error::Bank { errors, warnings }
    })
}

fn checked(questions: &Path) -> Result<Checked> {
    Ok(rules::check::check(&read(questions)?, Day::today()))
}

/// Prints all problems, and counts errors and warnings.
fn named(problems: &[Problem]) -> (usize, usize) {
    for problem in problems {
        eprintln!("{problem}");
    }
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    (errors, problems.len() - errors)
}

/// Writes lines to standard output, where another program may stop reading them.
pub(crate) fn print(text: &str) -> Result<()> {
    writeln!(std::io::stdout(), "{text}")
        .map_err(|source| Error::Write { path: "standard output".into(), source })
}
