//! The result of a check as text: one line per kind of fault.

use crate::host_check::{
    checks::Checked,
    fault::{Fault, HostProblem, Severity},
};

impl Checked {
    /// Whether something is broken for readers.
    pub fn is_broken(&self) -> bool {
        self.faults.iter().any(|fault| fault.problem.severity() == Severity::Broken)
    }

    /// Whether there is no fault at all.
    pub fn is_fine(&self) -> bool {
        self.faults.is_empty()
    }

    /// The findings as text, below a name for the host.
    pub fn report(&self, name: &str) -> String {
        let mut lines = vec![name.to_owned()];
        if let Some(release) = &self.release {
            let (files, bytes) = (self.files, grouped(self.first_visit));
            lines.push(format!(
                "  release {release}, {files} files, {bytes} bytes transferred by a first visit"
            ));
        }
        for severity in [Severity::Broken, Severity::Worse] {
            for (problem, places) in by_problem(&self.faults, severity) {
                let word = match severity {
                    Severity::Broken => "broken",
                    Severity::Worse => "worse ",
                };
                lines.push(format!(
                    "  {word}  {} {problem}\n          {}",
                    where_it_is(&places),
                    problem.fix()
                ));
            }
        }
        if self.is_fine() {
            lines.push("  fine".to_owned());
        }
        lines.join("\n")
    }
}

/// Each problem once, with all its addresses, in the order in which they were found.
fn by_problem(faults: &[Fault], severity: Severity) -> Vec<(&HostProblem, Vec<&str>)> {
    let mut found: Vec<(&HostProblem, Vec<&str>)> = Vec::new();
    for fault in faults.iter().filter(|fault| fault.problem.severity() == severity) {
        match found.iter_mut().find(|(problem, _)| **problem == fault.problem) {
            Some((_, places)) => places.push(&fault.at),
            None => found.push((&fault.problem, vec![&fault.at])),
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

    fn found(at: &str, problem: HostProblem) -> Fault {
        Fault { at: at.to_owned(), problem }
    }

    #[test]
    fn broken_faults_come_first_and_each_problem_once() {
        let faults = vec![
            found("a.js", HostProblem::Uncompressed),
            found("b.js", HostProblem::Uncompressed),
            found("", HostProblem::Slashless { status: 200 }),
        ];
        let checked = Checked { faults, release: Some("0a".to_owned()), files: 2, first_visit: 1_234_567 };
        let text = checked.report("http://localhost/x/");
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(
            lines[..2],
            ["http://localhost/x/", "  release 0a, 2 files, 1,234,567 bytes transferred by a first visit"]
        );
        assert!(lines[2].starts_with("  broken  the site without its final slash"), "{text}");
        assert!(lines[4].starts_with("  worse   `a.js` and 1 more: each is not compressed"), "{text}");
        assert_eq!(lines.len(), 6, "{text}");
        assert!(checked.is_broken() && !checked.is_fine());
    }

    #[test]
    fn a_host_without_faults_is_fine() {
        let checked =
            Checked { faults: Vec::new(), release: Some("0a".to_owned()), files: 1, first_visit: 12 };
        assert!(checked.report("Host").ends_with("\n  fine") && checked.is_fine() && !checked.is_broken());
    }
}
