//! Figures in questions. Authors write them as data in one of five shapes. They are checked, put into words
//! for readers who can't see them, and drawn.
//!
//! A drawing has no view box. Horizontal positions are shares of the width, vertical ones are in em of the
//! page's text. So it fills any width, while its text has the size that the reader chose.

use std::fmt;

use schemars::JsonSchema;
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

pub(crate) use error::FigureError;

use log::Log;
use parts::Parts;
use ring::Ring;
use space_time::SpaceTime;
use timeline::Timeline;

/// The narrowest picture in rem: a viewport of 320 px without the page's margins. Everything must fit there.
const NARROW: f64 = 18.0;

/// The widest picture in rem, as in the style sheet.
const WIDE: f64 = 44.0;

/// A figure, by its shape.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Figure {
    /// Processes over time: events on lines, and messages between them. Time runs to the right.
    SpaceTime(SpaceTime),
    /// Operations as intervals in time, one lane per client.
    Timeline(Timeline),
    /// A hash ring with nodes and keys.
    Ring(Ring),
    /// Replicated logs: one row per server, one column per index.
    Log(Log),
    /// A graph of parts in a grid.
    Parts(Parts),
}

/// What the page shows of a figure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Drawing {
    /// One `svg` element, labelled with the figure in words.
    pub(crate) svg: String,
    /// Everything that readers can point at, in the order of the words.
    pub(crate) targets: Vec<Hotspot>,
}

/// An area of the picture that readers can point at, placed by its centre.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hotspot {
    /// The name by which an item's target refers to it, such as `S1.3`.
    pub(crate) name: String,
    /// Its label for readers who can't see the picture, such as "S1, index 3: 4".
    pub(crate) label: String,
    /// The distance of its centre from the picture's left edge.
    pub(crate) left: Length,
    /// The distance of its centre from the picture's upper edge, in rem.
    pub(crate) top: f64,
    /// Its width.
    pub(crate) width: Length,
    /// Its height in rem.
    pub(crate) height: f64,
    /// Whether it surrounds a dot, so that its mark is drawn in the middle. Otherwise it covers a box.
    pub(crate) round: bool,
}

/// A horizontal length, displayed as a CSS length.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Length {
    /// A percentage of the picture's width.
    pub(crate) percent: f64,
    /// What is added to that, in rem.
    pub(crate) rem: f64,
}

impl Length {
    /// A share of the width.
    const fn percent(percent: f64) -> Self {
        Self { percent, rem: 0.0 }
    }

    /// A fixed length.
    const fn rem(rem: f64) -> Self {
        Self { percent: 0.0, rem }
    }

    /// The length in rem in a picture of that width.
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
    /// Everything that is wrong with the figure, in the order of its fields.
    pub(crate) fn problems(&self) -> Vec<FigureError> {
        match self {
            Self::SpaceTime(figure) => figure.problems(),
            Self::Timeline(figure) => figure.problems(),
            Self::Ring(figure) => figure.problems(),
            Self::Log(figure) => figure.problems(),
            Self::Parts(figure) => figure.problems(),
        }
    }

    /// Everything that the picture shows, in plain sentences.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::SpaceTime(figure) => figure.words(),
            Self::Timeline(figure) => figure.words(),
            Self::Ring(figure) => figure.words(),
            Self::Log(figure) => figure.words(),
            Self::Parts(figure) => figure.words(),
        }
    }

    /// The picture. A figure with problems is drawn as far as that makes sense.
    pub(crate) fn draw(&self) -> Drawing {
        let words = self.words();
        match self {
            Self::SpaceTime(figure) => figure.draw(&words),
            Self::Timeline(figure) => figure.draw(&words),
            Self::Ring(figure) => figure.draw(&words),
            Self::Log(figure) => figure.draw(&words),
            Self::Parts(figure) => figure.draw(&words),
        }
    }

    /// The names of everything that readers can point at.
    pub(crate) fn names(&self) -> Vec<String> {
        self.draw().targets.into_iter().map(|spot| spot.name).collect()
    }
}
