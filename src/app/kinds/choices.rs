//! Options to pick from: one of them, or all that are right.

use leptos::prelude::*;

use crate::{
    app::kinds::{Draft, NOT_SAID, reason, toggle},
    quiz::content::{reply::Reply, task::Choice},
};

pub(super) fn pick_one(options: &[Choice], order: &[usize], draft: Draft) -> AnyView {
    fields(options, order, "radio", move |option, _| {
        draft.set(Some(Reply::Single { option, sure: NOT_SAID }));
    })
}

pub(super) fn pick_all(options: &[Choice], order: &[usize], draft: Draft) -> AnyView {
    let picked = RwSignal::new(Vec::new());
    fields(options, order, "checkbox", move |option, checked| {
        toggle(picked, option, checked);
        let options = picked.get_untracked();
        draft.set((!options.is_empty()).then_some(Reply::Multi { options, sure: NOT_SAID }));
    })
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
    fields.collect_view().into_any()
}

pub(super) fn explain(options: &[Choice], order: &[usize], reply: &Reply) -> AnyView {
    let picked = |at: usize| match reply {
        Reply::Single { option, .. } => usize::from(*option) == at,
        Reply::Multi { options, .. } => options.iter().any(|option| usize::from(*option) == at),
        _ => false,
    };
    // An option is only left out where several may be picked.
    let left_out =
        if matches!(reply, Reply::Multi { .. }) { "✓ right, but you left it out" } else { "✓ right" };
    let explained = order.iter().enumerate().filter_map(|(shown, at)| {
        let option = options.get(*at)?;
        let (class, mark) = match (option.is_key(), picked(*at)) {
            (true, true) => ("choice right", Some("✓ right, your answer")),
            (true, false) => ("choice right", Some(left_out)),
            (false, true) => ("choice wrong", Some("✗ your answer")),
            (false, false) => ("choice", None),
        };
        let mark = mark.map(str::to_owned);
        Some(reason(class, (shown + 1).to_string(), option.text.clone(), mark, option.why.clone()))
    });
    view! { <ol class="choices">{explained.collect_view()}</ol> }.into_any()
}
