//! A diagram in which things are pointed at. Each is a checkbox that lies over the picture, so that mouse, touch,
//! keyboard and screen reader all have it.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Draft, choices::toggle, pictured, reason};
use crate::quiz::{
    bank::Picture,
    reply::Reply,
    task::{Spot, Target},
};

/// A place over the picture, with what lies there.
fn over(spot: &Spot, class: &str, content: impl IntoView + 'static) -> AnyView {
    let shape = if spot.round { "spot round" } else { "spot" };
    let Spot { left, top, width, height, .. } = spot.clone();
    view! {
        <label
            class=format!("{shape} {class}")
            style:left=left
            style:top=top
            style:width=width
            style:height=height
        >
            {content}
        </label>
    }
    .into_any()
}

pub(super) fn ask(figure: Option<&Picture>, targets: &[Target], draft: Draft) -> AnyView {
    let picked = StoredValue::new(Vec::<u8>::new());
    let point = move |target: u8, checked: bool| {
        picked.update_value(|picked| toggle(picked, target, checked));
        draft.set(picked.with_value(|picked| {
            let targets = picked.clone();
            let given = move |sure| Reply::Diagram { targets: targets.clone(), sure };
            (!picked.is_empty()).then(|| Arc::new(given) as _)
        }));
    };
    let spots = (0_u8..).zip(targets).map(|(at, target)| {
        let input = view! {
            <input
                type="checkbox"
                data-key=at + 1
                aria-label=target.label.clone()
                on:change:target=move |event| point(at, event.target().checked())
            />
        };
        over(&target.spot, "", input)
    });
    let spots = spots.collect_view();
    let content = figure.map(|figure| pictured(figure, spots));
    view! { <fieldset aria-labelledby="prompt">{content}</fieldset> }.into_any()
}

pub(super) fn explain(figure: Option<&Picture>, targets: &[Target], reply: &Reply) -> AnyView {
    let picked = |at: usize| match reply {
        Reply::Diagram { targets, .. } => targets.iter().any(|target| usize::from(*target) == at),
        _ => false,
    };
    // Without a reply nothing was left out.
    let answered = matches!(reply, Reply::Diagram { .. });
    let judged = |at: usize, target: &Target| match (target.choice.is_key(), picked(at)) {
        (true, true) => ("right", "✓", Some("✓ right, you pointed at it")),
        (true, false) if answered => ("right missed", "✓", Some("✓ right, you left it out")),
        (true, false) => ("right", "✓", Some("✓ right")),
        (false, true) => ("wrong", "✗", Some("✗ you pointed at it")),
        (false, false) => ("", "", None),
    };
    let spots = targets.iter().enumerate().map(|(at, target)| {
        let (class, sign, _) = judged(at, target);
        let sign = (!sign.is_empty()).then(|| view! { <span class="mark" aria-hidden="true">{sign}</span> });
        over(&target.spot, class, sign)
    });
    let spots = spots.collect_view();
    let list = targets.iter().enumerate().map(|(at, target)| {
        let (class, _, mark) = judged(at, target);
        let class = match class {
            "" => "choice",
            "wrong" => "choice wrong",
            _ => "choice right",
        };
        let text = target.choice.text.clone();
        let why = target.choice.why.clone();
        reason(class, (at + 1).to_string(), text, mark.map(str::to_owned), why)
    });
    view! {
        {figure.map(|figure| pictured(figure, spots))}
        <ol class="choices">{list.collect_view()}</ol>
    }
    .into_any()
}
