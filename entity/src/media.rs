//! A picture that was uploaded: as it was written anew, never as it came.

use sea_orm::entity::prelude::*;

use crate::ids::{MediaId, MemberId, OrganizationId};

/// A picture that was uploaded: as it was written anew, never as it came.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MediaId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Who uploaded it.
    pub member_id: Option<MemberId>,
    /// What it is, such as `image/png`.
    pub media_type: String,
    /// Its width in pixels.
    pub width: i64,
    /// Its height in pixels.
    pub height: i64,
    /// What it shows, in words.
    pub alt: String,
    /// Hash of the bytes that were uploaded; unique within the organization.
    pub digest: Vec<u8>,
    /// How long `content` is.
    pub bytes: i64,
    /// The picture.
    pub content: Vec<u8>,
    /// The picture made small.
    pub thumbnail: Vec<u8>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
