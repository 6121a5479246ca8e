//! What an organization pays on a network, from a month on.

use sea_orm::entity::prelude::*;

use crate::enums::Network;
use crate::ids::OrganizationId;

/// What an organization pays on a network, from a month on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rate")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: OrganizationId,
    /// The network.
    #[sea_orm(primary_key, auto_increment = false)]
    pub network: Network,
    /// The first day of the month from which on it is valid.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: String,
    /// ISO 4217 code of its amounts.
    pub currency: String,
    /// What a click costs, in minor units.
    pub cpc: Option<i64>,
    /// What a thousand views cost, in minor units.
    pub cpm: Option<i64>,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
