//! Writing SVG: escaped, with few decimals, and styled only by classes.

use std::fmt::{self, Write as _};

use crate::figure::{Drawing, Hotspot};

/// Half the height of capital letters in rem. A line of text this far below a point is centred on it.
const HALF_CAPITAL: f64 = 0.28;

/// A number with at most two decimals.
pub(super) struct Number(pub(super) f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Adding zero turns −0 into 0.
        write!(f, "{}", (self.0 * 100.0).round() / 100.0 + 0.0)
    }
}

/// A position or a length in the picture. SVG allows only one unit at a time.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// Percent of the picture's width.
    Percent(f64),
    /// Em, which the style sheet sets to one rem. Not all browsers support rem in SVG.
    Em(f64),
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{}%", Number(*percent)),
            Self::Em(em) => write!(f, "{}em", Number(*em)),
        }
    }
}

/// Text that is safe between quotes or tags.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML doesn't allow these.
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// How a text is aligned to its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// It starts there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// One line of text.
pub(super) struct Text<'a> {
    /// What it says.
    pub(super) says: &'a str,
    /// Its class.
    pub(super) class: &'static str,
    /// Its position across.
    pub(super) x: Unit,
    /// How far it is moved to the right from there, in em.
    pub(super) dx: f64,
    /// The vertical middle of its capital letters, in em.
    pub(super) y: f64,
    /// How it is aligned to its position.
    pub(super) anchor: Anchor,
}

/// A picture that is being written.
pub(super) struct Pen {
    out: String,
    tip: String,
}

impl Pen {
    /// Starts a picture of that height in em. Arrows stop `gap` em before their end, where a dot is.
    pub(super) fn new(words: &str, height: f64, gap: f64) -> Self {
        // A page may show several figures, and hiding one must not remove another's arrowheads. So the name
        // of the arrowhead is a hash of the content (FNV-1a).
        let hash = words
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let tip = format!("fig-{hash:08x}");
        let mut pen = Self { out: String::new(), tip: tip.clone() };
        pen.put(format_args!(
            r#"<svg class="fig" role="img" aria-label="{}" width="100%" height="{}em">"#,
            escaped(words),
            Number(height)
        ));
        // In sixteenths of an em, so that arrowheads grow with the text.
        let gap = gap * 16.0;
        pen.put(format_args!(
            concat!(
                r#"<marker id="{id}" viewBox="0 0 {w} 8" markerWidth="{em}em" markerHeight="0.5em" refX="{w}" "#,
                r#"refY="4" markerUnits="userSpaceOnUse" orient="auto"><path class="fig-tip" d="M0 0 9 4 0 8Z"/></marker>"#
            ),
            id = tip,
            w = Number(9.0 + gap),
            em = Number((9.0 + gap) / 16.0),
        ));
        pen
    }

    /// Writing to a string cannot fail.
    fn put(&mut self, what: fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(what);
    }

    /// A line.
    pub(super) fn line(&mut self, class: &str, from: (Unit, f64), to: (Unit, f64)) {
        let (from_y, to_y) = (Number(from.1), Number(to.1));
        let (from, to) = (from.0, to.0);
        self.put(format_args!(
            r#"<line class="{class}" x1="{from}" y1="{from_y}em" x2="{to}" y2="{to_y}em"/>"#
        ));
    }

    /// A line with an arrowhead at its end.
    pub(super) fn arrow(&mut self, class: &str, from: (Unit, f64), to: (Unit, f64)) {
        let (from_y, to_y) = (Number(from.1), Number(to.1));
        let (from, to, tip) = (from.0, to.0, self.tip.clone());
        self.put(format_args!(
            r#"<line class="{class}" x1="{from}" y1="{from_y}em" x2="{to}" y2="{to_y}em" marker-end="url(#{tip})"/>"#
        ));
    }

    /// A circle with its radius in em.
    pub(super) fn circle(&mut self, class: &str, (x, y): (Unit, f64), radius: f64) {
        let (y, radius) = (Number(y), Number(radius));
        self.put(format_args!(r#"<circle class="{class}" cx="{x}" cy="{y}em" r="{radius}em"/>"#));
    }

    /// A box, by its upper left corner, its width, and its height in em.
    pub(super) fn rect(&mut self, class: &str, (x, y): (Unit, f64), width: Unit, height: f64) {
        let (y, height) = (Number(y), Number(height));
        self.put(format_args!(
            r#"<rect class="{class}" x="{x}" y="{y}em" width="{width}" height="{height}em" rx="0.4em"/>"#
        ));
    }

    /// A text. Its position is in the picture's em, whatever the size of its letters.
    pub(super) fn text(&mut self, text: &Text<'_>) {
        let anchor = match text.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let Text { class, x, dx, y, says, .. } = text;
        let (dx, y, says) = (Number(*dx), Number(y + HALF_CAPITAL), escaped(says));
        self.put(format_args!(r#"<text text-anchor="{anchor}" x="{x}""#));
        if dx.0 != 0.0 {
            self.put(format_args!(r#" dx="{dx}em""#));
        }
        self.put(format_args!(r#" y="{y}em"><tspan class="{class}">{says}</tspan></text>"#));
    }

    /// A bold name at the start of a row.
    pub(super) fn row_name(&mut self, says: &str, y: f64) {
        self.text(&Text {
            says,
            class: "fig-name",
            x: Unit::Percent(0.0),
            dx: 0.0,
            y,
            anchor: Anchor::Start,
        });
    }

    /// The direction of time, at the lower right.
    pub(super) fn time(&mut self, y: f64) {
        let x = Unit::Percent(100.0);
        self.text(&Text { says: "time →", class: "fig-soft", x, dx: 0.0, y, anchor: Anchor::End });
    }

    /// An arrow that turns clockwise around the origin. An arc needs its own view box to grow with the text.
    pub(super) fn turn(&mut self, y: f64) {
        self.put(format_args!(
            concat!(
                r#"<svg x="-1.5em" y="{}em" width="3em" height="1.5em" viewBox="0 -24 48 24">"#,
                r#"<path class="fig-arrow fig-turn" d="M4-4A22 22 0 0 1 39-11"/>"#,
                r#"<path class="fig-tip" d="m44-4-9-4.500 7-5z"/></svg>"#
            ),
            Number(y - 1.5)
        ));
    }

    /// Starts a group with its origin at that point.
    pub(super) fn start_group(&mut self, (x, y): (Unit, f64)) {
        self.put(format_args!(r#"<svg class="fig-within" overflow="visible" x="{x}" y="{}em">"#, Number(y)));
    }

    /// Ends a group.
    pub(super) fn end_group(&mut self) {
        self.out.push_str("</svg>");
    }

    /// The finished picture.
    pub(super) fn done(mut self, targets: Vec<Hotspot>) -> Drawing {
        self.out.push_str("</svg>");
        Drawing { svg: self.out, targets }
    }
}
