//! A hash ring. It is centred and has the same size at any width, so everything in it is in em.

use std::f64::consts::TAU;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::figure::{
    Drawing, FigureError, Hotspot, Length, check,
    place::wide,
    svg::{Anchor, Pen, Text, Unit},
};

/// The fewest degrees between marks, so that readers can see and point at each.
const APART: u16 = 18;
/// The ring's radius in rem. Names must fit beside it in the narrowest picture.
const RADIUS: f64 = 6.4;
/// The distance of names from the ring in rem. It leaves room for the circle around a chosen mark.
const BESIDE: f64 = 0.85;
/// Radii of the marks in rem.
const NODE: f64 = 0.45;
const KEY: f64 = 0.35;
/// The distance of the centre from the picture's upper edge, in rem.
const CENTRE: f64 = 8.25;

/// A hash ring of 0 to 359 degrees, clockwise from the top.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Ring {
    /// The nodes, drawn as filled marks with their names outside.
    pub(crate) nodes: Vec<Mark>,
    /// The keys, drawn as hollow marks with their names inside.
    #[serde(default)]
    pub(crate) keys: Vec<Mark>,
}

/// A node or key on the ring.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Mark {
    /// The name drawn beside it, such as `n1`: at most 3 characters, unique in the figure.
    pub(crate) name: String,
    /// Degrees clockwise from the top: 0 to 359, at least 18 from any other mark.
    pub(crate) at: u16,
}

impl Ring {
    /// All marks clockwise, and whether each is a node.
    fn clockwise(&self) -> Vec<(&Mark, bool)> {
        let nodes = self.nodes.iter().map(|mark| (mark, true));
        let mut marks: Vec<_> = nodes.chain(self.keys.iter().map(|mark| (mark, false))).collect();
        marks.sort_by_key(|(mark, _)| mark.at);
        marks
    }

    pub(super) fn problems(&self) -> Vec<FigureError> {
        let mut problems = Vec::new();
        let found = &mut problems;
        check::amount("nodes", self.nodes.len(), usize::from(360 / APART), found);
        let marks = || self.nodes.iter().chain(&self.keys);
        check::names("mark name", 3, marks().map(|mark| mark.name.as_str()), found);
        for mark in marks() {
            check::range("degree", || format!("`{}`", mark.name), mark.at, (0, 359), found);
        }
        let marks = self.clockwise();
        // The neighbour of the last mark is the first one, a full turn later.
        let next = marks.iter().skip(1).map(|(mark, _)| (mark, 0));
        let next = next.chain(marks.first().filter(|_| marks.len() > 1).map(|(mark, _)| (mark, 360)));
        for ((mark, _), (other, around)) in marks.iter().zip(next) {
            let degrees = other.at.saturating_add(around).saturating_sub(mark.at);
            if degrees < APART {
                let (first, second) = (mark.name.clone(), other.name.clone());
                found.push(FigureError::Close { first, second, degrees, least: APART });
            }
        }
        problems
    }

    pub(super) fn words(&self) -> String {
        let marks: Vec<_> = self
            .clockwise()
            .iter()
            .map(|(mark, is_node)| format!("{} at {} degrees", label(mark, *is_node), mark.at))
            .collect();
        format!("Hash ring of 360 degrees. Clockwise from the top: {}.", marks.join(", "))
    }

    pub(super) fn draw(&self, words: &str) -> Drawing {
        let mut pen = Pen::new(words, CENTRE * 2.0, 0.0);
        let centre = (Unit::Em(0.0), 0.0);
        pen.start_group((Unit::Percent(50.0), CENTRE));
        pen.circle("fig-ring", centre, RADIUS);
        pen.line("fig-ring", (Unit::Em(0.0), -RADIUS - 0.3), (Unit::Em(0.0), -RADIUS + 0.3));
        self.legend(&mut pen);
        let mut targets = Vec::new();
        for (mark, is_node) in self.clockwise() {
            let (x, y) = point(mark.at, RADIUS);
            let (class, radius) = if is_node { ("fig-node", NODE) } else { ("fig-key", KEY) };
            pen.circle(class, (Unit::Em(x), y), radius);
            // A name is wider than it is high, so at the sides its middle is further from the ring than at
            // the top.
            let name = wide(&mark.name) * 0.75 / 2.0;
            let off = BESIDE + (x.abs() * name + y.abs() * 0.3) / RADIUS;
            let beside = if is_node { RADIUS + off } else { RADIUS - off };
            let (name_x, name_y) = point(mark.at, beside);
            let x_unit = Unit::Em(name_x);
            let (says, class, anchor) = (mark.name.as_str(), "fig-label", Anchor::Middle);
            pen.text(&Text { says, class, x: x_unit, dx: 0.0, y: name_y, anchor });
            targets.push(Hotspot {
                name: mark.name.clone(),
                label: label(mark, is_node),
                left: Length { percent: 50.0, rem: x },
                top: CENTRE + y,
                // Slightly wider than the square in a circle that reaches halfway to a neighbour.
                width: Length::rem(1.9),
                height: 1.9,
                round: true,
            });
        }
        pen.end_group();
        pen.done(targets)
    }

    /// What the marks mean, and the direction of the ring.
    fn legend(&self, pen: &mut Pen) {
        let mut says = |says, y, x, anchor| {
            pen.text(&Text { says, class: "fig-soft", x: Unit::Em(x), dx: 0.0, y, anchor });
        };
        says("clockwise", 0.0, 0.0, Anchor::Middle);
        says("node", 1.5, -0.6, Anchor::Start);
        if !self.keys.is_empty() {
            says("key", 2.75, -0.6, Anchor::Start);
            pen.circle("fig-key", (Unit::Em(-1.5), 2.75), KEY);
        }
        pen.circle("fig-node", (Unit::Em(-1.5), 1.5), NODE);
        pen.turn(-1.0);
    }
}

fn label(mark: &Mark, is_node: bool) -> String {
    format!("{} {}", if is_node { "node" } else { "key" }, mark.name)
}

/// A mark's position relative to the centre.
fn point(degrees: u16, radius: f64) -> (f64, f64) {
    let turn = f64::from(degrees) / 360.0 * TAU;
    (turn.sin() * radius, -turn.cos() * radius)
}
