//! A number to be entered, in a unit that stands beside the field.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Draft, reason};
use crate::quiz::{
    number::{Entry, read, shown},
    reply::Reply,
    task::Quantity,
};

pub(super) fn ask(quantity: &Quantity, draft: Draft) -> AnyView {
    let unit = StoredValue::new(quantity.unit.clone());
    let with_unit = move |value: f64| unit.with_value(|unit| in_unit(value, unit));
    let entry = RwSignal::new(Entry::Empty);
    let take = move |read: Entry| {
        draft.set(match read {
            Entry::Number(value) => Some(Arc::new(move |sure| Reply::Numeric { value, sure })),
            _ => None,
        });
        entry.set(read);
    };
    let choice = move |value: f64| {
        view! {
            <button type="button" class="button" on:click=move |_| take(Entry::Number(value))>
                {with_unit(value)}
            </button>
        }
    };
    let heard = move || match entry.get() {
        Entry::Empty => "A number; a decimal point or comma, powers such as 1e3.".into_any(),
        Entry::Number(value) => view! { "Read as " <b>{with_unit(value)}</b> "." }.into_any(),
        Entry::Refused(why) => view! { <span class="refused">{why.to_string()}</span> }.into_any(),
        Entry::Either(one, other) => view! {
            <span>"That reads in two ways. Which do you mean?"</span>
            <span class="row">{choice(one)} {choice(other)}</span>
        }
        .into_any(),
    };
    view! {
        <fieldset class="entry" aria-labelledby="prompt">
            <label for="number">"Your answer"</label>
            <span class="row">
                <input
                    id="number"
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    aria-describedby="unit heard"
                    aria-invalid=move || matches!(entry.get(), Entry::Refused(_)).to_string()
                    on:input:target=move |event| take(unit.with_value(|unit| read(&event.target().value(), unit)))
                />
                <span id="unit" class="unit">{quantity.unit.clone()}</span>
            </span>
            <div id="heard" class="heard" role="status">{heard}</div>
        </fieldset>
    }
    .into_any()
}

fn in_unit(value: f64, unit: &str) -> String {
    format!("{}\u{a0}{unit}", shown(value))
}

pub(super) fn explain(quantity: &Quantity, reply: &Reply) -> AnyView {
    let unit = &quantity.unit;
    let given = match reply {
        Reply::Numeric { value, .. } => Some(*value),
        _ => None,
    };
    let right = given.is_some_and(|value| quantity.accepts(value));
    let said = given.map(|value| {
        let sign = if right { "✓" } else { "✗" };
        view! {
            <p class=if right { "said right" } else { "said wrong" }>
                "Your answer: " <b class="mark">{format!("{sign} {}", in_unit(value, unit))}</b>
            </p>
        }
    });
    let margin = (quantity.tolerance > 0.0).then(|| {
        let (low, high) = (quantity.value - quantity.tolerance, quantity.value + quantity.tolerance);
        format!("✓ right; from {} to {} counts", shown(low), in_unit(high, unit))
    });
    let key = reason(
        "choice right",
        "=".to_owned(),
        in_unit(quantity.value, unit),
        margin.or_else(|| Some("✓ right".to_owned())),
        quantity.why.clone(),
    );
    let slip_made = given.and_then(|value| quantity.slip(value));
    let slips = quantity.slips.iter().map(|slip| {
        let made = slip_made == Some(slip);
        reason(
            if made { "choice wrong" } else { "choice" },
            "≠".to_owned(),
            in_unit(slip.value, unit),
            made.then(|| "✗ your answer".to_owned()),
            slip.why.clone(),
        )
    });
    view! {
        {said}
        <ol class="choices">{key} {slips.collect_view()}</ol>
    }
    .into_any()
}
