//! Options to pick from: one of them, or all that hold.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Draft, reason};
use crate::quiz::{reply::Reply, task::Choice};

pub(super) fn pick_one(options: &[Choice], order: &[usize], draft: Draft) -> AnyView {
    fields(options, order, "radio", move |option, _| {
        draft.set(Some(Arc::new(move |sure| Reply::Single { option, sure })));
    })
}

pub(super) fn pick_all(options: &[Choice], order: &[usize], draft: Draft) -> AnyView {
    let picked = StoredValue::new(Vec::<u8>::new());
    fields(options, order, "checkbox", move |option, checked| {
        picked.update_value(|picked| toggle(picked, option, checked));
        draft.set(picked.with_value(|picked| {
            let options = picked.clone();
            let given = move |sure| Reply::Multi { options: options.clone(), sure };
            (!picked.is_empty()).then(|| Arc::new(given) as _)
        }));
    })
}

/// Takes a position in or out.
pub(super) fn toggle(picked: &mut Vec<u8>, position: u8, checked: bool) {
    picked.retain(|other| *other != position);
    if checked {
        picked.push(position);
    }
}

fn fields(
    options: &[Choice],
    order: &[usize],
    kind: &'static str,
    pick: impl Fn(u8, bool) + Copy + 'static,
) -> AnyView {
    let fields = order.iter().enumerate().filter_map(|(shown, at)| {
        let option = u8::try_from(*at).ok()?;
        let text = options.get(*at)?.text.clone();
        Some(view! {
            <label class="choice">
                <input
                    type=kind
                    name="option"
                    value=option
                    data-key=shown + 1
                    on:change:target=move |event| pick(option, event.target().checked())
                />
                <span class="key" aria-hidden="true">{shown + 1}</span>
                <span inner_html=text></span>
            </label>
        })
    });
    view! { <fieldset aria-labelledby="prompt">{fields.collect_view()}</fieldset> }.into_any()
}

pub(super) fn explain(options: &[Choice], order: &[usize], reply: &Reply) -> AnyView {
    let picked = |at: usize| match reply {
        Reply::Single { option, .. } => usize::from(*option) == at,
        Reply::Multi { options, .. } => options.iter().any(|option| usize::from(*option) == at),
        _ => false,
    };
    // Only among several can one be forgotten.
    let forgotten =
        if matches!(reply, Reply::Multi { .. }) { "✓ right, you left it out" } else { "✓ right" };
    let explained = order.iter().enumerate().filter_map(|(shown, at)| {
        let option = options.get(*at)?;
        let (class, mark) = match (option.is_key(), picked(*at)) {
            (true, true) => ("choice right", Some("✓ right, your answer")),
            (true, false) => ("choice right", Some(forgotten)),
            (false, true) => ("choice wrong", Some("✗ your answer")),
            (false, false) => ("choice", None),
        };
        let mark = mark.map(str::to_owned);
        Some(reason(class, (shown + 1).to_string(), option.text.clone(), mark, option.why.clone()))
    });
    view! { <ol class="choices">{explained.collect_view()}</ol> }.into_any()
}
