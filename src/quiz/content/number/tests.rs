//! What people type, and how it is read.

use crate::quiz::content::number::*;
use proptest::prelude::*;

fn refused(why: fn(String) -> Refusal, unit: &str) -> Typed {
    Typed::Refused(why(unit.to_owned()))
}

fn numbers(unit: &str, expected: &[(&str, f64)]) {
    for &(text, number) in expected {
        assert_eq!(read(text, unit), Typed::Number(number), "{text:?} in {unit:?}");
    }
}

fn not_numbers(texts: &[&str]) {
    for text in texts {
        assert_eq!(read(text, "ms"), refused(Refusal::NotANumber, "ms"), "{text:?}");
    }
}

#[test]
fn plain_numbers_signs_and_hedges() {
    for empty in ["", " ", "\u{a0}\t\n"] {
        assert_eq!(read(empty, "ms"), Typed::Empty);
    }
    numbers(
        "ms",
        &[
            ("0", 0.0),
            ("18.2", 18.2),
            ("  18.2\u{a0}\n", 18.2),
            ("007", 7.0),
            (".5", 0.5),
            ("5.", 5.0),
            (",5", 0.5),
            ("-3", -3.0),
            ("−3", -3.0),
            ("- 3", -3.0),
            ("+3", 3.0),
            ("~18.2", 18.2),
            ("≈ 18.2", 18.2),
            ("about 18.2", 18.2),
            ("About 18.2 ms", 18.2),
            ("ca. 18.2", 18.2),
            ("ca 18.2", 18.2),
            ("ca. −18.2", -18.2),
            ("~ +18.2", 18.2),
            ("1234.567", 1234.567),
            ("0.1", 0.1),
            ("0.10000000000000000000000000", 0.1),
            ("9007199254740993", 9_007_199_254_740_992.0),
            ("1000000000000000000000000", 1e24),
        ],
    );
}

#[test]
fn other_texts_are_refused() {
    not_numbers(&[
        "abc", "ms", "x", ".", ",", "-", "+", "~", "about", "--3", "+-3", "±3", "1/3", "1 / 3", "5-10",
        "5–10", "3 + 4", "(3)", "2^10", "2x10", "1e", "1e+", "1e5.5", "1 e3", "NaN", "inf", "Infinity",
        "0x1F", "18.2.", "12 ms 5", "½", "1½",
    ]);
    // Spaces that don't separate thousands.
    not_numbers(&["1\t000", "1\n000"]);
}

#[test]
fn the_unit_may_follow() {
    numbers("ms", &[("18.2 ms", 18.2), ("18.2ms", 18.2), ("18.2\u{202f}ms", 18.2), ("1e3ms", 1000.0)]);
    numbers("Mbit/s", &[("5 Mbit / s", 5.0), ("1 000 Mbit/s", 1000.0)]);
    numbers("requests", &[("5 requests", 5.0), ("1e3 Requests", 1000.0)]);
    numbers("events", &[("5 events", 5.0), ("5events", 5.0), ("5e3events", 5000.0)]);
    numbers("µs", &[("5 µs", 5.0), ("5 μs", 5.0), ("5us", 5.0)]);
    numbers("x", &[("3x", 3.0), ("3 ×", 3.0), ("2x10^3", 2000.0), ("2x10^3 x", 2000.0)]);
    numbers("", &[("3", 3.0)]);
    numbers(
        "%",
        &[
            ("18.2 %", 18.2),
            ("18.2%", 18.2),
            ("18.2 percent", 18.2),
            ("18.2 per cent", 18.2),
            ("18.2 Percent", 18.2),
        ],
    );
}

#[test]
fn another_unit_is_refused_and_never_converted() {
    for text in [
        "18.2 s",
        "18.2s",
        "18.2 µs",
        "18.2 μs",
        "18.2 мс",
        "18.2 %",
        "18.2 percent",
        "18 msec",
        "2k",
        "5 eur",
        "5 €",
        "3x",
    ] {
        assert_eq!(read(text, "ms"), refused(Refusal::OtherUnit, "ms"), "{text:?}");
    }
    assert_eq!(read("5 ms", ""), refused(Refusal::OtherUnit, ""));
    assert_eq!(read("50 percentile", "%"), refused(Refusal::OtherUnit, "%"));
    assert_eq!(read("1,234 s", "ms"), refused(Refusal::OtherUnit, "ms"));
}

#[test]
fn case_matters_in_symbols_but_not_in_words() {
    numbers("queries", &[("45 Queries", 45.0), ("45 QUERIES", 45.0)]);
    numbers("MB/s", &[("5 MB/s", 5.0), ("5MB/s", 5.0)]);
    for (text, unit) in [("5 Mb/s", "MB/s"), ("5 mW", "MW"), ("5 MS", "ms"), ("45 query", "queries")] {
        assert_eq!(read(text, unit), refused(Refusal::OtherUnit, unit), "{text} in {unit}");
    }
}

#[test]
fn a_currency_may_precede_its_number() {
    numbers("$", &[("$0.5", 0.5), ("$ 0.5", 0.5), ("0.5 $", 0.5), ("-$2", -2.0), ("0.5", 0.5)]);
    assert_eq!(read("$5", "€"), refused(Refusal::NotANumber, "€"));
}

#[test]
fn a_refusal_says_how_to_fix_it() {
    let says = |text, unit| match read(text, unit) {
        Typed::Refused(refusal) => refusal.to_string(),
        entry => panic!("{entry:?}"),
    };
    assert_eq!(says("abc", "ms"), "Enter a number in ms, such as 18.2.");
    assert_eq!(says("abc", ""), "Enter a number, such as 18.2.");
    assert_eq!(says("1 s", "ms"), "Enter only the number, in ms.");
    assert_eq!(says("1 s", ""), "The answer has no unit. Enter only the number.");
    assert_eq!(says("1e999", "ms"), "The number is too large. Check its exponent.");
}

#[test]
fn powers_of_ten() {
    numbers(
        "ms",
        &[
            ("1e3", 1000.0),
            ("1E+3", 1000.0),
            ("1.5e-3", 0.0015),
            ("1.5e−3", 0.0015),
            ("1,5e3", 1500.0),
            ("2×10^3", 2000.0),
            ("2 × 10^3", 2000.0),
            ("2*10^3", 2000.0),
            ("2x10^3", 2000.0),
            ("2X10^3", 2000.0),
            ("2·10³", 2000.0),
            ("2⋅10³", 2000.0),
            ("2·10⁻³ ms", 0.002),
            ("2×10^-3", 0.002),
            ("2×10^−3", 0.002),
            ("2 × 10 ^ 12", 2e12),
            ("-2×10^3", -2000.0),
            ("10^3", 1000.0),
            ("10⁶", 1e6),
            ("10^-2", 0.01),
            ("10×10^3", 1e4),
            ("10e2", 1000.0),
            ("1.234e3", 1234.0),
            ("1.234 × 10^3", 1234.0),
            ("1 000e3", 1e6),
            ("0e999", 0.0),
            ("1e-999", 0.0),
            ("1,234e-999", 0.0),
        ],
    );
    assert_eq!(read("1,234e3", "ms"), Typed::Either(1_234_000.0, 1234.0));
    for text in ["1e309", "-1e309", "1e99999999999", "10^400", "1,234e308"] {
        assert_eq!(read(text, "ms"), Typed::Refused(Refusal::TooLarge), "{text:?}");
    }
    not_numbers(&["2×10^", "2×10", "2×³", "110³", "2×10³⁻", "10^^3"]);
}

#[test]
fn thousands_are_groups_of_three() {
    numbers(
        "ms",
        &[
            ("1 000", 1000.0),
            ("1'000", 1000.0),
            ("1’000", 1000.0),
            ("1_000", 1000.0),
            ("1\u{a0}000", 1000.0),
            ("1\u{2009}000", 1000.0),
            ("1\u{202f}000", 1000.0),
            ("12 345 678", 12_345_678.0),
            ("12\u{a0}345 678 ms", 12_345_678.0),
            ("1 234.567", 1234.567),
            ("1 234,567", 1234.567),
            ("1'234.5", 1234.5),
            ("1,000", 1000.0),
            ("999,000", 999_000.0),
            ("1,000,000", 1e6),
            ("1,234,567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1.000.000", 1e6),
            ("1,234.5", 1234.5),
            ("1,234.567", 1234.567),
            ("1.234,5", 1234.5),
            ("1,234,567.8", 1_234_567.8),
            ("1.234.567,8", 1_234_567.8),
        ],
    );
    not_numbers(&[
        "1 00",
        "1 0000",
        "1000 000",
        "12 34",
        "1 000 00",
        "1  000",
        "0 123",
        "1_00",
        "1'00",
        "'000",
        "1 000'000",
        "1 000.000.000",
        "1,23,456",
        "1.2.3",
        "1,2.3",
        "1,234,56",
        "1.234,5,6",
        "1,234.567.8",
        "0,123.4",
        "1.5 000",
        "5, 6",
        ",.",
        "1,,000",
    ]);
}

#[test]
fn a_comma_can_be_the_decimal_mark() {
    numbers(
        "ms",
        &[
            ("1,5", 1.5),
            ("0,125", 0.125),
            ("0,000", 0.0),
            ("12,34", 12.34),
            ("1,2345", 1.2345),
            ("1234,567", 1234.567),
            ("5,", 5.0),
        ],
    );
}

#[test]
fn thousands_or_decimals_are_ambiguous() {
    for (text, first, second) in [
        ("1,234", 1234.0, 1.234),
        ("12,340", 12_340.0, 12.34),
        ("999,001", 999_001.0, 999.001),
        ("-1,234 ms", -1234.0, -1.234),
        ("1.234", 1.234, 1234.0),
        ("1.000", 1.0, 1000.0),
        ("100.000 ms", 100.0, 100_000.0),
        ("~ 1.234", 1.234, 1234.0),
    ] {
        assert_eq!(read(text, "ms"), Typed::Either(first, second), "{text:?}");
    }
    numbers("ms", &[("0.125", 0.125), ("0.000", 0.0), ("012.345", 12.345), ("1.2340", 1.234)]);
}

#[test]
fn a_fraction_or_a_percentage_is_ambiguous() {
    for (text, first, second) in [
        ("0.5", 0.5, 50.0),
        ("1", 1.0, 100.0),
        ("0.29", 0.29, 29.0),
        ("-0,5", -0.5, -50.0),
        ("0.125", 0.125, 12.5),
        ("1e-3", 0.001, 0.1),
        // Separators take precedence.
        ("1.000", 1.0, 1000.0),
        ("1,234", 1234.0, 1.234),
    ] {
        assert_eq!(read(text, "%"), Typed::Either(first, second), "{text:?}");
    }
    numbers("%", &[("0", 0.0), ("1.01", 1.01), ("0.5%", 0.5), ("1 percent", 1.0), ("50", 50.0)]);
    numbers("ms", &[("0.5", 0.5), ("1", 1.0)]);
}

#[test]
fn numbers_are_formatted_for_people() {
    for (value, text) in [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (100.0, "100"),
        (-18.2, "−18.2"),
        (0.1 + 0.2, "0.3"),
        (0.125, "0.125"),
        (1.0 / 3.0, "0.333333"),
        (0.000_001, "0.000001"),
        (1.5e-7, "1.5 × 10^−7"),
        (-1e-7, "−1 × 10^−7"),
        (1.234, "1.2340"),
        (123.456, "123.4560"),
        (99.9995, "99.9995"),
        (1.234_567_89, "1.23457"),
        (999.999_999, "1000"),
        (1234.56, "1234.56"),
        (9999.0, "9999"),
        (10_000.0, "10\u{202f}000"),
        (12_345.6, "12\u{202f}345.6"),
        (123_456.7, "123\u{202f}457"),
        (1_234_567.0, "1\u{202f}234\u{202f}570"),
        (999_999.6, "1\u{202f}000\u{202f}000"),
        (1e14, "100\u{202f}000\u{202f}000\u{202f}000\u{202f}000"),
        (1e15, "1 × 10^15"),
        (6.022e23, "6.022 × 10^23"),
        (f64::MAX, "1.79769 × 10^308"),
        (5e-324, "4.94066 × 10^−324"),
        (f64::NAN, "not a number"),
        (f64::NEG_INFINITY, "not a number"),
    ] {
        assert_eq!(shown(value), text, "{value:?}");
    }
}

/// Entries as people type them, and worse: digits, separators, spaces and words.
fn typed() -> impl Strategy<Value = String> {
    const PARTS: [&str; 42] = [
        "0", "1", "2", "10", "12", "000", "123", "999", ".", ",", " ", "\u{a0}", "\u{2009}", "\u{202f}", "'",
        "’", "_", "+", "-", "−", "~", "≈", "about", "ca.", "e", "E", "×", "*", "x", "·", "10^", "^", "³",
        "⁻", "%", "percent", "per cent", "ms", "s", "Mbit/s", "/", "\t",
    ];
    proptest::collection::vec(proptest::sample::select(&PARTS[..]), 0..10).prop_map(|parts| parts.concat())
}

fn is_sound(entry: &Typed) -> bool {
    match entry {
        Typed::Number(number) => number.is_finite(),
        Typed::Either(first, second) => {
            first.is_finite() && second.is_finite() && first.total_cmp(second).is_ne()
        }
        Typed::Empty | Typed::Refused(_) => true,
    }
}

fn unit() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(&["%", "ms", "Mbit/s", "x", "e", ""][..])
}

proptest! {
    #[test]
    fn any_text_can_be_read(text in any::<String>(), unit in any::<String>()) {
        prop_assert!(is_sound(&read(&text, &unit)));
    }

    #[test]
    fn surrounding_spaces_change_nothing(text in typed(), unit in unit()) {
        let entry = read(&text, unit);
        prop_assert!(is_sound(&entry), "{entry:?}");
        prop_assert_eq!(read(&format!(" \u{a0}{text}\u{202f}\n"), unit), entry);
    }

    #[test]
    fn digits_with_an_exponent_agree_with_the_standard_library(
        digits in "[0-9]{1,15}\\.[0-9]{4,8}e-?[0-9]{1,2}",
    ) {
        let expected: f64 = digits.parse().unwrap();
        match read(&digits, "ms") {
            Typed::Number(number) => prop_assert!((number - expected).abs() <= 1e-14 * expected),
            entry => prop_assert!(false, "{entry:?}"),
        }
    }

    #[test]
    fn formatted_numbers_read_back(value in any::<f64>(), magnitude in -9..18_i32) {
        let near = |number: f64, value: f64| (number - value).abs() <= 1e-5 * value.abs();
        // Any float, mostly huge or tiny, and one as in questions.
        for value in [value, value.signum() * 10_f64.powi(magnitude) * (1.0 + value.abs().fract() * 9.0)] {
            match read(&shown(value), "ms") {
                Typed::Number(number) => prop_assert!(near(number, value), "{value} as {number}"),
                entry => prop_assert!(false, "{value} as {}: {entry:?}", shown(value)),
            }
            match read(&shown(value), "%") {
                Typed::Number(number) => prop_assert!(near(number, value)),
                Typed::Either(first, second) => {
                    prop_assert!(first.abs() <= 1.0 && near(first, value) && near(second, 100.0 * value));
                }
                entry => prop_assert!(false, "{entry:?}"),
            }
        }
    }
}

#[test]
fn digits_of_any_script_and_full_width_characters() {
    numbers(
        "ms",
        &[
            ("１３３", 133.0),
            ("١٣٣", 133.0),
            ("۱۳۳", 133.0),
            ("१३३", 133.0),
            ("๑๓๓", 133.0),
            ("１８．２", 18.2),
            ("１８，２", 18.2),
            ("18。2", 18.2),
            ("１８｡２", 18.2),
            ("١٨٫٢", 18.2),
            ("１２　０００", 12_000.0),
            ("－３", -3.0),
            ("１ｅ３", 1000.0),
            ("133 ｍｓ", 133.0),
        ],
    );
    numbers("%", &[("１３％", 13.0), ("١٣٪", 13.0)]);
    assert_eq!(read("１，５００", "ms"), read("1,500", "ms"), "as ambiguous as in ASCII");
    not_numbers(&["一三三", "½", "Ⅷ", "①"]);
}

#[test]
fn every_decimal_digit_is_read() {
    for zero in ZEROS {
        for digit in 0..10 {
            let c = char::from_u32(u32::from(zero) + digit).unwrap();
            assert_eq!(read(&c.to_string(), ""), Typed::Number(f64::from(digit)), "{c}");
        }
    }
}
