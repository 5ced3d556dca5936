//! From TOML's values to Rust's.

use toml::de::DeValue;

use crate::{read::fields::Fields, text::At};

/// All fields of a table, whatever their names, as whole numbers.
pub(crate) fn numbers(fields: &mut Fields<'_>) -> Vec<(At<String>, i64)> {
    fields.allow_rest();
    let mut numbers = Vec::new();
    for (key, value) in fields.table {
        let name = At { value: key.get_ref().to_string(), line: fields.file.line(key.span().start) };
        match integer(value.get_ref()) {
            Some(number) => numbers.push((name, number)),
            None => fields.wrong_type(value, key.get_ref(), "a whole number"),
        }
    }
    numbers
}

pub(super) fn boolean(value: &DeValue<'_>) -> Option<bool> {
    value.as_bool()
}

pub(super) fn string(value: &DeValue<'_>) -> Option<String> {
    value.as_str().map(str::to_owned)
}

pub(super) fn integer(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// A finite number: TOML also has `inf` and `nan`.
pub(super) fn decimal(value: &DeValue<'_>) -> Option<f64> {
    let number: f64 = match value {
        DeValue::Float(float) => float.as_str().parse().ok()?,
        _ => integer(value)? as f64,
    };
    number.is_finite().then_some(number)
}

pub(super) fn hundredths(value: &DeValue<'_>) -> Option<i64> {
    Some((decimal(value)? * 100.0).round() as i64)
}

pub(super) fn described(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
