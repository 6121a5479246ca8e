//! Curated content that members may share.

use sea_orm::entity::prelude::*;

use crate::enums::{EditMode, Language, PostKind, PostState, Priority};
use crate::ids::{CampaignId, FeedId, MemberId, OrganizationId, PostId};
use crate::json::Audience;

/// Curated content that members may share.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PostId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// What members are asked to do with it.
    pub kind: PostKind,
    /// Where it stands in its life.
    pub state: PostState,
    /// Its headline; the first line of every card.
    pub title: String,
    /// One or two neutral sentences for cards.
    pub summary: String,
    /// The destination that links lead to.
    pub url: Option<String>,
    /// The destination normalised, to find duplicates.
    pub canonical_url: Option<String>,
    /// A picture for cards.
    pub image_url: Option<String>,
    /// The picture in words.
    pub image_alt: Option<String>,
    /// Language of the content.
    pub language: Option<Language>,
    /// The campaign that it serves.
    pub campaign_id: Option<CampaignId>,
    /// The feed that it came from.
    pub feed_id: Option<FeedId>,
    /// Who wrote it; none for imported items.
    pub author_id: Option<MemberId>,
    /// Who approved it.
    pub approver_id: Option<MemberId>,
    /// Why the last review sent it back.
    pub review_note: Option<String>,
    /// How far members may change its words.
    pub edit_mode: EditMode,
    /// Shown before others.
    pub featured: bool,
    /// Its place among those that are featured alike.
    pub priority: Priority,
    /// To whom it is suggested; none for everybody.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub audience: Option<Audience>,
    /// Neither shown nor shared before this time.
    pub embargo_until: Option<DateTimeUtc>,
    /// Says near the claim who speaks; the organization's words if none.
    pub disclosure: Option<String>,
    /// Folded words by which it is found; empty if an older version wrote the row.
    pub search: String,
    /// When it was handed to the approvers.
    pub submitted_at: Option<DateTimeUtc>,
    /// When it is to go live; none for at once.
    pub publish_at: Option<DateTimeUtc>,
    /// When it went live.
    pub published_at: Option<DateTimeUtc>,
    /// When suggesting and sharing end; set at publishing if none was chosen.
    pub expires_at: Option<DateTimeUtc>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Where its links lead after withdrawal; none for a 410 page.
    pub withdrawn_url: Option<String>,
    /// Raised by each change; the entity tag.
    pub version: i64,
    /// Who changed it last; none for the system.
    pub changed_by: Option<MemberId>,
    /// Who wrote what it says now; none for the system, and for what versions before wrote.
    pub written_by: Option<MemberId>,
    /// When it was last saved, if that was by itself while somebody wrote.
    pub autosaved_at: Option<DateTimeUtc>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
