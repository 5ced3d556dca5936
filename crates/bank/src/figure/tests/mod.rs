use crate::figure::*;

mod drawn;
mod mistakes;

#[derive(Deserialize)]
struct Item {
    figure: Figure,
}

/// A figure as authors write it: its shape and its fields.
fn figure(shape: &str, fields: &str) -> Figure {
    let item: Item = toml::from_str(&format!("[figure.{shape}]\n{fields}")).unwrap();
    item.figure
}

/// Checks that a figure has exactly these mistakes.
#[track_caller]
fn has(shape: &str, fields: &str, expected: &[&str]) {
    let found: Vec<_> = figure(shape, fields).problems().iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{fields}");
}

const SPACE_TIME: &str = r#"
    processes = ["A", "B", "C"]
    events = [{ name = "a2", on = "A", at = 4 }, { name = "a1", on = "A", at = 1 }, { name = "b1", on = "B", at = 2 }]
    messages = [{ from = "a1", to = "b1" }, { from = "b1", to = "a2" }]
"#;
const TIMELINE: &str = r#"
    lanes = ["A", "B"]
    operations = [
        { name = "r1", on = "A", from = 6, to = 11, says = "read → 1" },
        { name = "w1", on = "A", from = 0, to = 5, says = "write 1" },
        { name = "w2", on = "B", from = 4, to = 9, says = "write 2" },
    ]
"#;
const RING: &str = r#"
    nodes = [{ name = "n2", at = 200 }, { name = "n1", at = 30 }]
    keys = [{ name = "k1", at = 75 }]
"#;
const LOG: &str = r#"
    rows = [{ name = "S1", entries = ["1", "4"], note = "leader, term 4" }, { name = "S2", entries = [] }]
    committed = 1
"#;
const PARTS: &str = r#"
    parts = [
        { name = "lb", says = "Load balancer", column = 1, row = 1 },
        { name = "api", says = "API", column = 1, row = 2 },
    ]
    links = [{ from = "lb", to = "api", says = "HTTP" }, { from = "api", to = "lb" }]
"#;

const ALL: [(&str, &str); 5] =
    [("space-time", SPACE_TIME), ("timeline", TIMELINE), ("ring", RING), ("log", LOG), ("parts", PARTS)];

#[test]
fn words_say_everything_that_the_picture_shows() {
    let words = [
        "Space-time diagram of 3 processes; time runs to the right. Process A: a1 at time 1, a2 at time 4. \
         Process B: b1 at time 2. Process C: no events. Messages: from a1 to b1; from b1 to a2.",
        "Operations over time in 2 lanes; time runs to the right. A: write 1 from 0 to 5, then read → 1 from 6 \
         to 11. B: write 2 from 4 to 9.",
        "Hash ring of 360 degrees. Clockwise from the top: node n1 at 30 degrees, key k1 at 75 degrees, node n2 \
         at 200 degrees.",
        "Logs of 2 servers. S1 (leader, term 4): 1 at index 1, 4 at index 2. S2: empty. Marked as committed: up \
         to index 1.",
        "Diagram of 2 parts in a grid. Row 1, column 1: Load balancer. Row 2, column 1: API. Links: from Load \
         balancer to API, “HTTP”; from API to Load balancer.",
    ];
    for ((shape, fields), words) in ALL.into_iter().zip(words) {
        has(shape, fields, &[]);
        assert_eq!(figure(shape, fields).words(), words);
    }
}

#[test]
fn targets_have_the_names_that_items_refer_to() {
    let names = [
        vec!["a1", "a2", "b1"],
        vec!["w1", "r1", "w2"],
        vec!["n1", "k1", "n2"],
        vec!["S1.1", "S1.2"],
        vec!["lb", "api"],
    ];
    for ((shape, fields), names) in ALL.into_iter().zip(names) {
        assert_eq!(figure(shape, fields).names(), names);
    }
}

#[test]
fn a_misspelt_field_is_refused() {
    assert!(toml::from_str::<Item>("[figure.ring]\nnodes = []\nkyes = []").is_err());
    assert!(toml::from_str::<Item>("[figure.rings]\nnodes = []").is_err());
}

#[test]
fn the_schema_describes_every_field() {
    let schema = serde_json::to_value(schemars::schema_for!(Figure)).unwrap();
    let types = schema["$defs"].as_object().unwrap();
    assert_eq!(types.len(), 12);
    for (name, of) in types {
        assert_eq!(of["additionalProperties"], false, "{name}");
        for (field, says) in of["properties"].as_object().unwrap() {
            assert!(says["description"].is_string(), "{name}.{field}");
        }
    }
}
