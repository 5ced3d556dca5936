//! Every error that a reader can see, with its text: what happened, what it means for them, and what they can do.
//!
//! [`OUTSIDE`] has the texts that are shown when the program doesn't run. `src/web/failure.js` repeats them, because nothing
//! else may work then; a test checks that the two agree.

use std::fmt;

use crate::quiz::saved::{
    file::FileError,
    store::{AreaError, NotSaved},
};

/// Why a part of the bank could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// The page doesn't refer to its catalog: the build is incomplete.
    NoCatalog,
    /// No response. The reason is for developers.
    Network(String),
    /// The HTTP status, if it isn't 200.
    Status(u16),
    /// The response isn't what the build wrote. The reason is for developers.
    Content(String),
}

/// Something that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The reader's latest changes are not saved.
    NotSaved(NotSaved),
    /// This many stored values can't be read.
    Unreadable(usize),
    /// This many events have disappeared from the storage.
    Adrift(usize),
    /// The questions or a text could not be loaded.
    Fetch(FetchError),
    /// A part of the program could not be loaded.
    PartMissing,
    /// A file was not imported.
    File(FileError),
    /// A file was not imported because its contents could not be saved.
    NotImported(NotSaved),
    /// Something was not deleted, or only partly.
    NotDeleted,
    /// A text could not be copied to the clipboard.
    NotCopied,
    /// Another tab is busy, so the new release can't take over.
    Occupied,
    /// The release is the same after an update.
    NotUpdated,
    /// The offline copy was not removed.
    NotRemoved,
    /// No page has this address.
    NoPage(String),
    /// This browser doesn't have this session.
    NoSession,
    /// No skill has this id.
    NoSkill(String),
    /// No item has this id.
    NoItem(String),
    /// An answered question is no longer in the bank.
    Withdrawn,
}

/// The texts that are shown when the program doesn't run, by their names in `src/web/failure.js`.
pub const OUTSIDE: [(&str, &str); 7] = [
    (
        "noWebAssembly",
        "This browser can’t run WebAssembly, which Sextant needs. It may be too old, or a setting such as lockdown mode may have switched WebAssembly off.",
    ),
    ("unreachable", "Sextant could not be downloaded. This device may be offline, or the site may be down."),
    (
        "damaged",
        "The download is incomplete or was changed on the way, or the site is being updated right now. Reload to try again.",
    ),
    (
        "stopped",
        "Something went wrong in Sextant, and it can’t continue. Everything saved so far is still in this browser.",
    ),
    ("newer", "A newer version is now available. Reload to start it."),
    ("slow", "Still loading. The connection may be slow, or the site may be down. Sextant keeps trying."),
    (
        "restarted",
        "Sextant stopped twice within half a minute, so it opened the start page instead of the page you were on. Your saved answers are unchanged.",
    ),
];

impl Trouble {
    /// What happened, in a few words.
    pub fn title(&self) -> &'static str {
        match self {
            Self::NotSaved(NotSaved::Area(_)) => "Not saved.",
            Self::NotSaved(NotSaved::Newer) => "Read-only.",
            Self::Unreadable(_) => "Damaged data.",
            Self::Adrift(_) => "No longer saved.",
            Self::Fetch(_) | Self::PartMissing => "Not loaded.",
            Self::File(_) | Self::NotImported(_) => "Not imported.",
            Self::NotDeleted => "Not deleted.",
            Self::NotCopied => "Not copied.",
            Self::Occupied => "Not yet.",
            Self::NotUpdated => "Not updated.",
            Self::NotRemoved => "Not removed.",
            Self::NoPage(_) => "No such page",
            Self::NoSession => "No such quiz",
            Self::NoSkill(_) => "No such skill",
            Self::NoItem(_) => "No such item",
            Self::Withdrawn => "This question was withdrawn",
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSaved(NotSaved::Area(AreaError::Refused)) => f.write_str(
                "This browser doesn’t let the page store anything. Your answers and your result last until you close or \
                 reload this page. To keep them, export them.",
            ),
            Self::NotSaved(NotSaved::Area(AreaError::NotWritten)) => f.write_str(
                "The browser didn’t store your latest changes, perhaps because its storage is full. They last only while \
                 this page is open, so export them now. Sextant keeps trying.",
            ),
            Self::NotSaved(NotSaved::Newer) => f.write_str(
                "A later version of Sextant has saved data in this browser, and this version doesn’t overwrite it. What \
                 you do here lasts only while this page is open. Reload the page to get the later version.",
            ),
            Self::Unreadable(1) => f.write_str(
                "1 saved value is damaged. Sextant leaves it unchanged and includes it in every export.",
            ),
            Self::Unreadable(n) => write!(
                f,
                "{n} saved values are damaged. Sextant leaves them unchanged and includes them in every export.",
            ),
            Self::Adrift(n) => {
                let entries = if *n == 1 { "entry has" } else { "entries have" };
                write!(
                    f,
                    "{n} {entries} disappeared from this browser’s storage: deleted in another tab, in the browser’s \
                     settings, or by the browser itself. This page still has a copy.",
                )
            }
            Self::Fetch(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
            Self::NotImported(NotSaved::Area(_)) => f.write_str(
                "This browser has no room for the contents of the file, so nothing was added. Delete old quizzes to make \
                 room.",
            ),
            Self::NotImported(NotSaved::Newer) => {
                f.write_str("This version of Sextant is read-only here. Reload the page to get the later version.")
            }
            Self::NotDeleted => f.write_str(
                "The browser refused, and some of the data may remain. Clearing this site’s data in the browser’s \
                 settings deletes everything.",
            ),
            Self::NotCopied => f.write_str("The browser refused. The text is selected, so you can copy it yourself."),
            Self::Occupied => f.write_str(
                "Another tab is in the middle of a quiz or has unsaved changes. Finish there or close that tab, then \
                 update.",
            ),
            Self::NotUpdated => f.write_str(
                "The new version didn’t start, so you still have the previous one. Your answers are unchanged. To start \
                 the new version, close all tabs of Sextant and open it again.",
            ),
            Self::PartMissing => f.write_str(
                "This page is in a part of Sextant that could not be downloaded, or arrived damaged. Is this device online?",
            ),
            Self::NotRemoved => f.write_str(
                "The browser didn’t remove the offline copy. Clearing this site’s data in the browser’s settings does, but also \
                 deletes your answers, so export them first.",
            ),
            Self::NoPage(path) => {
                write!(f, "There is no page at “#/{path}”. The address may be incomplete or mistyped.")
            }
            Self::NoSession => f.write_str(
                "This browser doesn’t have that quiz. It was abandoned, deleted, or taken in another browser, on another \
                 device or in a private window. Answers never leave the browser in which they were given.",
            ),
            Self::NoSkill(id) => {
                write!(f, "There is no skill “{id}”. The start page lists all fifteen.")
            }
            Self::NoItem(id) => write!(f, "The bank has no item “{id}”."),
            Self::Withdrawn => f.write_str(
                "It was withdrawn from the bank, or changed so much that your answer no longer fits. Your answer is still \
                 saved, but doesn’t count.",
            ),
        }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCatalog => f.write_str(
                "This page doesn’t say where its questions are. Whoever runs this site needs to rebuild it.",
            ),
            Self::Network(_) => f.write_str("The questions could not be downloaded. Is this device online?"),
            Self::Status(status) => {
                write!(f, "The site answered {status} instead of sending the questions.")
            }
            Self::Content(_) => f.write_str(
                "The site sent something other than the questions, or only part of them. Reload the page to try again.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::{
        saved::{
            damage::Damage,
            event::{EventId, Stream},
        },
        taking::session::SessionId,
    };

    /// Every reason why a stored value can't be read.
    fn damages() -> [Damage; 7] {
        let all = [
            Damage::Key,
            Damage::Shape,
            Damage::Newer,
            Damage::Format(9),
            Damage::Checksum,
            Damage::Misplaced,
            Damage::Bounds,
        ];
        let exhaustive = |damage: &Damage| match damage {
            Damage::Key
            | Damage::Shape
            | Damage::Newer
            | Damage::Format(_)
            | Damage::Checksum
            | Damage::Misplaced
            | Damage::Bounds => {}
        };
        all.iter().for_each(exhaustive);
        all
    }

    /// One of each. A new variant doesn't compile until it is added here.
    fn all() -> Vec<Trouble> {
        let id = EventId { stream: Stream::Session(SessionId { started: 1, seed: 2 }), tab: 3, number: 4 };
        let not_saved =
            [NotSaved::Area(AreaError::Refused), NotSaved::Area(AreaError::NotWritten), NotSaved::Newer];
        let fetch = [
            FetchError::NoCatalog,
            FetchError::Network("x".into()),
            FetchError::Status(503),
            FetchError::Content("x".into()),
        ];
        let file = [
            FileError::TooLarge,
            FileError::NotRead,
            FileError::NotText,
            FileError::NotJson { line: 3 },
            FileError::NotOurs,
            FileError::Newer { format: 9 },
            FileError::Field { line: 3, why: "unknown field `x`".into() },
            FileError::Event { id },
        ];
        let exhaustive = |trouble: &Trouble| match trouble {
            Trouble::NotSaved(
                NotSaved::Area(AreaError::Refused | AreaError::NotWritten) | NotSaved::Newer,
            )
            | Trouble::Unreadable(_)
            | Trouble::Adrift(_)
            | Trouble::Fetch(
                FetchError::NoCatalog
                | FetchError::Network(_)
                | FetchError::Status(_)
                | FetchError::Content(_),
            )
            | Trouble::File(
                FileError::TooLarge
                | FileError::NotRead
                | FileError::NotText
                | FileError::NotJson { .. }
                | FileError::NotOurs
                | FileError::Newer { .. }
                | FileError::Field { .. }
                | FileError::Event { .. },
            )
            | Trouble::NotImported(_)
            | Trouble::NotDeleted
            | Trouble::NotCopied
            | Trouble::Occupied
            | Trouble::NotUpdated
            | Trouble::NotRemoved
            | Trouble::PartMissing
            | Trouble::NoPage(_)
            | Trouble::NoSession
            | Trouble::NoSkill(_)
            | Trouble::NoItem(_)
            | Trouble::Withdrawn => {}
        };
        let mut all = vec![
            Trouble::Unreadable(1),
            Trouble::Unreadable(2),
            Trouble::Adrift(1),
            Trouble::Adrift(2),
            Trouble::NotImported(NotSaved::Newer),
            Trouble::NotImported(NotSaved::Area(AreaError::NotWritten)),
            Trouble::NotDeleted,
            Trouble::NotCopied,
            Trouble::Occupied,
            Trouble::NotUpdated,
            Trouble::NotRemoved,
            Trouble::PartMissing,
            Trouble::NoPage("x".into()),
            Trouble::NoSession,
            Trouble::NoSkill("x".into()),
            Trouble::NoItem("x".into()),
            Trouble::Withdrawn,
        ];
        all.extend(not_saved.into_iter().map(Trouble::NotSaved));
        all.extend(fetch.into_iter().map(Trouble::Fetch));
        all.extend(file.into_iter().map(Trouble::File));
        all.iter().for_each(exhaustive);
        all
    }

    #[test]
    fn each_error_has_its_own_text() {
        let mut texts: Vec<String> = all().iter().map(Trouble::to_string).collect();
        texts.extend(damages().map(|damage| damage.to_string()));
        texts.extend(OUTSIDE.map(|(_, text)| text.to_owned()));
        for text in &texts {
            assert!(text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()), "{text}");
            assert!(text.ends_with('.') || text.ends_with('?'), "{text}");
            assert!((20..=320).contains(&text.chars().count()), "{text}");
            for word in ["error", "Error", "invalid", "Oops", "!", "localStorage", "null", "JSON.parse"] {
                assert!(!text.contains(word), "“{word}” in {text}");
            }
        }
        let count = texts.len();
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), count);
    }

    /// `tests/errors.txt` has all texts, so that a review sees each change.
    #[test]
    fn the_texts_match_the_list() {
        let inside = all().into_iter().map(|trouble| format!("{} {trouble}", trouble.title()));
        let damages = damages().map(|damage| format!("{damage:?}: {damage}"));
        let outside = OUTSIDE.map(|(name, text)| format!("{name}: {text}"));
        let texts: Vec<String> = inside.chain(damages).chain(outside).collect();
        assert_eq!(texts.join("\n"), include_str!("../tests/errors.txt").trim_end());
    }

    #[test]
    fn the_failure_screen_has_the_same_texts() {
        let script = include_str!("web/failure.js");
        for (name, text) in OUTSIDE {
            assert!(script.contains(&format!("    {name}: \"{text}\",\n")), "{name}");
        }
    }
}
