//! A shard: the items of one skill, with everything they refer to.

use sextant::quiz::content::{
    bank::{Citation, Item, ItemId, Misconception, Picture, Shard, Source},
    task::{Choice, Quantity, Slip, Spot, Target, Task},
};

use crate::{
    figure::{Drawing, Hotspot},
    read::{
        authored::AuthoredSkill,
        items::{AuthoredTask, ItemFile, Part},
    },
    rules::whole_bank::Bank,
    text::{
        At,
        highlight::escaped,
        html::{to_inline_html, to_prompt_html},
    },
};

/// The values that were referred to so far, each once, with their names.
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

/// A number that the check limits to a byte: a level, a score, a weight.
pub(super) fn small(number: impl TryInto<u8>) -> u8 {
    number.try_into().unwrap_or(u8::MAX)
}

/// The position of a name among others. The check made sure that it is one of them.
pub(super) fn position<'a>(mut names: impl Iterator<Item = &'a At<String>>, name: &At<String>) -> usize {
    names.position(|other| other.value == name.value).unwrap_or_default()
}

/// A source as readers see it. The check made sure that it exists.
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

/// A misconception as readers see it. The check made sure that it exists.
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

pub(super) fn shard(bank: &Bank, skill: &AuthoredSkill, items: &ItemFile) -> Shard {
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
    task: &'a AuthoredTask,
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
        AuthoredTask::Single { .. } => Task::Single(choices()),
        AuthoredTask::Multi { .. } => Task::Multi(choices()),
        AuthoredTask::Judgement { option } => Task::Judgement {
            reactions: choices(),
            worst: option.iter().position(|reaction| reaction.worst).unwrap_or_default(),
        },
        AuthoredTask::Numeric { unit, value, tolerance, why, slip } => Task::Numeric(Quantity {
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
        AuthoredTask::Ordering { partial, .. } => Task::Ordering { steps: choices(), partial: *partial },
        AuthoredTask::Diagram { target } => Task::Diagram(
            target
                .iter()
                .zip(choices())
                .map(|(target, choice)| {
                    // The check made sure that the figure has every target.
                    let spot = drawing
                        .and_then(|drawing| drawing.targets.iter().find(|spot| spot.name == target.at.value));
                    Target {
                        choice: Choice { text: escaped(&target.at.value), ..choice },
                        label: spot.map(|spot| spot.label.clone()).unwrap_or_default(),
                        spot: spot.map(spot_of).unwrap_or_default(),
                    }
                })
                .collect(),
        ),
    }
}

/// A hotspot in CSS lengths.
fn spot_of(hotspot: &Hotspot) -> Spot {
    let rem = |length: f64| format!("{length:.3}rem");
    Spot {
        left: hotspot.left.to_string(),
        top: rem(hotspot.top),
        width: hotspot.width.to_string(),
        height: rem(hotspot.height),
        round: hotspot.round,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{read::folder::tests::good_bank, rules::check::load};

    #[test]
    fn an_unknown_name_has_a_position_of_its_own() {
        let mut bank = load(&good_bank()).unwrap();
        if let AuthoredTask::Single { option } = &mut bank.item_files[0].items[0].task {
            option[1].misconception.as_mut().unwrap().value.clear();
        }
        let shard = shard(&bank, &bank.skills[0], &bank.item_files[0]);
        let Task::Single(options) = &shard.items[0].task else { panic!("the first item is a single") };
        let of = |option: usize| &shard.misconceptions[options[option].misconception.unwrap()].statement;
        assert_eq!((of(1).as_str(), of(2).as_str()), ("", "The tide comes once a day."));
    }
}
