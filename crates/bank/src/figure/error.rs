//! What can be wrong with a figure, each with how to mend it.

use std::{error, fmt};

/// One mistake in a figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureError {
    /// Nothing of a kind that the shape needs.
    Empty {
        /// The kind in the plural.
        what: &'static str,
    },
    /// More of a kind than there is room for.
    TooMany {
        /// The kind in the plural.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// A name without letters.
    NoName {
        /// What has it.
        what: &'static str,
    },
    /// Two of one name.
    Twice {
        /// What has it.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A name that does not fit beside its mark.
    LongName {
        /// What has it.
        what: &'static str,
        /// The name.
        name: String,
        /// How many letters it may have.
        most: usize,
    },
    /// Something refers to what is not there.
    Unknown {
        /// What should be there.
        what: &'static str,
        /// The name that it should have.
        name: String,
        /// What refers to it.
        by: String,
    },
    /// A number for which the picture has no place.
    Range {
        /// What it says.
        what: &'static str,
        /// Of what it says it.
        of: String,
        /// The number.
        found: u16,
        /// The least.
        least: u16,
        /// The most.
        most: u16,
    },
    /// A message that is received before or when it is sent.
    NotForward {
        /// The event that sends.
        from: String,
        /// The event that receives.
        to: String,
    },
    /// A message from a process to itself.
    WithinProcess {
        /// The event that sends.
        from: String,
        /// The event that receives.
        to: String,
        /// The process.
        process: String,
    },
    /// Two events of a process at one time.
    SameColumn {
        /// The first.
        first: String,
        /// The second.
        second: String,
        /// Their process.
        process: String,
        /// Their column.
        at: u8,
    },
    /// A message whose arrow crosses an event that has nothing to do with it.
    ThroughEvent {
        /// The event that sends.
        from: String,
        /// The event that receives.
        to: String,
        /// The event between.
        event: String,
    },
    /// An operation that ends before or when it starts.
    Backwards {
        /// The operation.
        operation: String,
    },
    /// Two operations of a lane at once.
    Overlap {
        /// The one that starts first.
        first: String,
        /// The one that starts later.
        second: String,
        /// Their lane.
        lane: String,
    },
    /// An operation that starts just when another ends.
    Touch {
        /// The one that ends.
        first: String,
        /// The one that starts.
        second: String,
        /// When.
        at: u8,
    },
    /// A bar that is shorter than what it says.
    ShortBar {
        /// The operation.
        operation: String,
        /// What it says.
        says: String,
        /// How long it must be.
        least: u8,
    },
    /// Two marks on the ring that cannot be told apart.
    Close {
        /// The first.
        first: String,
        /// The second.
        second: String,
        /// How many degrees are between them.
        degrees: u16,
        /// How many must be.
        least: u16,
    },
    /// A text that does not fit where it is drawn.
    LongText {
        /// What has it.
        what: String,
        /// The text.
        says: String,
        /// Where it does not fit.
        place: &'static str,
    },
    /// Two parts in one cell.
    SameCell {
        /// The first.
        first: String,
        /// The second.
        second: String,
        /// Their column.
        column: u8,
        /// Their row.
        row: u8,
    },
    /// A link from a part to itself.
    ToItself {
        /// The part.
        part: String,
    },
    /// A link that would go through another part.
    ThroughPart {
        /// The part that it starts from.
        from: String,
        /// The part that it leads to.
        to: String,
        /// The part between.
        part: String,
    },
    /// A label for which there is no place where it can be read.
    NoRoom {
        /// What has it.
        what: String,
        /// What it says.
        says: String,
    },
}

impl error::Error for FigureError {}

impl fmt::Display for FigureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { what } => {
                write!(f, "the figure has no {what}; give it some, or leave the figure out")
            }
            Self::TooMany { what, found, most } => {
                write!(f, "the figure has {found} {what}; there is room for {most}, so leave some out")
            }
            Self::NoName { what } => write!(f, "a {what} has an empty name; give it one"),
            Self::Twice { what, name } => {
                write!(f, "the {what} `{name}` is there twice; give each a name of its own")
            }
            Self::LongName { what, name, most } => {
                write!(f, "the {what} name `{name}` is too long to be drawn; use at most {most} letters")
            }
            Self::Unknown { what, name, by } => {
                write!(f, "{by} names the {what} `{name}`, which is not there; add it or correct the name")
            }
            Self::Range { what, of, found, least, most } => {
                write!(f, "the {what} of {of} is {found}; write {least} to {most}")
            }
            Self::NotForward { from, to } => write!(
                f,
                "the message from `{from}` to `{to}` is received no later than it is sent; \
                 move `{to}` to a later column"
            ),
            Self::WithinProcess { from, to, process } => write!(
                f,
                "the message from `{from}` to `{to}` stays within process `{process}`; \
                 let it end at another process, or leave it out"
            ),
            Self::SameColumn { first, second, process, at } => write!(
                f,
                "`{first}` and `{second}` are both on process `{process}` in column {at}; move one of them"
            ),
            Self::ThroughEvent { from, to, event } => write!(
                f,
                "the arrow from `{from}` to `{to}` runs through the event `{event}`; move one of the three"
            ),
            Self::Backwards { operation } => {
                write!(f, "operation `{operation}` ends no later than it starts; let `to` be after `from`")
            }
            Self::Overlap { first, second, lane } => write!(
                f,
                "`{first}` and `{second}` overlap in lane `{lane}`, where one thing happens at a time; \
                 move one, or give it another lane"
            ),
            Self::Touch { first, second, at } => write!(
                f,
                "`{first}` ends at {at}, just when `{second}` starts, so that nobody sees whether they overlap; \
                 leave 1 between them or let them overlap"
            ),
            Self::ShortBar { operation, says, least } => write!(
                f,
                "the bar of `{operation}` is too short for “{says}” on a small screen; \
                 make it at least {least} long, or say it shorter"
            ),
            Self::Close { first, second, degrees, least } => write!(
                f,
                "`{first}` and `{second}` are {degrees} degrees apart on the ring; \
                 leave {least} between them so that both can be seen"
            ),
            Self::LongText { what, says, place } => {
                write!(f, "“{says}” of {what} does not fit into {place}; say it shorter")
            }
            Self::SameCell { first, second, column, row } => write!(
                f,
                "`{first}` and `{second}` are both in column {column}, row {row}; give each a cell of its own"
            ),
            Self::ToItself { part } => {
                write!(f, "a link leads from `{part}` to itself; leave it out or name another part")
            }
            Self::ThroughPart { from, to, part } => write!(
                f,
                "the link from `{from}` to `{to}` runs through `{part}`; move one of the three to another cell"
            ),
            Self::NoRoom { what, says } => write!(
                f,
                "there is no room for “{says}” of {what} on a small screen; say it shorter, \
                 or move what is around it"
            ),
        }
    }
}
