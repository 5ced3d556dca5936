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

/// Checks the bank now and after each change in the folder, and passes each result to `report`. It ends only
/// if the folder can no longer be watched.
pub fn check_on_change(questions: &Path, mut report: impl FnMut(Result<String>)) -> Result<()> {
    watch(questions, || {
        report(check(questions));
        ControlFlow::Continue(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::folder::tests::{copy_of_good_bank, good_bank};
    use std::fs;

    #[test]
    fn a_good_bank_has_a_summary_and_a_bad_one_a_line_per_problem() {
        let summary = check(&good_bank()).unwrap();
        assert!(summary.contains("10 items on 1 skill, 1 source, 1 misconception: no errors, "), "{summary}");

        let copy = copy_of_good_bank();
        let path = copy.path().join("tides.toml");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replacen("level = 1\n", "level = 6\n", 1)).unwrap();
        let error = check(copy.path()).unwrap_err().to_string();
        assert!(error.starts_with("the bank has 1 error and "), "{error}");
        assert!(error.contains("\nerror: questions/tides.toml:6: level 6 does not exist"), "{error}");
    }
}
