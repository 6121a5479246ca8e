//! Posts as curators see and change them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::{EditMode, Language, Network, PostKind, PostState, ShareState};
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
    /// Its wordings, in order.
    pub variants: Vec<Variant>,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// `free` unless given.
    #[serde(default)]
    pub edit_mode: Option<EditMode>,
    /// Shown before others.
    #[serde(default)]
    pub featured: bool,
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
}

/// What a reviewer asks to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RejectPost {
    /// What to change, 1 to 1,000 characters.
    pub note: String,
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
    /// Shares by state; empty until five members are active, so that no figure is one person's.
    pub shares: Vec<StateCount>,
    /// Hits on its links, of every class.
    pub hits: i64,
    /// Hits by people who may be told apart: neither bots nor own nor private.
    pub human_hits: i64,
    /// First human hits per link, visitor and hour, under the cap.
    pub clicks: i64,
    /// Sum of the followers of sharing accounts; not de-duplicated. None until
    /// five members are active.
    pub potential_reach: Option<i64>,
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
