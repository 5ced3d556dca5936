//! Looking for the item that an author wants to see as a page.

use std::path::Path;

use crate::{
    error::{Error, Result},
    named,
    problem::nearest,
    read::folder::{Outline, read},
};

/// The fragment of the page that shows the item. The bank may have problems: the build names them, and builds
/// again as they are mended.
pub fn preview(questions: &Path, item: &str) -> Result<String> {
    let outline = Outline::new(&read(questions)?);
    let ids = || outline.ids.iter().flatten().map(|id| id.value.as_str());
    if ids().any(|id| id == item) {
        return Ok(format!("/preview/{item}"));
    }
    // It may be in a file that cannot be read.
    named(&outline.unreadable);
    Err(Error::NoItem { item: item.to_owned(), guess: nearest(item, ids()).unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn an_item_has_its_page_and_a_mistyped_one_its_nearest() {
        let good = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/bank/good");
        let page = |item| preview(&good, item).map_err(|error| error.to_string());
        assert_eq!(page("ti-001").unwrap(), "/preview/ti-001");
        assert_eq!(page("ti-04").unwrap_err(), "no item is called `ti-04`; did you mean `ti-004`?");
        let error = page("zebra").unwrap_err();
        assert_eq!(error, "no item is called `zebra`; the files questions/<skill>.toml hold those there are");
    }
}
