//! One file of the bank.

use std::cell::RefCell;

use toml::de::DeTable;

use crate::{
    problem::{Finding, Malformed, Problem},
    read::fields::Fields,
};

/// One file of the bank and the problems found in it so far.
#[derive(Debug)]
pub(crate) struct BankFile<'a> {
    pub(crate) name: &'a str,
    /// `None` if the file is missing.
    pub(crate) text: Option<&'a str>,
    /// Where its lines end. Every value asks for its line, and counting from the start would take seconds in
    /// a full bank.
    line_ends: Vec<usize>,
    problems: RefCell<Vec<Problem>>,
}

impl<'a> BankFile<'a> {
    pub(crate) fn new(name: &'a str, text: Option<&'a str>) -> Self {
        let line_ends = text.unwrap_or_default().match_indices('\n').map(|(at, _)| at).collect();
        let file = Self { name, text, line_ends, problems: RefCell::default() };
        // U+FFFD: bytes that aren't UTF-8, or were already replaced by the author's editor.
        if let Some(at) = text.and_then(|text| text.find(char::REPLACEMENT_CHARACTER)) {
            file.report(file.line(at), Malformed::NotUtf8);
        }
        file
    }

    /// Passes the file's table to `read`. If the file is missing or isn't TOML, only that is reported.
    pub(crate) fn read<T: Default>(&self, of: &'static str, read: impl FnOnce(&mut Fields<'_>) -> T) -> T {
        let Some(text) = self.text else {
            self.report(1, Malformed::MissingFile);
            return T::default();
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let line = self.line(error.span().map_or(0, |span| span.start));
            self.report(line, Malformed::NotToml(error.message().to_owned()));
        }
        if errors.is_empty() { Fields::read(self, of, 1, table.get_ref(), read) } else { T::default() }
    }

    pub(crate) fn report(&self, line: usize, found: impl Into<Finding>) {
        self.problems.borrow_mut().push(Problem { file: self.name.to_owned(), line, found: found.into() });
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    pub(super) fn line(&self, offset: usize) -> usize {
        self.line_ends.partition_point(|end| *end < offset) + 1
    }
}
