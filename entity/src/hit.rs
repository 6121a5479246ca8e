//! One request for a known link, stored before it was answered.

use sea_orm::entity::prelude::*;

use crate::enums::{DeviceClass, HitClass, HitReason};
use crate::ids::{HitId, LinkId, OrganizationId};

/// One request for a known link, stored before it was answered.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hit")]
pub struct Model {
    /// Primary key, a UUIDv7: rows are appended in time order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: HitId,
    /// The tenant. No reference: nothing is looked up on the hot path.
    pub organization_id: OrganizationId,
    /// The link. No reference, for the same reason.
    pub link_id: LinkId,
    /// When it came.
    pub at: DateTimeUtc,
    /// Whose hit it is.
    pub class: HitClass,
    /// Why it was classed so.
    pub reason: HitReason,
    /// 16 bytes: HMAC of the day's salt over address and user agent; none for private hits.
    #[sea_orm(column_type = "Blob", nullable)]
    pub visitor: Option<Vec<u8>>,
    /// 8 bytes: the same over the address's /24 or /48; none for private hits.
    #[sea_orm(column_type = "Blob", nullable)]
    pub network_key: Option<Vec<u8>>,
    /// ISO 3166 code, if it could be told.
    pub country: Option<String>,
    /// Kind of device; none for private hits.
    pub device: Option<DeviceClass>,
    /// Host of the referring page; none for private hits.
    pub referrer_host: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
