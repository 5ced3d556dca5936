//! Replicated logs, as in drawings of consensus protocols.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    english::counted,
    figure::{
        Drawing, FigureError, Hotspot, Length, NARROW, check,
        place::wide,
        svg::{Anchor, Pen, Text, Unit},
    },
};

/// The most servers that fit.
const SERVERS: usize = 6;
/// The most entries that fit in a row.
const ENTRIES: usize = 8;
/// Where the entries start, in percent. The servers' names are to the left.
const START: f64 = 14.0;
/// An entry's height in rem.
const CELL: f64 = 2.25;
/// The gap between entries in percent.
const GAP: f64 = 0.7;

/// Replicated logs: one row per server, one column per index.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Log {
    /// The servers' logs from top to bottom, at most 6.
    pub(crate) rows: Vec<Row>,
    /// The last index that is marked as committed. Without it, none is marked.
    pub(crate) committed: Option<u8>,
}

/// One server's log.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Row {
    /// The server's name, such as `S1`: at most 4 characters, unique in the figure.
    pub(crate) name: String,
    /// What its entries say from index 1, usually their terms: at most 8 entries of at most 4 characters. A
    /// target refers to the third entry of `S1` as `S1.3`.
    pub(crate) entries: Vec<String>,
    /// A note on the server below its log, such as `leader, term 4`.
    pub(crate) note: Option<String>,
}

impl Log {
    pub(super) fn problems(&self) -> Vec<FigureError> {
        let mut problems = Vec::new();
        let found = &mut problems;
        check::amount("servers", self.rows.len(), SERVERS, found);
        check::amount("log entries", self.columns(), usize::MAX, found);
        check::names("server name", 4, self.rows.iter().map(|row| row.name.as_str()), found);
        for row in &self.rows {
            if row.entries.len() > ENTRIES {
                let (what, found_here) = ("entries in one log", row.entries.len());
                found.push(FigureError::TooMany { what, found: found_here, most: ENTRIES });
            }
            for (says, index) in row.entries.iter().zip(1..) {
                let what = format!("`{}.{index}`", row.name);
                let room = (self.cell() - GAP) / 100.0 * NARROW;
                if says.trim().is_empty() {
                    found.push(FigureError::NoName { what: "log entry" });
                } else if says.chars().count() > 4 || wide(says) * 0.75 > room {
                    found.push(FigureError::LongText { what, says: says.clone(), place: "an entry" });
                }
            }
            if let Some(note) = &row.note
                && wide(note) * 0.75 > (100.0 - START) / 100.0 * NARROW
            {
                let (what, says) = (format!("server `{}`", row.name), note.clone());
                found.push(FigureError::LongText { what, says, place: "one line on a small screen" });
            }
        }
        if let Some(index) = self.committed {
            let most = u16::try_from(self.columns()).unwrap_or(u16::MAX);
            check::range("index", || "`committed`".to_owned(), index.into(), (1, most), found);
        }
        problems
    }

    /// How many entries the longest log has.
    fn columns(&self) -> usize {
        self.rows.iter().map(|row| row.entries.len()).max().unwrap_or(0)
    }

    /// An entry's width in percent. A few entries don't fill the picture.
    fn cell(&self) -> f64 {
        (100.0 - START) / self.columns().max(6) as f64
    }

    pub(super) fn words(&self) -> String {
        let mut sentences = vec![format!("Logs of {}.", counted(self.rows.len(), "server"))];
        for row in &self.rows {
            let entries: Vec<_> = row
                .entries
                .iter()
                .zip(1..)
                .map(|(entry, index)| format!("{entry} at index {index}"))
                .collect();
            let entries = if entries.is_empty() { "empty".to_owned() } else { entries.join(", ") };
            let note = row.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
            sentences.push(format!("{}{note}: {entries}.", row.name));
        }
        if let Some(index) = self.committed {
            sentences.push(format!("Marked as committed: up to index {index}."));
        }
        sentences.join(" ")
    }

    pub(super) fn draw(&self, words: &str) -> Drawing {
        let columns = self.columns();
        let cell = self.cell();
        let middle = |index: usize| START + cell * (index as f64 - 0.5);
        let header = if self.committed.is_some() { 1.9 } else { 0.6 };
        let notes = self.rows.iter().any(|row| row.note.is_some());
        let pitch = if notes { CELL + 1.75 } else { CELL + 0.75 };
        let top = header + 0.95;
        let height = top + pitch * self.rows.len() as f64;

        let mut pen = Pen::new(words, height, 0.0);
        let soft = |says: &str, x: f64, y: f64, anchor: Anchor, pen: &mut Pen| {
            let class = "fig-soft fig-over";
            pen.text(&Text { says, class, x: Unit::Percent(x), dx: 0.0, y, anchor });
        };
        soft("index", 0.0, header, Anchor::Start, &mut pen);
        for index in 1..=columns {
            soft(&index.to_string(), middle(index), header, Anchor::Middle, &mut pen);
        }
        let committed = usize::from(self.committed.unwrap_or(0)).min(columns);
        if committed > 0 {
            let end = START + cell * committed as f64;
            soft("committed", START, 0.5, Anchor::Start, &mut pen);
            pen.line("fig-limit", (Unit::Percent(START), 1.2), (Unit::Percent(end), 1.2));
            pen.line("fig-limit fig-dashed", (Unit::Percent(end), 1.2), (Unit::Percent(end), height - 0.3));
        }
        let mut targets = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let upper = top + pitch * at as f64;
            let y = upper + CELL / 2.0;
            pen.row_name(&row.name, y);
            for (says, index) in row.entries.iter().zip(1..) {
                let (x, width) = (middle(index) - (cell - GAP) / 2.0, cell - GAP);
                let class = if index <= committed { "fig-box" } else { "fig-box fig-open" };
                pen.rect(class, (Unit::Percent(x), upper), Unit::Percent(width), CELL);
                let x = Unit::Percent(middle(index));
                pen.text(&Text { says, class: "fig-label", x, dx: 0.0, y, anchor: Anchor::Middle });
                targets.push(Hotspot {
                    name: format!("{}.{index}", row.name),
                    label: format!("{}, index {index}: {says}", row.name),
                    left: Length::percent(middle(index)),
                    top: y,
                    width: Length::percent(width),
                    height: CELL,
                    round: false,
                });
            }
            if row.entries.is_empty() {
                soft("empty", START, y, Anchor::Start, &mut pen);
            }
            if let Some(note) = &row.note {
                soft(note, START, upper + CELL + 0.65, Anchor::Start, &mut pen);
            }
        }
        pen.done(targets)
    }
}
