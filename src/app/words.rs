//! Figures and names as the reader sees them.

use wasm_bindgen::JsValue;

use crate::quiz::{
    content::{
        bank::{Catalog, Salary},
        reply::Sure,
        statement::{People, Scope, Years},
    },
    saved::label::Score,
    scoring::measure::Estimate,
    taking::{form::Form, session::Session},
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

/// The label of a confidence button.
pub(crate) fn sure(sure: Sure) -> &'static str {
    match sure {
        Sure::Not => "Not sure",
        Sure::Fairly => "Fairly sure",
        Sure::Sure => "Sure",
    }
}

/// The range of probabilities of being right that a confidence button means.
pub(crate) fn sure_range(sure: Sure) -> String {
    let (low, high) = sure.range();
    let percent = |share: f64| whole(share * 100.0);
    match sure {
        Sure::Not => format!("under {}%", percent(high)),
        Sure::Fairly => format!("{} to {}%", percent(low), percent(high)),
        Sure::Sure => format!("over {}%", percent(low)),
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

/// A number to one decimal, made from whole numbers: the standard library's formatting of floats, with its sine in the
/// arc, made the app 25 KB larger.
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

/// A probability estimated from draws. It is rounded down, so that it never looks as if it had reached a threshold that
/// it missed; and draws never show that something is impossible or certain.
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

/// An option for years of experience.
pub(crate) fn years(years: Years) -> &'static str {
    match years {
        Years::UnderTwo => "under 2",
        Years::Two => "2 to 4",
        Years::Five => "5 to 9",
        Years::Ten => "10 or more",
    }
}

/// An option for the largest scope of responsibility.
pub(crate) fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Tasks => "my own tasks",
        Scope::Team => "a system or a team",
        Scope::Teams => "several teams",
        Scope::Organization => "a whole organization",
    }
}

/// An option for the number of people led.
pub(crate) fn people(people: People) -> &'static str {
    match people {
        People::None => "nobody",
        People::Few => "1 to 5",
        People::Team => "6 to 20",
        People::Many => "more than 20",
    }
}

/// A score with its margin: "62 ±10", or "3 (0 to 11)" near an end of the scale.
pub(crate) fn score(score: Score) -> String {
    match score.cut_interval() {
        Some((low, high)) => format!("{} ({low} to {high})", score.score),
        None => format!("{} ±{}", score.score, score.margin),
    }
}

/// The same for screen readers.
pub(crate) fn score_aloud(score: Score) -> String {
    match score.cut_interval() {
        Some((low, high)) => format!("score {}, between {low} and {high}", score.score),
        None => format!("score {}, plus or minus {}", score.score, score.margin),
    }
}

/// An estimate in words, for anyone who cannot see its picture.
pub(crate) fn band(estimate: Estimate) -> String {
    let (low, high) = estimate.band();
    format!("{}, 80% interval {} to {}", whole(estimate.score()), whole(low), whole(high))
}

/// A salary range in US dollars, with commas for thousands.
pub(crate) fn salary(salary: &Salary) -> String {
    let thousands = |dollars: u32| format!("{},{:03}", dollars / 1000, dollars % 1000);
    let more = if salary.or_more { " or more" } else { "" };
    format!("USD {} to {}{more} a year", thousands(salary.from), thousands(salary.to))
}

/// Milliseconds as whole days.
pub(crate) fn days(milliseconds: u64) -> u64 {
    milliseconds / (24 * 60 * 60 * 1000)
}

/// The day of a time in a session, and whether it is uncertain.
pub(crate) fn day_of(session: &Session, at: u64) -> String {
    let day = day(at);
    if session.dated.is_some() { format!("{day} or before (the clock was wrong)") } else { day }
}

/// A day: "23 Nov 2026".
pub(crate) fn day(at: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    let options = js_sys::Object::new();
    for (name, value) in [("day", "numeric"), ("month", "short"), ("year", "numeric")] {
        // Fails only for a frozen object.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_date_string("en-GB", &options).into()
}
