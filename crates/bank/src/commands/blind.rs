//! Questions for independent solvers, who must not see the keys.

use std::{collections::BTreeMap, path::Path};

use serde::Serialize;

use crate::{
    commands::letters::{Letters, texts, wanted},
    compile::hash,
    error::{Error, Result},
    read::items::AuthoredItem,
    rules::{check::load, whole_bank::Bank},
};

/// An item as solvers see it.
#[derive(Debug, Serialize)]
struct Blind<'a> {
    id: &'a str,
    skill: &'a str,
    kind: &'static str,
    prompt: &'a str,
    /// The figure in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    options: BTreeMap<char, &'a str>,
    /// How the answer is to be written.
    answer: String,
    /// The seed of the options' order.
    seed: u32,
    /// A hash of what the solver reads. With this and the seed in the answer, `grade` knows whether the
    /// letters still mean the same.
    version: String,
}

/// Returns the items of one skill or all as JSON Lines, with shuffled options and nothing that gives the key
/// away.
pub fn blind(questions: &Path, skill: Option<&str>, seed: u32) -> Result<String> {
    let bank = load(questions)?;
    if let Some(skill) = skill
        && !bank.skills.iter().any(|known| known.id.value == skill)
    {
        return Err(Error::NoSkill { skill: skill.to_owned() });
    }
    Ok(lines(&bank, skill, seed)?.join("\n"))
}

fn lines(bank: &Bank, skill: Option<&str>, seed: u32) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for (of, file) in bank.skills.iter().zip(&bank.item_files) {
        if skill.is_some_and(|skill| skill != of.id.value) {
            continue;
        }
        for item in &file.items {
            let texts = texts(&item.task);
            let options = Letters::new(item, seed).0;
            let blind = Blind {
                id: &item.id.value,
                skill: &of.id.value,
                kind: item.task.kind(),
                prompt: item.prompt.value.trim(),
                figure: item.figure.as_ref().map(|figure| figure.value.words()),
                options: options
                    .into_iter()
                    .filter_map(|(letter, at)| Some((letter, *texts.get(at)?)))
                    .collect(),
                answer: wanted(&item.task),
                seed,
                version: version(item),
            };
            lines.push(serde_json::to_string(&blind).map_err(Error::Json)?);
        }
    }
    Ok(lines)
}

/// A hash of everything that a solver reads of an item, in the order written.
pub(crate) fn version(item: &AuthoredItem) -> String {
    let figure = item.figure.as_ref().map(|figure| figure.value.words());
    let read = (&item.prompt.value, item.task.kind(), figure, texts(&item.task), wanted(&item.task));
    format!("{:08x}", hash(format!("{read:?}").as_bytes()) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::folder::tests::good_bank;
    use std::collections::BTreeSet;

    #[test]
    fn blind_items_do_not_give_the_key_away() {
        let bank = load(&good_bank()).unwrap();
        let lines = lines(&bank, None, 3).unwrap();
        assert_eq!(lines.len(), bank.items().count());
        for (line, item) in lines.iter().zip(bank.items()) {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            let fields: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
            let options = texts(&item.task).len();
            let expected = ["id", "kind", "prompt", "skill", "answer", "seed", "version"];
            assert_eq!(
                fields,
                expected
                    .into_iter()
                    .chain((options > 0).then_some("options"))
                    .chain(item.figure.is_some().then_some("figure"))
                    .collect(),
                "{line}"
            );
            assert_eq!(value["options"].as_object().map_or(0, serde_json::Map::len), options);
            assert!(item.task.parts().iter().all(|part| !line.contains(part.why.value.trim())));
        }
        let orders: BTreeSet<Vec<String>> =
            (0..20).map(|seed| crate::commands::blind::lines(&bank, None, seed).unwrap()).collect();
        assert!(orders.len() > 1, "the seed decides the order of the options");
        assert_eq!(crate::commands::blind::lines(&bank, Some("none"), 3).unwrap().len(), 0);
    }
}
