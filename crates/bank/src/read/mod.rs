//! Reading the files in `questions/`: what an author writes, with the line of each value.

pub(crate) mod authored;
pub(crate) mod day;
pub(crate) mod fields;
pub(crate) mod folder;
pub(crate) mod items;
pub(crate) mod prose;
pub(crate) mod schema;
pub(crate) mod text;
pub(crate) mod words;
