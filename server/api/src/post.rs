//! Posts as curators see and change them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::audience::Audience;
use crate::enums::{
    EditMode, Language, Network, Platform, PostKind, PostState, Priority, ShareState,
};
use crate::ids::{FeedId, MemberId, PostId};

/// Curated content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Post {
    /// Its id.
    pub id: PostId,
    /// What members are asked to do.
    pub kind: PostKind,
    /// Where it stands.
    pub state: PostState,
    /// Its headline.
    pub title: String,
    /// One or two neutral sentences.
    pub summary: String,
    /// Where its links lead.
    pub url: Option<String>,
    /// A picture.
    pub image_url: Option<String>,
    /// The picture in words.
    pub image_alt: Option<String>,
    /// Language of the content.
    pub language: Option<Language>,
    /// Slug of the campaign that it serves.
    pub campaign: Option<String>,
    /// What it is about, by name.
    pub topics: Vec<String>,
    /// The feed that it came from.
    pub feed_id: Option<FeedId>,
    /// Who wrote it.
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
    pub audience: Option<Audience>,
    /// Neither shown nor shared before this time.
    pub embargo_until: Option<DateTime<Utc>>,
    /// Says near the claim who speaks; the organization's words if none.
    pub disclosure: Option<String>,
    /// Its wordings, in order.
    pub variants: Vec<Variant>,
    /// When it was handed to the approvers.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it is to go live.
    pub publish_at: Option<DateTime<Utc>>,
    /// When it went live.
    pub published_at: Option<DateTime<Utc>>,
    /// When suggesting and sharing end.
    pub expires_at: Option<DateTime<Utc>>,
    /// Where its links lead after withdrawal.
    pub withdrawn_url: Option<String>,
    /// Raised by each change; the entity tag.
    pub version: i64,
    /// Who changed it last; none for the system.
    pub changed_by: Option<MemberId>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// One wording of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// The network it is for; none for every network.
    #[serde(default)]
    pub network: Option<Network>,
    /// The words, without the link.
    pub text: String,
}

/// A post to write; it begins as a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreatePost {
    /// `share` unless given.
    #[serde(default)]
    pub kind: Option<PostKind>,
    /// Its headline, 1 to 200 characters.
    pub title: String,
    /// One or two neutral sentences, at most 600 characters.
    #[serde(default)]
    pub summary: String,
    /// Where its links lead: http or https.
    #[serde(default)]
    pub url: Option<String>,
    /// A picture: http or https.
    #[serde(default)]
    pub image_url: Option<String>,
    /// The picture in words; required with a picture.
    #[serde(default)]
    pub image_alt: Option<String>,
    /// Language of the content.
    #[serde(default)]
    pub language: Option<Language>,
    /// Slug of a campaign; made if there is none of that slug.
    #[serde(default)]
    pub campaign: Option<String>,
    /// What it is about: at most 20 names, made where they are new.
    #[serde(default)]
    pub topics: Vec<String>,
    /// `free` unless given.
    #[serde(default)]
    pub edit_mode: Option<EditMode>,
    /// Shown before others.
    #[serde(default)]
    pub featured: bool,
    /// `normal` unless given.
    #[serde(default)]
    pub priority: Priority,
    /// To whom it is suggested; everybody unless given.
    #[serde(default)]
    pub audience: Option<Audience>,
    /// Neither shown nor shared before this time.
    #[serde(default)]
    pub embargo_until: Option<DateTime<Utc>>,
    /// Says near the claim who speaks, at most 200 characters; the organization's words unless
    /// given.
    #[serde(default)]
    pub disclosure: Option<String>,
    /// Wordings; the title serves if there is none.
    #[serde(default)]
    pub variants: Vec<Variant>,
    /// When it is to go live.
    #[serde(default)]
    pub publish_at: Option<DateTime<Utc>>,
    /// When suggesting and sharing end; the organization's default unless given.
    #[serde(default)]
    pub expires_at: Option<DateTime<Utc>>,
}

/// An approval.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ApprovePost {
    /// When it is to go live: the post's own time, or at once, unless given.
    #[serde(default)]
    pub publish_at: Option<DateTime<Utc>>,
    /// The version that was looked at: another one is not approved.
    #[serde(default)]
    pub version: Option<i64>,
}

/// A post's new place in the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReschedulePost {
    /// When it is to go live.
    pub publish_at: DateTime<Utc>,
}

/// What a reviewer asks to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RejectPost {
    /// What to change, 1 to 1,000 characters.
    pub note: String,
    /// The version that was looked at: another one is not sent back.
    #[serde(default)]
    pub version: Option<i64>,
}

/// A withdrawal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawPost {
    /// Where its links lead from now on; a friendly 410 page unless given.
    #[serde(default)]
    pub url: Option<String>,
}

/// Group figures of a post: raw, filtered and counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostFigures {
    /// The post.
    pub post_id: PostId,
    /// Shares by state; empty unless five members were active in each month since it went live, so
    /// that no figure is one person's.
    pub shares: Vec<StateCount>,
    /// Hits on its links, of every class.
    pub hits: i64,
    /// Hits by people who may be told apart: neither bots nor own nor private.
    pub human_hits: i64,
    /// First human hits per link, visitor and hour, under the cap.
    pub clicks: i64,
    /// Sum of the followers of sharing accounts; not de-duplicated. None where there are no shares
    /// for that reason.
    pub potential_reach: Option<i64>,
    /// Whether all of it is kept back, because the post is for some people, of which only months
    /// are told that are over and in which five members shared it, and there is none. Every number
    /// is 0 then.
    #[serde(default)]
    pub kept_back: bool,
}

/// How many shares are in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateCount {
    /// The state.
    pub state: ShareState,
    /// How many.
    pub count: i64,
}

/// Where a post's card was sent to its writer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostTest {
    /// The chats; none where none knows the caller.
    pub platforms: Vec<Platform>,
}
