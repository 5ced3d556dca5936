//! Banks of fifty items, made up: the fewest on which the figures of a whole bank are judged.

use crate::{
    Files,
    read::schema::SCHEMA_LINE,
    tests::{Bad, good, messages},
};

const ITEMS: usize = 50;

/// A single best answer with four options of one length, and no word that another item has.
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

/// The good bank with made-up items, each changed.
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
fn figures_are_judged_from_fifty_items_on() {
    let first = |_: usize, made: &mut Made| made.key_at = 0;
    assert_eq!(messages(&bank(ITEMS, |_, _| {})), [""; 0]);
    assert_eq!(messages(&bank(ITEMS - 1, first)), [""; 0]);
    assert_eq!(messages(&bank(ITEMS, first)).len(), 1);
}

/// Six of fifty keys are found for sure, and of the others one in four.
fn test_wise(habit: &str) -> String {
    format!(
        "error: questions: who reads no question and takes the option {habit} finds 34% of the keys in 50 items with four; 33% is the most"
    )
}

pub(super) fn bad_banks() -> Vec<Bad> {
    vec![
        bad(
            "key-positions",
            |item, made| made.key_at = if item % 7 == 0 { 0 } else { made.key_at },
            "error: questions: of keys among four options 19 are written first, 11 second, 10 third and 10 last; put 18 to 32% at each, with chi-square below 7.815 (p > .05)",
        ),
        bad(
            "key-longest",
            // Where the key is not the longest, a wrong option is.
            |item, made| made.options[usize::from(item >= 16)] += "x",
            "error: questions: the key is longer than every other option in 16 of 50 single best answers; 30% is the most, shorten some or lengthen what is wrong",
        ),
        bad(
            "test-wise",
            |item, made| {
                if item < 9 {
                    made.question = made.question.replace("here", &made.options[0][..4]);
                }
            },
            "error: questions: who reads no question and takes the option that repeats most of the prompt finds 38.5% of the keys in 50 items with four; 33% is the most",
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
                    // The key has one word of the second option and one of the third.
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
                    // Two options are longest and two repeat the prompt; only the key does both.
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
                "warning: questions: 12% of wrong options have a word such as \"always\" or \"never\", and 0% of keys; keep them within 5 points of each other".to_owned(),
            ],
        },
        Bad {
            name: "key-positions-by-chance".to_owned(),
            files: bank(200, |item, made| {
                made.key_at = [64, 128, 164, 200].iter().position(|end| item < *end).unwrap();
            }),
            expected: vec![
                "error: questions: of keys among four options 64 are written first, 64 second, 36 third and 36 last; put 18 to 32% at each, with chi-square below 7.815 (p > .05)".to_owned(),
            ],
        },
        bad(
            "mean-level",
            |item, made| made.level = if item < 9 { 5 } else { made.level },
            "error: questions/tides.toml:1: the mean level is +0.40 off the middle; keep it within 0.3 of level 3",
        ),
        bad(
            "many-negations",
            |item, made| {
                if item < 2 {
                    made.question = made.question.replace("here", "**not** here");
                }
            },
            "warning: questions: 2 of 50 questions have a negation (ti-000, ti-001); ask for what holds, 2% are the most",
        ),
        bad(
            "absolute-words",
            |item, made| {
                if item < 9 {
                    made.options[1].replace_range(.., "always so");
                }
            },
            "warning: questions: 6% of wrong options have a word such as \"always\" or \"never\", and 0% of keys; keep them within 5 points of each other",
        ),
    ]
}
