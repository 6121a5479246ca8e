//! Typed ids as they travel: plain UUIDs in JSON.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares newtypes over [`Uuid`] that serialise as plain strings.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
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
    /// A member's account on a chat platform.
    IdentityId,
    /// A token of the API.
    ApiTokenId,
    /// A browser that is logged in to the console.
    SessionId,
    /// An entry of the audit log.
    AuditEventId,
    /// A chat workspace or guild with the bot in it.
    InstallationId,
    /// A chat channel that receives posts.
    ChannelId,
    /// A campaign.
    CampaignId,
    /// A feed.
    FeedId,
    /// An item seen in a feed.
    FeedItemId,
    /// A file of posts or members on its way in.
    ImportId,
    /// A post.
    PostId,
    /// What posts are about.
    TopicId,
    /// A post that a member proposed.
    ProposalId,
    /// A note of a review.
    ReviewNoteId,
    /// A filter of the library under a name.
    SavedViewId,
    /// A picture that was uploaded.
    MediaId,
    /// An operation on a chat message.
    DeliveryId,
    /// A share.
    ShareId,
    /// A unit of work.
    JobId,
}
