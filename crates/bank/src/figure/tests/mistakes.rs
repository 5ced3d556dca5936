//! Every mistake with its message, word for word.

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
            "the figure has no processes; give it some, or leave the figure out",
            "the figure has no events; give it some, or leave the figure out",
        ],
    );
    of(
        r#""A", "B", "C", "D", "E", "F""#,
        "a,A,1",
        "",
        &["the figure has 6 processes; there is room for 5, so leave some out"],
    );
    of(
        r#""A", "A", "", "Alice""#,
        "a,A,1",
        "",
        &[
            "the process `A` is there twice; give each a name of its own",
            "a process has an empty name; give it one",
            "the process name `Alice` is too long to be drawn; use at most 4 letters",
        ],
    );
    of(
        abc,
        "a,A,1 a,B,1 b,X,3",
        "",
        &[
            "the event `a` is there twice; give each a name of its own",
            "event `b` names the process `X`, which is not there; add it or correct the name",
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
            "the message from `a` to `b` is received no later than it is sent; move `b` to a later column",
            "the message from `a` to `c` stays within process `A`; let it end at another process, or leave it out",
            "the message from `a` to `x` names the event `x`, which is not there; add it or correct the name",
        ],
    );
    of(
        abc,
        "a,A,1 b,B,2 c,C,3",
        "a>c a>b a>b",
        &[
            "the arrow from `a` to `c` runs through the event `b`; move one of the three",
            "the message `a → b` is there twice; give each a name of its own",
        ],
    );
    of(
        abc,
        "mmm1,A,7 mmm2,A,8 mmm3,A,9",
        "",
        &[
            "there is no room for “mmm3” of event `mmm3` on a small screen; say it shorter, or move what is around it",
        ],
    );
}

#[test]
fn mistakes_of_timelines() {
    let of = |operations: &str, expected: &[&str]| {
        has("timeline", &format!("lanes = [\"A\", \"B\"]\noperations = [{operations}]"), expected);
    };
    of("", &["the figure has no operations; give it some, or leave the figure out"]);
    of(
        r#"{ name = "w", on = "C", from = 5, to = 5, says = "x" }"#,
        &[
            "operation `w` names the lane `C`, which is not there; add it or correct the name",
            "operation `w` ends no later than it starts; let `to` be after `from`",
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
            "`v` and `w` overlap in lane `A`, where one thing happens at a time; move one, or give it another lane",
        ],
    );
    two(
        r#"on = "A", from = 0, to = 8"#,
        r#"on = "B", from = 8, to = 15"#,
        &[
            "`v` ends at 8, just when `w` starts, so that nobody sees whether they overlap; leave 1 between them or \
         let them overlap",
        ],
    );
    two(
        r#"on = "A", from = 0, to = 3"#,
        r#"on = "B", from = 8, to = 20"#,
        &[
            "the bar of `v` is too short for “write 1” on a small screen; make it at least 5 long, or say it shorter",
        ],
    );
    of(
        r#"{ name = "w", on = "A", from = 0, to = 9, says = " " }"#,
        &["a bar has an empty name; give it one"],
    );
}

#[test]
fn mistakes_of_rings() {
    has("ring", "nodes = []", &["the figure has no nodes; give it some, or leave the figure out"]);
    has(
        "ring",
        r#"nodes = [{ name = "n", at = 5 }, { name = "m", at = 350 }]"#,
        &["`m` and `n` are 15 degrees apart on the ring; leave 18 between them so that both can be seen"],
    );
    has(
        "ring",
        "nodes = [{ name = \"n\", at = 360 }]\nkeys = [{ name = \"n\", at = 9 }, { name = \"east\", at = 90 }]",
        &[
            "the mark `n` is there twice; give each a name of its own",
            "the mark name `east` is too long to be drawn; use at most 3 letters",
            "the degree of `n` is 360; write 0 to 359",
            "`n` and `n` are 9 degrees apart on the ring; leave 18 between them so that both can be seen",
        ],
    );
}

#[test]
fn mistakes_of_logs() {
    has(
        "log",
        r#"rows = [{ name = "S1", entries = [] }]"#,
        &["the figure has no log entries; give it some, or leave the figure out"],
    );
    has(
        "log",
        r#"rows = [{ name = "S1", entries = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] }]"#,
        &["the figure has 9 entries in one log; there is room for 8, so leave some out"],
    );
    has(
        "log",
        "rows = [{ name = \"S1\", entries = [\"12345\", \"\"] }]\ncommitted = 3",
        &[
            "“12345” of `S1.1` does not fit into an entry; say it shorter",
            "a log entry has an empty name; give it one",
            "the index of `committed` is 3; write 1 to 2",
        ],
    );
    has(
        "log",
        r#"rows = [{ name = "S1", entries = ["1"], note = "the leader of term 4, which has just lost its lease" }]"#,
        &[
            "“the leader of term 4, which has just lost its lease” of server `S1` does not fit into one line on a \
         small screen; say it shorter",
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
    of("", "", &["the figure has no parts; give it some, or leave the figure out"]);
    of(
        "a11 b11 c49",
        "",
        &[
            "`a` and `b` are both in column 1, row 1; give each a cell of its own",
            "the column of part `c` is 4; write 1 to 3",
            "the row of part `c` is 9; write 1 to 5",
        ],
    );
    of(
        "a11",
        r#"{ from = "a", to = "a" }, { from = "a", to = "b" }"#,
        &[
            "a link leads from `a` to itself; leave it out or name another part",
            "the link from `a` to `b` names the part `b`, which is not there; add it or correct the name",
        ],
    );
    of(
        "a11 b21 c31",
        r#"{ from = "a", to = "c" }, { from = "a", to = "b" }"#,
        &["the link from `a` to `c` runs through `b`; move one of the three to another cell"],
    );
    of(
        "a11 b21 c31",
        r#"{ from = "a", to = "b" , says = "publishes to" }"#,
        &[
            "there is no room for “publishes to” of the link from `a` to `b` on a small screen; say it shorter, or \
         move what is around it",
        ],
    );
    of(
        "a11 b21",
        r#"{ from = "a", to = "b" }, { from = "a", to = "b" }"#,
        &["the link `a → b` is there twice; give each a name of its own"],
    );
    has(
        "parts",
        r#"parts = [{ name = "a", says = "Incomprehensibilities", column = 3, row = 1 }]"#,
        &["“Incomprehensibilities” of part `a` does not fit into two lines of its box; say it shorter"],
    );
}
