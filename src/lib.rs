//! Sextant: a skills self-assessment for distributed systems engineers.
//!
//! Three parts. Dependencies only point from the first to the last:
//!
//! - [`app`]: what a person sees, in Leptos.
//! - [`browser`]: effects, thin and with typed errors: storage, fetching, clock, randomness, location.
//! - [`quiz`]: the pure core, without clock, randomness or browser; times and seeds are passed in. Everything that is shown
//!   is derived there from a session, which is a seed and a list of answers.
//!
//! [`route`] has the addresses of pages, [`trouble`] the texts of errors, and [`words`] how figures are worded. They are pure
//! as well.
//!
//! `cargo xtask assemble` compiles `questions/` into the types of [`quiz::content::bank`].

#[cfg(feature = "app")]
pub mod app;
#[cfg(feature = "app")]
pub mod browser;
pub mod quiz;
pub mod route;
pub mod trouble;
pub mod words;

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    /// A page may be gone when what it waits for arrives; `app/task.rs` says what to do instead.
    #[test]
    fn pages_never_wait() {
        let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app");
        let mut waiting = Vec::new();
        find(&app, &mut |path, text| {
            let may_wait = path.starts_with(app.join("state"))
                || [app.join("task.rs"), app.join("split.rs")].iter().any(|waiting| waiting == path);
            if !may_wait && (text.contains(".await") || text.contains("async ")) {
                waiting.push(path.to_owned());
            }
        });
        assert!(waiting.is_empty(), "{waiting:?}");
    }

    fn find(folder: &Path, see: &mut impl FnMut(&Path, &str)) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                find(&path, see);
            } else {
                see(&path, &fs::read_to_string(&path).unwrap());
            }
        }
    }
}
