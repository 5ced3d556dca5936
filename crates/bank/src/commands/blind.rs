//! Questions for independent solvers who must not see the keys.

use std::{collections::BTreeMap, path::Path};

use serde::Serialize;

use crate::{
    commands::letters::{Letters, texts, wanted},
    compile::hash,
    error::{Error, Result},
    load, print,
    read::items::Item,
    rules::check::Bank,
};

/// An item as a solver gets it.
#[derive(Debug, Serialize)]
struct Blind<'a> {
    id: &'a str,
    skill: &'a str,
    kind: &'static str,
    prompt: &'a str,
    /// What the diagram says.
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    options: BTreeMap<char, &'a str>,
    /// What to write as `answer`.
    answer: String,
    /// What decided the order of the options.
    seed: u32,
    /// What the item said when it was asked. Given back with an answer, this and the seed tell whether the letters
    /// still mean what they did.
    version: String,
}

/// Prints the items as JSON Lines, options shuffled, without anything that tells the key.
pub fn blind(questions: &Path, skill: Option<&str>, seed: u32) -> Result<()> {
    let bank = load(questions)?;
    if let Some(skill) = skill
        && !bank.skills.iter().any(|known| known.id.value == skill)
    {
        return Err(Error::NoSkill { skill: skill.to_owned() });
    }
    print(&lines(&bank, skill, seed)?.join("\n"))
}

fn lines(bank: &Bank, skill: Option<&str>, seed: u32) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for (of, file) in bank.skills.iter().zip(&bank.items) {
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

/// Names all that a solver reads of an item, in the order written.
pub(crate) fn version(item: &Item) -> String {
    let figure = item.figure.as_ref().map(|figure| figure.value.words());
    let read = (&item.prompt.value, item.task.kind(), figure, texts(&item.task), wanted(&item.task));
    format!("{:08x}", hash(format!("{read:?}").as_bytes()) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, path::PathBuf};

    fn bank() -> Bank {
        load(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/bank/good")).unwrap()
    }

    #[test]
    fn blind_items_tell_no_key() {
        let bank = bank();
        let lines = lines(&bank, None, 3).unwrap();
        assert_eq!(lines.len(), bank.items[0].items.len());
        for (line, item) in lines.iter().zip(&bank.items[0].items) {
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
        assert!(orders.len() > 1, "the options are shuffled by the seed");
        assert_eq!(crate::commands::blind::lines(&bank, Some("none"), 3).unwrap().len(), 0);
    }
}
