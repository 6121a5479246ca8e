//! Posts that members propose.

use sea_orm::sea_query::StringLen;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// How far a proposal has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    /// It waits for the comms team.
    New,
    /// It became a post.
    Accepted,
    /// It did not.
    Declined,
    /// Its proposer took it back.
    Withdrawn,
}

/// Where a proposal was made.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum ProposalSource {
    /// In Slack.
    Slack,
    /// In Discord.
    Discord,
    /// In the console.
    Console,
    /// By the API.
    Api,
}
