//! How long the check of a large bank takes.

use std::{path::Path, time::Instant};

use crate::{
    error::Result,
    read::{day::Day, folder},
    rules::check::check,
};

/// Prints how long the check of a thousand items takes: the shipped ones again and again, under other ids. Copies are
/// alike, which is the most work that finding likeness can have.
pub fn time_check(questions: &Path) -> Result<()> {
    let mut files = folder::read(questions)?;
    let mut items = 0;
    for (_, text) in
        files.iter_mut().filter(|(name, text)| *name != "README.md" && text.contains("\n[[item]]\n"))
    {
        let once = text.clone();
        for copy in 1..11 {
            let renamed = |line: &str| {
                let id = line.strip_prefix("id = \"").and_then(|id| id.strip_suffix('"'));
                let numbered = id.and_then(|id| {
                    let (prefix, number) = id.split_once('-')?;
                    Some((prefix, number.parse::<u32>().ok()? + 50 * copy))
                });
                match numbered {
                    Some((prefix, number)) => format!("id = \"{prefix}-{number:03}\"\n"),
                    None => format!("{line}\n"),
                }
            };
            text.extend(once.lines().skip(1).map(renamed));
        }
        items += text.matches("\n[[item]]\n").count();
    }
    let start = Instant::now();
    let found = check(&files, Day::today()).problems.len();
    println!("bank check of {items} items: {:.2} s, {found} found", start.elapsed().as_secs_f64());
    Ok(())
}
