//! How long the check of a large bank takes.

use std::{path::Path, time::Instant};

use crate::{
    error::Result,
    read::{day::Day, folder},
    rules::check::check,
};

/// Returns how long the check of a thousand items takes. They are copies of the shipped items with other ids,
/// the worst case for the search for similar items.
pub fn time_check(questions: &Path) -> Result<String> {
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
    Ok(format!("bank check of {items} items: {:.2} s, {found} problems", start.elapsed().as_secs_f64()))
}
