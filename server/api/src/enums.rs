//! Closed enumerations as they travel: snake-case words.

use serde::{Deserialize, Serialize};

pub use crate::check::CheckKind;
pub use crate::proposal::{ProposalSource, ProposalState};

/// A language in which Chorus speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
}

/// What happens to a full workspace member who matches nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum JoinPolicy {
    /// They become a member at first use.
    Workspace,
    /// They are told whom to ask.
    List,
}

/// How a member appears to others on boards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BoardVisibility {
    /// By name.
    Name,
    /// By a drawn pseudonym.
    Pseudonym,
    /// Not at all, and not counted in ranks.
    Hidden,
}

/// Which messages of their own a member wants.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryPreference {
    /// A direct message for each suggested post, in the chat where they chose it.
    EachPost,
    /// None: what is in the channels is enough.
    #[default]
    ChannelOnly,
}

/// A chat platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Slack.
    Slack,
    /// Discord.
    Discord,
}

/// What a person may do beyond a plain member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, including handing over.
    Owner,
    /// People, settings, connections.
    Admin,
    /// Writes and publishes content.
    Curator,
    /// Approves content.
    Approver,
    /// Reads content only.
    Recruiter,
    /// Reads figures only.
    Analyst,
    /// Reads the own team's group figures.
    TeamLead,
}

/// A right that an operation names; roles and tokens grant it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See posts in every state.
    ReadPosts,
    /// Create and change posts.
    WritePosts,
    /// Approve posts or ask for changes.
    ReviewPosts,
    /// Say something about a post to those who write and review it.
    CommentPosts,
    /// Schedule, publish and withdraw posts.
    PublishPosts,
    /// Add, change and run feeds.
    ManageFeeds,
    /// See the list of members.
    ReadMembers,
    /// Add, import and remove members.
    ManageMembers,
    /// Change settings, channels and installations.
    ManageOrganization,
    /// Create and revoke one's own API tokens.
    ManageTokens,
    /// Read the audit log.
    ReadAudit,
    /// Read group figures.
    ReadFigures,
    /// Read the group figures of one's own team and of the teams below it.
    ReadTeamFigures,
    /// See deliveries, jobs and schedules.
    ReadOperations,
}

/// A post's place among others.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// After others.
    Low,
    /// As it comes.
    #[default]
    Normal,
    /// Before others.
    High,
}

/// What a note of a review tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

/// In which order posts are listed.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PostSort {
    /// The newest first.
    #[default]
    Newest,
    /// The last changed first.
    Changed,
    /// By when it went or is to go live, else was written; the latest first.
    Time,
    /// By title.
    Title,
    /// By when it was handed in; who waits longest first.
    Waiting,
}

/// What became of a piece of text between two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is in both.
    Kept,
    /// It was only in the former one.
    Removed,
    /// It is only in the later one.
    Added,
}

/// What becomes of a new feed item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

/// How sure we are of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ShareState {
    /// The network or the share page was opened.
    Opened,
    /// The member said done.
    Confirmed,
    /// A counted click by another visitor came.
    Proven,
    /// Published through the network's API.
    Published,
    /// To be published later.
    Scheduled,
    /// Publishing failed.
    Failed,
    /// Taken back; reversed in the ledger.
    Withdrawn,
}

/// How far a delivery has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Waiting for its time or a courier.
    Pending,
    /// A courier holds it.
    Claimed,
    /// The platform accepted it.
    Sent,
    /// The platform refused it for good.
    Failed,
    /// It cannot be known whether it arrived; never re-sent silently.
    Uncertain,
    /// Stopped before it was sent.
    Cancelled,
}

/// A span of time over which a board sums points.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// The ISO week in the organization's time zone.
    #[default]
    Week,
    /// The calendar month.
    Month,
    /// The calendar quarter.
    Quarter,
    /// Since the programme began.
    AllTime,
}

impl Network {
    /// Every network, in the order in which they are offered to who chose none.
    pub const ALL: [Self; 12] = [
        Self::Linkedin,
        Self::X,
        Self::Bluesky,
        Self::Mastodon,
        Self::Threads,
        Self::Facebook,
        Self::Xing,
        Self::Reddit,
        Self::Whatsapp,
        Self::Telegram,
        Self::Email,
        Self::Copy,
    ];
}

impl Period {
    /// Every period, shortest first.
    pub const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::AllTime];
}
