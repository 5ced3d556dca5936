//! Checking a folder of questions.

use std::{ops::ControlFlow, path::Path};

use crate::{commands::watch::watch, english::counted, error::Result, rules::check::checked};

/// Checks the bank and returns its warnings and a summary. Fails if there are errors.
pub fn check(questions: &Path) -> Result<String> {
    let checked = checked(questions)?;
    let Some(bank) = checked.bank.as_ref().filter(|_| checked.errors() == 0) else {
        return Err(checked.error());
    };
    let mut lines = checked.lines();
    lines.push(format!(
        "{} on {}, {}, {}: no errors, {}",
        counted(bank.items().count(), "item"),
        counted(bank.skills.len(), "skill"),
        counted(bank.sources.len(), "source"),
        counted(bank.misconceptions.len(), "misconception"),
        counted(checked.problems.len(), "warning")
    ));
    Ok(lines.join("\n"))
}

/// Checks the bank now and after each change in the folder, and passes each result to `report`. It ends only if the
/// folder can no longer be watched.
pub fn check_on_change(questions: &Path, mut report: impl FnMut(Result<String>)) -> Result<()> {
    watch(questions, || {
        report(check(questions));
        ControlFlow::Continue(())
    })
}
