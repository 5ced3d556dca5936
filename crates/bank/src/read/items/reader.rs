//! Reading a skill's file. Each mistake is reported with its line.

use strum::VariantNames;

use crate::{
    limits::{ITEMS_PER_SKILL, LEVELS},
    problem::{Malformed, Mistake},
    read::{
        fields::{BankFile, Fields},
        items::{
            AuthoredItem, AuthoredTask, Choice, ItemCitation, ItemFile, Kind, Reaction, Retired, Slip, Step,
            Target,
        },
        schema::SCHEMA_LINE,
    },
    text::At,
};

pub(crate) fn items(file: &BankFile<'_>) -> ItemFile {
    if file.text.is_some_and(|text| text.lines().next() != Some(SCHEMA_LINE)) {
        file.report(1, Malformed::NoSchemaLine { line: SCHEMA_LINE });
    }
    file.read("the file", |root| {
        let mut ids = Vec::new();
        let items = root.tables("item", "an item", |f| {
            let id = f.text("id");
            ids.push(id.clone());
            item(f, id)
        });
        if items.len() < ITEMS_PER_SKILL {
            file.report(1, Malformed::ItemCount { count: items.len() });
        }
        let retired = root.optional_tables("retired", "a retired item", |f| {
            let id = f.text("id");
            ids.push(id.clone());
            Retired { id, reason: f.text("reason").value }
        });
        ItemFile { items: items.into_iter().flatten().collect(), retired, ids }
    })
}

/// An item; `None` if its kind is unknown, which is reported.
fn item(f: &mut Fields<'_>, id: At<String>) -> Option<AuthoredItem> {
    let (line, subtopic, level) = (f.line, f.text("subtopic"), f.number("level", 1));
    if !LEVELS.contains(level.value) {
        f.file.report(level.line, Malformed::LevelRange { level: level.value });
    }
    let prompt = f.markdown("prompt");
    let figure = f.optional_value("figure");
    let sources = f.tables("sources", "a citation", |f| ItemCitation {
        key: f.text("key"),
        place: f.text("place").value,
    });
    if sources.is_empty() {
        f.file.report(line, Mistake::NoSource);
    }
    let reviewed = f.day("reviewed");
    let kind = f.text("kind");
    let task = match kind.value.parse() {
        Ok(Kind::Single) => AuthoredTask::Single { option: f.tables("option", "an option", choice) },
        Ok(Kind::Multi) => AuthoredTask::Multi { option: f.tables("option", "an option", choice) },
        Ok(Kind::Judgement) => AuthoredTask::Judgement { option: f.tables("option", "a reaction", reaction) },
        Ok(Kind::Numeric) => AuthoredTask::Numeric {
            unit: f.text("unit"),
            value: f.decimal("value").value,
            tolerance: f.decimal("tolerance"),
            why: f.markdown("why"),
            slip: f.tables("slip", "a slip", slip),
        },
        Ok(Kind::Ordering) => {
            AuthoredTask::Ordering { partial: f.flag("partial"), step: f.tables("step", "a step", step) }
        }
        Ok(Kind::Diagram) => AuthoredTask::Diagram { target: f.tables("target", "a target", target) },
        Err(_) => {
            if !kind.value.is_empty() {
                f.file.report(kind.line, Malformed::UnknownKind { kind: kind.value, known: Kind::VARIANTS });
            }
            f.allow_rest();
            return None;
        }
    };
    Some(AuthoredItem { line, id, subtopic, level: level.value, prompt, figure, sources, reviewed, task })
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
