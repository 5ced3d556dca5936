//! `index.html` shows the start page before the app has loaded, so it repeats parts of the app's source.
//! These tests notice when only one of the two has changed.

const PAGE: &str = include_str!("../../../index.html");
const HOME: &str = include_str!("../../../src/app/pages/home.rs");
const PARTS: &str = include_str!("../../../src/app/parts.rs");

#[test]
fn the_shell_has_the_texts_of_the_start_page() {
    // A backslash at the end of a line continues a string literal.
    let home: String = HOME.split("\\\n").map(str::trim_start).collect();
    let places = [("<p class=\"eyebrow\">", "</p>"), ("<h1>", "</h1>"), ("<p class=\"lead\">", "</p>")];
    for (start, end) in places {
        let text = between(PAGE, start, end);
        assert!(home.contains(&format!("\"{text}\"")), "src/app/pages/home.rs lacks “{text}”");
    }
}

#[test]
fn the_shell_has_the_logo_of_the_app() {
    let logo = |text| between(text, "<svg class=\"logo\"", "</svg>").split_whitespace().collect::<String>();
    assert_eq!(logo(PAGE), logo(PARTS));
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let found = text.split_once(start).and_then(|(_, rest)| rest.split_once(end));
    found.unwrap_or_else(|| panic!("no {start}")).0
}
