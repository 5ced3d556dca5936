//! The arc: five stages, a needle that points to the reader's, and a wedge as wide as the uncertainty.

use leptos::prelude::*;

use crate::words::tenths;

/// The needle's pivot, in the drawing's units.
const CENTRE: (u16, u16) = (230, 232);
/// The radius of the middle of the limb.
const RADIUS: u16 = 186;
/// Degrees from straight up to either end of the limb.
const REACH: f64 = 62.0;

/// The coordinates of a position on the arc, counted in stages from the left end, at a radius.
fn point(position: f64, stages: usize, radius: u16) -> (String, String) {
    let angle = angle(position, stages).to_radians();
    // JavaScript's sine costs nothing; see `tenths` for the standard library's.
    let x = f64::from(CENTRE.0) + f64::from(radius) * js_sys::Math::sin(angle);
    let y = f64::from(CENTRE.1) - f64::from(radius) * js_sys::Math::cos(angle);
    (tenths(x), tenths(y))
}

/// A position's degrees from straight up.
fn angle(position: f64, stages: usize) -> f64 {
    (position / stages.max(1) as f64 * 2.0 - 1.0) * REACH
}

fn arc(from: f64, to: f64, stages: usize, radius: u16) -> String {
    let ((x1, y1), (x2, y2)) = (point(from, stages, radius), point(to, stages, radius));
    format!("M{x1} {y1}A{radius} {radius} 0 0 1 {x2} {y2}")
}

#[component]
pub(crate) fn Arc(
    /// The stages' names.
    labels: Vec<String>,
    /// The needle's position and the two ends of the wedge.
    needle: [f64; 3],
    /// The stages to mark.
    here: Vec<usize>,
    /// The drawing in words.
    describe: String,
) -> impl IntoView {
    let stages = labels.len();
    let limb = labels.into_iter().enumerate().map(|(stage, label)| {
        let at = stage as f64;
        let marked = here.contains(&stage);
        let (x, y) = point(at + 0.5, stages, RADIUS + 17);
        let turn = format!("rotate({} {x} {y})", tenths(angle(at + 0.5, stages)));
        view! {
            <path class="limb" class:marked=marked d=arc(at + 0.03, at + 0.97, stages, RADIUS) />
            <text class:marked=marked x=x y=y transform=turn>{label}</text>
        }
    });
    let tick = |tick: usize| {
        let length = if tick.is_multiple_of(10) { 10 } else { 5 };
        let at = tick as f64 / 10.0;
        let ((x1, y1), (x2, y2)) = (point(at, stages, RADIUS - 13), point(at, stages, RADIUS - 13 - length));
        format!("M{x1} {y1}L{x2} {y2}")
    };
    let ticks = (0..=stages * 10).map(tick).collect::<Vec<_>>().concat();
    let [at, low, high] = needle;
    let wedge = format!("{}L{} {}Z", arc(low, high.max(low + 0.02), stages, RADIUS - 26), CENTRE.0, CENTRE.1);
    let (x, y) = point(at, stages, RADIUS - 8);
    view! {
        <svg class="arc" viewBox="20 14 420 232" role="img" aria-label=describe>
            <path class="ticks-fine" d=ticks />
            {limb.collect_view()}
            <path class="wedge" d=wedge />
            <line x1=CENTRE.0 y1=CENTRE.1 x2=x y2=y />
            <circle cx=CENTRE.0 cy=CENTRE.1 r="7" />
        </svg>
    }
}
