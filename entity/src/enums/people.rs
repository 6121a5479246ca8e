//! Who somebody is and what they may do.

use sea_orm::sea_query::StringLen;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// A language in which Chorus speaks.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
}

/// What happens to a full workspace member who matches nobody.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum JoinPolicy {
    /// They become a member at first use.
    Workspace,
    /// They are told whom to ask.
    List,
}

/// How a member appears to others on boards.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
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
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryPreference {
    /// A direct message for each suggested post.
    EachPost,
    /// None: what is in the channels is enough.
    ChannelOnly,
}

/// A chat platform.
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
pub enum Platform {
    /// Slack.
    Slack,
    /// Discord.
    Discord,
}

/// Who took the bot out of a workspace or guild.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// Somebody in the console.
    Disconnected,
    /// Somebody in the chat.
    Uninstalled,
}

/// What a person may do beyond a plain member; see `server::domain::permission`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
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
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
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

/// What a one-time link is for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum LoginPurpose {
    /// The first owner, while none can log in: it also sets name and password.
    FirstStart,
    /// A member whom a chat vouches for; they may also choose a new password by it.
    Chat,
    /// A member whom somebody vouches for who looks after members; they may also choose their first
    /// password by it.
    Invitation,
}
