//! The page that shows a single item.

use std::path::Path;

use crate::{
    english::did_you_mean,
    error::{Error, Result},
    read::folder::{Outline, read},
};

/// Returns the address of the page that shows the item, to follow the `#`. The bank may have errors: the
/// build reports them, and builds again once they are fixed.
pub fn preview(questions: &Path, item: &str) -> Result<String> {
    let outline = Outline::new(&read(questions)?);
    let ids = || outline.ids.iter().flatten().map(|id| id.value.as_str());
    if ids().any(|id| id == item) {
        return Ok(format!("/preview/{item}"));
    }
    let hint = did_you_mean(item, ids())
        .unwrap_or_else(|| "all items are in the files questions/<skill>.toml".to_owned());
    let unreadable = outline.unreadable.iter().map(|problem| format!("\n{problem}"));
    Err(Error::NoItem { item: item.to_owned(), hint: std::iter::once(hint).chain(unreadable).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::folder::tests::{copy_of_good_bank, good_bank};
    use std::fs;

    #[test]
    fn an_item_has_a_page_and_a_mistyped_id_a_hint() {
        let page = |item| preview(&good_bank(), item).map_err(|error| error.to_string());
        assert_eq!(page("ti-001").unwrap(), "/preview/ti-001");
        assert_eq!(page("ti-04").unwrap_err(), "there is no item `ti-04`; did you mean `ti-004`?");
        assert_eq!(
            page("zebra").unwrap_err(),
            "there is no item `zebra`; all items are in the files questions/<skill>.toml"
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_is_reported() {
        let copy = copy_of_good_bank();
        fs::write(copy.path().join("tides.toml"), "level = \n").unwrap();
        let error = preview(copy.path(), "ti-001").unwrap_err().to_string();
        assert!(error.contains("\nerror: questions/tides.toml:1: not valid TOML"), "{error}");
    }
}
