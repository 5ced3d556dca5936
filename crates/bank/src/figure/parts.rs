//! A graph of parts in a grid.

use serde::Deserialize;

use crate::figure::{
    Drawing, FigureError, Length, NARROW, Spot, check, count,
    place::{Block, Place, Room, Stroke, wide, wrapped},
    svg::{Anchor, Pen, Text, Unit},
};
use sextant::quiz::order;

/// Columns that there is room for.
const COLUMNS: u8 = 3;
/// Rows that there is room for.
const ROWS: u8 = 5;
/// A box's height, in rem: two lines of text.
const HIGH: f64 = 2.75;
/// From one row to the next, in rem.
const PITCH: f64 = 5.25;

/// Parts in a grid with links between them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[derive(schemars::JsonSchema)]
pub struct Parts {
    /// The parts: boxes.
    pub parts: Vec<Part>,
    /// The links between them, if there are any: arrows.
    #[serde(default)]
    pub links: Vec<Link>,
}

/// One part: a box in a cell of the grid.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[derive(schemars::JsonSchema)]
pub struct Part {
    /// Its name, by which links and targets refer to it, such as `lb`: once in the figure. It is not drawn.
    pub name: String,
    /// What is drawn in the box, such as `Load balancer`: at most two lines, once in the figure. With three
    /// columns a line has about 9 letters, with two about 13.
    pub says: String,
    /// Its column from the left, 1 to 3. Only as many are drawn as are used.
    pub column: u8,
    /// Its row from the top, 1 to 5.
    pub row: u8,
}

/// An arrow from one part to another.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[derive(schemars::JsonSchema)]
pub struct Link {
    /// The name of the part where it starts.
    pub from: String,
    /// The name of the part where it ends.
    pub to: String,
    /// What is drawn beside it, if anything, such as `HTTP`: a word or two. Between neighbours in a row of
    /// three there is room for 4 letters.
    pub says: Option<String>,
}

impl Parts {
    pub(super) fn problems(&self) -> Vec<FigureError> {
        let mut problems = Vec::new();
        let found = &mut problems;
        check::amount("parts", self.parts.len(), usize::from(COLUMNS * ROWS), found);
        check::names("part", 24, self.parts.iter().map(|part| part.name.as_str()), found);
        check::names("part's text", usize::MAX, self.parts.iter().map(|part| part.says.as_str()), found);
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
        // Where links go only makes sense when all is where it belongs.
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

    /// The problem of a link that runs through a part.
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
        order::by_largest(self.parts.iter().collect(), |part| {
            -(f64::from(part.row) * f64::from(COLUMNS + 1) + f64::from(part.column))
        })
    }

    pub(super) fn words(&self) -> String {
        let mut sentences = vec![format!("Diagram of {} in a grid.", count(self.parts.len(), "part"))];
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

    /// A box's width in percent. The rest is for the links' labels.
    fn width(&self) -> f64 {
        match self.columns() {
            1 => 56.0,
            2 => 37.0,
            _ => 26.0,
        }
    }

    /// How wide a line of a box may be, in em of its text.
    fn letters(&self) -> f64 {
        (self.width() / 100.0 * NARROW - 0.3) / 0.75
    }

    fn lines(&self, part: &Part) -> Vec<String> {
        wrapped(&part.says, self.letters())
    }

    /// The middle of a part.
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

    /// From edge to edge: along a row between the sides, otherwise between bottom and top.
    fn stroke(&self, link: &Link) -> Option<Stroke> {
        let (from, to) = (self.part(&link.from)?, self.part(&link.to)?);
        let ((from_x, from_y), (to_x, to_y)) = (self.middle(from), self.middle(to));
        // A link and its answer run side by side.
        let answered = self.links.iter().any(|it| it.from == link.to && it.to == link.from);
        let aside = if answered { 1.0 } else { 0.0 };
        if from.row == to.row {
            let way = (to_x - from_x).signum();
            let (half, y) = (self.width() / 2.0, from_y - 0.45 * aside * way);
            return Some(Stroke { from: (from_x + half * way, y), to: (to_x - half * way, y) });
        }
        let way = (to_y - from_y).signum();
        let shift = -0.24 * self.width() * aside * way;
        // Leaning to the other end keeps links apart that share a box.
        let lean = ((to_x - from_x) * 0.12).clamp(-0.3 * self.width(), 0.3 * self.width());
        let half = HIGH / 2.0 * way;
        Some(Stroke { from: (from_x + lean + shift, from_y + half), to: (to_x - lean + shift, to_y - half) })
    }

    /// Each label of a link with its place, and whether it can be read there.
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
            targets.push(Spot {
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

/// Where a link's label may be: beside it, or on it, which breaks the line.
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
