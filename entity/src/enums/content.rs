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

/// A post's place among others.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
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
#[sea_orm(rs_type = "i64", db_type = "BigInteger")]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// After others.
    #[sea_orm(num_value = 0)]
    Low,
    /// As it comes.
    #[default]
    #[sea_orm(num_value = 1)]
    Normal,
    /// Before others.
    #[sea_orm(num_value = 2)]
    High,
}

/// What a note of a review tells.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum ReviewStep {
    /// Somebody said something.
    Comment,
    /// The post was handed to the approvers.
    Submitted,
    /// It was taken back from them.
    Recalled,
    /// It was approved.
    Approved,
    /// Changes were asked for.
    Rejected,
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

/// What a campaign is to do for the business.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum CampaignGoal {
    /// More people know of it.
    Awareness,
    /// More people come to a page.
    Traffic,
    /// More people ask for an offer.
    Leads,
    /// More people apply.
    Recruiting,
    /// Those who are there stay.
    Retention,
    /// Colleagues learn.
    Training,
}

/// The part of the company that a campaign serves.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum CampaignArea {
    /// Marketing.
    Marketing,
    /// Sales.
    Sales,
    /// Customer care.
    CustomerCare,
    /// Human resources.
    Hr,
    /// Research and development.
    ResearchAndDevelopment,
    /// Executives.
    Executives,
}

/// What ails a feed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum FeedTrouble {
    /// Its server is not reached, or is in trouble itself.
    Unreachable,
    /// There is nothing at its address any more.
    Missing,
    /// Its server does not let us in.
    Refused,
    /// Its address is none that is fetched.
    BadAddress,
    /// It is larger than is read.
    TooLarge,
    /// What is there is no feed.
    NoFeed,
}

/// What the lines of a file are.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Posts.
    Posts,
    /// Members.
    Members,
}

/// How far a file has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// It is being tried; nothing is written.
    Checking,
    /// It was tried and waits for somebody to confirm it.
    Ready,
    /// It is being taken over.
    Running,
    /// It was taken over, or no line of it would have done anything.
    Done,
    /// Whoever wanted it may not do so any more.
    Failed,
}

/// What a line of a file does or did.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum LineOutcome {
    /// It adds something.
    Added,
    /// It changes something.
    Updated,
    /// It says what is known.
    Unchanged,
    /// It is refused.
    Refused,
}
