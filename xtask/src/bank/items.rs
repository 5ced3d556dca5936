//! The items as their authors write them: one file a skill. What goes across files is checked in `check`.

use super::{
    fields::{At, Fields, File},
    problem::{Malformed, Mistake},
    text::Text,
};

/// Different items that the full assessment asks of each skill.
const ITEMS_PER_SKILL: usize = 4;

/// One skill's file.
#[derive(Default)]
pub(crate) struct Items {
    pub(crate) items: Vec<Item>,
    pub(crate) retired: Vec<Retired>,
}

impl Items {
    /// Every id that was ever given.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &At<String>> {
        self.items.iter().map(|item| &item.id).chain(self.retired.iter().map(|retired| &retired.id))
    }
}

/// An item that was withdrawn: its id is never used again.
pub(crate) struct Retired {
    pub(crate) id: At<String>,
}

pub(crate) struct Item {
    pub(crate) line: usize,
    pub(crate) id: At<String>,
    pub(crate) subtopic: At<String>,
    pub(crate) level: i64,
    pub(crate) prompt: Text,
    pub(crate) sources: Vec<Citation>,
    pub(crate) reviewed: At<String>,
    pub(crate) task: Task,
}

pub(crate) struct Citation {
    pub(crate) key: At<String>,
    pub(crate) place: String,
}

/// What is answered, by kind.
pub(crate) enum Task {
    Single { option: Vec<Choice> },
    Multi { option: Vec<Choice> },
    Judgement { option: Vec<Reaction> },
    Numeric { unit: At<String>, value: f64, tolerance: At<f64>, why: Text, slip: Vec<Slip> },
    Ordering { partial: bool, step: Vec<Step> },
    Diagram { target: Vec<Target> },
}

/// An option of a question with one key or several.
pub(crate) struct Choice {
    pub(crate) line: usize,
    pub(crate) text: Text,
    pub(crate) key: bool,
    pub(crate) why: Text,
    pub(crate) misconception: Option<At<String>>,
}

/// A reaction to a situation.
pub(crate) struct Reaction {
    pub(crate) line: usize,
    pub(crate) text: Text,
    pub(crate) best: bool,
    pub(crate) worst: bool,
    pub(crate) why: Text,
    pub(crate) misconception: Option<At<String>>,
}

/// A wrong number that one gets by a mistake with a name.
pub(crate) struct Slip {
    pub(crate) value: At<f64>,
    pub(crate) why: Text,
    pub(crate) misconception: At<String>,
}

/// A step, written where it belongs. Its misconception is that of who puts it before the one that it follows.
pub(crate) struct Step {
    pub(crate) text: Text,
    pub(crate) why: Text,
    pub(crate) misconception: Option<At<String>>,
}

/// Something in the figure that can be pointed at.
pub(crate) struct Target {
    pub(crate) line: usize,
    pub(crate) at: At<String>,
    pub(crate) key: bool,
    pub(crate) why: Text,
    pub(crate) misconception: Option<At<String>>,
}

/// What the rules see of an option, a reaction, a step, a target or a slip.
pub(crate) struct Part<'a> {
    pub(crate) line: usize,
    /// What a reader reads; the names and numbers of targets and slips are none.
    pub(crate) text: Option<&'a Text>,
    /// Whether it is right by itself: a key, the best reaction, each step.
    pub(crate) right: bool,
    pub(crate) why: &'a Text,
    pub(crate) misconception: Option<&'a At<String>>,
}

impl Task {
    /// The name of its kind, as authors write it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Single { .. } => "single",
            Self::Multi { .. } => "multi",
            Self::Judgement { .. } => "judgement",
            Self::Numeric { .. } => "numeric",
            Self::Ordering { .. } => "ordering",
            Self::Diagram { .. } => "diagram",
        }
    }

    /// The names of all kinds.
    pub(crate) const KINDS: [&'static str; 6] =
        ["single", "multi", "judgement", "numeric", "ordering", "diagram"];

    /// The options of a single best answer: what the rules on keys are about.
    pub(crate) fn single(&self) -> Option<&[Choice]> {
        match self {
            Self::Single { option } => Some(option),
            _ => None,
        }
    }

    /// What it is made of, in the order written.
    pub(crate) fn parts(&self) -> Vec<Part<'_>> {
        match self {
            Self::Single { option } | Self::Multi { option } => option
                .iter()
                .map(|option| Part {
                    line: option.line,
                    text: Some(&option.text),
                    right: option.key,
                    why: &option.why,
                    misconception: option.misconception.as_ref(),
                })
                .collect(),
            Self::Judgement { option } => option
                .iter()
                .map(|reaction| Part {
                    line: reaction.line,
                    text: Some(&reaction.text),
                    right: reaction.best,
                    why: &reaction.why,
                    misconception: reaction.misconception.as_ref(),
                })
                .collect(),
            Self::Numeric { slip, .. } => slip
                .iter()
                .map(|slip| Part {
                    line: slip.value.line,
                    text: None,
                    right: false,
                    why: &slip.why,
                    misconception: Some(&slip.misconception),
                })
                .collect(),
            Self::Ordering { step, .. } => step
                .iter()
                .map(|step| Part {
                    line: step.text.line,
                    text: Some(&step.text),
                    right: true,
                    why: &step.why,
                    misconception: step.misconception.as_ref(),
                })
                .collect(),
            Self::Diagram { target } => target
                .iter()
                .map(|target| Part {
                    line: target.line,
                    text: None,
                    right: target.key,
                    why: &target.why,
                    misconception: target.misconception.as_ref(),
                })
                .collect(),
        }
    }
}

pub(crate) fn items(file: &File<'_>) -> Items {
    file.read("the file", |root| {
        let items = root.tables("item", "an item", item);
        if items.len() < ITEMS_PER_SKILL {
            file.report(1, Malformed::ItemCount { count: items.len(), wanted: ITEMS_PER_SKILL });
        }
        let retired = root.optional_tables("retired", "a retired item", |f| {
            let (id, _reason) = (f.text("id"), f.text("reason"));
            Retired { id }
        });
        Items { items: items.into_iter().flatten().collect(), retired }
    })
}

/// An item; `None`, once reported, where its kind is not known.
fn item(f: &mut Fields<'_>) -> Option<Item> {
    let (line, id, subtopic, level) = (f.line, f.text("id"), f.text("subtopic"), f.number("level", 1));
    if !(1..=5).contains(&level.value) {
        f.file.report(level.line, Malformed::LevelRange { level: level.value });
    }
    let prompt = f.text("prompt").into();
    let _ = f.optional_table("figure", "a figure", |f| {
        f.allow_rest();
    });
    let sources =
        f.tables("sources", "a citation", |f| Citation { key: f.text("key"), place: f.text("place").value });
    if sources.is_empty() {
        f.file.report(line, Mistake::NoSource);
    }
    let reviewed = f.day("reviewed");
    let kind = f.text("kind");
    // Each kind reads the fields that are its own.
    let task = match kind.value.as_str() {
        "single" => Task::Single { option: f.tables("option", "an option", choice) },
        "multi" => Task::Multi { option: f.tables("option", "an option", choice) },
        "judgement" => Task::Judgement { option: f.tables("option", "a reaction", reaction) },
        "numeric" => Task::Numeric {
            unit: f.text("unit"),
            value: f.decimal("value").value,
            tolerance: f.decimal("tolerance"),
            why: f.text("why").into(),
            slip: f.tables("slip", "a slip", slip),
        },
        "ordering" => Task::Ordering { partial: f.flag("partial"), step: f.tables("step", "a step", step) },
        "diagram" => Task::Diagram { target: f.tables("target", "a target", target) },
        other => {
            if !other.is_empty() {
                f.file.report(kind.line, Malformed::UnknownKind { kind: other.to_owned() });
            }
            f.allow_rest();
            return None;
        }
    };
    Some(Item { line, id, subtopic, level: level.value, prompt, sources, reviewed, task })
}

fn choice(f: &mut Fields<'_>) -> Choice {
    Choice {
        line: f.line,
        text: f.text("text").into(),
        key: f.flag("key"),
        why: f.text("why").into(),
        misconception: f.optional_text("misconception"),
    }
}

fn reaction(f: &mut Fields<'_>) -> Reaction {
    Reaction {
        line: f.line,
        text: f.text("text").into(),
        best: f.flag("best"),
        worst: f.flag("worst"),
        why: f.text("why").into(),
        misconception: f.optional_text("misconception"),
    }
}

fn slip(f: &mut Fields<'_>) -> Slip {
    Slip { value: f.decimal("value"), why: f.text("why").into(), misconception: f.text("misconception") }
}

fn step(f: &mut Fields<'_>) -> Step {
    Step {
        text: f.text("text").into(),
        why: f.text("why").into(),
        misconception: f.optional_text("misconception"),
    }
}

fn target(f: &mut Fields<'_>) -> Target {
    Target {
        line: f.line,
        at: f.text("at"),
        key: f.flag("key"),
        why: f.text("why").into(),
        misconception: f.optional_text("misconception"),
    }
}
