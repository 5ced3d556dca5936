//! Figures of questions: five shapes that an author writes as data, checked, put into words and drawn.
//!
//! A drawing has no view box: across, everything is a share of the width; down, it is in em of the page's
//! text. So it fills any width while its text keeps its size and grows with the reader's.

use std::fmt;

use serde::Deserialize;

mod check;
mod error;
mod log;
mod parts;
mod place;
mod ring;
mod space_time;
mod svg;
#[cfg(test)]
mod tests;
mod timeline;

pub use error::FigureError;
pub use log::{Log, Row};
pub use parts::{Link, Part, Parts};
pub use ring::{Mark, Ring};
pub use space_time::{Event, Message, SpaceTime};
pub use timeline::{Operation, Timeline};

/// The narrowest picture, in rem: a viewport of 320 px less the page's margins. All must have room there.
const NARROW: f64 = 18.0;

/// The widest picture, in rem, as the style sheet has it.
const WIDE: f64 = 44.0;

/// A figure, by its shape.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[derive(schemars::JsonSchema)]
pub enum Figure {
    /// Processes over time: events on lines, and messages between them. Time runs to the right.
    SpaceTime(SpaceTime),
    /// Operations as intervals in time, one lane a client.
    Timeline(Timeline),
    /// A hash ring with nodes and keys.
    Ring(Ring),
    /// Replicated logs: a row a server, a column an index.
    Log(Log),
    /// A graph of parts in a grid.
    Parts(Parts),
}

/// What the page shows of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// One `svg` element. Its label is the figure in words.
    pub svg: String,
    /// All that can be pointed at, in the order of the words.
    pub targets: Vec<Spot>,
}

/// Where something can be pointed at: an area to lay over the picture, placed by its centre.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// The name by which an item's target refers to it, such as `S1.3`.
    pub name: String,
    /// What a reader who cannot see the picture is told, such as "S1, index 3: 4".
    pub label: String,
    /// Its centre, from the picture's left edge.
    pub left: Length,
    /// Its centre in rem from the picture's upper edge.
    pub top: f64,
    /// How wide it is.
    pub width: Length,
    /// How high it is, in rem.
    pub height: f64,
    /// Whether it surrounds a dot, so that its sign is drawn in the middle; otherwise it covers a box.
    pub round: bool,
}

/// A length across the picture. Written as text it is what CSS takes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Length {
    /// Percent of the picture's width.
    pub percent: f64,
    /// What is added to it, in rem.
    pub rem: f64,
}

impl Length {
    /// A share of the width and nothing else.
    const fn percent(percent: f64) -> Self {
        Self { percent, rem: 0.0 }
    }

    /// A fixed length.
    const fn rem(rem: f64) -> Self {
        Self { percent: 0.0, rem }
    }

    /// Its length in rem in a picture of that width.
    fn within(self, width: f64) -> f64 {
        self.percent / 100.0 * width + self.rem
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "calc({}% + {}rem)", svg::Number(self.percent), svg::Number(self.rem))
    }
}

impl Figure {
    /// All that is wrong with it, in the order of its fields.
    pub fn problems(&self) -> Vec<FigureError> {
        match self {
            Self::SpaceTime(figure) => figure.problems(),
            Self::Timeline(figure) => figure.problems(),
            Self::Ring(figure) => figure.problems(),
            Self::Log(figure) => figure.problems(),
            Self::Parts(figure) => figure.problems(),
        }
    }

    /// The figure in plain sentences that say all that the picture shows.
    pub fn words(&self) -> String {
        match self {
            Self::SpaceTime(figure) => figure.words(),
            Self::Timeline(figure) => figure.words(),
            Self::Ring(figure) => figure.words(),
            Self::Log(figure) => figure.words(),
            Self::Parts(figure) => figure.words(),
        }
    }

    /// Its picture. What has problems is drawn as far as it makes sense.
    pub fn draw(&self) -> Drawing {
        let words = self.words();
        match self {
            Self::SpaceTime(figure) => figure.draw(&words),
            Self::Timeline(figure) => figure.draw(&words),
            Self::Ring(figure) => figure.draw(&words),
            Self::Log(figure) => figure.draw(&words),
            Self::Parts(figure) => figure.draw(&words),
        }
    }

    /// The names of all that can be pointed at.
    pub fn names(&self) -> Vec<String> {
        self.draw().targets.into_iter().map(|spot| spot.name).collect()
    }
}

/// "1 lane", "2 lanes".
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
