//! What is known of one member, as one file.
//!
//! The member gets all of it. Whoever looks after members may hand out a part for a request: what
//! tells of choices, of silence or of how much somebody shared is for the member alone, so it is
//! left out there, and `left_out` names it. So is what whoever hands it out may not read.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::enums::{
    BoardVisibility, DeliveryPreference, Network, Permission, Platform, PostState, ReviewStep,
    ShareState,
};
use crate::me::QuietHours;
use crate::member::{Member, MemberIdentity};
use crate::operations::AuditEvent;
use crate::proposal::ProposalState;

/// The form of the file; another one has another number.
pub const VERSION: u32 = 1;

/// What is known of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberExport {
    /// The form of this file: 1.
    pub version: u32,
    /// When it was written.
    pub exported_at: DateTime<Utc>,
    /// Name of the organization.
    pub organization: String,
    /// The parts that are not in this file: they are for the member alone, or whoever hands it out
    /// may not read them.
    pub left_out: Vec<ExportPart>,
    /// Who they are and where they belong.
    pub member: Member,
    /// Their accounts on chats.
    pub identities: Vec<ExportedIdentity>,
    /// What they chose for themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferences: Option<ExportedPreferences>,
    /// Browsers in which they are logged in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions: Option<Vec<ExportedSession>>,
    /// Their API tokens, without the secrets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Vec<ExportedToken>>,
    /// Filters of the library that they keep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub views: Option<Vec<ExportedView>>,
    /// Posts that they dismissed and that have not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissals: Option<Vec<ExportedDismissal>>,
    /// Direct messages to them, counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<Vec<ExportedMessages>>,
    /// What they shared, oldest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares: Option<Vec<ExportedShare>>,
    /// Entries of the ledger of points, oldest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Vec<ExportedPoints>>,
    /// Proposals of others that they made, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supported: Option<Vec<ExportedSupport>>,
    /// Posts that they wrote, oldest first; for who may read and comment on posts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posts: Option<Vec<ExportedPost>>,
    /// What they said in reviews, oldest first; for the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Vec<ExportedNote>>,
    /// What they proposed, oldest first; for who decides on proposals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposals: Option<Vec<ExportedProposal>>,
    /// What the audit log says that they did, oldest first; for who may read the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actions: Option<Vec<AuditEvent>>,
}

/// A part that is not for everybody who hands a file out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExportPart {
    /// What they chose for themselves.
    Preferences,
    /// Browsers in which they are logged in.
    Sessions,
    /// Their API tokens.
    Tokens,
    /// Filters that they keep.
    Views,
    /// Posts that they dismissed.
    Dismissals,
    /// Direct messages to them.
    Messages,
    /// What they shared.
    Shares,
    /// What they earned.
    Points,
    /// Proposals of others that they made, too.
    Supported,
    /// What they wrote, where who hands the file out may not read posts or their reviews.
    Posts,
    /// What they said in reviews, for the same reason.
    Notes,
    /// What they proposed, where who hands the file out does not decide on proposals.
    Proposals,
    /// What they did, where who hands the file out may not read the audit log.
    Actions,
}

/// An account on a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedIdentity {
    /// The account as it is shown.
    #[serde(flatten)]
    pub identity: MemberIdentity,
    /// The platform's own id of it.
    pub user: String,
}

/// What a member chose for themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedPreferences {
    /// Time zone.
    pub time_zone: Option<String>,
    /// How they appear on boards.
    pub board_visibility: BoardVisibility,
    /// The pseudonym that was drawn for them.
    pub pseudonym: String,
    /// Whether their shares count for them.
    pub attribution: bool,
    /// Preferred networks, in order.
    pub networks: Vec<Network>,
    /// Followers, as they typed them.
    pub followers: Vec<(Network, i64)>,
    /// Their Mastodon instance.
    pub mastodon_instance: Option<String>,
    /// Which messages they want.
    pub delivery: DeliveryPreference,
    /// Where.
    pub delivery_platform: Option<Platform>,
    /// When they get none; absent where they always may.
    pub quiet_hours: Option<QuietHours>,
    /// Until when they paused.
    pub paused_until: Option<DateTime<Utc>>,
    /// When they finished onboarding.
    pub joined_at: Option<DateTime<Utc>>,
}

/// A browser in which a member is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedSession {
    /// What it calls itself.
    pub browser: String,
    /// When it was last used, to the hour.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// When it began.
    pub created_at: DateTime<Utc>,
}

/// An API token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedToken {
    /// Its name.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Permission>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to the hour.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A filter of the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedView {
    /// Its name.
    pub name: String,
    /// What it looks for.
    pub query: String,
}

/// A post that was dismissed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedDismissal {
    /// The post.
    pub post_id: Uuid,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Direct messages of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedMessages {
    /// The chat.
    pub platform: Platform,
    /// What they were about.
    pub subject: String,
    /// How many.
    pub count: i64,
    /// When the first was planned.
    pub first_at: DateTime<Utc>,
    /// When the last was planned.
    pub last_at: DateTime<Utc>,
}

/// A share, its link, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedShare {
    /// The post.
    pub post_id: Uuid,
    /// The network.
    pub network: Network,
    /// How far it came.
    pub state: ShareState,
    /// Its words.
    pub text: String,
    /// Followers at the time.
    pub followers: Option<i64>,
    /// The code of its link.
    pub link: Option<String>,
    /// Counted clicks on it.
    pub clicks: i64,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When it was confirmed.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When a reader proved it.
    pub proven_at: Option<DateTime<Utc>>,
}

/// An entry of the ledger of points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedPoints {
    /// What for.
    pub kind: String,
    /// How many.
    pub points: i64,
    /// The local day.
    pub day: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A post that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedPost {
    /// Its id.
    pub id: Uuid,
    /// Its headline.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// Its link.
    pub url: Option<String>,
    /// How far it has come.
    pub state: PostState,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// What somebody said in a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedNote {
    /// The post.
    pub post_id: Uuid,
    /// What was done.
    pub step: ReviewStep,
    /// What was said.
    pub text: Option<String>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A page that somebody proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedProposal {
    /// Its id.
    pub id: Uuid,
    /// The page.
    pub url: String,
    /// Why.
    pub why: String,
    /// Words for the post.
    pub words: String,
    /// How far it has come.
    pub state: ProposalState,
    /// What the proposer was told with a refusal.
    pub note: Option<String>,
    /// When it was proposed.
    pub created_at: DateTime<Utc>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
}

/// A proposal of somebody else that was made once more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedSupport {
    /// The proposal.
    pub proposal_id: Uuid,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Who is to be erased, in the words of who erases them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EraseMember {
    /// Their name or their e-mail address, so that nobody else is erased by mistake.
    pub name: String,
}
