//! Reading TOML so that one check finds every mistake, each with its line.

mod bank_file;
mod convert;

use std::ops::Range;

use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

use crate::{
    problem::Malformed,
    text::{At, Text, words::is_visible},
};
use convert::{boolean, decimal, described, hundredths, integer, string};

pub(crate) use bank_file::BankFile;
pub(crate) use convert::numbers;

/// The fields of one table. Each is read once; fields that nobody reads are reported as unknown.
pub(crate) struct Fields<'a> {
    pub(crate) file: &'a BankFile<'a>,
    /// What the table describes, with an article: "an item".
    of: &'static str,
    /// Where the table starts.
    pub(crate) line: usize,
    table: &'a DeTable<'a>,
    known: Vec<&'static str>,
    /// Whether fields that nobody reads are allowed.
    allows_rest: bool,
}

impl<'a> Fields<'a> {
    fn read<T>(
        file: &BankFile<'_>,
        of: &'static str,
        line: usize,
        table: &DeTable<'_>,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> T {
        let mut fields = Fields { file, of, line, table, known: Vec::new(), allows_rest: false };
        let value = read(&mut fields);
        for (key, _) in table {
            let field = key.get_ref();
            if !fields.allows_rest && !fields.known.contains(&field.as_ref()) {
                let known = fields.known.clone();
                let found = Malformed::UnknownField { field: field.to_string(), of, known };
                file.report(file.line(key.span().start), found);
            }
        }
        value
    }

    fn missing(&self, field: &'static str) {
        self.file.report(self.line, Malformed::MissingField { field, of: self.of });
    }

    fn wrong_type(&self, value: &Spanned<DeValue<'_>>, field: &str, wanted: &'static str) {
        let (field, found) = (field.to_owned(), described(value.get_ref()));
        self.file.report(self.file.line(value.span().start), Malformed::WrongType { field, wanted, found });
    }

    /// A value that may be absent.
    fn optional<T>(
        &mut self,
        name: &'static str,
        wanted: &'static str,
        convert: impl FnOnce(&DeValue<'_>) -> Option<T>,
    ) -> Option<At<T>> {
        let file = self.file;
        self.known.push(name);
        let value = self.table.get(name)?;
        let converted = convert(value.get_ref());
        if converted.is_none() {
            self.wrong_type(value, name, wanted);
        }
        Some(At { value: converted?, line: file.line(value.span().start) })
    }

    /// A value that must be present.
    fn required<T>(
        &mut self,
        name: &'static str,
        wanted: &'static str,
        convert: impl FnOnce(&DeValue<'_>) -> Option<T>,
    ) -> Option<At<T>> {
        if self.table.get(name).is_none() {
            self.known.push(name);
            self.missing(name);
            return None;
        }
        self.optional(name, wanted, convert)
    }

    /// A string. If it is missing or has the wrong type, that is reported and the string is empty, which the
    /// rules ignore.
    pub(crate) fn text(&mut self, name: &'static str) -> At<String> {
        let text = self.required(name, "a string in quotes", string);
        text.map_or(At { value: String::new(), line: self.line }, |text| self.not_empty(name, text))
    }

    /// A string that may be absent, but not empty.
    pub(crate) fn optional_text(&mut self, name: &'static str) -> Option<At<String>> {
        let text = self.optional(name, "a string in quotes", string)?;
        Some(self.not_empty(name, text))
    }

    /// Reports a string in which a reader sees nothing, and empties it.
    fn not_empty(&self, field: &'static str, mut text: At<String>) -> At<String> {
        if !is_visible(&text.value) {
            self.file.report(text.line, Malformed::Empty { field, of: self.of });
            text.value.clear();
        }
        text
    }

    /// Markdown. It is also reported as empty if nothing but markup is in it.
    pub(crate) fn markdown(&mut self, name: &'static str) -> Text {
        let text = Text::from(self.text(name));
        if text.value.is_empty() || text.prose().is_visible {
            return text;
        }
        self.not_empty(name, At { value: String::new(), line: text.line }).into()
    }

    /// A whole number. If it is missing or has the wrong type, that is reported and it is `otherwise`.
    pub(crate) fn number(&mut self, name: &'static str, otherwise: i64) -> At<i64> {
        let line = self.line;
        self.required(name, "a whole number", integer).unwrap_or(At { value: otherwise, line })
    }

    /// A number with or without decimals. If it is missing or has the wrong type, that is reported and it is
    /// 0.
    pub(crate) fn decimal(&mut self, name: &'static str) -> At<f64> {
        let line = self.line;
        self.required(name, "a number such as 18.2", decimal).unwrap_or(At { value: 0.0, line })
    }

    /// A number in hundredths: 75 for 0.75. If it is missing or has the wrong type, that is reported and it
    /// is 0.
    pub(crate) fn hundredths(&mut self, name: &'static str) -> At<i64> {
        let line = self.line;
        self.required(name, "a number such as 0.75", hundredths).unwrap_or(At { value: 0, line })
    }

    pub(crate) fn flag(&mut self, name: &'static str) -> bool {
        self.optional(name, "true or false", boolean).is_some_and(|flag| flag.value)
    }

    /// A day such as 2026-11-23. If it is missing or has the wrong type, that is reported and it is empty.
    pub(crate) fn day(&mut self, name: &'static str) -> At<String> {
        let line = self.line;
        let day = self.required(name, "a day such as 2026-11-23", |value| {
            let day = value.as_datetime()?;
            (day.date.is_some() && day.time.is_none()).then(|| day.to_string())
        });
        day.unwrap_or(At { value: String::new(), line })
    }

    /// A list of strings. If it is missing or has the wrong type, that is reported and it is empty.
    pub(crate) fn texts(&mut self, name: &'static str) -> Vec<At<String>> {
        let Some(list) = self.elements(name, "a list of strings") else { return Vec::new() };
        let mut texts = Vec::new();
        for value in list {
            match string(value.get_ref()) {
                Some(text) => texts.push(At { value: text, line: self.file.line(value.span().start) }),
                None => self.wrong_type(value, name, "a list of strings"),
            }
        }
        texts
    }

    fn elements(&mut self, name: &'static str, wanted: &'static str) -> Option<&'a DeArray<'a>> {
        self.known.push(name);
        let Some(value) = self.table.get(name) else {
            self.missing(name);
            return None;
        };
        let array = value.get_ref().as_array();
        if array.is_none() {
            self.wrong_type(value, name, wanted);
        }
        array
    }

    /// A list of tables, `[[name]]`. `of` says what each of them describes.
    pub(crate) fn tables<T>(
        &mut self,
        name: &'static str,
        of: &'static str,
        mut read: impl FnMut(&mut Fields<'_>) -> T,
    ) -> Vec<T> {
        let file = self.file;
        let Some(list) = self.elements(name, "a list of tables") else { return Vec::new() };
        let mut values = Vec::new();
        for value in list {
            match value.get_ref().as_table() {
                Some(table) => {
                    let line = file.line(value.span().start);
                    values.push(Fields::read(file, of, line, table, &mut read));
                }
                None => self.wrong_type(value, name, "a table"),
            }
        }
        values
    }

    /// A list of tables that may be absent.
    pub(crate) fn optional_tables<T>(
        &mut self,
        name: &'static str,
        of: &'static str,
        read: impl FnMut(&mut Fields<'_>) -> T,
    ) -> Vec<T> {
        if self.table.contains_key(name) {
            self.tables(name, of, read)
        } else {
            self.known.push(name);
            Vec::new()
        }
    }

    /// One table, `[name]`.
    pub(crate) fn table<T>(
        &mut self,
        name: &'static str,
        of: &'static str,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<T> {
        self.known.push(name);
        let Some(value) = self.table.get(name) else {
            self.missing(name);
            return None;
        };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(value, name, "a table");
            return None;
        };
        let line = self.file.line(value.span().start);
        Some(Fields::read(self.file, of, line, table, read))
    }

    /// A table that may be absent.
    pub(crate) fn optional_table<T>(
        &mut self,
        name: &'static str,
        of: &'static str,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<T> {
        if self.table.contains_key(name) {
            self.table(name, of, read)
        } else {
            self.known.push(name);
            None
        }
    }

    /// A value of any type that may be absent. If it is invalid, that is reported and it is `None`.
    pub(crate) fn optional_value<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<At<T>> {
        let file = self.file;
        self.known.push(name);
        let value = self.table.get(name)?;
        let line = |span: Option<Range<usize>>| file.line(span.map_or(value.span().start, |span| span.start));
        match T::deserialize(value.clone().into_deserializer()) {
            Ok(read) => Some(At { value: read, line: line(None) }),
            Err(error) => {
                let mistake = Malformed::BadValue { field: name, why: error.message().to_owned() };
                file.report(line(error.span()), mistake);
                None
            }
        }
    }

    /// Allows fields that nobody reads, for a table whose fields can't be known.
    pub(crate) fn allow_rest(&mut self) {
        self.allows_rest = true;
    }
}
