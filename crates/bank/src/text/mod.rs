//! Markdown texts: what a reader sees of them, and the HTML that the browser gets.

mod at;
pub(crate) mod highlight;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod prose;
#[expect(clippy::module_inception, reason = "the folder is about texts, and this is the type of one")]
mod text;
pub(crate) mod words;

pub(crate) use at::At;
pub(crate) use text::Text;
