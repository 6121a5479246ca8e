//! The tree of teams.

use serde::{Deserialize, Serialize};

use crate::ids::TeamId;

/// A team of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamBranch {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// The team above; none at the root.
    pub parent_id: Option<TeamId>,
    /// How many teams are above it.
    pub depth: usize,
    /// Members who belong to it and did not leave, without those of the teams below.
    pub members: i64,
}

/// The teams of an organization, each before those below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamTree {
    /// The teams.
    pub items: Vec<TeamBranch>,
}

/// A team to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateTeam {
    /// Its name, which no other team has: 1 to 120 characters.
    pub name: String,
    /// The team above; none at the root.
    #[serde(default)]
    pub parent_id: Option<TeamId>,
}

/// Another name for a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RenameTeam {
    /// The name.
    pub name: String,
}

/// Another place for a team, with everything below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveTeam {
    /// The team above; none for the root. Neither the team itself nor one below it.
    #[serde(default)]
    pub parent_id: Option<TeamId>,
}
