//! One skill's items as the browser takes them.

use crate::figure::{self, Drawing};
use sextant::quiz::content::{
    bank::{Citation, Item, ItemId, Misconception, Picture, Shard, Source},
    task::{Choice, Quantity, Slip, Spot, Target, Task},
};

use crate::{
    compile::{
        highlight::escaped,
        markdown::{to_inline_html, to_prompt_html},
        position, small,
    },
    read::{
        authored::Skill,
        fields::At,
        items::{self, Items, Part},
    },
    rules::check::Bank,
};

/// What was named so far, each once. A name and what it stands for get their place together, so that none can
/// move another's.
struct Used<'a, T, F> {
    names: Vec<&'a str>,
    values: Vec<T>,
    value: F,
}

impl<'a, T, F: Fn(&str) -> T> Used<'a, T, F> {
    fn new(value: F) -> Self {
        Self { names: Vec::new(), values: Vec::new(), value }
    }

    fn position(&mut self, name: &'a At<String>) -> usize {
        let name = name.value.as_str();
        self.names.iter().position(|used| *used == name).unwrap_or_else(|| {
            self.names.push(name);
            self.values.push((self.value)(name));
            self.values.len() - 1
        })
    }
}

/// A source as readers see it. The check found each that is named; else the name would have to do.
fn source(bank: &Bank, key: &str) -> Source {
    let found = bank.sources.iter().find(|source| source.key.value == key);
    found.map_or_else(
        || Source { title: key.to_owned(), authors: String::new(), year: 0, url: String::new() },
        |source| Source {
            title: source.title.clone(),
            authors: source.authors.clone(),
            year: u16::try_from(source.year).unwrap_or_default(),
            url: source.url.value.clone(),
        },
    )
}

/// A misconception as readers see it; the same holds for its name.
fn misconception(bank: &Bank, id: &str) -> Misconception {
    let found = bank.misconceptions.iter().find(|misconception| misconception.id.value == id);
    found.map_or_else(
        || Misconception { statement: escaped(id), correction: String::new() },
        |found| Misconception {
            statement: to_inline_html(&found.statement.value),
            correction: to_inline_html(&found.correction.value),
        },
    )
}

pub(crate) fn shard(bank: &Bank, skill: &Skill, items: &Items) -> Shard {
    let mut sources = Used::new(|key: &str| source(bank, key));
    let mut misconceptions = Used::new(|id: &str| misconception(bank, id));
    let items = items
        .items
        .iter()
        .map(|item| {
            let drawing = item.figure.as_ref().map(|figure| (figure.value.draw(), figure.value.words()));
            Item {
                id: ItemId(item.id.value.clone()),
                level: small(item.level),
                subtopic: position(skill.subtopics.iter().map(|s| &s.id), &item.subtopic),
                prompt: to_prompt_html(&item.prompt.value, &item.id.value),
                figure: drawing
                    .as_ref()
                    .map(|(drawing, words)| Picture { svg: drawing.svg.clone(), words: words.clone() }),
                task: task(&item.task, drawing.as_ref().map(|(drawing, _)| drawing), &mut |id| {
                    misconceptions.position(id)
                }),
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
    Shard { items, sources: sources.values, misconceptions: misconceptions.values }
}

fn task<'a>(
    task: &'a items::Task,
    drawing: Option<&Drawing>,
    misconception: &mut impl FnMut(&'a At<String>) -> usize,
) -> Task {
    let mut choice = |part: Part<'a>| Choice {
        text: part.text.map(|text| to_inline_html(&text.value)).unwrap_or_default(),
        why: to_inline_html(&part.why.value),
        misconception: part.misconception.map(&mut *misconception),
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
                    misconception: misconception(&slip.misconception),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;
    use std::path::PathBuf;

    #[test]
    fn a_name_without_meaning_keeps_its_place() {
        let good = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/bank/good");
        let mut bank = load(&good).unwrap();
        if let items::Task::Single { option } = &mut bank.items[0].items[0].task {
            option[1].misconception.as_mut().unwrap().value.clear();
        }
        let shard = shard(&bank, &bank.skills[0], &bank.items[0]);
        let Task::Single(options) = &shard.items[0].task else { panic!("the first item is a single") };
        let of = |option: usize| &shard.misconceptions[options[option].misconception.unwrap()].statement;
        assert_eq!((of(1).as_str(), of(2).as_str()), ("", "The tide comes once a day."));
    }
}
