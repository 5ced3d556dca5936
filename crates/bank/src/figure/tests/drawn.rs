//! What is true of every drawing.

use proptest::prelude::*;

use crate::figure::{
    log::Row,
    parts::{Link, Part},
    ring::Mark,
    space_time::{Event, Message},
    tests::ALL,
    timeline::Operation,
    *,
};

/// Names that would be misread as SVG if they weren't escaped.
fn name(index: usize) -> String {
    format!("{}{index}", ["a", "<", "&", "\"", "'", "é"][index % 6])
}

fn pairs() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..20_usize, 0..20_usize), 0..14)
}

/// Applies those changes that leave the figure without problems.
fn grown<T: Clone>(
    start: T,
    changes: impl IntoIterator<Item = impl FnOnce(&mut T)>,
    shape: fn(T) -> Figure,
) -> Figure {
    let kept = changes.into_iter().fold(start, |kept, change| {
        let mut next = kept.clone();
        change(&mut next);
        if shape(next.clone()).problems().is_empty() { next } else { kept }
    });
    shape(kept)
}

fn space_time() -> impl Strategy<Value = Figure> {
    (1..=5_usize, prop::collection::btree_set((0..5_usize, 1..=9_u8), 1..24), pairs()).prop_map(
        |(processes, cells, pairs)| {
            let processes: Vec<_> = (0..processes).map(|at| format!("P{at}")).collect();
            let cells = cells.into_iter().filter(|(on, _)| *on < processes.len());
            let events: Vec<_> = cells
                .enumerate()
                .map(|(index, (on, at))| Event { name: name(index), on: processes[on].clone(), at })
                .collect();
            let changes = pairs.into_iter().map(|(from, to)| {
                move |it: &mut SpaceTime| it.messages.push(Message { from: name(from), to: name(to) })
            });
            grown(SpaceTime { processes, events, messages: vec![] }, changes, Figure::SpaceTime)
        },
    )
}

fn timeline() -> impl Strategy<Value = Figure> {
    (1..=6_usize, prop::collection::vec((0..6_usize, 0..=20_u8, 1..=20_u8), 1..20)).prop_map(
        |(lanes, operations)| {
            let lanes: Vec<_> = (0..lanes).map(|at| format!("C{at}")).collect();
            let changes = operations.into_iter().enumerate().map(|(index, (lane, from, length))| {
                let operation = Operation {
                    name: name(index),
                    on: format!("C{lane}"),
                    from,
                    to: from + length,
                    says: ["w<1>", "read → 2", "x"][index % 3].to_owned(),
                };
                move |it: &mut Timeline| it.operations.push(operation)
            });
            grown(Timeline { lanes, operations: vec![] }, changes, Figure::Timeline)
        },
    )
}

fn ring() -> impl Strategy<Value = Figure> {
    prop::collection::vec((any::<bool>(), 0..360_u16), 1..30).prop_map(|marks| {
        let changes = marks.into_iter().enumerate().map(|(index, (is_node, at))| {
            let mark = Mark { name: name(index), at };
            move |it: &mut Ring| if is_node { it.nodes.push(mark) } else { it.keys.push(mark) }
        });
        grown(Ring { nodes: vec![], keys: vec![] }, changes, Figure::Ring)
    })
}

fn log() -> impl Strategy<Value = Figure> {
    let row = (prop::collection::vec("[0-9&<]{1,3}", 0..=8), prop::option::of("[a-z<&, ]{0,20}"));
    (prop::collection::vec(row, 1..=6), prop::option::of(1..=8_u8)).prop_map(|(rows, committed)| {
        let rows = rows.into_iter().enumerate().map(|(index, (entries, note))| Row {
            name: name(index),
            entries,
            note,
        });
        let committed = |it: &mut Log| it.committed = committed;
        let start = grown(
            Log { rows: vec![], committed: None },
            rows.map(|row| move |it: &mut Log| it.rows.push(row)),
            Figure::Log,
        );
        let Figure::Log(start) = start else { unreachable!("the shape is a log") };
        grown(start, [committed], Figure::Log)
    })
}

fn parts() -> impl Strategy<Value = Figure> {
    (prop::collection::btree_set((1..=3_u8, 1..=5_u8), 1..10), pairs()).prop_map(|(cells, pairs)| {
        let parts = cells
            .into_iter()
            .enumerate()
            .map(|(index, (column, row))| Part {
                name: name(index),
                says: format!("Part {}", name(index)),
                column,
                row,
            })
            .collect();
        let changes = pairs.into_iter().enumerate().map(|(index, (from, to))| {
            let says = [None, Some("HTTP"), Some("a&b"), Some("<deliver>")][index % 4].map(str::to_owned);
            move |it: &mut Parts| it.links.push(Link { from: name(from), to: name(to), says })
        });
        grown(Parts { parts, links: vec![] }, changes, Figure::Parts)
    })
}

/// The SVG must be valid, have nothing that the page's security policy forbids, and have short numbers.
fn check_svg(figure: &Figure, svg: &str) {
    let document = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "svg");
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(name != "style" && !name.starts_with("on"), "{svg}");
            assert!(name != "id" || node.has_tag_name("marker"), "{svg}");
            let decimals = value
                .split_once('.')
                .map_or(0, |(_, rest)| rest.chars().take_while(char::is_ascii_digit).count());
            assert!(name == "aria-label" || name == "d" || decimals <= 2, "{name}={value}");
        }
    }
    assert_eq!(root.attribute("aria-label"), Some(figure.words().as_str()));
}

/// Every target must be in the picture, and 24 px from all others, so that a finger can point at it.
fn check_targets(figure: &Figure, drawing: &Drawing) {
    let height = roxmltree::Document::parse(&drawing.svg)
        .unwrap()
        .root_element()
        .attribute("height")
        .and_then(|height| height.strip_suffix("em")?.parse::<f64>().ok())
        .unwrap();
    for (index, spot) in drawing.targets.iter().enumerate() {
        assert!((0.0..=100.0).contains(&spot.left.percent), "{spot:?}");
        for width in [NARROW, WIDE] {
            let half = spot.width.within(width) / 2.0;
            let middle = spot.left.within(width);
            assert!(middle - half >= -0.01 && middle + half <= width + 0.01, "{spot:?}");
            assert!(spot.width.within(width) >= 1.5 && spot.height >= 1.5, "{spot:?}");
            assert!(spot.top - 0.75 >= 0.0 && spot.top + 0.75 <= height, "{spot:?}");
            for other in drawing.targets.iter().skip(index + 1) {
                let (dx, dy) = (other.left.within(width) - middle, other.top - spot.top);
                assert!(dx.hypot(dy) >= 1.5, "{spot:?} {other:?}");
                assert_ne!(spot.name, other.name);
            }
        }
    }
    let words = figure.words();
    for says in says(figure) {
        assert!(words.contains(&says), "{says} is missing in: {words}");
    }
}

/// Every text in the picture.
fn says(figure: &Figure) -> Vec<String> {
    let owned = |texts: &[&String]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
    match figure {
        Figure::SpaceTime(it) => {
            [it.processes.clone(), it.events.iter().map(|event| event.name.clone()).collect()].concat()
        }
        Figure::Timeline(it) => {
            [it.lanes.clone(), it.operations.iter().map(|it| it.says.clone()).collect()].concat()
        }
        Figure::Ring(it) => it.nodes.iter().chain(&it.keys).map(|mark| mark.name.clone()).collect(),
        Figure::Log(it) => it
            .rows
            .iter()
            .flat_map(|row| {
                owned(&[&row.name]).into_iter().chain(row.entries.clone()).chain(row.note.clone())
            })
            .collect(),
        Figure::Parts(it) => {
            let parts = it.parts.iter().map(|part| part.says.clone());
            parts.chain(it.links.iter().filter_map(|link| link.says.clone())).collect()
        }
    }
}

fn check(figure: &Figure) {
    let drawing = figure.draw();
    check_svg(figure, &drawing.svg);
    check_targets(figure, &drawing);
    let document = roxmltree::Document::parse(&drawing.svg).unwrap();
    let written: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name("tspan"))
        .filter_map(|node| node.text())
        .collect();
    // A text of two lines is written as two.
    let written = written.join(" ");
    for says in says(figure).iter().filter(|says| !says.trim().is_empty()) {
        assert!(written.contains(says.as_str()), "{says} is not drawn");
    }
}

#[test]
fn the_samples_are_drawn() {
    for (shape, fields) in ALL {
        let figure = crate::figure::tests::figure(shape, fields);
        check(&figure);
        assert_eq!(figure.draw(), figure.draw());
    }
}

#[test]
fn figures_with_mistakes_are_drawn_nevertheless() {
    let broken = [
        (
            "space-time",
            r#"processes = ["A"]
            events = [{ name = "a", on = "A", at = 0 }, { name = "b", on = "B", at = 255 }]
            messages = [{ from = "b", to = "c" }, { from = "a", to = "a" }]"#,
        ),
        ("space-time", "processes = []\nevents = []"),
        (
            "timeline",
            r#"lanes = ["A"]
            operations = [{ name = "a", on = "A", from = 9, to = 0, says = "\u0000\uFFFF" }]"#,
        ),
        ("timeline", "lanes = []\noperations = []"),
        ("ring", r#"nodes = [{ name = "a", at = 65535 }, { name = "", at = 65535 }]"#),
        ("ring", "nodes = []"),
        ("log", "rows = []\ncommitted = 255"),
        (
            "parts",
            r#"parts = [{ name = "a", says = "", column = 0, row = 0 }, { name = "b", says = "b", column = 255, row = 255 }]
            links = [{ from = "a", to = "b", says = "x" }, { from = "a", to = "a", says = "x" }, { from = "a", to = "c" }]"#,
        ),
        ("parts", "parts = []"),
    ];
    for (shape, fields) in broken {
        let figure = crate::figure::tests::figure(shape, fields);
        assert!(!figure.problems().is_empty());
        roxmltree::Document::parse(&figure.draw().svg).unwrap();
    }
}

#[test]
fn lengths_are_written_as_css() {
    let length = Length { percent: 100.0 / 3.0, rem: -0.001 };
    assert_eq!(length.to_string(), "calc(33.33% + 0rem)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_figure_without_problems_is_drawn(
        figure in prop_oneof![space_time(), timeline(), ring(), log(), parts()]
    ) {
        prop_assume!(figure.problems().is_empty());
        check(&figure);
    }
}
