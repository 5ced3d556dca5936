//! One skill's items as the browser takes them.

use sextant::quiz::{
    bank::{Citation, Item, ItemId, Misconception, Picture, Shard, Source},
    figure::{self, Drawing},
    task::{Choice, Quantity, Slip, Spot, Target, Task},
};

use super::{
    authored::Skill,
    check::Bank,
    compile::{position, small},
    fields::At,
    highlight::escaped,
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
        .map(|item| {
            let drawing = item.figure.as_ref().map(|figure| (figure.value.draw(), figure.value.words()));
            Item {
                id: ItemId(item.id.value.clone()),
                level: small(item.level),
                subtopic: position(skill.subtopics.iter().map(|s| &s.id), &item.subtopic),
                prompt: to_html(&item.prompt.value),
                figure: drawing
                    .as_ref()
                    .map(|(drawing, words)| Picture { svg: drawing.svg.clone(), words: words.clone() }),
                task: task(&item.task, drawing.as_ref().map(|(drawing, _)| drawing), &mut misconceptions),
                citations: item
                    .sources
                    .iter()
                    .map(|cited| Citation {
                        source: sources.position(&cited.key),
                        place: cited.place.clone(),
                    })
                    .collect(),
                reviewed: item.reviewed.value.clone(),
            }
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

fn task<'a>(task: &'a items::Task, drawing: Option<&Drawing>, misconceptions: &mut Used<'a>) -> Task {
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
                .map(|(target, choice)| {
                    // The check found each target in the figure.
                    let spot = drawing
                        .and_then(|drawing| drawing.targets.iter().find(|spot| spot.name == target.at.value));
                    Target {
                        choice: Choice { text: escaped(&target.at.value), ..choice },
                        label: spot.map(|spot| spot.label.clone()).unwrap_or_default(),
                        spot: spot.map(area).unwrap_or_default(),
                    }
                })
                .collect(),
        ),
    }
}

/// A spot in CSS lengths.
fn area(spot: &figure::Spot) -> Spot {
    let rem = |length: f64| format!("{length:.3}rem");
    Spot {
        left: spot.left.to_string(),
        top: rem(spot.top),
        width: spot.width.to_string(),
        height: rem(spot.height),
        round: spot.round,
    }
}
