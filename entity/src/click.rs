//! First human hit per link, visitor and UTC clock hour.

use sea_orm::entity::prelude::*;

use crate::ids::{ClickId, HitId, LinkId, OrganizationId};

/// First human hit per link, visitor and UTC clock hour.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "click")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClickId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The link.
    pub link_id: LinkId,
    /// The visitor of that day.
    #[sea_orm(column_type = "Blob")]
    pub visitor: Vec<u8>,
    /// Hours since 1970-01-01T00Z.
    pub hour: i64,
    /// The hit that made it. No reference: hits have their own retention.
    pub hit_id: HitId,
    /// Time of that hit.
    pub at: DateTimeUtc,
    /// The visitor's network of that day.
    #[sea_orm(column_type = "Blob")]
    pub network_key: Vec<u8>,
    /// False where the cap per link, day and network was reached.
    pub counted: bool,
}

impl ActiveModelBehavior for ActiveModel {}
