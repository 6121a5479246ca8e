//! Posts, where they come from and where they are shared.

use sea_orm::sea_query::StringLen;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// What becomes of a new feed item.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum FeedMode {
    /// It waits as a draft.
    Draft,
    /// It is submitted for review.
    Review,
    /// It is published at once.
    AutoPublish,
}

/// What became of a feed item.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum FeedItemOutcome {
    /// It became a post.
    Imported,
    /// A post with its canonical URL existed.
    Duplicate,
    /// It was malformed.
    Refused,
}

/// What members are asked to do with a post.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum PostKind {
    /// Share a link, picture, video or text.
    Share,
    /// Like, comment or repost a brand post.
    Engage,
    /// Share an open position.
    Job,
    /// Share a colleague's story.
    Story,
}

/// A post's place in its life.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum PostState {
    /// Being written, or sent back.
    Draft,
    /// Waiting for an approver.
    InReview,
    /// Approved, not yet planned.
    Approved,
    /// Goes live at its time.
    Scheduled,
    /// Suggested to members.
    Live,
    /// No longer suggested; links lead on.
    Expired,
    /// Out of the library's way.
    Archived,
    /// Taken back.
    Withdrawn,
}

/// How far members may change a post's words.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum EditMode {
    /// As they like.
    Free,
    /// Own words before the given ones.
    Prepend,
    /// Own words after the given ones.
    Append,
    /// Not at all.
    Locked,
}

/// Where a share is published.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Network {
    /// LinkedIn.
    Linkedin,
    /// X.
    X,
    /// Facebook.
    Facebook,
    /// Threads.
    Threads,
    /// Bluesky.
    Bluesky,
    /// Mastodon, on the member's instance.
    Mastodon,
    /// Reddit.
    Reddit,
    /// XING.
    Xing,
    /// WhatsApp.
    Whatsapp,
    /// Telegram.
    Telegram,
    /// The member's mail program.
    Email,
    /// The clipboard.
    Copy,
}
