//! Every mistake and its message.

use crate::figure::tests::has;

#[test]
fn mistakes_of_space_time() {
    let of = |processes: &str, events: &str, messages: &str, expected: &[&str]| {
        let events: Vec<_> = events
            .split_whitespace()
            .map(|event| {
                let mut part = event.split(',');
                let mut next = || part.next().unwrap();
                format!("{{ name = \"{}\", on = \"{}\", at = {} }}", next(), next(), next())
            })
            .collect();
        let messages: Vec<_> = messages
            .split_whitespace()
            .map(|message| {
                let (from, to) = message.split_once('>').unwrap();
                format!("{{ from = \"{from}\", to = \"{to}\" }}")
            })
            .collect();
        let (events, messages) = (events.join(", "), messages.join(", "));
        has(
            "space-time",
            &format!("processes = [{processes}]\nevents = [{events}]\nmessages = [{messages}]"),
            expected,
        );
    };
    let abc = r#""A", "B", "C""#;
    of(
        "",
        "",
        "",
        &[
            "the figure has no processes; add some, or remove the figure",
            "the figure has no events; add some, or remove the figure",
        ],
    );
    of(
        r#""A", "B", "C", "D", "E", "F""#,
        "a,A,1",
        "",
        &["the figure has 6 processes, but room for only 5; remove some"],
    );
    of(
        r#""A", "A", "", "Alice""#,
        "a,A,1",
        "",
        &[
            "the process name `A` occurs twice; rename or remove one",
            "the figure has an empty process name; fill it in",
            "the process name `Alice` is too long to draw; use at most 4 characters",
        ],
    );
    of(
        abc,
        "a,A,1 a,B,1 b,X,3",
        "",
        &[
            "the event name `a` occurs twice; rename or remove one",
            "event `b` refers to the process `X`, which does not exist; add it or correct the name",
        ],
    );
    of(
        abc,
        "a,A,0 b,B,10",
        "",
        &["the column of event `a` is 0; write 1 to 9", "the column of event `b` is 10; write 1 to 9"],
    );
    of(abc, "a,A,2 b,A,2", "", &["`a` and `b` are both on process `A` in column 2; move one of them"]);
    of(
        abc,
        "a,A,2 b,B,2 c,A,3",
        "a>b a>c a>x",
        &[
            "the message from `a` to `b` is not received after it is sent; move `b` to a later column",
            "the message from `a` to `c` stays within process `A`; let it end at another process, or remove it",
            "the message from `a` to `x` refers to the event `x`, which does not exist; add it or correct the name",
        ],
    );
    of(
        abc,
        "a,A,1 b,B,2 c,C,3",
        "a>c a>b a>b",
        &[
            "the arrow from `a` to `c` crosses the event `b`; move one of the three",
            "the message `a → b` occurs twice; rename or remove one",
        ],
    );
    of(
        abc,
        "mmm1,A,7 mmm2,A,8 mmm3,A,9",
        "",
        &[
            "there is no room for “mmm3” of event `mmm3` on a small screen; shorten it, or move what is around it",
        ],
    );
}

#[test]
fn mistakes_of_timelines() {
    let of = |operations: &str, expected: &[&str]| {
        has("timeline", &format!("lanes = [\"A\", \"B\"]\noperations = [{operations}]"), expected);
    };
    of("", &["the figure has no operations; add some, or remove the figure"]);
    of(
        r#"{ name = "w", on = "C", from = 5, to = 5, says = "x" }"#,
        &[
            "operation `w` refers to the lane `C`, which does not exist; add it or correct the name",
            "operation `w` does not end after it starts; set `to` after `from`",
        ],
    );
    of(
        r#"{ name = "w", on = "A", from = 0, to = 21, says = "x" }"#,
        &["the end of operation `w` is 21; write 0 to 20"],
    );
    let two = |first: &str, second: &str, expected: &[&str]| {
        of(
            &format!(
                "{{ name = \"v\", {first}, says = \"write 1\" }}, {{ name = \"w\", {second}, says = \"write 2\" }}"
            ),
            expected,
        );
    };
    two(
        r#"on = "A", from = 0, to = 8"#,
        r#"on = "A", from = 7, to = 15"#,
        &[
            "`v` and `w` overlap in lane `A`, which has room for one operation at a time; move one, or put it in another lane",
        ],
    );
    two(
        r#"on = "A", from = 0, to = 8"#,
        r#"on = "B", from = 8, to = 15"#,
        &[
            "`v` ends at 8, exactly when `w` starts, so readers can't see whether they overlap; leave a gap of 1, or \
         let them overlap",
        ],
    );
    two(
        r#"on = "A", from = 0, to = 3"#,
        r#"on = "B", from = 8, to = 20"#,
        &[
            "the bar of `v` is too short for “write 1” on a small screen; make it at least 5 long, or shorten the text",
        ],
    );
    of(
        r#"{ name = "w", on = "A", from = 0, to = 9, says = " " }"#,
        &["the figure has an empty bar; fill it in"],
    );
}

#[test]
fn mistakes_of_rings() {
    has("ring", "nodes = []", &["the figure has no nodes; add some, or remove the figure"]);
    has(
        "ring",
        r#"nodes = [{ name = "n", at = 5 }, { name = "m", at = 350 }]"#,
        &["`m` and `n` are 15 degrees apart on the ring; keep 18 between them, so that both can be seen"],
    );
    has(
        "ring",
        "nodes = [{ name = \"n\", at = 360 }]\nkeys = [{ name = \"n\", at = 9 }, { name = \"east\", at = 90 }]",
        &[
            "the mark name `n` occurs twice; rename or remove one",
            "the mark name `east` is too long to draw; use at most 3 characters",
            "the degree of `n` is 360; write 0 to 359",
            "`n` and `n` are 9 degrees apart on the ring; keep 18 between them, so that both can be seen",
        ],
    );
}

#[test]
fn mistakes_of_logs() {
    has(
        "log",
        r#"rows = [{ name = "S1", entries = [] }]"#,
        &["the figure has no log entries; add some, or remove the figure"],
    );
    has(
        "log",
        r#"rows = [{ name = "S1", entries = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] }]"#,
        &["the figure has 9 entries in one log, but room for only 8; remove some"],
    );
    has(
        "log",
        "rows = [{ name = \"S1\", entries = [\"12345\", \"\"] }]\ncommitted = 3",
        &[
            "“12345” of `S1.1` does not fit into an entry; shorten it",
            "the figure has an empty log entry; fill it in",
            "the index of `committed` is 3; write 1 to 2",
        ],
    );
    has(
        "log",
        r#"rows = [{ name = "S1", entries = ["1"], note = "the leader of term 4, which has just lost its lease" }]"#,
        &[
            "“the leader of term 4, which has just lost its lease” of server `S1` does not fit into one line on a \
         small screen; shorten it",
        ],
    );
}

#[test]
fn mistakes_of_parts() {
    let of = |parts: &str, links: &str, expected: &[&str]| {
        let parts: Vec<_> = parts
            .split_whitespace()
            .map(|part| {
                let (name, cell) = part.split_at(1);
                let (column, row) = cell.split_at(1);
                format!("{{ name = \"{name}\", says = \"Part {name}\", column = {column}, row = {row} }}")
            })
            .collect();
        has("parts", &format!("parts = [{}]\nlinks = [{links}]", parts.join(", ")), expected);
    };
    of("", "", &["the figure has no parts; add some, or remove the figure"]);
    of(
        "a11 b11 c49",
        "",
        &[
            "`a` and `b` are both in column 1, row 1; move one of them",
            "the column of part `c` is 4; write 1 to 3",
            "the row of part `c` is 9; write 1 to 5",
        ],
    );
    of(
        "a11",
        r#"{ from = "a", to = "a" }, { from = "a", to = "b" }"#,
        &[
            "a link leads from `a` to itself; remove it, or name another part",
            "the link from `a` to `b` refers to the part `b`, which does not exist; add it or correct the name",
        ],
    );
    of(
        "a11 b21 c31",
        r#"{ from = "a", to = "c" }, { from = "a", to = "b" }"#,
        &["the link from `a` to `c` crosses `b`; move one of the three to another cell"],
    );
    of(
        "a11 b21 c31",
        r#"{ from = "a", to = "b" , says = "publishes to" }"#,
        &[
            "there is no room for “publishes to” of the link from `a` to `b` on a small screen; shorten it, or \
         move what is around it",
        ],
    );
    of(
        "a11 b21",
        r#"{ from = "a", to = "b" }, { from = "a", to = "b" }"#,
        &["the link `a → b` occurs twice; rename or remove one"],
    );
    has(
        "parts",
        r#"parts = [{ name = "a", says = "Incomprehensibilities", column = 3, row = 1 }]"#,
        &["“Incomprehensibilities” of part `a` does not fit into two lines of its box; shorten it"],
    );
}
