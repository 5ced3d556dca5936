//! Operations as intervals, as in drawings of concurrent histories.

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

/// The latest time.
const LATEST: u8 = 20;
/// The most lanes that fit.
const LANES: usize = 6;
/// Where time 0 is, in percent. The lanes' names are to the left.
const ZERO: f64 = 15.0;
/// Where the latest used time is, in percent.
const END: f64 = 99.0;
/// The distance between lanes in rem.
const PITCH: f64 = 3.0;
/// A bar's height in rem.
const BAR: f64 = 2.0;

/// Operations as intervals in time, which runs to the right. Each client has a lane.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Timeline {
    /// The lanes' names from top to bottom: at most 6 names of at most 4 characters.
    pub(crate) lanes: Vec<String>,
    /// What is done in the lanes.
    pub(crate) operations: Vec<Operation>,
}

/// Something that takes time, drawn as a bar from its start to its end.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Operation {
    /// The name by which a target refers to it, such as `w1`: unique in the figure, not drawn.
    pub(crate) name: String,
    /// The name of its lane.
    pub(crate) on: String,
    /// When it starts, 0 to 20. Not exactly when another one ends.
    pub(crate) from: u8,
    /// When it ends, after its start and at most 20.
    pub(crate) to: u8,
    /// The text in the bar, such as `write 1`.
    pub(crate) says: String,
}

impl Timeline {
    pub(super) fn problems(&self) -> Vec<FigureError> {
        let mut problems = Vec::new();
        let found = &mut problems;
        check::amount("lanes", self.lanes.len(), LANES, found);
        check::amount("operations", self.operations.len(), usize::from(LATEST) * LANES, found);
        check::names("lane name", 4, self.lanes.iter().map(String::as_str), found);
        check::names("operation name", 16, self.operations.iter().map(|it| it.name.as_str()), found);
        for operation in &self.operations {
            let by = || format!("operation `{}`", operation.name);
            check::known("lane", &operation.on, by, self.lanes.iter().map(String::as_str), found);
            check::range("start", by, operation.from.into(), (0, LATEST.into()), found);
            check::range("end", by, operation.to.into(), (0, LATEST.into()), found);
            if operation.from >= operation.to {
                found.push(FigureError::Backwards { operation: operation.name.clone() });
            } else if operation.says.trim().is_empty() {
                found.push(FigureError::NoName { what: "bar" });
            } else {
                let least = self.least(&operation.says);
                if operation.to - operation.from < least {
                    let (operation, says) = (operation.name.clone(), operation.says.clone());
                    found.push(FigureError::ShortBar { operation, says, least });
                }
            }
        }
        for first in &self.operations {
            for second in self.operations.iter().filter(|it| it.name != first.name) {
                let (one, other) = (first.name.clone(), second.name.clone());
                // If two start together, their names decide, so that each pair is reported once.
                let before = (first.from, &first.name) < (second.from, &second.name);
                if first.on == second.on && before && second.from < first.to {
                    found.push(FigureError::Overlap { first: one, second: other, lane: first.on.clone() });
                } else if first.to == second.from {
                    found.push(FigureError::Touch { first: one, second: other, at: first.to });
                }
            }
        }
        problems
    }

    /// How long a bar must be in the narrowest picture to fit its text and to be pointed at.
    fn least(&self, says: &str) -> u8 {
        let room = (wide(says) * 0.75 + 0.25).max(1.5);
        let one = (END - ZERO) / 100.0 * NARROW / self.latest();
        (room / one).ceil() as u8
    }

    fn latest(&self) -> f64 {
        self.operations.iter().map(|operation| operation.to).max().unwrap_or(1).max(1).into()
    }

    fn x(&self, time: u8) -> f64 {
        ZERO + (END - ZERO) * f64::from(time) / self.latest()
    }

    /// The operations of a lane in order of time.
    fn on(&self, lane: &str) -> Vec<&Operation> {
        let mut operations: Vec<_> =
            self.operations.iter().filter(|operation| operation.on == lane).collect();
        operations.sort_by_key(|operation| operation.from);
        operations
    }

    pub(super) fn words(&self) -> String {
        let lanes = counted(self.lanes.len(), "lane");
        let mut sentences = vec![format!("Operations over time in {lanes}; time runs to the right.")];
        for lane in &self.lanes {
            let operations: Vec<_> = self
                .on(lane)
                .iter()
                .map(|operation| format!("{} from {} to {}", operation.says, operation.from, operation.to))
                .collect();
            let operations =
                if operations.is_empty() { "nothing".to_owned() } else { operations.join(", then ") };
            sentences.push(format!("{lane}: {operations}."));
        }
        sentences.join(" ")
    }

    pub(super) fn draw(&self, words: &str) -> Drawing {
        let height = PITCH * self.lanes.len() as f64;
        let mut pen = Pen::new(words, height + 1.25, 0.0);
        let mut targets = Vec::new();
        for (index, lane) in self.lanes.iter().enumerate() {
            let y = PITCH * (index as f64 + 0.5);
            pen.line("fig-lane", (Unit::Percent(ZERO - 1.0), y), (Unit::Percent(100.0), y));
            pen.row_name(lane, y);
            for operation in self.on(lane) {
                let (start, end) = (self.x(operation.from), self.x(operation.to));
                let (width, middle) = ((end - start).max(0.0), f64::midpoint(start, end));
                pen.rect("fig-box", (Unit::Percent(start), y - BAR / 2.0), Unit::Percent(width), BAR);
                pen.text(&Text {
                    says: &operation.says,
                    class: "fig-label",
                    x: Unit::Percent(middle),
                    dx: 0.0,
                    y,
                    anchor: Anchor::Middle,
                });
                targets.push(Hotspot {
                    name: operation.name.clone(),
                    label: format!("{lane}: {}, {} to {}", operation.says, operation.from, operation.to),
                    left: Length::percent(middle),
                    top: y,
                    width: Length::percent(width),
                    height: BAR,
                    round: false,
                });
            }
        }
        pen.time(height + 0.6);
        pen.done(targets)
    }
}
