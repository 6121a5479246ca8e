//! A post that a member proposed.

use sea_orm::entity::prelude::*;

use crate::enums::{ProposalSource, ProposalState};
use crate::ids::{MemberId, OrganizationId, PostId, ProposalId};

/// A post that a member proposed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProposalId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Who proposed it; none once they are erased.
    pub member_id: Option<MemberId>,
    /// Where they did, which is where they hear of it.
    pub source: ProposalSource,
    /// How far it has come.
    pub state: ProposalState,
    /// The page.
    pub url: String,
    /// The page normalised, to find what is the same.
    pub canonical_url: String,
    /// The same while it waits or its post has not ended: at most one of an organization bears it.
    pub open_key: Option<String>,
    /// Why, in the proposer's words.
    pub why: String,
    /// Words for the post, as the proposer would share it.
    pub words: String,
    /// What the page calls itself, once it was read.
    pub title: Option<String>,
    /// What the page is about, by its own words.
    pub summary: Option<String>,
    /// The page's picture.
    pub image_url: Option<String>,
    /// The picture in words.
    pub image_alt: Option<String>,
    /// What the proposer is told with a refusal.
    pub note: Option<String>,
    /// The post that it became.
    pub post_id: Option<PostId>,
    /// Who decided.
    pub decided_by: Option<MemberId>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// How often it was decided: more than once where that was taken back.
    pub decisions: i64,
    /// When the row was written.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
