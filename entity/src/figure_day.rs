//! A sum of one day: what Insight reads instead of shares and hits.

use sea_orm::entity::prelude::*;

use crate::enums::{FigureScope, Measure, Network};
use crate::ids::OrganizationId;

/// A sum of one day; of a team, of one month.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "figure_day")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: OrganizationId,
    /// Of what kind of thing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scope: FigureScope,
    /// Of which: the organization, the post or the team; nil for no team.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
    /// The date in the organization's zone; of a team, the first of the month.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: String,
    /// On which network.
    #[sea_orm(primary_key, auto_increment = false)]
    pub network: Network,
    /// What is summed up.
    #[sea_orm(primary_key, auto_increment = false)]
    pub measure: Measure,
    /// The sum.
    pub value: i64,
}

impl ActiveModelBehavior for ActiveModel {}
