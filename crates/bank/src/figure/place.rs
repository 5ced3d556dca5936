//! Finding room for labels: how wide texts are, and what overlaps at the smallest and largest width.

use crate::figure::{Length, NARROW, WIDE, svg::Anchor};

/// The height of a line of small text with some space around it, in rem.
const LINE: f64 = 0.9;

/// The cost of a label that overlaps something else. Each line that crosses it costs 1.
const HIDDEN: usize = 100;

/// How wide a text is in its own em. Measured with a wide bold typeface, so that others need less.
pub(super) fn wide(text: &str) -> f64 {
    text.chars()
        .map(|letter| match letter {
            'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 0.4,
            'f' | 'r' | 's' | 't' | '-' | '(' | ')' | '[' | ']' | '/' => 0.5,
            'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.0,
            '→' => 0.85,
            letter if letter.is_ascii() => 0.7,
            _ => 1.0,
        })
        .sum()
}

/// A text broken into lines of at most `most` em, as far as the lengths of its words allow.
pub(super) fn wrapped(text: &str, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if wide(line) + wide(" ") + wide(word) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A straight line in the picture: percent across, rem down.
#[derive(Clone, Copy)]
pub(super) struct Stroke {
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
}

impl Stroke {
    /// The point at a share of its length.
    pub(super) fn at(&self, share: f64) -> (f64, f64) {
        let between = |from: f64, to: f64| from + (to - from) * share;
        (between(self.from.0, self.to.0), between(self.from.1, self.to.1))
    }
}

/// A rectangle in the picture.
#[derive(Clone, Copy)]
pub(super) struct Block {
    pub(super) left: Length,
    pub(super) right: Length,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Block {
    /// A square that reaches `rem` from a point in each direction.
    pub(super) fn around((percent, y): (f64, f64), rem: f64) -> Self {
        Self {
            left: Length { percent, rem: -rem },
            right: Length { percent, rem },
            top: y - rem,
            bottom: y + rem,
        }
    }

    /// Whether two rectangles overlap at some width.
    fn meets(&self, other: &Self) -> bool {
        let beside = |width| {
            self.left.within(width) < other.right.within(width)
                && other.left.within(width) < self.right.within(width)
        };
        self.top < other.bottom && other.top < self.bottom && (beside(NARROW) || beside(WIDE))
    }

    /// Whether it extends beyond the narrowest picture.
    fn leaves(&self) -> bool {
        self.left.within(NARROW) < 0.0 || self.right.within(NARROW) > NARROW
    }

    /// Whether a line crosses it at some width (Liang and Barsky's clipping).
    pub(super) fn is_crossed(&self, stroke: &Stroke) -> bool {
        [NARROW, WIDE].into_iter().any(|width| {
            let across = |percent| Length::percent(percent).within(width);
            let (x, dx) = (across(stroke.from.0), across(stroke.to.0) - across(stroke.from.0));
            let (y, dy) = (stroke.from.1, stroke.to.1 - stroke.from.1);
            let (mut enters, mut exits) = (0.0_f64, 1.0_f64);
            let sides = [
                (-dx, x - self.left.within(width)),
                (dx, self.right.within(width) - x),
                (-dy, y - self.top),
                (dy, self.bottom - y),
            ];
            for (slope, room) in sides {
                if slope == 0.0 {
                    if room < 0.0 {
                        return false;
                    }
                } else if slope < 0.0 {
                    enters = enters.max(room / slope);
                } else {
                    exits = exits.min(room / slope);
                }
            }
            enters < exits
        })
    }
}

/// A possible place for a label.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Percent across.
    pub(super) percent: f64,
    /// How far it is moved to the right, in rem.
    pub(super) dx: f64,
    /// The middle of its capital letters from the top, in rem.
    pub(super) y: f64,
    /// How the text is aligned to that position.
    pub(super) anchor: Anchor,
    /// What the place costs from the start.
    pub(super) cost: usize,
}

impl Place {
    /// What a text of that width in rem covers in this place.
    fn block(&self, width: f64) -> Block {
        let left = match self.anchor {
            Anchor::Start => self.dx,
            Anchor::Middle => self.dx - width / 2.0,
            Anchor::End => self.dx - width,
        };
        let across = |rem| Length { percent: self.percent, rem };
        let (top, bottom) = (self.y - LINE / 2.0, self.y + LINE / 2.0);
        Block { left: across(left), right: across(left + width), top, bottom }
    }
}

/// Places labels one after another, each where the fewest things are in its way.
#[derive(Default)]
pub(super) struct Room {
    /// What no label may overlap: boxes, dots, and labels that are already placed.
    pub(super) taken: Vec<Block>,
    /// What a label should avoid.
    pub(super) strokes: Vec<Stroke>,
}

impl Room {
    /// The best place for a label of that width in rem, and whether it can be read there.
    pub(super) fn take(&mut self, width: f64, places: &[Place]) -> Option<(Place, bool)> {
        let cost = |place: &Place| {
            let block = place.block(width);
            let hidden =
                usize::from(block.leaves()) + self.taken.iter().filter(|it| it.meets(&block)).count();
            let crossed = self.strokes.iter().filter(|stroke| block.is_crossed(stroke)).count();
            place.cost + crossed + hidden * HIDDEN
        };
        let (place, cost) = places.iter().map(|place| (*place, cost(place))).min_by_key(|(_, cost)| *cost)?;
        self.taken.push(place.block(width));
        Some((place, cost < HIDDEN))
    }
}
