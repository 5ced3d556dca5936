//! Why a stored value is not understood.

use std::fmt;

/// What is wrong with a value. It stays where it is, is told, and goes into every export as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// No value has that name.
    Key,
    /// It is cut short, or no JSON, or not of the fields that its name promises.
    Shape,
    /// A later version of this program wrote it.
    Newer,
    /// It says that it is of that format, which its name does not.
    Format(u32),
    /// Its checksum is not that of its content.
    Checksum,
    /// It is about something else than its name says.
    Misplaced,
    /// A number, a name or a list in it is too large to be meant.
    Bounds,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key => f.write_str("Sextant gives no value this name."),
            Self::Shape => f.write_str("It was cut short or overwritten."),
            Self::Newer => f.write_str("A later version of Sextant wrote it."),
            Self::Format(format) => write!(f, "It says it has format {format}, which its name does not."),
            Self::Checksum => f.write_str("It was changed after it was written: its checksum does not fit."),
            Self::Misplaced => f.write_str("It belongs under another name."),
            Self::Bounds => f.write_str("A number, a name or a list in it is too large to be meant."),
        }
    }
}
