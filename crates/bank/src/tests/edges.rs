//! The last value that is good and the first that isn't, for rules with several cases or both ends of a range.

use crate::tests::{good, messages};

/// The messages about the good bank after changes to its items.
fn after(changes: &[(&str, &str)]) -> Vec<String> {
    let mut files = good();
    let text = files.get_mut("tides.toml").unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        *text = text.replace(from, to);
    }
    messages(&files)
}

/// That many words, in sentences of ten.
fn words(count: usize) -> String {
    let word = |at: usize| match at % 10 {
        0 => "Every ",
        9 => "one. ",
        _ => "one ",
    };
    (0..count).map(word).collect()
}

const WHY: &str =
    "She grounded as the water fell, so the next high water of like height lifts her off again.";
const SINGLE: &str = "Ship 1 lies aground at noon. When may she float again?";
const JUDGEMENT: &str =
    "The mate misread the tables and the ship grounded gently. Which reaction is best, and which is worst?";

#[test]
fn lengths() {
    for (text, count, expected) in [
        (WHY, 11, "the explanation has 11 words; write 12 to 60"),
        (WHY, 12, ""),
        (WHY, 60, ""),
        (WHY, 61, "the explanation has 61 words; write 12 to 60"),
        (SINGLE, 90, ""),
        (SINGLE, 91, "the prompt has 91 words outside code blocks; use at most 90"),
        (JUDGEMENT, 140, ""),
        (JUDGEMENT, 141, "the prompt has 141 words outside code blocks; use at most 140"),
    ] {
        // A dash isn't a word.
        let found = after(&[(text, &format!("– {}", words(count)))]);
        assert_eq!(found.len(), usize::from(!expected.is_empty()), "{count}: {found:?}");
        assert!(found.iter().all(|message| message.ends_with(expected)), "{found:?}");
    }
}

#[test]
fn parts() {
    let belief = "misconception = \"one-tide-a-day\"";
    let (best, worst) = ("best = true\n", "worst = true\n");
    let say = "say nothing more of it.\"\n";
    for (changes, expected) in [
        (
            vec![(
                "text = \"A tanker\"\nmisconception = \"one-tide-a-day\"",
                "text = \"A tanker\"\nkey = true",
            )],
            "3 of 4 options are keys; have at least 2 keys and 2 wrong options",
        ),
        (vec![(best, &format!("{belief}\n")[..])], "reactions marked best: 0, worst: 1"),
        (
            vec![(&format!("{say}{belief}\n")[..], &format!("{say}{best}")[..])],
            "reactions marked best: 2, worst: 1",
        ),
        (
            vec![(worst, ""), (best, "best = true\nworst = true\n")],
            "reactions marked best: 1, worst: 1; mark exactly one as best and another as worst",
        ),
        (
            ["a2", "a3", "b2", "b3"]
                .map(|at| (format!("at = \"{at}\"\nkey = true"), format!("at = \"{at}\"\n{belief}")))
                .iter()
                .map(|(from, to)| (from.as_str(), to.as_str()))
                .collect(),
            "0 of 5 targets have `key = true`",
        ),
        (
            vec![("tolerance = 0.1", "tolerance = 6.2")],
            "12.4 and 24.8 are within 5% of each other or within twice",
        ),
        (vec![("tolerance = 0.1", "tolerance = 6.1")], ""),
        (
            vec![
                ("unit = \"hours\"", "unit = \"%\""),
                ("value = 12.4", "value = 99.5"),
                ("value = 24.8", "value = 99.95"),
            ],
            "",
        ),
        (
            vec![("value = 12.4", "value = 99.5"), ("value = 24.8", "value = 99.95")],
            "99.5 and 99.95 are within 5%",
        ),
        (
            vec![("text = \"A skiff\"", "text = \"A skiff or a dinghy\"")],
            "on average a key has 12 characters, the others 7 on average",
        ),
        (
            vec![(
                "Wait for high water and read the tables together.",
                "Wait for high water, read the tables together, and note in the log what was misread and why.",
            )],
            "the best reaction has 92 characters, the others 45 on average",
        ),
    ] {
        let found = after(&changes);
        assert_eq!(found.len(), usize::from(!expected.is_empty()), "{expected}: {found:?}");
        assert!(found.iter().all(|message| message.contains(expected)), "{expected}: {found:?}");
    }
}
