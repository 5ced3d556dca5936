//! Reading a skill's file, each mistake reported where it stands.

use crate::{
    problem::{Malformed, Mistake},
    read::{
        fields::{At, Fields, File},
        items::{Choice, Citation, Item, Items, Reaction, Retired, Slip, Step, Target, Task},
        schema::SCHEMA_LINE,
    },
};

/// Different items that the full assessment asks of each skill.
const ITEMS_PER_SKILL: usize = 4;

pub(crate) fn items(file: &File<'_>) -> Items {
    if file.text.is_some_and(|text| text.lines().next() != Some(SCHEMA_LINE)) {
        file.report(1, Malformed::NoSchemaLine);
    }
    file.read("the file", |root| {
        let mut ids = Vec::new();
        let items = root.tables("item", "an item", |f| {
            let id = f.text("id");
            ids.push(id.clone());
            item(f, id)
        });
        if items.len() < ITEMS_PER_SKILL {
            file.report(1, Malformed::ItemCount { count: items.len(), wanted: ITEMS_PER_SKILL });
        }
        let retired = root.optional_tables("retired", "a retired item", |f| {
            let id = f.text("id");
            ids.push(id.clone());
            Retired { id, reason: f.text("reason").value }
        });
        Items { items: items.into_iter().flatten().collect(), retired, ids }
    })
}

/// An item; `None`, once reported, where its kind is not known.
fn item(f: &mut Fields<'_>, id: At<String>) -> Option<Item> {
    let (line, subtopic, level) = (f.line, f.text("subtopic"), f.number("level", 1));
    if !(1..=5).contains(&level.value) {
        f.file.report(level.line, Malformed::LevelRange { level: level.value });
    }
    let prompt = f.markdown("prompt");
    let figure = f.optional_value("figure");
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
            why: f.markdown("why"),
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
    Some(Item { line, id, subtopic, level: level.value, prompt, figure, sources, reviewed, task })
}

fn choice(f: &mut Fields<'_>) -> Choice {
    Choice {
        line: f.line,
        text: f.markdown("text"),
        key: f.flag("key"),
        why: f.markdown("why"),
        misconception: f.optional_text("misconception"),
    }
}

fn reaction(f: &mut Fields<'_>) -> Reaction {
    Reaction {
        line: f.line,
        text: f.markdown("text"),
        best: f.flag("best"),
        worst: f.flag("worst"),
        why: f.markdown("why"),
        misconception: f.optional_text("misconception"),
    }
}

fn slip(f: &mut Fields<'_>) -> Slip {
    Slip { value: f.decimal("value"), why: f.markdown("why"), misconception: f.text("misconception") }
}

fn step(f: &mut Fields<'_>) -> Step {
    Step { text: f.markdown("text"), why: f.markdown("why"), misconception: f.optional_text("misconception") }
}

fn target(f: &mut Fields<'_>) -> Target {
    Target {
        line: f.line,
        at: f.text("at"),
        key: f.flag("key"),
        why: f.markdown("why"),
        misconception: f.optional_text("misconception"),
    }
}
