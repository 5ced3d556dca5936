//! Made-up banks of fifty items, the fewest for which the rules on the whole bank apply.

use crate::{
    limits::ENOUGH_ITEMS as ITEMS,
    read::{folder::Files, schema::SCHEMA_LINE},
    tests::{Bad, good, messages},
};

/// A single best answer with four options of the same length, and with words that no other item has.
struct Made {
    level: usize,
    question: String,
    /// The key first.
    options: [String; 4],
    key_at: usize,
}

impl Made {
    fn new(item: usize) -> Self {
        let words = |n: usize| format!("a{n}x{item} b{n}x{item}");
        Self {
            level: item % 5 + 1,
            question: format!("What of {} here?", words(9)),
            options: [0, 1, 2, 3].map(words),
            key_at: item % 4,
        }
    }

    fn text(&self, item: usize) -> String {
        let subtopic = ["tables", "streams", "moon", "wind", "depth", "harbours"][item % 6];
        let why = "Twelve words or more are what an explanation takes to say something of use.";
        let option = |(at, text): (usize, &String)| {
            let is = if at == 0 { "key = true" } else { "misconception = \"one-tide-a-day\"" };
            format!("\n[[item.option]]\ntext = \"{text}\"\n{is}\nwhy = \"{why}\"\n")
        };
        let mut options: Vec<String> = self.options.iter().enumerate().map(option).collect();
        options.swap(0, self.key_at);
        format!(
            "[[item]]\nid = \"ti-{item:03}\"\nsubtopic = \"{subtopic}\"\nlevel = {}\nkind = \"single\"\n\
             prompt = \"{}\"\nsources = [{{ key = \"darwin-1911\", place = \"ch. 1\" }}]\n\
             reviewed = 2026-11-23\n{}\n",
            self.level,
            self.question,
            options.concat()
        )
    }
}

/// The good bank with made-up items, each changed by `change`.
fn bank(items: usize, change: impl Fn(usize, &mut Made)) -> Files {
    let mut files = good();
    let items = (0..items).map(|item| {
        let mut made = Made::new(item);
        change(item, &mut made);
        made.text(item)
    });
    let text = format!("{SCHEMA_LINE}\n\n{}", items.collect::<String>());
    files.insert("tides.toml".to_owned(), text);
    files
}

fn bad(name: &str, change: impl Fn(usize, &mut Made), expected: &str) -> Bad {
    Bad { name: name.to_owned(), files: bank(ITEMS, change), expected: vec![expected.to_owned()] }
}

#[test]
fn balance_is_judged_from_fifty_items_on() {
    let first = |_: usize, made: &mut Made| made.key_at = 0;
    assert_eq!(messages(&bank(ITEMS, |_, _| {})), [""; 0]);
    assert_eq!(messages(&bank(ITEMS - 1, first)), [""; 0]);
    assert_eq!(messages(&bank(ITEMS, first)).len(), 1);
}

/// Six of fifty keys are certain to be found, and one in four of the others.
fn test_wise(habit: &str) -> String {
    format!(
        "error: questions: picking the option {habit}, without reading the question, finds 34% of the keys in 50 items with four options (limit 33%)"
    )
}

pub(super) fn bad_banks() -> Vec<Bad> {
    vec![
        bad(
            "key-positions",
            |item, made| made.key_at = if item % 7 == 0 { 0 } else { made.key_at },
            "error: questions: of the keys among four options, 19 are first, 11 second, 10 third and 10 last; put 18 to 32% in each position, with chi-square below 7.815 (p > .05)",
        ),
        bad(
            "key-longest",
            // If the key isn't the longest option, a wrong one is.
            |item, made| made.options[usize::from(item >= 16)] += "x",
            "error: questions: the key is the longest option in 16 of 50 single best answers (limit 30%); shorten some keys, or lengthen wrong options",
        ),
        bad(
            "test-wise",
            |item, made| {
                if item < 9 {
                    made.question = made.question.replace("here", &made.options[0][..4]);
                }
            },
            "error: questions: picking the option that repeats the most words of the prompt, without reading the question, finds 38.5% of the keys in 50 items with four options (limit 33%)",
        ),
        bad(
            "test-wise-longest",
            |item, made| made.options[0] += if item < 6 { "x" } else { "" },
            &test_wise("that is longest"),
        ),
        bad(
            "test-wise-most-alike",
            |item, made| {
                if item < 6 {
                    // The key shares a word with the second option and one with the third.
                    made.options[1] = format!("a0x{item} b1x{item}");
                    made.options[2] = format!("a2x{item} b0x{item}");
                }
            },
            &test_wise("most like the others"),
        ),
        bad(
            "test-wise-together",
            |item, made| {
                if item < 6 {
                    // Two options are longest, two repeat words of the prompt, and only the key does both.
                    made.options[0] += "x";
                    made.options[1] += "x";
                    made.question = made.question.replace("here", &format!("a0x{item} a2x{item}"));
                }
            },
            &test_wise("that these four habits together rank highest"),
        ),
        Bad {
            name: "test-wise-no-absolutes".to_owned(),
            files: bank(ITEMS, |item, made| {
                if (10..16).contains(&item) {
                    for (option, text) in ["never b1", "every b2", "only bb3"].into_iter().enumerate() {
                        made.options[option + 1] = format!("{text}x{item}");
                    }
                }
            }),
            expected: vec![
                test_wise("with the fewest words such as \"always\""),
                "warning: questions: 12% of wrong options and 0% of keys have a word such as \"always\" or \"never\"; keep the two within 5 points".to_owned(),
            ],
        },
        Bad {
            name: "key-positions-uneven".to_owned(),
            files: bank(200, |item, made| {
                made.key_at = [64, 128, 164, 200].iter().position(|end| item < *end).unwrap();
            }),
            expected: vec![
                "error: questions: of the keys among four options, 64 are first, 64 second, 36 third and 36 last; put 18 to 32% in each position, with chi-square below 7.815 (p > .05)".to_owned(),
            ],
        },
        bad(
            "mean-level",
            |item, made| made.level = if item < 9 { 5 } else { made.level },
            "error: questions/tides.toml:1: the mean level is 3.40; keep it within 0.3 of 3",
        ),
        bad(
            "many-negations",
            |item, made| {
                if item < 2 {
                    made.question = made.question.replace("here", "**not** here");
                }
            },
            "warning: questions: 2 of 50 questions have a negation (ti-000, ti-001); keep them to 2%, and ask for what is true",
        ),
        bad(
            "absolute-words",
            |item, made| {
                if item < 9 {
                    made.options[1].replace_range(.., "always so");
                }
            },
            "warning: questions: 6% of wrong options and 0% of keys have a word such as \"always\" or \"never\"; keep the two within 5 points",
        ),
    ]
}
