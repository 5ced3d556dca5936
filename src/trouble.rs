//! Every error that a reader can meet, with its text: what happened, what it means for them, and what they can do.
//!
//! What is told while no program runs stands in [`OUTSIDE`] as well, and `src/web/failure.js` repeats it, because nothing
//! else may work then. Tests hold the two to be the same.

use std::fmt;

use crate::quiz::saved::{
    file::FileError,
    store::{AreaError, NotSaved},
};

/// Why a part of the bank could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// The page does not name its catalog: the build was not finished.
    NoCatalog,
    /// The network gave no answer. For a developer: why.
    Network(String),
    /// The host answered with that HTTP status.
    Status(u16),
    /// The answer is not what the build wrote. For a developer: why.
    Content(String),
}

/// Something that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// What the reader did is not saved.
    NotSaved(NotSaved),
    /// So many values of the storage are not understood.
    Unreadable(usize),
    /// So many events are no longer in the storage.
    Adrift(usize),
    /// The questions, or a text, could not be fetched.
    Fetch(FetchError),
    /// A file was not imported.
    File(FileError),
    /// A file was not imported because what it holds could not be saved.
    NotImported(NotSaved),
    /// Something was not deleted, or not all of it.
    NotDeleted,
    /// A text could not be put on the clipboard.
    NotCopied,
    /// Another tab is busy, so no newer release takes over.
    Occupied,
    /// After an update the release is the same.
    NotUpdated,
    /// The offline copy was not removed.
    NotRemoved,
    /// No page has that address.
    NoPage(String),
    /// This browser does not hold that session.
    NoSession,
    /// No skill has that name.
    NoSkill(String),
    /// No item has that name.
    NoItem(String),
    /// A question that was answered is no longer in the bank.
    Withdrawn,
}

/// What is told where the program does not run: the names in `src/web/failure.js`, and their texts.
pub const OUTSIDE: [(&str, &str); 7] = [
    (
        "noWebAssembly",
        "This browser does not run WebAssembly, which Sextant is made of. It may be too old, or a setting or its \
         lockdown mode may have switched WebAssembly off.",
    ),
    (
        "unreachable",
        "The program could not be fetched. Perhaps this device is offline, or the host does not answer.",
    ),
    (
        "damaged",
        "What arrived is not the whole program. It was cut short or replaced on the way, or its host is being updated.",
    ),
    (
        "stopped",
        "Something in the program went wrong, and it cannot go on. What was saved before is still in this browser.",
    ),
    ("newer", "A newer version has arrived meanwhile. Reload to start it."),
    (
        "slow",
        "Still loading. The connection may be slow, or the host may not answer. Sextant goes on trying.",
    ),
    (
        "restarted",
        "Sextant stopped twice within half a minute, so it opened here and not where you were. What was saved is \
         untouched.",
    ),
];

impl Trouble {
    /// What happened, in a few words.
    pub fn title(&self) -> &'static str {
        match self {
            Self::NotSaved(NotSaved::Area(_)) => "Not saved.",
            Self::NotSaved(NotSaved::Newer) => "Read only.",
            Self::Unreadable(_) => "Not readable.",
            Self::Adrift(_) => "No longer saved.",
            Self::Fetch(_) => "Not loaded.",
            Self::File(_) | Self::NotImported(_) => "Not imported.",
            Self::NotDeleted => "Not deleted.",
            Self::NotCopied => "Not copied.",
            Self::Occupied => "Not yet.",
            Self::NotUpdated => "Not updated.",
            Self::NotRemoved => "Not removed.",
            Self::NoPage(_) => "No such page",
            Self::NoSession => "This quiz is not here",
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
                "This browser gives the page no storage, so your answers and your result last until you close or \
                 reload this page. Export them to keep them.",
            ),
            Self::NotSaved(NotSaved::Area(AreaError::NotWritten)) => f.write_str(
                "This browser did not take what you did last, perhaps because its space is full. Until it does, that \
                 lasts only while this page stays open: export it now. Sextant goes on trying.",
            ),
            Self::NotSaved(NotSaved::Newer) => f.write_str(
                "A later version of Sextant has saved data in this browser, and this version writes nothing over it: \
                 what you do here lasts while this page stays open. Reload the page to get the later version.",
            ),
            Self::Unreadable(1) => f.write_str(
                "1 saved value is damaged. Sextant leaves it as it is and puts it into every export.",
            ),
            Self::Unreadable(n) => write!(
                f,
                "{n} saved values are damaged. Sextant leaves them as they are and puts them into every export.",
            ),
            Self::Adrift(n) => {
                let entries = if *n == 1 { "entry is" } else { "entries are" };
                write!(
                    f,
                    "{n} {entries} gone from this browser’s storage: deleted in another tab, in the browser’s \
                     settings, or by the browser itself. This page still has what was in it.",
                )
            }
            Self::Fetch(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
            Self::NotImported(NotSaved::Area(_)) => f.write_str(
                "This browser has no space for what is in the file, so nothing was added. Deleting old quizzes makes \
                 space.",
            ),
            Self::NotImported(NotSaved::Newer) => {
                f.write_str("This version of Sextant is read-only here. Reload the page to get the later version.")
            }
            Self::NotDeleted => f.write_str(
                "The browser refused, and some of it may be left. Clearing this site’s data in its settings deletes \
                 everything.",
            ),
            Self::NotCopied => f.write_str("The browser refused. The text is selected: copy it yourself."),
            Self::Occupied => f.write_str(
                "Another tab is in the middle of a quiz, or has something that is not saved. Finish it or close that tab, \
                 then update.",
            ),
            Self::NotUpdated => f.write_str(
                "The new version did not start, so this is still the one before. Your answers are untouched. Closing \
                 all tabs of Sextant and opening it again starts the new one.",
            ),
            Self::NotRemoved => f.write_str(
                "The browser did not remove the offline copy. Clearing this site’s data in its settings does, but takes \
                 your answers too: export them first.",
            ),
            Self::NoPage(path) => {
                write!(f, "There is no page at “#/{path}”. The address may be cut short or mistyped.")
            }
            Self::NoSession => f.write_str(
                "This browser holds no such quiz. It was abandoned or deleted, or it was taken in another browser, on \
                 another device, or in a private window: answers never leave the browser they were given in.",
            ),
            Self::NoSkill(id) => {
                write!(f, "No skill is called “{id}”. The start page lists the fifteen there are.")
            }
            Self::NoItem(id) => write!(f, "The bank has no item “{id}”."),
            Self::Withdrawn => f.write_str(
                "It was withdrawn from the bank, or changed so much that your answer no longer fits it. The answer is \
                 kept and does not count.",
            ),
        }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCatalog => {
                f.write_str("This page does not say where its questions are. Its host has to build it again.")
            }
            Self::Network(_) => f.write_str("The questions could not be fetched. Is this device online?"),
            Self::Status(status) => {
                write!(f, "The host answered {status} instead of sending the questions.")
            }
            Self::Content(_) => f.write_str(
                "What the host sent is not the questions. Loading the page again may bring a complete copy.",
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

    /// Why a stored value is not understood, each way.
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

    /// One of each. A new variant does not compile until it is here.
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
            FileError::TooMany,
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
                | FileError::TooMany
                | FileError::Event { .. },
            )
            | Trouble::NotImported(_)
            | Trouble::NotDeleted
            | Trouble::NotCopied
            | Trouble::Occupied
            | Trouble::NotUpdated
            | Trouble::NotRemoved
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
    fn each_error_has_a_text_of_its_own() {
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

    /// The texts as they are, so that a change of one is seen in a review. `tests/errors.txt` is the list.
    #[test]
    fn the_texts_are_those_of_the_list() {
        let inside = all().into_iter().map(|trouble| format!("{} {trouble}", trouble.title()));
        let damages = damages().map(|damage| format!("{damage:?}: {damage}"));
        let outside = OUTSIDE.map(|(name, text)| format!("{name}: {text}"));
        let texts: Vec<String> = inside.chain(damages).chain(outside).collect();
        assert_eq!(texts.join("\n"), include_str!("../tests/errors.txt").trim_end());
    }

    #[test]
    fn what_is_told_outside_is_told_in_these_words() {
        let script = include_str!("web/failure.js");
        for (name, text) in OUTSIDE {
            assert!(script.contains(&format!("    {name}: \"{text}\",\n")), "{name}");
        }
    }
}
