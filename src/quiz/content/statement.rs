//! What readers can state about themselves. It is shown beside a result and doesn't affect any score.

use serde::{Deserialize, Serialize};

/// Three optional statements about things that answers can't show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Years of experience in the field.
    pub years: Option<Years>,
    /// The largest scope of responsibility.
    pub scope: Option<Scope>,
    /// The most people led at one time.
    pub people: Option<People>,
}

/// Years of experience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Years {
    /// Fewer than 2.
    UnderTwo,
    /// 2 to 4.
    Two,
    /// 5 to 9.
    Five,
    /// 10 or more.
    Ten,
}

/// The largest scope of responsibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Own tasks.
    Tasks,
    /// A system or a team.
    Team,
    /// Several teams.
    Teams,
    /// A whole organization.
    Organization,
}

/// How many people were led.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum People {
    /// None.
    None,
    /// 1 to 5.
    Few,
    /// 6 to 20.
    Team,
    /// More than 20.
    Many,
}

impl Years {
    /// All, from the fewest.
    pub const ALL: [Self; 4] = [Self::UnderTwo, Self::Two, Self::Five, Self::Ten];
}

impl Scope {
    /// All, from the smallest.
    pub const ALL: [Self; 4] = [Self::Tasks, Self::Team, Self::Teams, Self::Organization];
}

impl People {
    /// All, from the fewest.
    pub const ALL: [Self; 4] = [Self::None, Self::Few, Self::Team, Self::Many];
}

impl Statement {
    /// Whether it meets what the last stage requires besides scores: organization-wide scope and ten years.
    pub fn is_executive(&self) -> bool {
        self.scope == Some(Scope::Organization) && self.years == Some(Years::Ten)
    }

    /// Whether the scope is several teams or more.
    pub fn is_multi_team(&self) -> bool {
        self.scope >= Some(Scope::Teams)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_stage_requires_scope_and_years_but_no_number_of_people() {
        let stated = |years, scope| Statement { years, scope, people: None };
        assert!(stated(Some(Years::Ten), Some(Scope::Organization)).is_executive());
        for (years, scope) in [
            (None, None),
            (Some(Years::Ten), None),
            (Some(Years::Five), Some(Scope::Organization)),
            (Some(Years::Ten), Some(Scope::Teams)),
        ] {
            assert!(!stated(years, scope).is_executive());
        }
        assert!(!Statement { people: Some(People::Many), ..Statement::default() }.is_multi_team());
        assert!(stated(None, Some(Scope::Organization)).is_multi_team());
        assert!(!stated(None, Some(Scope::Team)).is_multi_team());
    }
}
