use crate::text::highlight::*;

/// A language, code in it, and the coloured pieces: class and text, in order.
const SAMPLES: [(&str, &str, &[&str]); 12] = [
    (
        "bash",
        "# wait\nfor f in a b; do kubectl get \"$f\" -n 3 2>&1; done\n",
        &["c # wait", "k for", "k in", "k do", "t kubectl", "s \"$f\"", "n 2", "n 1", "k done"],
    ),
    (
        "c",
        "static int f(uint32_t n) { return n == 0 ? 0x10 : g(n, \"a\\n\"); } /* b */\n",
        &["k static int", "t f", "t uint32_t", "k return", "n 0", "n 0x10", "t g", "s \"a\\n\"", "c /* b */"],
    ),
    (
        "cpp",
        "// thread 1\nx.store(1, seq_cst); auto p = new int; co_await q;\n",
        &["c // thread 1", "t store", "n 1", "k auto", "k new int", "k co_await"],
    ),
    (
        "go",
        "body, err := io.ReadAll(r)\nif err != nil { return \"%w\" }\nch <- 8 // sent\n",
        &["t ReadAll", "k if", "n nil", "k return", "s \"%w\"", "n 8", "c // sent"],
    ),
    (
        "java",
        "final List<Row> rows = load(c, null, 3L);\nvar a = new A();\n",
        &["k final", "t List", "t Row", "t load", "n null", "n 3L", "k var", "k new", "t A"],
    ),
    (
        "json",
        "{ \"exp\": 4.5e3, \"a\": [\"b\", true] }\n",
        &["t \"exp\"", "n 4.5e3", "t \"a\"", "s \"b\"", "n true"],
    ),
    (
        "log",
        "2026-11-23T10:15:04.123Z ERROR node-3 took=250ms retries=4 err=\"no route\" load 97% of 16 KiB\n",
        &[
            "c 2026-11-23T10:15:04.123Z",
            "e ERROR",
            "t took",
            "n 250ms",
            "t retries",
            "n 4",
            "t err",
            "s \"no route\"",
            "n 97%",
            "n 16 KiB",
        ],
    ),
    (
        "log",
        "10:15:04 INFO S1 term 2 7f3a9c01 INFORM 10.0.0.7:8080 4.5 s 3 times\n",
        &["c 10:15:04", "k INFO", "n 2", "n 10.0.0.7:8080 4.5 s 3"],
    ),
    (
        "python",
        "async def get(n=3.5):\n    return await f(f\"{n}\", None) or not self.x  # now\n",
        &[
            "k async def",
            "t get",
            "n 3.5",
            "k return await",
            "t f",
            "s f\"",
            "s \"",
            "n None",
            "k or not self",
            "c # now",
        ],
    ),
    (
        "rust",
        "pub async fn get<'a>(k: &'a str) -> Vec<u8> { m.get(k).await?; println!(\"{k}\") }\n",
        &[
            "k pub async fn",
            "t get",
            "k 'a",
            "k 'a str",
            "k u8",
            "t get",
            "k await",
            "t println!",
            "s \"{k}\"",
        ],
    ),
    (
        "sql",
        "SELECT c.id, COUNT(*) FROM c WHERE s = 'failed' -- old\nLIMIT 50 FOR UPDATE SKIP LOCKED\n",
        &[
            "k SELECT",
            "t COUNT",
            "k FROM",
            "k WHERE",
            "s 'failed'",
            "c -- old",
            "k LIMIT",
            "n 50",
            "k FOR UPDATE SKIP LOCKED",
        ],
    ),
    (
        "yaml",
        "kind: Pod # one\nreplicas: 3\nwait: true\ncmd: [\"a b\"]\n",
        &["t kind", "c # one", "t replicas", "n 3", "t wait", "n true", "t cmd", "s \"a b\""],
    ),
];

/// The text between the tags, and each span in the samples' notation.
fn read(html: &str) -> (String, Vec<String>) {
    let plain = |html: &str| html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let (mut text, mut spans) = (String::new(), Vec::new());
    for part in html.split("<span class=\"") {
        match part.split_once("</span>") {
            Some((span, after)) => {
                let (class, inner) = span.split_once("\">").unwrap();
                spans.push(format!("{class} {}", plain(inner)));
                text += &plain(inner);
                text += &plain(after);
            }
            None => text += &plain(part),
        }
    }
    (text, spans)
}

#[test]
fn each_language_is_coloured() {
    for (language, code, expected) in SAMPLES {
        let (text, spans) = read(&highlight(language, code).unwrap());
        assert_eq!(spans, expected, "{language}");
        assert_eq!(text, code, "{language}");
    }
}

#[test]
fn highlighting_never_changes_the_text() {
    let strange = [
        "",
        "\n",
        "no end",
        "a\r\nb\n",
        "\t<b class=\"k\">&amp;</b>\n",
        "\"open\n'<<<>>>'\n`}])\n",
        "  \n\t// c\n",
        "µs 日本 😀 ℃\n",
    ];
    for language in languages() {
        for code in strange.into_iter().chain(SAMPLES.map(|(_, code, _)| code)) {
            let html = highlight(language, code).unwrap();
            assert_eq!(read(&html).0, code, "{language}: {html}");
        }
    }
}

#[test]
fn plain_text_is_escaped_but_not_coloured() {
    assert_eq!(highlight("text", "if a < b && \"c\"\n").as_deref(), Some("if a &lt; b &amp;&amp; \"c\"\n"));
    assert_eq!(highlight("cobol", "ADD 1 TO X"), None);
}

#[test]
fn every_grammar_and_scope_exists() {
    for (language, grammar) in LANGUAGES {
        let found = match grammar {
            Grammar::Plain => true,
            Grammar::Shipped(name) => SHIPPED.find_syntax_by_name(name).is_some(),
            Grammar::Log => LOG.find_syntax_by_name("Log").is_some(),
        };
        assert!(found, "{language}");
    }
    assert_eq!(SCOPES.len(), CLASSES.len());
}
