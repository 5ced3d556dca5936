//! Figures and names as they are read.

use wasm_bindgen::JsValue;

use crate::quiz::{
    bank::{Catalog, Salary},
    form::Form,
    measure::Estimate,
    saved::Score,
    session::Sure,
};

/// A form's name.
pub(crate) fn form(catalog: &Catalog, form: &Form) -> String {
    match form {
        Form::Quick => "Quick check".into(),
        Form::Full => "Full assessment".into(),
        Form::Skill { skill, .. } => {
            catalog.skill(skill).map_or_else(|| skill.to_string(), |(_, skill)| skill.short.clone())
        }
    }
}

/// What a confidence button says.
pub(crate) fn sure(sure: Sure) -> &'static str {
    match sure {
        Sure::Not => "Not sure",
        Sure::Fairly => "Fairly sure",
        Sure::Sure => "Sure",
    }
}

/// The chance of being right that a confidence button stands for.
pub(crate) fn sure_range(sure: Sure) -> &'static str {
    match sure {
        Sure::Not => "under 67%",
        Sure::Fairly => "67 to 80%",
        Sure::Sure => "over 80%",
    }
}

/// A number with its noun.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The nearest whole number.
pub(crate) fn whole(value: f64) -> i64 {
    value.round() as i64
}

/// A number to one decimal, by way of whole numbers: with the standard library's formatting of floats, and its
/// sine in the arc, the program was 25 KB larger.
pub(crate) fn tenths(value: f64) -> String {
    let tenths = whole(value * 10.0);
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

/// A score with its margin: "62 ±10".
pub(crate) fn score(score: Score) -> String {
    format!("{} ±{}", score.score, score.margin)
}

/// An estimate for those who see no picture.
pub(crate) fn band(estimate: Estimate) -> String {
    let (low, high) = estimate.band();
    format!("{}, with an 80% band from {} to {}", whole(estimate.score()), whole(low), whole(high))
}

/// US dollars with thousands apart.
pub(crate) fn salary(salary: &Salary) -> String {
    let thousands = |dollars: u32| format!("{},{:03}", dollars / 1000, dollars % 1000);
    let more = if salary.or_more { " or more" } else { "" };
    format!("USD {} to {}{more} a year", thousands(salary.from), thousands(salary.to))
}

/// A day: "23 Nov 2026".
pub(crate) fn day(at: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    let options = js_sys::Object::new();
    for (name, value) in [("day", "numeric"), ("month", "short"), ("year", "numeric")] {
        // Setting a property fails on a frozen object only; this one is new.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_date_string("en-GB", &options).into()
}
