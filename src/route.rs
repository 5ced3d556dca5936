//! Addresses inside the app: the part of the URL after `#`, so that any static host serves them.

use std::fmt;

/// A page, with what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The three forms and the fifteen skills.
    Home,
    /// One skill, by its name.
    Skill(String),
    /// A question of a session, counted from 1.
    Question(String, usize),
    /// A session's result.
    Result(String),
    /// A session's answers with their explanations.
    Review(String),
    /// All sessions.
    Results,
    /// How it measures.
    Method,
    /// No page has this address.
    Unknown(String),
}

impl Route {
    /// Reads a fragment, with or without its `#`. Anything that is no page's address is `Unknown`.
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.strip_prefix('#').unwrap_or(fragment);
        let path = path.strip_prefix('/').unwrap_or(path);
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            [""] => Self::Home,
            ["skill", id] if !id.is_empty() => Self::Skill((*id).to_owned()),
            ["quiz", id, number] if !id.is_empty() => match number.parse() {
                Ok(number) if number > 0 => Self::Question((*id).to_owned(), number),
                _ => Self::Unknown(path.to_owned()),
            },
            ["result", id] if !id.is_empty() => Self::Result((*id).to_owned()),
            ["review", id] if !id.is_empty() => Self::Review((*id).to_owned()),
            ["results"] => Self::Results,
            ["method"] => Self::Method,
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
            Self::Method => f.write_str("#/method"),
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
        let id = || "0197a-1".to_owned();
        for route in [
            Route::Home,
            Route::Skill("networking".into()),
            Route::Question(id(), 12),
            Route::Result(id()),
            Route::Review(id()),
            Route::Results,
            Route::Method,
        ] {
            assert_eq!(Route::parse(&route.to_string()), route);
        }
        assert_eq!(Route::parse(""), Route::Home);
        assert_eq!(Route::parse("#"), Route::Home);
    }

    #[test]
    fn what_is_no_address_is_unknown() {
        for fragment in
            ["#/nothing", "#/quiz/a/0", "#/quiz/a/-1", "#/quiz/a/x", "#/quiz//1", "#/skill/", "#/result/a/b"]
        {
            assert!(matches!(Route::parse(fragment), Route::Unknown(_)), "{fragment}");
        }
    }

    proptest! {
        #[test]
        fn any_fragment_is_read_and_stays_the_same(fragment in ".{0,60}") {
            let route = Route::parse(&fragment);
            prop_assert_eq!(Route::parse(&route.to_string()), route);
        }
    }
}
