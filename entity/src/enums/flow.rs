//! What happens to posts: deliveries, shares, points.

use sea_orm::sea_query::StringLen;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// What holds the messages about a post that are not out yet.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum BroadcastHold {
    /// They wait until it goes on.
    Paused,
    /// They never go out.
    Stopped,
}

/// What is done to a chat message.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryOperation {
    /// A new message.
    Post,
    /// New content of an existing message.
    Revise,
    /// The message is replaced by the word that it ended.
    Withdraw,
}

/// What a chat message is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum DeliverySubject {
    /// A post suggested to a channel.
    SuggestedPost,
    /// A post suggested to one member.
    PersonalPost,
    /// Last week's board, in a channel.
    WeeklyLeaderboard,
    /// A second account was joined to a member.
    Paired,
    /// The one greeting of a new member.
    Greeting,
    /// A post as a channel will show it, sent to who writes it.
    TestPost,
    /// A post that waits for a member's judgement.
    Review,
    /// What was decided on a member's proposal.
    ProposalDecided,
    /// A member's proposal went out as a post.
    ProposalPublished,
    /// A word to a channel that messages arrive there.
    ChannelTest,
}

/// How far a delivery has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
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

/// How sure we are of a share.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
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

/// What earned points.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum PointKind {
    /// A share was confirmed.
    ShareConfirmed,
    /// A share was proven.
    ShareProven,
    /// A click was counted.
    ClickCounted,
    /// A proposal became a post.
    ProposalAccepted,
    /// That was taken back.
    ProposalReversed,
}
