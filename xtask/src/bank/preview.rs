//! Looking for the item that an author wants to see as a page.

use std::path::Path;

use super::{
    authored,
    fields::{At, File},
    items,
    problem::nearest,
    read,
};
use crate::error::{Error, Result};

/// The fragment of the page that shows the item. The bank may have problems: the build names them, and builds
/// again as they are mended.
pub(crate) fn preview(questions: &Path, item: &str) -> Result<String> {
    let files = read(questions).map_err(|source| Error::Read { path: questions.to_owned(), source })?;
    let skills = authored::skills(&File::new("skills.toml", files.get("skills.toml").map(String::as_str)));
    let ids = skills.iter().flat_map(|skill| {
        let name = format!("{}.toml", skill.id.value);
        let items = items::items(&File::new(&name, files.get(&name).map(String::as_str)));
        items.items.into_iter().map(|item| item.id)
    });
    let ids: Vec<At<String>> = ids.collect();
    if ids.iter().any(|id| id.value == item) {
        return Ok(format!("/preview/{item}"));
    }
    let guess = nearest(item, ids.iter().map(|id| id.value.as_str()));
    Err(Error::NoItem { item: item.to_owned(), guess: guess.unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn an_item_has_its_page_and_a_mistyped_one_its_nearest() {
        let good = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/bank/good");
        let page = |item| preview(&good, item).map_err(|error| error.to_string());
        assert_eq!(page("ti-001").unwrap(), "/preview/ti-001");
        assert_eq!(page("ti-04").unwrap_err(), "no item is called `ti-04`; did you mean `ti-004`?");
        let error = page("zebra").unwrap_err();
        assert_eq!(error, "no item is called `zebra`; the files questions/<skill>.toml hold those there are");
    }
}
