//! Numbers as people type and read them. The unit is shown beside the field.
//!
//! An ambiguous text is never guessed: both readings are returned, so that the page can ask. Neither direction uses the
//! standard library's conversion of floats, which would add many bytes to the program.

#[cfg(test)]
mod tests;

use std::fmt;

/// Narrow no-break space, which separates thousands.
const THIN: char = '\u{202f}';
/// Units that are written before the number.
pub const CURRENCIES: [&str; 3] = ["$", "€", "£"];
/// The digit 0 of every other script in the basic multilingual plane (Unicode 16, category Nd). The other nine follow it.
const ZEROS: [u16; 36] = [
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6,
    0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0,
    0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];
/// The largest exponent of a power of ten that is exact as a float.
const EXACT: i32 = 22;

/// What was typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// Nothing yet.
    Empty,
    /// An unambiguous number. It is finite.
    Number(f64),
    /// One of two finite numbers, the likelier reading first.
    Either(f64, f64),
    /// Not a usable number, and how to fix it.
    Refused(Refusal),
}

/// Why an entry is refused. The text says how to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It isn't a number. Contains the unit of the answer.
    NotANumber(String),
    /// The number is followed by something other than its unit. Contains the unit of the answer.
    OtherUnit(String),
    /// It is too large for a float.
    TooLarge,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber(unit) if unit.is_empty() => f.write_str("Enter a number, such as 18.2."),
            Self::NotANumber(unit) => write!(f, "Enter a number in {unit}, such as 18.2."),
            Self::OtherUnit(unit) if unit.is_empty() => {
                f.write_str("The answer has no unit. Enter only the number.")
            }
            Self::OtherUnit(unit) => write!(f, "Enter only the number, in {unit}."),
            Self::TooLarge => f.write_str("The number is too large. Check its exponent."),
        }
    }
}

/// The digits before the decimal mark, perhaps with separated thousands, and those after it.
type Digits<'a> = (&'a str, &'a str);

/// Reads a number, in the digits of any script. Its unit may follow it.
pub fn read(text: &str, unit: &str) -> Typed {
    let text: String = text.chars().map(ascii).collect();
    let (text, unit) = (text.trim(), unit.trim());
    if text.is_empty() {
        return Typed::Empty;
    }
    let not_a_number = || Typed::Refused(Refusal::NotANumber(unit.to_owned()));
    let (negative, text) = sign(without_hedge(text));
    let currency = CURRENCIES.contains(&unit);
    let text = if currency { text.strip_prefix(unit).map_or(text, str::trim_start) } else { text };
    let (figure, rest) = figure(text);
    let power = power(figure, rest);
    let (exponent, rest) = power.unwrap_or((0, rest));
    let Some((first, second)) = readings(figure, power.is_some()) else {
        return not_a_number();
    };
    let rest = rest.trim();
    let percent = same(unit, "%");
    if !(rest.is_empty() || same(rest, unit) || percent && same(rest, "percent")) {
        return if is_unit(rest) {
            Typed::Refused(Refusal::OtherUnit(unit.to_owned()))
        } else {
            not_a_number()
        };
    }
    let value = |digits, exponent| if negative { -value(digits, exponent) } else { value(digits, exponent) };
    let number = value(first, exponent);
    let other = match second {
        Some(digits) => Some(value(digits, exponent)),
        // It may be a fraction rather than a percentage.
        None if percent && rest.is_empty() && number != 0.0 && number.abs() <= 1.0 => {
            Some(value(first, exponent.saturating_add(2)))
        }
        None => None,
    };
    match other {
        _ if !number.is_finite() => Typed::Refused(Refusal::TooLarge),
        Some(other) if !other.is_finite() => Typed::Refused(Refusal::TooLarge),
        // Two readings can be equal if both are too close to 0 for a float.
        Some(other) if other.total_cmp(&number).is_ne() => Typed::Either(number, other),
        _ => Typed::Number(number),
    }
}

/// Formats a number with six significant digits: with separated thousands from 10 000, and as a power of ten below a
/// millionth and from 10¹⁵. [`read`] reads it back.
pub fn shown(value: f64) -> String {
    if !value.is_finite() {
        return "not a number".to_owned();
    }
    let mut text = String::new();
    if value < 0.0 {
        text.push('−');
    }
    let (digits, exponent) = rounded(value.abs());
    let decimal = |text: &mut String, part: &str| {
        if !part.is_empty() {
            text.push('.');
            text.push_str(part);
        }
    };
    if !(-6..15).contains(&exponent) {
        let (whole, part) = digits.split_at(1);
        text.push_str(whole);
        decimal(&mut text, part);
        text.push_str(" × 10^");
        if exponent < 0 {
            text.push('−');
        }
        text.push_str(&exponent.unsigned_abs().to_string());
        return text;
    }
    let Ok(places) = usize::try_from(exponent) else {
        text.push_str("0.");
        text.extend((1..exponent.unsigned_abs()).map(|_| '0'));
        text.push_str(&digits);
        return text;
    };
    let figures = digits.chars().chain(std::iter::repeat('0')).take(places + 1);
    for (at, figure) in figures.enumerate() {
        if at > 0 && places >= 4 && (places + 1 - at).is_multiple_of(3) {
            text.push(THIN);
        }
        text.push(figure);
    }
    let part = digits.get(places + 1..).unwrap_or_default();
    decimal(&mut text, part);
    // To half the world 1.234 means over a thousand; 1.2340 doesn't.
    if part.len() == 3 {
        text.push('0');
    }
    text
}

/// Up to six significant digits without trailing zeros, and the exponent of the first.
fn rounded(value: f64) -> (String, i32) {
    if value == 0.0 {
        return ("0".to_owned(), 0);
    }
    let (mut scaled, mut exponent) = (value, 5);
    while scaled >= 999_999.5 {
        scaled /= 10.0;
        exponent += 1;
    }
    while scaled < 99_999.95 {
        scaled *= 10.0;
        exponent -= 1;
    }
    let digits = (scaled.round() as u32).to_string();
    (digits.trim_end_matches('0').to_owned(), exponent)
}

/// The ASCII form of what input methods and keyboards of other scripts type in numbers: digits, full-width characters,
/// decimal marks and signs.
pub fn ascii(c: char) -> char {
    let code = u32::from(c);
    let digit =
        || ZEROS.iter().find_map(|zero| code.checked_sub(u32::from(*zero)).filter(|digit| *digit < 10));
    let ascii = match c {
        _ if c.is_ascii() => None,
        '\u{3000}' => Some(' '),
        // Full stops, and the Arabic decimal mark.
        '。' | '｡' | '٫' => Some('.'),
        '٬' => Some('\''),
        '٪' => Some('%'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(code - 0xfee0),
        _ => digit().and_then(|digit| char::from_digit(digit, 10)),
    };
    ascii.unwrap_or(c)
}

/// The text after a word or sign for "approximately".
fn without_hedge(text: &str) -> &str {
    let after = |hedge: &str| {
        let (start, rest) = text.split_at_checked(hedge.len())?;
        start.eq_ignore_ascii_case(hedge).then_some(rest.trim_start())
    };
    ["~", "≈", "about", "ca.", "ca"].into_iter().find_map(after).unwrap_or(text)
}

/// Whether the text starts with a minus, and the text after the sign.
fn sign(text: &str) -> (bool, &str) {
    match (text.strip_prefix(['-', '−']), text.strip_prefix('+')) {
        (Some(rest), _) => (true, rest.trim_start()),
        (_, Some(rest)) => (false, rest.trim_start()),
        _ => (false, text),
    }
}

/// Splits after the digits and the separators among them.
fn figure(text: &str) -> (&str, &str) {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit_follows = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        let belongs = match mark(c) {
            Some(',' | '.') => true,
            // A space can also end the number.
            Some(_) => at > 0 && digit_follows,
            None => c.is_ascii_digit(),
        };
        if !belongs {
            break;
        }
        end = at + c.len_utf8();
    }
    text.split_at(end)
}

/// The type of separator, if the character is one.
fn mark(c: char) -> Option<char> {
    match c {
        ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | THIN => Some(' '),
        '\'' | '’' => Some('\''),
        '_' | ',' | '.' => Some(c),
        _ => None,
    }
}

/// The exponent after a figure (`e3`, `×10^3`, or `^3` if the figure is 10), and the text after it.
fn power<'a>(figure: &str, rest: &'a str) -> Option<(i32, &'a str)> {
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        return integer(exponent);
    }
    if figure == "10"
        && let Some((exponent, rest)) = raised(rest)
    {
        // The figure itself is the first power.
        return Some((exponent - 1, rest));
    }
    let times = rest.trim_start().strip_prefix(['×', '*', 'x', 'X', '·', '⋅'])?;
    raised(times.trim_start().strip_prefix("10")?)
}

/// The exponent after a ten, and the text after it.
fn raised(text: &str) -> Option<(i32, &str)> {
    if let Some(exponent) = text.trim_start().strip_prefix('^') {
        return integer(exponent.trim_start());
    }
    let plain = |c| match c {
        '⁻' => Some('-'),
        '⁺' => Some('+'),
        _ => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().zip('0'..='9').find_map(|(raised, plain)| (raised == c).then_some(plain)),
    };
    let (exponent, rest) = split(text, |c| plain(c).is_some());
    let exponent: String = exponent.chars().filter_map(plain).collect();
    match integer(&exponent)? {
        (exponent, "") => Some((exponent, rest)),
        _ => None,
    }
}

/// An integer, and the text after it. It is capped far beyond a float's exponent.
fn integer(text: &str) -> Option<(i32, &str)> {
    let (negative, text) = match text.strip_prefix('+') {
        Some(rest) => (false, rest),
        None => text.strip_prefix(['-', '−']).map_or((false, text), |rest| (true, rest)),
    };
    let (digits, rest) = split(text, |c| c.is_ascii_digit());
    if digits.is_empty() {
        return None;
    }
    let number = digits.bytes().fold(0_i32, |number, digit| {
        number.saturating_mul(10).saturating_add(i32::from(digit - b'0')).min(1_000_000)
    });
    Some((if negative { -number } else { number }, rest))
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}

/// The possible readings of a figure: one, or two with the likelier first.
fn readings(figure: &str, with_power: bool) -> Option<(Digits<'_>, Option<Digits<'_>>)> {
    let whole = (figure, "");
    let Some((before, after)) = figure.rsplit_once([',', '.']) else {
        return (is_digits(figure) && !figure.is_empty() || is_grouped(figure)).then_some((whole, None));
    };
    let decimal = (before, after);
    let comma = figure.strip_prefix(before)?.starts_with(',');
    if !is_digits(after) {
        return None;
    }
    if before.contains(if comma { ',' } else { '.' }) {
        // A separator that occurs twice isn't a decimal mark.
        return is_grouped(figure).then_some((whole, None));
    }
    if !is_digits(before) {
        return is_grouped(before).then_some((decimal, None));
    }
    match (is_grouped(figure), comma) {
        (true, true) if after == "000" => Some((whole, None)),
        (true, true) => Some((whole, Some(decimal))),
        // Nobody separates thousands in front of a power of ten.
        (true, false) if !with_power => Some((decimal, Some(whole))),
        _ if before.is_empty() && after.is_empty() => None,
        _ => Some((decimal, None)),
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether separators of one type separate thousands: one to three digits, then groups of three.
fn is_grouped(text: &str) -> bool {
    let mut marks = text.chars().filter_map(mark);
    let first = marks.next();
    let mut groups = text.split(|c| mark(c).is_some());
    let leads = groups.next().is_some_and(|lead| (1..=3).contains(&lead.len()) && !lead.starts_with('0'));
    first.is_some() && marks.all(|mark| Some(mark) == first) && leads && groups.all(|group| group.len() == 3)
}

/// The float for digits and an exponent: the nearest one for up to 15 digits and exponents up to 22, otherwise off by a few
/// units in the last place.
fn value((whole, part): Digits<'_>, exponent: i32) -> f64 {
    let mut exponent = exponent.saturating_sub(i32::try_from(part.len()).unwrap_or(i32::MAX));
    let mut figure = 0_u64;
    for digit in whole.chars().chain(part.chars()).filter_map(|c| c.to_digit(10)) {
        // A float can't represent more than 18 digits.
        if figure < 10_u64.pow(18) {
            figure = figure * 10 + u64::from(digit);
        } else {
            exponent = exponent.saturating_add(1);
        }
    }
    let mut value = figure as f64;
    // Beyond these limits the result is infinite or 0 anyway.
    let mut exponent = exponent.clamp(-400, 400);
    while exponent > EXACT {
        value *= 1e22;
        exponent -= EXACT;
    }
    while exponent < -EXACT {
        value /= 1e22;
        exponent += EXACT;
    }
    let scale = (0..exponent.abs()).fold(1.0, |scale, _| scale * 10.0);
    if exponent < 0 { value / scale } else { value * scale }
}

/// Whether two units are the same, ignoring spaces and the variants of micro and times. Case matters only in symbols, where
/// it distinguishes bits from bytes and milli from mega.
fn same(a: &str, b: &str) -> bool {
    let is_word = |unit: &str| unit.len() > 3 && unit.bytes().all(|byte| byte.is_ascii_alphabetic());
    let word = is_word(a) && is_word(b);
    let letters = |unit: &'_ str| -> String {
        let letter = |c: char| match c {
            'µ' | 'μ' => 'u',
            '×' => 'x',
            _ if word => c.to_ascii_lowercase(),
            _ => c,
        };
        unit.chars().filter(|c| !c.is_whitespace()).map(letter).collect()
    };
    letters(a) == letters(b)
}

/// Whether the text after a number looks like a unit rather than part of a sum or an exponent.
fn is_unit(text: &str) -> bool {
    // From Greek on. A full test for letters would need Unicode tables.
    let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, 'µ' | '\u{370}'..='\u{1fff}');
    let mut chars = text.chars();
    let starts = match chars.next() {
        Some('e' | 'E') => chars.next().is_some_and(letter),
        Some(c) => letter(c) || matches!(c, '%' | '‰' | '°' | '$' | '€' | '£'),
        None => false,
    };
    starts && !text.contains(|c: char| c.is_ascii_digit())
}
