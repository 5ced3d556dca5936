//! Why a stored value can't be read.

use std::fmt;

/// What is wrong with a value. The value is left unchanged, reported, and included in every export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// No value of ours has this key.
    Key,
    /// It is incomplete, isn't JSON, or has other fields than its key implies.
    Shape,
    /// A later version of Sextant wrote it.
    Newer,
    /// Its content says this format, and its key another.
    Format(u32),
    /// Its checksum doesn't match its content.
    Checksum,
    /// Its content belongs under another key.
    Misplaced,
    /// A number, a name or a list in it is implausibly large.
    Bounds,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key => f.write_str("Sextant doesn’t use this name."),
            Self::Shape => f.write_str("It was cut short or overwritten."),
            Self::Newer => f.write_str("A later version of Sextant wrote it."),
            Self::Format(format) => {
                write!(f, "Its content says format {format}, but its name says otherwise.")
            }
            Self::Checksum => f.write_str("It was changed after it was written: its checksum doesn’t match."),
            Self::Misplaced => f.write_str("It belongs under another name."),
            Self::Bounds => f.write_str("A number, a name or a list in it is implausibly large."),
        }
    }
}
