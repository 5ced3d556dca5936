//! A number to enter. Its unit is beside the field.

use leptos::{html, prelude::*};

use crate::{
    app::kinds::{Draft, NOT_SAID, reason},
    quiz::content::{
        number::{CURRENCIES, Typed, read, shown},
        reply::Reply,
        task::Quantity,
    },
};

pub(super) fn ask(quantity: &Quantity, draft: Draft) -> AnyView {
    let unit = StoredValue::new(quantity.unit.clone());
    let with_unit = move |value: f64| unit.with_value(|unit| in_unit(value, unit));
    let entry = RwSignal::new(Typed::Empty);
    let field = NodeRef::<html::Input>::new();
    // For screen readers: updated when the reader leaves the field, not at every key.
    let said = RwSignal::new(String::new());
    let take = move |read: Typed| {
        draft.set(match read {
            Typed::Number(value) => Some(Reply::Numeric { value, sure: NOT_SAID }),
            _ => None,
        });
        entry.set(read);
    };
    let meant = move |value: f64| {
        take(Typed::Number(value));
        if let Some(field) = field.get_untracked() {
            field.set_value(&with_unit(value));
            let _ = field.focus();
        }
    };
    let choice = move |value: f64| {
        view! {
            <button type="button" class="button" on:click=move |_| meant(value)>{with_unit(value)}</button>
        }
    };
    let heard = move || match entry.get() {
        Typed::Empty => {
            "Enter a number. A decimal point, a decimal comma and powers such as 1e3 all work.".to_owned()
        }
        Typed::Number(value) => format!("Read as {}.", with_unit(value)),
        Typed::Refused(why) => why.to_string(),
        Typed::Either(..) => "That can be read in two ways. Which do you mean?".to_owned(),
    };
    let readings = move || match entry.get() {
        Typed::Either(one, other) => Some(view! { <p class="row">{choice(one)} {choice(other)}</p> }),
        _ => None,
    };
    let refused = move || entry.with(|entry| matches!(entry, Typed::Refused(_)));
    view! {
        <div class="entry">
            <label for="number">"Your answer"</label>
            <span class="row">
                <input
                    id="number"
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    node_ref=field
                    aria-describedby="unit heard"
                    aria-invalid=move || refused().to_string()
                    on:input:target=move |event| take(unit.with_value(|unit| read(&event.target().value(), unit)))
                    on:change=move |_| said.set(untrack(heard))
                />
                <span id="unit" class="unit">{quantity.unit.clone()}</span>
            </span>
            <div class="heard">
                <p id="heard" class:refused=refused>{heard}</p>
                {readings}
            </div>
            <p class="hidden" role="status">{move || said.get()}</p>
        </div>
    }
    .into_any()
}

/// A number with its unit, which comes first if it is a currency.
fn in_unit(value: f64, unit: &str) -> String {
    let value = shown(value);
    if CURRENCIES.contains(&unit) { format!("{unit}{value}") } else { format!("{value}\u{a0}{unit}") }
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
        format!("✓ right; anything from {} to {} counts", shown(low), in_unit(high, unit))
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
