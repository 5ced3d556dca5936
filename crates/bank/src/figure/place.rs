//! Finding room: how wide texts are, and what would lie on what at the narrowest and at the widest.

use crate::figure::{Length, NARROW, WIDE, svg::Anchor};

/// The height of a line of small text with the air that it needs, in rem.
const LINE: f64 = 0.9;

/// What a label loses by lying on another thing. Lines that cross it lose 1 each.
const HIDDEN: usize = 100;

/// How wide a text is, in its own em. Measured on a wide bold typeface, so others leave some air.
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

/// A text in lines that are at most so many of its em wide, where its words allow it.
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

/// A straight line in the picture, by percent across and rem down.
#[derive(Clone, Copy)]
pub(super) struct Stroke {
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
}

impl Stroke {
    /// The point at that share of it.
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
    /// So many rem around a point.
    pub(super) fn around((percent, y): (f64, f64), rem: f64) -> Self {
        Self {
            left: Length { percent, rem: -rem },
            right: Length { percent, rem },
            top: y - rem,
            bottom: y + rem,
        }
    }

    /// Whether both have something in common at some width.
    fn meets(&self, other: &Self) -> bool {
        let beside = |width| {
            self.left.within(width) < other.right.within(width)
                && other.left.within(width) < self.right.within(width)
        };
        self.top < other.bottom && other.top < self.bottom && (beside(NARROW) || beside(WIDE))
    }

    /// Whether it leaves the picture at the narrowest.
    fn leaves(&self) -> bool {
        self.left.within(NARROW) < 0.0 || self.right.within(NARROW) > NARROW
    }

    /// Whether the line goes through it at some width (Liang and Barsky's clipping).
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

/// A place that a label may take.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Percent across.
    pub(super) percent: f64,
    /// Moved to the right by so many rem.
    pub(super) dx: f64,
    /// The middle of its capital letters, rem down.
    pub(super) y: f64,
    /// Where the text stands by that position.
    pub(super) anchor: Anchor,
    /// What it loses from the start.
    pub(super) cost: usize,
}

impl Place {
    /// What a text of that width in rem covers there.
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

/// Takes labels in, one after another, each where it is disturbed least.
#[derive(Default)]
pub(super) struct Room {
    /// What no label may lie on: boxes, dots, and the labels that have their place.
    pub(super) taken: Vec<Block>,
    /// What a label should not lie on.
    pub(super) strokes: Vec<Stroke>,
}

impl Room {
    /// The best of the places for a label of that width in rem, and whether it can be read there.
    pub(super) fn take(&mut self, width: f64, places: &[Place]) -> Option<(Place, bool)> {
        let loss = |place: &Place| {
            let block = place.block(width);
            let hidden =
                usize::from(block.leaves()) + self.taken.iter().filter(|it| it.meets(&block)).count();
            let crossed = self.strokes.iter().filter(|stroke| block.is_crossed(stroke)).count();
            place.cost + crossed + hidden * HIDDEN
        };
        let (place, loss) = places.iter().map(|place| (*place, loss(place))).min_by_key(|(_, loss)| *loss)?;
        self.taken.push(place.block(width));
        Some((place, loss < HIDDEN))
    }
}
