//! One skill's items as the browser takes them.

use sextant::quiz::{
    bank::{Citation, Item, ItemId, Misconception, Shard, Source},
    task::{Choice, Quantity, Slip, Target, Task},
};

use super::{
    authored::Skill,
    check::Bank,
    compile::{position, small},
    fields::At,
    items::{self, Items, Part},
    markdown::{to_html, to_inline_html},
};

/// The names used so far, each once, and a name's position among them.
#[derive(Default)]
struct Used<'a>(Vec<&'a str>);

impl<'a> Used<'a> {
    fn position(&mut self, name: &'a At<String>) -> usize {
        let name = name.value.as_str();
        self.0.iter().position(|used| *used == name).unwrap_or_else(|| {
            self.0.push(name);
            self.0.len() - 1
        })
    }
}

pub(super) fn shard(bank: &Bank, skill: &Skill, items: &Items) -> Shard {
    let (mut sources, mut misconceptions) = (Used::default(), Used::default());
    let items = items
        .items
        .iter()
        .map(|item| Item {
            id: ItemId(item.id.value.clone()),
            level: small(item.level),
            subtopic: position(skill.subtopics.iter().map(|s| &s.id), &item.subtopic),
            prompt: to_html(&item.prompt.value),
            figure: None,
            task: task(&item.task, &mut misconceptions),
            citations: item
                .sources
                .iter()
                .map(|cited| Citation { source: sources.position(&cited.key), place: cited.place.clone() })
                .collect(),
            reviewed: item.reviewed.value.clone(),
        })
        .collect();
    let source = |key: &&str| bank.sources.iter().find(|source| source.key.value == *key);
    let misconception = |id: &&str| bank.misconceptions.iter().find(|m| m.id.value == *id);
    Shard {
        items,
        sources: sources
            .0
            .iter()
            .filter_map(source)
            .map(|source| Source {
                title: source.title.clone(),
                authors: source.authors.clone(),
                year: u16::try_from(source.year).unwrap_or_default(),
                url: source.url.value.clone(),
            })
            .collect(),
        misconceptions: misconceptions
            .0
            .iter()
            .filter_map(misconception)
            .map(|m| Misconception {
                statement: to_inline_html(&m.statement.value),
                correction: to_inline_html(&m.correction.value),
            })
            .collect(),
    }
}

fn task<'a>(task: &'a items::Task, misconceptions: &mut Used<'a>) -> Task {
    let mut choice = |part: Part<'a>| Choice {
        text: part.text.map(|text| to_inline_html(&text.value)).unwrap_or_default(),
        why: to_inline_html(&part.why.value),
        misconception: part.misconception.map(|id| misconceptions.position(id)),
    };
    let mut choices = || task.parts().into_iter().map(&mut choice).collect::<Vec<_>>();
    match task {
        items::Task::Single { .. } => Task::Single(choices()),
        items::Task::Multi { .. } => Task::Multi(choices()),
        items::Task::Judgement { option } => Task::Judgement {
            reactions: choices(),
            worst: option.iter().position(|reaction| reaction.worst).unwrap_or_default(),
        },
        items::Task::Numeric { unit, value, tolerance, why, slip } => Task::Numeric(Quantity {
            unit: unit.value.clone(),
            value: *value,
            tolerance: tolerance.value,
            why: to_inline_html(&why.value),
            slips: slip
                .iter()
                .map(|slip| Slip {
                    value: slip.value.value,
                    why: to_inline_html(&slip.why.value),
                    misconception: misconceptions.position(&slip.misconception),
                })
                .collect(),
        }),
        items::Task::Ordering { partial, .. } => Task::Ordering { steps: choices(), partial: *partial },
        items::Task::Diagram { target } => Task::Diagram(
            target
                .iter()
                .zip(choices())
                .map(|(target, choice)| Target {
                    choice: Choice { text: target.at.value.clone(), ..choice },
                    left: String::new(),
                    top: String::new(),
                })
                .collect(),
        ),
    }
}
