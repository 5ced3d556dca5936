//! A diagram to point at things in. Each is a checkbox on top of the picture, so that it works by mouse, touch, keyboard
//! and screen reader.

use leptos::prelude::*;

use crate::{
    app::kinds::{Draft, NOT_SAID, pictured, reason, toggle},
    quiz::content::{
        bank::Picture,
        reply::Reply,
        task::{Spot, Target},
    },
};

/// The class for a spot of that shape.
fn shape(spot: &Spot) -> &'static str {
    if spot.round { "spot round" } else { "spot" }
}

pub(super) fn ask(figure: Option<&Picture>, targets: &[Target], draft: Draft) -> AnyView {
    let picked = RwSignal::new(Vec::new());
    let point = move |target: u8, checked: bool| {
        toggle(picked, target, checked);
        let targets = picked.get_untracked();
        draft.set((!targets.is_empty()).then_some(Reply::Diagram { targets, sure: NOT_SAID }));
    };
    let spots = (0_u8..).zip(targets).map(|(at, target)| {
        let Target { label, spot, .. } = target.clone();
        view! {
            <label
                class=shape(&spot)
                style:left=spot.left
                style:top=spot.top
                style:width=spot.width
                style:height=spot.height
            >
                <input
                    type="checkbox"
                    aria-label=label
                    on:change:target=move |event| point(at, event.target().checked())
                />
            </label>
        }
    });
    let spots = spots.collect_view();
    figure.map(|figure| pictured(figure, spots)).into_any()
}

pub(super) fn explain(figure: Option<&Picture>, targets: &[Target], reply: &Reply) -> AnyView {
    let picked = |at: usize| match reply {
        Reply::Diagram { targets, .. } => targets.iter().any(|target| usize::from(*target) == at),
        _ => false,
    };
    // Whoever did not answer left nothing out.
    let answered = matches!(reply, Reply::Diagram { .. });
    let judged = |at: usize, target: &Target| match (target.choice.is_key(), picked(at)) {
        (true, true) => ("right", "✓", Some("✓ right, you pointed at it")),
        (true, false) if answered => ("right missed", "✓", Some("✓ right, but you left it out")),
        (true, false) => ("right", "✓", Some("✓ right")),
        (false, true) => ("wrong", "✗", Some("✗ you pointed at it")),
        (false, false) => ("", "", None),
    };
    let spots = targets.iter().enumerate().filter_map(|(at, target)| {
        let (class, sign, mark) = judged(at, target);
        mark?;
        let spot = target.spot.clone();
        Some(view! {
            <span
                class=format!("{} {class}", shape(&spot))
                style:left=spot.left
                style:top=spot.top
                style:width=spot.width
                style:height=spot.height
                aria-hidden="true"
            >
                <span class="mark">{sign}</span>
            </span>
        })
    });
    let spots = spots.collect_view();
    let list = targets.iter().enumerate().map(|(at, target)| {
        let (class, _, mark) = judged(at, target);
        let class = match class {
            "" => "choice",
            "wrong" => "choice wrong",
            _ => "choice right",
        };
        let (name, label) = (target.choice.text.clone(), target.label.clone());
        // A target without a label of its own is not named twice.
        let label = if label == name { String::new() } else { label };
        reason(class, name, label, mark.map(str::to_owned), target.choice.why.clone())
    });
    view! {
        {figure.map(|figure| pictured(figure, spots))}
        <ol class="choices">{list.collect_view()}</ol>
    }
    .into_any()
}
