//! Reading the files in `questions/` into what authors wrote, with the line of each value.

pub(crate) mod authored;
pub(crate) mod day;
pub(crate) mod fields;
pub(crate) mod folder;
pub(crate) mod items;
pub(crate) mod schema;
