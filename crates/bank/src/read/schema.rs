//! The JSON Schema of the item files, derived from the types of their contents. Editors complete and check
//! with it.

use std::{fs, path::Path};

use schemars::schema_for;

use crate::{
    error::{Error, Result},
    read::items::ItemFile,
};

/// The schema's file in `questions/`.
pub(crate) const FILE: &str = "items.schema.json";
/// The first line of each item file.
pub(crate) const SCHEMA_LINE: &str = "#:schema ./items.schema.json";

/// Writes the schema of the item files into the folder.
pub fn write(questions: &Path) -> Result<()> {
    let path = questions.join(FILE);
    fs::write(&path, text()?).map_err(|source| Error::Write { path, source })
}

fn text() -> Result<String> {
    Ok(serde_json::to_string_pretty(&schema_for!(ItemFile)).map_err(Error::Json)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::folder::{
        Files, read,
        tests::{good_bank, repository},
    };

    fn shipped() -> Files {
        read(&repository("questions")).unwrap()
    }

    /// The file as editors validate it, with days as strings.
    fn json(toml: &str) -> serde_json::Value {
        fn days_as_strings(value: toml::Value) -> toml::Value {
            match value {
                toml::Value::Datetime(day) => toml::Value::String(day.to_string()),
                toml::Value::Array(list) => {
                    toml::Value::Array(list.into_iter().map(days_as_strings).collect())
                }
                toml::Value::Table(table) => table
                    .into_iter()
                    .map(|(name, value)| (name, days_as_strings(value)))
                    .collect::<toml::Table>()
                    .into(),
                other => other,
            }
        }
        serde_json::to_value(days_as_strings(toml::from_str(toml).unwrap())).unwrap()
    }

    #[test]
    fn the_shipped_schema_is_current() {
        // Compared as values: the order of keys depends on a feature that other packages may enable.
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        let shipped = shipped().remove(FILE).unwrap_or_default();
        assert!(
            value(&shipped) == value(&text().unwrap()),
            "the schema is outdated: run cargo xtask bank schema"
        );
    }

    #[test]
    fn every_shipped_item_file_is_valid() {
        let schema = jsonschema::validator_for(&serde_json::from_str(&text().unwrap()).unwrap()).unwrap();
        for (name, text) in shipped() {
            if !text.contains("\n[[item]]\n") || name == "README.md" {
                continue;
            }
            let errors: Vec<String> =
                schema.iter_errors(&json(&text)).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{name}: {errors:#?}");
        }
    }

    #[test]
    fn files_of_the_wrong_shape_are_invalid() {
        let schema = jsonschema::validator_for(&serde_json::from_str(&text().unwrap()).unwrap()).unwrap();
        let good = fs::read_to_string(good_bank().join("tides.toml")).unwrap();
        assert!(schema.is_valid(&json(&good)));
        for (from, to) in [
            ("level = 1\n", ""),
            ("level = 1\n", "level = 6\n"),
            ("level = 1\n", "level = \"one\"\n"),
            ("level = 1\n", "level = 1\nlevle = 1\n"),
            ("kind = \"single\"", "kind = \"riddle\""),
            ("kind = \"multi\"", "kind = \"judgement\""),
            ("sources = [{ key = \"darwin-1911\", place = \"ch. 1\" }]", "sources = []"),
            ("worst = true", "worse = true"),
            ("tolerance = 0.1", "tolerance = -0.1"),
            ("at = \"a2\"", "to = \"a2\""),
            ("id = \"ti-001\"", "id = \"TI-001\""),
            ("text = \"With the next high water\"", "text = \"\""),
            ("place = \"ch. 1\"", "place = \"\""),
            ("unit = \"hours\"", "unit = \"\""),
            ("misconception = \"one-tide-a-day\"", "misconception = \"\""),
            ("subtopic = \"tables\"", "subtopic = \"\""),
            ("level = 5\nkind = \"diagram\"", "level = 5\nkind = \"diagram\"\nretired = 1"),
        ] {
            let bad = good.replacen(from, to, 1);
            assert!(bad != good && !schema.is_valid(&json(&bad)), "{to}");
        }
    }
}
