//! Addresses within the app. They are in the fragment of the URL, so that any static host can serve them.

use std::fmt;

use crate::quiz::taking::session::SessionId;

/// A page, and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The start page, with the three forms and the fifteen skills.
    Home,
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
    /// Reads a fragment, with or without `#`. Anything else is `Unknown`.
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.strip_prefix('#').unwrap_or(fragment);
        let path = path.strip_prefix('/').unwrap_or(path);
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            [""] => Self::Home,
            ["skill", id] if !id.is_empty() => Self::Skill((*id).to_owned()),
            ["quiz", id, place] => match (id.parse(), place.parse::<usize>()) {
                // A question has only one address, so 06 and +6 are not valid for 6.
                (Ok(id), Ok(number)) if number > 0 && number.to_string() == *place => {
                    Self::Question(id, number)
                }
                _ => Self::Unknown(path.to_owned()),
            },
            ["result", id] => id.parse().map_or_else(|()| Self::Unknown(path.to_owned()), Self::Result),
            ["review", id] => id.parse().map_or_else(|()| Self::Unknown(path.to_owned()), Self::Review),
            ["data"] => Self::Data,
            ["offline"] => Self::Offline,
            ["results"] => Self::Results,
            ["preview", item] if !item.is_empty() => Self::Preview((*item).to_owned()),
            ["method"] => Self::Method(None),
            ["method", id] => match Section::ALL.into_iter().find(|section| section.id() == *id) {
                Some(section) => Self::Method(Some(section)),
                None => Self::Unknown(path.to_owned()),
            },
            _ => Self::Unknown(path.to_owned()),
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("#/"),
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

    #[test]
    fn every_page_has_one_address() {
        let id = || SessionId { started: 1_795_000_000_000, seed: 17 };
        for route in [
            Route::Home,
            Route::Skill("networking".into()),
            Route::Question(id(), 12),
            Route::Result(id()),
            Route::Review(id()),
            Route::Results,
            Route::Data,
            Route::Offline,
            Route::Preview("nw-001".into()),
            Route::Method(None),
        ]
        .into_iter()
        .chain(Section::ALL.map(|section| Route::Method(Some(section))))
        {
            assert_eq!(Route::parse(&route.to_string()), route);
        }
        assert_eq!(Route::parse(""), Route::Home);
        assert_eq!(Route::parse("#"), Route::Home);
    }

    #[test]
    fn other_fragments_are_unknown() {
        for fragment in [
            "#/nothing",
            "#/quiz/01a1ee565e00-a205b064/0",
            "#/quiz/01a1ee565e00-a205b064/-1",
            "#/quiz/01a1ee565e00-a205b064/+1",
            "#/quiz/01a1ee565e00-a205b064/01",
            "#/quiz/01a1ee565e00-a205b064/x",
            "#/quiz/01a1ee565e00-a205b06/1",
            "#/quiz//1",
            "#/skill/",
            "#/result/a/b",
            "#/preview/",
            "#/method/x",
        ] {
            assert!(matches!(Route::parse(fragment), Route::Unknown(_)), "{fragment}");
        }
    }

    proptest! {
        #[test]
        fn any_fragment_survives_parsing_and_printing(fragment in ".{0,60}") {
            let route = Route::parse(&fragment);
            prop_assert_eq!(Route::parse(&route.to_string()), route);
        }
    }
}
