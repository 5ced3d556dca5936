//! Figures and names as they are read.

use wasm_bindgen::JsValue;

use crate::quiz::{
    content::{
        bank::{Catalog, Salary},
        reply::Sure,
        statement::{People, Scope, Years},
    },
    saved::label::Score,
    scoring::measure::Estimate,
    taking::form::Form,
};

/// A form's name.
pub(crate) fn form(catalog: &Catalog, form: &Form) -> String {
    match form {
        Form::Quick => "Quick check".into(),
        Form::Full => "Full assessment".into(),
        Form::Short => "Short assessment".into(),
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

/// From the smallest to the largest of some numbers: "3" or "3 to 5".
pub(crate) fn range(numbers: impl Iterator<Item = usize> + Clone) -> String {
    match (numbers.clone().min(), numbers.max()) {
        (Some(low), Some(high)) if low < high => format!("{low} to {high}"),
        (_, high) => high.unwrap_or(0).to_string(),
    }
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

/// A number of 0 or more to two decimals.
pub(crate) fn hundredths(value: f64) -> String {
    let hundredths = whole(value * 100.0);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A probability from draws, rounded down so that it never reads higher than its wording takes. Draws never show
/// that something is impossible or certain.
pub(crate) fn percent(share: f64) -> String {
    match (share * 100.0 + 1e-9) as u32 {
        0 => "<1%".into(),
        100 => ">99%".into(),
        percent => format!("{percent}%"),
    }
}

/// Names in a sentence: "A, B and C".
pub(crate) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [name] => name.clone(),
        [names @ .., last] => format!("{} and {last}", names.join(", ")),
    }
}

/// What a reader may state about their years.
pub(crate) fn years(years: Years) -> &'static str {
    match years {
        Years::UnderTwo => "under 2",
        Years::Two => "2 to 4",
        Years::Five => "5 to 9",
        Years::Ten => "10 or more",
    }
}

/// What a reader may state about their scope.
pub(crate) fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Tasks => "my own tasks",
        Scope::Team => "a system or a team",
        Scope::Teams => "several teams",
        Scope::Organization => "a whole organization",
    }
}

/// What a reader may state about the people they led.
pub(crate) fn people(people: People) -> &'static str {
    match people {
        People::None => "nobody",
        People::Few => "1 to 5",
        People::Team => "6 to 20",
        People::Many => "more than 20",
    }
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
