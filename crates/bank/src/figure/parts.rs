//! A graph of parts in a grid.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    english::counted,
    figure::{
        Drawing, FigureError, Hotspot, Length, NARROW, check,
        place::{Block, Place, Room, Stroke, wide, wrapped},
        svg::{Anchor, Pen, Text, Unit},
    },
};

/// The most columns that fit.
const COLUMNS: u8 = 3;
/// The most rows that fit.
const ROWS: u8 = 5;
/// A box's height in rem: two lines of text.
const HIGH: f64 = 2.75;
/// The distance between rows in rem.
const PITCH: f64 = 5.25;

/// Parts in a grid with links between them.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Parts {
    /// The parts, drawn as boxes.
    pub(crate) parts: Vec<Part>,
    /// The links between parts, drawn as arrows.
    #[serde(default)]
    pub(crate) links: Vec<Link>,
}

/// One part: a box in a cell of the grid.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Part {
    /// The name by which links and targets refer to it, such as `lb`: unique in the figure, not drawn.
    pub(crate) name: String,
    /// The text in the box, such as `Load balancer`: at most two lines, unique in the figure. A line has room
    /// for about 9 characters if there are three columns, and for about 13 if there are two.
    pub(crate) says: String,
    /// Its column from the left, 1 to 3. Unused columns on the right aren't drawn.
    pub(crate) column: u8,
    /// Its row from the top, 1 to 5.
    pub(crate) row: u8,
}

/// An arrow from one part to another.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Link {
    /// The name of the part where the arrow starts.
    pub(crate) from: String,
    /// The name of the part where the arrow ends.
    pub(crate) to: String,
    /// A word or two beside the arrow, such as `HTTP`. Between neighbours in a row of three there is room for
    /// 4 characters.
    pub(crate) says: Option<String>,
}

impl Parts {
    pub(super) fn problems(&self) -> Vec<FigureError> {
        let mut problems = Vec::new();
        let found = &mut problems;
        check::amount("parts", self.parts.len(), usize::from(COLUMNS * ROWS), found);
        check::names("part name", 24, self.parts.iter().map(|part| part.name.as_str()), found);
        check::names("box", usize::MAX, self.parts.iter().map(|part| part.says.as_str()), found);
        for (index, part) in self.parts.iter().enumerate() {
            let of = || format!("part `{}`", part.name);
            check::range("column", of, part.column.into(), (1, COLUMNS.into()), found);
            check::range("row", of, part.row.into(), (1, ROWS.into()), found);
            let lines = self.lines(part);
            if lines.len() > 2 || lines.iter().any(|line| wide(line) > self.letters()) {
                let (what, says, place) = (of(), part.says.clone(), "two lines of its box");
                found.push(FigureError::LongText { what, says, place });
            }
            let mut earlier = self.parts.iter().take(index);
            if let Some(other) = earlier.find(|it| (it.column, it.row) == (part.column, part.row)) {
                let (first, second) = (other.name.clone(), part.name.clone());
                found.push(FigureError::SameCell { first, second, column: part.column, row: part.row });
            }
        }
        for (index, link) in self.links.iter().enumerate() {
            for name in [&link.from, &link.to] {
                let by = || format!("the link from `{}` to `{}`", link.from, link.to);
                check::known("part", name, by, self.parts.iter().map(|part| part.name.as_str()), found);
            }
            if link.from == link.to {
                found.push(FigureError::ToItself { part: link.from.clone() });
            }
            if self.links.iter().take(index).any(|it| it.from == link.from && it.to == link.to) {
                let name = format!("{} → {}", link.from, link.to);
                found.push(FigureError::Twice { what: "link", name });
            }
        }
        // Where links run only makes sense once all parts are in their places.
        if found.is_empty() {
            found.extend(self.links.iter().filter_map(|link| self.crossed(link)));
            let crowded = self.placed().into_iter().filter(|(.., readable)| !readable);
            found.extend(crowded.map(|(link, says, ..)| FigureError::NoRoom {
                what: format!("the link from `{}` to `{}`", link.from, link.to),
                says: says.to_owned(),
            }));
        }
        problems
    }

    /// The problem with a link that crosses a part.
    fn crossed(&self, link: &Link) -> Option<FigureError> {
        let stroke = self.stroke(link)?;
        let mut others = self.parts.iter().filter(|part| part.name != link.from && part.name != link.to);
        let part = others.find(|part| self.block(part).is_crossed(&stroke))?.name.clone();
        Some(FigureError::ThroughPart { from: link.from.clone(), to: link.to.clone(), part })
    }

    fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The parts row by row.
    fn in_order(&self) -> Vec<&Part> {
        let mut parts: Vec<&Part> = self.parts.iter().collect();
        parts.sort_by_key(|part| (part.row, part.column));
        parts
    }

    pub(super) fn words(&self) -> String {
        let mut sentences = vec![format!("Diagram of {} in a grid.", counted(self.parts.len(), "part"))];
        for part in self.in_order() {
            sentences.push(format!("Row {}, column {}: {}.", part.row, part.column, part.says));
        }
        let says = |name: &str| self.part(name).map_or_else(|| name.to_owned(), |part| part.says.clone());
        let links: Vec<_> = self
            .links
            .iter()
            .map(|link| {
                let label = link.says.as_ref().map(|label| format!(", “{label}”")).unwrap_or_default();
                format!("from {} to {}{label}", says(&link.from), says(&link.to))
            })
            .collect();
        sentences.push(if links.is_empty() {
            "No links.".to_owned()
        } else {
            format!("Links: {}.", links.join("; "))
        });
        sentences.join(" ")
    }

    fn columns(&self) -> u8 {
        self.parts.iter().map(|part| part.column).max().unwrap_or(1).clamp(1, COLUMNS)
    }

    /// A box's width in percent. The rest is room for the links' labels.
    fn width(&self) -> f64 {
        match self.columns() {
            1 => 56.0,
            2 => 37.0,
            _ => 26.0,
        }
    }

    /// The widest line that fits into a box, in em of its text.
    fn letters(&self) -> f64 {
        (self.width() / 100.0 * NARROW - 0.3) / 0.75
    }

    fn lines(&self, part: &Part) -> Vec<String> {
        wrapped(&part.says, self.letters())
    }

    /// The middle of a part's box.
    fn middle(&self, part: &Part) -> (f64, f64) {
        let y = 0.5 + HIGH / 2.0 + PITCH * (f64::from(part.row) - 1.0);
        if self.columns() == 1 {
            return (50.0, y);
        }
        let step = (100.0 - self.width()) / f64::from(self.columns() - 1);
        (self.width() / 2.0 + step * (f64::from(part.column) - 1.0), y)
    }

    /// A part's box.
    fn block(&self, part: &Part) -> Block {
        let ((x, y), half) = (self.middle(part), self.width() / 2.0);
        let (left, right) = (Length::percent(x - half), Length::percent(x + half));
        Block { left, right, top: y - HIGH / 2.0, bottom: y + HIGH / 2.0 }
    }

    /// A link's line from box to box: between their sides in a row, otherwise between bottom and top.
    fn stroke(&self, link: &Link) -> Option<Stroke> {
        let (from, to) = (self.part(&link.from)?, self.part(&link.to)?);
        let ((from_x, from_y), (to_x, to_y)) = (self.middle(from), self.middle(to));
        // Two links in opposite directions run side by side.
        let answered = self.links.iter().any(|it| it.from == link.to && it.to == link.from);
        let aside = if answered { 1.0 } else { 0.0 };
        if from.row == to.row {
            let way = (to_x - from_x).signum();
            let (half, y) = (self.width() / 2.0, from_y - 0.45 * aside * way);
            return Some(Stroke { from: (from_x + half * way, y), to: (to_x - half * way, y) });
        }
        let way = (to_y - from_y).signum();
        let shift = -0.24 * self.width() * aside * way;
        // Leaning towards the other end separates links of the same box.
        let lean = ((to_x - from_x) * 0.12).clamp(-0.3 * self.width(), 0.3 * self.width());
        let half = HIGH / 2.0 * way;
        Some(Stroke { from: (from_x + lean + shift, from_y + half), to: (to_x - lean + shift, to_y - half) })
    }

    /// Each link's label with its place, and whether it can be read there.
    fn placed(&self) -> Vec<(&Link, &str, Place, bool)> {
        let mut room = Room {
            taken: self.parts.iter().map(|part| self.block(part)).collect(),
            strokes: self.links.iter().filter_map(|link| self.stroke(link)).collect(),
        };
        let placed = self.links.iter().filter_map(|link| {
            let says = link.says.as_deref()?;
            let places = places(&self.stroke(link)?);
            let (place, readable) = room.take(wide(says) * 0.6875, &places)?;
            Some((link, says, place, readable))
        });
        placed.collect()
    }

    pub(super) fn draw(&self, words: &str) -> Drawing {
        let rows = self.parts.iter().map(|part| part.row).max().unwrap_or(1).clamp(1, ROWS);
        let mut pen = Pen::new(words, 1.0 + HIGH + PITCH * f64::from(rows - 1), 0.0);
        for stroke in self.links.iter().filter_map(|link| self.stroke(link)) {
            let end = |(percent, y)| (Unit::Percent(percent), y);
            pen.arrow("fig-arrow", end(stroke.from), end(stroke.to));
        }
        let mut targets = Vec::new();
        for part in self.in_order() {
            let ((x, y), width) = (self.middle(part), self.width());
            let upper = y - HIGH / 2.0;
            pen.rect("fig-box", (Unit::Percent(x - width / 2.0), upper), Unit::Percent(width), HIGH);
            let lines = self.lines(part);
            let first = y - (lines.len() as f64 - 1.0) / 2.0;
            for (index, says) in lines.iter().enumerate() {
                let (x, y, anchor) = (Unit::Percent(x), first + index as f64, Anchor::Middle);
                pen.text(&Text { says, class: "fig-label", x, dx: 0.0, y, anchor });
            }
            targets.push(Hotspot {
                name: part.name.clone(),
                label: part.says.clone(),
                left: Length::percent(x),
                top: y,
                width: Length::percent(width),
                height: HIGH,
                round: false,
            });
        }
        for (_, says, Place { percent, dx, y, anchor, .. }, _) in self.placed() {
            pen.text(&Text { says, class: "fig-link fig-over", x: Unit::Percent(percent), dx, y, anchor });
        }
        pen.done(targets)
    }
}

/// Places for a link's label: beside its line, or on it, which hides part of the line.
fn places(stroke: &Stroke) -> Vec<Place> {
    let flat = (stroke.from.1 - stroke.to.1).abs() < f64::EPSILON;
    let spots: &[(f64, f64, Anchor, usize)] = if flat {
        &[(0.0, -0.65, Anchor::Middle, 0), (0.0, 0.65, Anchor::Middle, 0)]
    } else {
        &[(0.4, 0.0, Anchor::Start, 0), (-0.4, 0.0, Anchor::End, 0), (0.0, 0.0, Anchor::Middle, 1)]
    };
    let along = [0.45, 0.35, 0.6].into_iter().map(|share| stroke.at(share));
    along
        .flat_map(|(percent, y)| {
            spots.iter().map(move |&(dx, dy, anchor, cost)| Place { percent, dx, y: y + dy, anchor, cost })
        })
        .collect()
}
