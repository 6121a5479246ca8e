//! One wording of a post, for one network or for all.

use sea_orm::entity::prelude::*;

use crate::enums::Network;
use crate::ids::{OrganizationId, PostId, VariantId};

/// One wording of a post, for one network or for all.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variant")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VariantId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The post.
    pub post_id: PostId,
    /// The network it is for; none for every network.
    pub network: Option<Network>,
    /// Order within the post, from 0.
    pub position: i64,
    /// The words.
    pub text: String,
    /// How many shares it was dealt to.
    pub dealt: i64,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
