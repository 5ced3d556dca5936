//! Syntax highlighting at build time, so that the browser gets plain HTML with a few short classes.

use std::sync::LazyLock;

use syntect::{
    parsing::{
        ParseState, ParsingError, Scope, ScopeStack, SyntaxDefinition, SyntaxReference, SyntaxSet,
        SyntaxSetBuilder,
    },
    util::LinesWithEndings,
};

/// Where a language's grammar comes from.
#[derive(Clone, Copy)]
enum Grammar {
    /// There is none: the text isn't coloured.
    Plain,
    /// Syntect has it under this name.
    Shipped(&'static str),
    /// Our own grammar of logs and traces.
    Log,
}

/// What an author can write after a fence.
const LANGUAGES: [(&str, Grammar); 13] = [
    ("bash", Grammar::Shipped("Bourne Again Shell (bash)")),
    ("c", Grammar::Shipped("C")),
    ("cpp", Grammar::Shipped("C++")),
    ("go", Grammar::Shipped("Go")),
    ("java", Grammar::Shipped("Java")),
    ("json", Grammar::Shipped("JSON")),
    ("log", Grammar::Log),
    ("python", Grammar::Shipped("Python")),
    ("rust", Grammar::Shipped("Rust")),
    ("sh", Grammar::Shipped("Bourne Again Shell (bash)")),
    ("sql", Grammar::Shipped("SQL")),
    ("text", Grammar::Plain),
    ("yaml", Grammar::Shipped("YAML")),
];

/// The classes in `style/code.css`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Comment,
    Error,
    Keyword,
    Number,
    String,
    /// A type, a function or a key.
    Type,
}

impl Class {
    const fn name(self) -> &'static str {
        match self {
            Self::Comment => "c",
            Self::Error => "e",
            Self::Keyword => "k",
            Self::Number => "n",
            Self::String => "s",
            Self::Type => "t",
        }
    }
}

/// Prefixes of scopes with their classes. The first match counts.
const CLASSES: [(&str, Option<Class>); 19] = [
    ("comment", Some(Class::Comment)),
    ("message.error", Some(Class::Error)),
    ("meta.structure.dictionary.key", Some(Class::Type)),
    // Bare words in YAML and the shell: the scopes inside them say more.
    ("string.unquoted", None),
    ("string", Some(Class::String)),
    ("storage.type.string", Some(Class::String)),
    ("constant.numeric", Some(Class::Number)),
    ("constant.language", Some(Class::Number)),
    ("entity.name", Some(Class::Type)),
    ("entity.other.inherited-class", Some(Class::Type)),
    ("support.class", Some(Class::Type)),
    ("support.function", Some(Class::Type)),
    ("support.macro", Some(Class::Type)),
    ("support.type", Some(Class::Type)),
    ("variable.annotation", Some(Class::Type)),
    ("variable.function", Some(Class::Type)),
    ("variable.language", Some(Class::Keyword)),
    ("keyword", Some(Class::Keyword)),
    ("storage", Some(Class::Keyword)),
];

/// Keywords that are missing from syntect's grammars, which are older.
const LATER_KEYWORDS: [(&str, &str); 4] = [
    ("cpp", "co_await co_return co_yield concept requires"),
    ("java", "var"),
    ("rust", "async await dyn"),
    (
        "sql",
        "ANALYZE COMMITTED CONFLICT DO EXPLAIN FOR ISOLATION LEVEL LOCKED NOTHING NOWAIT OFFSET OVER PARTITION \
         READ REPEATABLE RETURNING SERIALIZABLE SHARE SKIP TRANSACTION",
    ),
];

// Loaded once, when the first code block needs them.
static SHIPPED: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);
static LOG: LazyLock<SyntaxSet> = LazyLock::new(|| {
    let mut builder = SyntaxSetBuilder::new();
    // The grammar is compiled in, and a test reports one that can't be read.
    if let Ok(log) = SyntaxDefinition::load_from_str(include_str!("log.sublime-syntax"), true, None) {
        builder.add(log);
    }
    builder.build()
});
static SCOPES: LazyLock<Vec<(Scope, Option<Class>)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class))).collect()
});

/// The languages that a code block can have.
pub(crate) fn languages() -> Vec<&'static str> {
    LANGUAGES.iter().map(|(name, _)| *name).collect()
}

/// The code as HTML; `None` if the language is unknown.
pub(crate) fn highlight(language: &str, code: &str) -> Option<String> {
    let (name, grammar) = LANGUAGES.iter().find(|(name, _)| *name == language)?;
    let (set, grammar) = match grammar {
        Grammar::Plain => return Some(escaped(code)),
        Grammar::Shipped(grammar) => (&*SHIPPED, *grammar),
        Grammar::Log => (&*LOG, "Log"),
    };
    let later = LATER_KEYWORDS.iter().find(|(language, _)| language == name).map_or("", |(_, words)| words);
    // If the grammar fails, the text is shown without colours.
    let runs = set.find_syntax_by_name(grammar).and_then(|syntax| runs(set, syntax, later, code).ok());
    Some(runs.map_or_else(|| escaped(code), |runs| runs.html()))
}

/// The text with HTML's special characters escaped.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn runs(set: &SyntaxSet, syntax: &SyntaxReference, later: &str, code: &str) -> Result<Runs, ParsingError> {
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    let mut runs = Runs::default();
    for line in LinesWithEndings::from(code) {
        let changes = state.parse_line(line, set)?;
        let mut piece = |scopes: &ScopeStack, text: &str| match class(scopes, text) {
            None => runs.push_words(later, text),
            class => runs.push(class, text),
        };
        let mut start = 0;
        for (end, change) in &changes {
            piece(&scopes, line.get(start..*end).unwrap_or_default());
            start = start.max(*end);
            // This fails if a grammar closes more scopes than it opened. The rest are still usable.
            let _ = scopes.apply(change);
        }
        piece(&scopes, line.get(start..).unwrap_or_default());
    }
    Ok(runs)
}

/// The outermost scope with a class decides, so that an escape inside a string looks like the string.
fn class(scopes: &ScopeStack, text: &str) -> Option<Class> {
    let of = |scope: &Scope| SCOPES.iter().find(|(begin, _)| begin.is_prefix_of(*scope))?.1;
    let class = scopes.as_slice().iter().find_map(of)?;
    // Grammars call `=` a keyword too.
    let sign = class == Class::Keyword && !text.contains(char::is_alphabetic);
    (!sign).then_some(class)
}

/// The text in pieces, with neighbours of the same class joined.
#[derive(Default)]
struct Runs(Vec<(Option<Class>, String)>);

impl Runs {
    fn push(&mut self, class: Option<Class>, text: &str) {
        // White space has no colour, so it separates nothing.
        let blank = text.trim().is_empty();
        match self.0.last_mut() {
            Some((last, run)) if blank || *last == class => run.push_str(text),
            _ => self.0.push((class.filter(|_| !blank), text.to_owned())),
        }
    }

    fn push_words(&mut self, keywords: &str, text: &str) {
        for piece in text.split_inclusive(|c: char| !is_word_character(c)) {
            let word = piece.trim_end_matches(|c| !is_word_character(c));
            let class = keywords.split(' ').any(|keyword| keyword == word).then_some(Class::Keyword);
            self.push(class, word);
            self.push(None, piece.get(word.len()..).unwrap_or_default());
        }
    }

    fn html(&self) -> String {
        let mut html = String::new();
        for (class, run) in &self.0 {
            let text = run.trim_end();
            let space = run.get(text.len()..).unwrap_or_default();
            let text = escaped(text);
            let parts = match class {
                Some(class) => ["<span class=\"", class.name(), "\">", &text, "</span>", space],
                None => ["", "", "", &text, "", space],
            };
            html.extend(parts);
        }
        html
    }
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests;
