//! Addresses within the app. They are in the fragment of the URL, so that any static host can serve them.

use std::fmt;

use crate::quiz::taking::{form::Form, session::SessionId};

/// A page, and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The start page, with the three forms and the fifteen skills.
    Home,
    /// The start page, at the list of skills.
    Skills,
    /// Begins a session. Its first question then takes the place of this address.
    Start(Begin),
    /// One skill, by its id.
    Skill(String),
    /// A question of a session, counted from 1.
    Question(SessionId, usize),
    /// A session's result.
    Result(SessionId),
    /// A session's answers with their explanations.
    Review(SessionId),
    /// All sessions.
    Results,
    /// The data in this browser.
    Data,
    /// The offline copy, and how to install the app.
    Offline,
    /// The method page, scrolled to a section.
    Method(Option<Section>),
    /// An item in all its states, for authors.
    Preview(String),
    /// No page has this address.
    Unknown(String),
}

/// Which form an address begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begin {
    /// One question per skill.
    Quick,
    /// Four questions per skill.
    Full,
    /// Three questions per skill.
    Short,
    /// One skill, by its id.
    Skill(String),
}

impl From<Form> for Begin {
    fn from(form: Form) -> Self {
        match form {
            Form::Quick => Self::Quick,
            Form::Full => Self::Full,
            Form::Short => Self::Short,
            Form::Skill { skill, .. } => Self::Skill(skill.0),
        }
    }
}

/// A section of the method page, which the links of figures lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Questions and their levels.
    Questions,
    /// Which question comes next.
    Forms,
    /// Scores and margins.
    Scores,
    /// Older answers and repeated questions.
    Earlier,
    /// Stages and how likely they are.
    Stages,
    /// Gaps, strengths, and what separates the reader from the next stage.
    Advice,
    /// The reader's own statement.
    Statement,
    /// Confidence.
    Confidence,
    /// How accurate the results are.
    Accuracy,
    /// How to check a result.
    Check,
}

impl Section {
    /// All, in the order of the page.
    pub const ALL: [Self; 10] = [
        Self::Questions,
        Self::Forms,
        Self::Scores,
        Self::Earlier,
        Self::Stages,
        Self::Advice,
        Self::Statement,
        Self::Confidence,
        Self::Accuracy,
        Self::Check,
    ];

    /// Its id, in addresses and in the page.
    pub fn id(self) -> &'static str {
        match self {
            Self::Questions => "questions",
            Self::Forms => "forms",
            Self::Scores => "scores",
            Self::Earlier => "earlier",
            Self::Stages => "stages",
            Self::Advice => "advice",
            Self::Statement => "statement",
            Self::Confidence => "confidence",
            Self::Accuracy => "accuracy",
            Self::Check => "check",
        }
    }
}

impl Route {
    /// Reads a fragment, with or without `#`. What mail and chat programs add or change doesn't matter: a query, trailing
    /// punctuation, capital letters, percent-encoding. Anything else is `Unknown`.
    pub fn parse(fragment: &str) -> Self {
        let path = repaired(fragment);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let found = match parts.as_slice() {
            // The second is where the link that skips to the content leads until the program has arrived.
            [] | ["main"] => Some(Self::Home),
            ["skills"] => Some(Self::Skills),
            ["start", "quick"] => Some(Self::Start(Begin::Quick)),
            ["start", "full"] => Some(Self::Start(Begin::Full)),
            ["start", "short"] => Some(Self::Start(Begin::Short)),
            ["start", "skill", id] => Some(Self::Start(Begin::Skill((*id).to_owned()))),
            ["skill", id] => Some(Self::Skill((*id).to_owned())),
            ["quiz", id, number] => question(id, number),
            ["result", id] => id.parse().ok().map(Self::Result),
            ["review", id] => id.parse().ok().map(Self::Review),
            ["data"] => Some(Self::Data),
            ["offline"] => Some(Self::Offline),
            ["results"] => Some(Self::Results),
            ["preview", item] => Some(Self::Preview((*item).to_owned())),
            ["method"] => Some(Self::Method(None)),
            ["method", id] => Section::ALL
                .into_iter()
                .find(|section| section.id() == *id)
                .map(|section| Self::Method(Some(section))),
            _ => None,
        };
        found.unwrap_or_else(|| {
            let path = fragment.strip_prefix('#').unwrap_or(fragment);
            Self::Unknown(path.strip_prefix('/').unwrap_or(path).to_owned())
        })
    }

    /// The page that an unknown address most likely means, and its name. `None` if it resembles none, or means the start
    /// page.
    pub fn nearest(path: &str) -> Option<(Self, &'static str)> {
        const PAGES: [(&[&str], Route, &str); 4] = [
            (&["results", "result", "review", "quiz"], Route::Results, "Your results"),
            (&["method"], Route::Method(None), "How Sextant measures"),
            (&["data", "export", "import"], Route::Data, "Your data"),
            (&["offline", "install"], Route::Offline, "Use Sextant offline"),
        ];
        let path = repaired(path);
        let word = path.split('/').find(|part| !part.is_empty())?;
        let distance =
            |names: &[&str]| names.iter().map(|name| edits(word, name)).min().unwrap_or(usize::MAX);
        // Two slips of the finger are likely, three make another word.
        let (_, route, name) = PAGES
            .into_iter()
            .min_by_key(|(names, ..)| distance(names))
            .filter(|(names, ..)| distance(names) <= 2.min(word.len() / 2))?;
        Some((route, name))
    }
}

/// A question has only one address, so 06 and +6 are not valid for 6.
fn question(id: &str, number: &str) -> Option<Route> {
    let parsed = number.parse::<usize>().ok().filter(|parsed| *parsed > 0 && parsed.to_string() == number)?;
    Some(Route::Question(id.parse().ok()?, parsed))
}

/// A fragment as it was before it was sent: without percent-encoding, which programs apply up to twice, without what
/// they add, and in lower case, as all our addresses are.
fn repaired(fragment: &str) -> String {
    let text = decoded(&decoded(fragment)).to_ascii_lowercase();
    let text = text.trim_start_matches(['#', '!']);
    let path = text.split(['?', '&', '#']).next().unwrap_or_default();
    // Our addresses are ASCII, and the tables for other letters would add kilobytes.
    path.trim_matches(|letter: char| !letter.is_ascii_alphanumeric()).to_owned()
}

/// A text with its percent-encoded characters decoded, if that gives text.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let byte = match after {
            [high, low, ..] if *first == b'%' => hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        bytes.push(byte.unwrap_or(*first));
        rest = after.get(if byte.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// How many letters must be added, removed or replaced to turn one word into the other (Levenshtein 1966).
fn edits(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut diagonal = above;
        let mut left = above + 1;
        for (cell, with) in row.iter_mut().skip(1).zip(other.chars()) {
            let new = (diagonal + usize::from(letter != with)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = new;
            left = new;
        }
        if let Some(first) = row.first_mut() {
            *first = above + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("#/"),
            Self::Skills => f.write_str("#/skills"),
            Self::Start(Begin::Quick) => f.write_str("#/start/quick"),
            Self::Start(Begin::Full) => f.write_str("#/start/full"),
            Self::Start(Begin::Short) => f.write_str("#/start/short"),
            Self::Start(Begin::Skill(id)) => write!(f, "#/start/skill/{id}"),
            Self::Skill(id) => write!(f, "#/skill/{id}"),
            Self::Question(id, number) => write!(f, "#/quiz/{id}/{number}"),
            Self::Result(id) => write!(f, "#/result/{id}"),
            Self::Review(id) => write!(f, "#/review/{id}"),
            Self::Results => f.write_str("#/results"),
            Self::Data => f.write_str("#/data"),
            Self::Offline => f.write_str("#/offline"),
            Self::Preview(item) => write!(f, "#/preview/{item}"),
            Self::Method(None) => f.write_str("#/method"),
            Self::Method(Some(section)) => write!(f, "#/method/{}", section.id()),
            Self::Unknown(path) => write!(f, "#/{path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn every_page() -> Vec<Route> {
        let id = || SessionId { started: 1_795_000_000_000, seed: 17 };
        let pages = [
            Route::Home,
            Route::Skills,
            Route::Start(Begin::Quick),
            Route::Start(Begin::Full),
            Route::Start(Begin::Short),
            Route::Start(Begin::Skill("networking".into())),
            Route::Skill("networking".into()),
            Route::Question(id(), 12),
            Route::Result(id()),
            Route::Review(id()),
            Route::Results,
            Route::Data,
            Route::Offline,
            Route::Preview("nw-001".into()),
            Route::Method(None),
        ];
        pages.into_iter().chain(Section::ALL.map(|section| Route::Method(Some(section)))).collect()
    }

    #[test]
    fn every_page_has_one_address() {
        for route in every_page() {
            assert_eq!(Route::parse(&route.to_string()), route);
        }
        assert_eq!(Route::parse(""), Route::Home);
        assert_eq!(Route::parse("#"), Route::Home);
    }

    #[test]
    fn every_address_survives_being_sent() {
        let encoded = |text: &str| text.replace('%', "%25").replace('/', "%2F").replace('-', "%2d");
        for route in every_page() {
            let address = route.to_string();
            let path = address.trim_start_matches("#/");
            let once = encoded(&format!("/{path}"));
            let mut sent = vec![
                format!("#!/{path}"),
                format!("#{path}"),
                format!("#//{path}"),
                format!("#{once}"),
                format!("#{}", encoded(&once)),
                address.to_uppercase(),
            ];
            for after in [
                "/",
                ".",
                ",",
                ")",
                ">",
                "]",
                "\"",
                "%22",
                "%3E",
                "…",
                "”",
                "/.",
                ").",
                "%20",
                "?",
                "%3Futm_source=x",
            ] {
                sent.push(address.clone() + after);
            }
            for query in ["?utm_source=x", "&fbclid=Iw_x/y", "/?a=b&c=d", "?a=b#c"] {
                sent.push(address.clone() + query);
            }
            for sent in sent {
                assert_eq!(Route::parse(&sent), route, "{sent}");
            }
        }
    }

    #[test]
    fn other_fragments_are_unknown() {
        for fragment in [
            "#/nothing",
            "#/quiz/01a1ee565e00-a205b064/0",
            "#/quiz/01a1ee565e00-a205b064/+1",
            "#/quiz/01a1ee565e00-a205b064/01",
            "#/quiz/01a1ee565e00-a205b064/x",
            "#/quiz/01a1ee565e00-a205b06/1",
            "#/quiz//1",
            "#/skill/",
            "#/start",
            "#/start/skill",
            "#/start/other",
            "#/result/a/b",
            "#/preview/",
            "#/method/x",
            "#/%ff%fe",
        ] {
            assert!(matches!(Route::parse(fragment), Route::Unknown(_)), "{fragment}");
        }
    }

    #[test]
    fn a_mistyped_address_leads_to_the_nearest_page() {
        for (path, page) in [
            ("resluts", Some(Route::Results)),
            ("result/01a1ee565e00", Some(Route::Results)),
            ("quiz/x/1", Some(Route::Results)),
            ("metod", Some(Route::Method(None))),
            ("method/score", Some(Route::Method(None))),
            ("skils", None),
            ("start/x", None),
            ("DATA/x", Some(Route::Data)),
            ("of-line", Some(Route::Offline)),
            ("a", None),
            ("wp-admin", None),
            ("", None),
        ] {
            assert_eq!(Route::nearest(path).map(|(route, _)| route), page, "{path}");
        }
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!((edits("", "ab"), edits("ab", "")), (2, 2));
    }

    proptest! {
        #[test]
        fn any_fragment_survives_parsing_and_printing(fragment in ".{0,60}") {
            let route = Route::parse(&fragment);
            prop_assert_eq!(Route::parse(&route.to_string()), route);
        }
    }
}
