//! What can be wrong with a figure, and how to fix it.

/// One mistake in a figure. `what` is the name of a kind of thing, such as "event name".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub(crate) enum FigureError {
    #[error("the figure has no {what}; add some, or remove the figure")]
    Empty { what: &'static str },
    #[error("the figure has {found} {what}, but room for only {most}; remove some")]
    TooMany { what: &'static str, found: usize, most: usize },
    #[error("the figure has an empty {what}; fill it in")]
    NoName { what: &'static str },
    #[error("the {what} `{name}` occurs twice; rename or remove one")]
    Twice { what: &'static str, name: String },
    #[error("the {what} `{name}` is too long to draw; use at most {most} characters")]
    LongName { what: &'static str, name: String, most: usize },
    #[error("{by} refers to the {what} `{name}`, which does not exist; add it or correct the name")]
    Unknown { what: &'static str, name: String, by: String },
    #[error("the {what} of {of} is {found}; write {least} to {most}")]
    Range { what: &'static str, of: String, found: u16, least: u16, most: u16 },
    #[error(
        "the message from `{from}` to `{to}` is not received after it is sent; move `{to}` to a later column"
    )]
    NotForward { from: String, to: String },
    #[error(
        "the message from `{from}` to `{to}` stays within process `{process}`; let it end at another \
         process, or remove it"
    )]
    WithinProcess { from: String, to: String, process: String },
    #[error("`{first}` and `{second}` are both on process `{process}` in column {at}; move one of them")]
    SameColumn { first: String, second: String, process: String, at: u8 },
    #[error("the arrow from `{from}` to `{to}` crosses the event `{event}`; move one of the three")]
    ThroughEvent { from: String, to: String, event: String },
    #[error("operation `{operation}` does not end after it starts; set `to` after `from`")]
    Backwards { operation: String },
    #[error(
        "`{first}` and `{second}` overlap in lane `{lane}`, which has room for one operation at a time; move \
         one, or put it in another lane"
    )]
    Overlap { first: String, second: String, lane: String },
    #[error(
        "`{first}` ends at {at}, exactly when `{second}` starts, so readers can't see whether they overlap; \
         leave a gap of 1, or let them overlap"
    )]
    Touch { first: String, second: String, at: u8 },
    #[error(
        "the bar of `{operation}` is too short for “{says}” on a small screen; make it at least {least} \
         long, or shorten the text"
    )]
    ShortBar { operation: String, says: String, least: u8 },
    #[error(
        "`{first}` and `{second}` are {degrees} degrees apart on the ring; keep {least} between them, so \
         that both can be seen"
    )]
    Close { first: String, second: String, degrees: u16, least: u16 },
    #[error("“{says}” of {what} does not fit into {place}; shorten it")]
    LongText { what: String, says: String, place: &'static str },
    #[error("`{first}` and `{second}` are both in column {column}, row {row}; move one of them")]
    SameCell { first: String, second: String, column: u8, row: u8 },
    #[error("a link leads from `{part}` to itself; remove it, or name another part")]
    ToItself { part: String },
    #[error("the link from `{from}` to `{to}` crosses `{part}`; move one of the three to another cell")]
    ThroughPart { from: String, to: String, part: String },
    #[error(
        "there is no room for “{says}” of {what} on a small screen; shorten it, or move what is around it"
    )]
    NoRoom { what: String, says: String },
}
