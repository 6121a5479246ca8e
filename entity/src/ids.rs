//! Typed ids: a `PostId` cannot be passed where a `MemberId` is meant.
//!
//! All are UUIDv7, so that primary keys grow with time. They are made by the
//! server's `App`, never by the database.

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares newtypes over [`Uuid`] that work as columns and as primary keys.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A tenant.
    OrganizationId,
    /// A team.
    TeamId,
    /// A person of an organization.
    MemberId,
    /// A token of the API.
    ApiTokenId,
    /// An entry of the audit log.
    AuditEventId,
    /// A chat workspace or guild with the bot in it.
    InstallationId,
    /// A chat channel that receives posts.
    ChannelId,
    /// A member's account on a chat.
    IdentityId,
    /// A code by which an account is joined to a member.
    PairingCodeId,
    /// A campaign.
    CampaignId,
    /// A feed.
    FeedId,
    /// A post.
    PostId,
    /// A wording of a post.
    VariantId,
    /// What posts are about.
    TopicId,
    /// A post that a member proposed.
    ProposalId,
    /// A former version of a post.
    PostVersionId,
    /// A note of a review.
    ReviewNoteId,
    /// A filter of the library under a name.
    SavedViewId,
    /// A picture that was uploaded.
    MediaId,
    /// An item seen in a feed.
    FeedItemId,
    /// A file of posts or members on its way in.
    CsvImportId,
    /// An operation on a chat message.
    DeliveryId,
    /// A silent refusal of a post.
    DismissalId,
    /// A share.
    ShareId,
    /// A browser that is logged in.
    SessionId,
    /// A one-time link that lets somebody in.
    LoginLinkId,
    /// A tracked short link.
    LinkId,
    /// A request for a link.
    HitId,
    /// A range of hits that were stored late.
    LateHitsId,
    /// A counted visit.
    ClickId,
    /// An entry of the ledger of points.
    PointEventId,
    /// A unit of work.
    JobId,
    /// A recurring job.
    ScheduleId,
    /// A remembered answer.
    IdempotencyRecordId,
}
