//! One member's share of one post on one network.

use sea_orm::entity::prelude::*;

use crate::enums::{Network, ShareState};
use crate::ids::{MemberId, OrganizationId, PostId, ShareId, VariantId};

/// One member's share of one post on one network.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "share")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShareId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Who shares.
    pub member_id: MemberId,
    /// What is shared.
    pub post_id: PostId,
    /// Where.
    pub network: Network,
    /// How sure we are of it.
    pub state: ShareState,
    /// The wording that was dealt.
    pub variant_id: Option<VariantId>,
    /// The words as dealt or edited, with the tracked link.
    pub text: String,
    /// Followers of the account at the time of sharing.
    pub followers: Option<i64>,
    /// When the member said done.
    pub confirmed_at: Option<DateTimeUtc>,
    /// When the first counted click by another visitor came.
    pub proven_at: Option<DateTimeUtc>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
