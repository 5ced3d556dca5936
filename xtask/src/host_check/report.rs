//! What was found, for a person: a section a host, a line a kind of mistake.

use sextant_bank::counted;

use crate::{
    error::Result,
    host_check::{
        checks::Checked,
        finding::{Finding, Problem, Severity},
    },
    run,
};

/// Prints the section of a host, and tells whether something is broken there.
pub(crate) fn print(name: &str, address: &str, checked: &Checked) -> Result<bool> {
    run::print(&section(name, address, checked))?;
    Ok(checked.findings.iter().any(|finding| finding.problem.severity() == Severity::Broken))
}

fn section(name: &str, address: &str, checked: &Checked) -> String {
    let title = if name == address { name.to_owned() } else { format!("{name}, {address}") };
    let mut lines = vec![format!("\n{title}")];
    if let Some(release) = &checked.release {
        let (files, bytes) = (counted(checked.files, "file"), grouped(checked.first_visit));
        lines.push(format!("  release {release}, {files}, {bytes} bytes over the wire for a first visit"));
    }
    for severity in [Severity::Broken, Severity::Worse] {
        for (problem, places) in by_problem(&checked.findings, severity) {
            let word = match severity {
                Severity::Broken => "broken",
                Severity::Worse => "worse ",
            };
            lines.push(format!("  {word}  {} {problem}\n          {}", where_it_is(&places), problem.mend()));
        }
    }
    if checked.findings.is_empty() {
        lines.push("  fine".to_owned());
    }
    lines.join("\n")
}

/// Each problem once, with the places that have it, in the order in which they were found.
fn by_problem(findings: &[Finding], severity: Severity) -> Vec<(&Problem, Vec<&str>)> {
    let mut found: Vec<(&Problem, Vec<&str>)> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.problem.severity() == severity) {
        match found.iter_mut().find(|(problem, _)| **problem == finding.problem) {
            Some((_, places)) => places.push(&finding.at),
            None => found.push((&finding.problem, vec![&finding.at])),
        }
    }
    found
}

fn where_it_is(places: &[&str]) -> String {
    match places {
        [] | [""] => "the site".to_owned(),
        [place] => format!("`{place}`"),
        [first, rest @ ..] => format!("`{first}` and {} more: each", rest.len()),
    }
}

/// 1,234,567.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(at: &str, problem: Problem) -> Finding {
        Finding { at: at.to_owned(), problem }
    }

    #[test]
    fn what_is_broken_comes_first_and_each_mistake_once() {
        let findings = vec![
            found("a.js", Problem::Uncompressed),
            found("b.js", Problem::Uncompressed),
            found("", Problem::Slashless { status: 200 }),
        ];
        let checked = Checked { findings, release: Some("0a".to_owned()), files: 2, first_visit: 1_234_567 };
        let text = section("Host", "http://localhost/x/", &checked);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(
            lines[1..3],
            [
                "Host, http://localhost/x/",
                "  release 0a, 2 files, 1,234,567 bytes over the wire for a first visit"
            ]
        );
        assert!(lines[3].starts_with("  broken  the site answers without its slash"), "{text}");
        assert!(lines[5].starts_with("  worse   `a.js` and 1 more: each is not compressed"), "{text}");
        assert_eq!(lines.len(), 7, "{text}");
    }

    #[test]
    fn a_host_without_a_mistake_is_fine() {
        let checked =
            Checked { findings: Vec::new(), release: Some("0a".to_owned()), files: 1, first_visit: 12 };
        assert!(section("Host", "Host", &checked).ends_with("\n  fine"));
    }
}
