//! Broadcasts: how far the messages about a post have come.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::Platform;
use crate::ids::PostId;

/// Where the messages about a post stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BroadcastStage {
    /// The post is not live yet: the numbers say what to expect.
    Ahead,
    /// They are on their way.
    Running,
    /// The rest waits until it is resumed.
    Paused,
    /// The rest never goes out.
    Stopped,
    /// The post was withdrawn, and what is out is being taken back.
    Withdrawing,
    /// Nothing is left to send, or to take back.
    Over,
}

/// How far messages have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BroadcastProgress {
    /// All that were, or will be, planned.
    pub planned: i64,
    /// Those that went out, or are not wanted any more.
    pub done: i64,
    /// Those that wait, or are being sent.
    pub to_go: i64,
    /// Those that the platform refused.
    pub failed: i64,
    /// Those of which it cannot be known whether they arrived; they are not sent again.
    pub uncertain: i64,
    /// Those that a curator stopped before they went out, or that waited when the bot was taken away.
    pub stopped: i64,
}

/// Messages that a platform refused for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedMessages {
    /// Which chat.
    pub platform: Platform,
    /// Its short code.
    pub reason: String,
    /// How many.
    pub count: i64,
}

/// How far the messages about a post have come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Broadcast {
    /// The post.
    pub post_id: PostId,
    /// Where they stand.
    pub stage: BroadcastStage,
    /// Cards in channels.
    pub channels: BroadcastProgress,
    /// Messages to members, in steps of five downwards: nobody's silence shows in a number. The
    /// last one to four that are to go are told as done.
    pub members: BroadcastProgress,
    /// Whether messages are still being planned, or that they are taken back: there may be more
    /// than are counted.
    pub planning: bool,
    /// Members, in steps of five, whose message waits for the end of their quiet hours; `to_go`
    /// counts them too.
    pub quiet: i64,
    /// When the organization's own quiet hours are over; none where they are not on, or where
    /// `quiet` is 0. Those of members are their own.
    pub quiet_until: Option<DateTime<Utc>>,
    /// What the platforms refused, by reason, most first.
    pub failures: Vec<RefusedMessages>,
    /// How many of those `/retry` would send again: not those of people who are gone or take no
    /// messages, nor those in a chat that the bot has left.
    pub retriable: i64,
    /// How many of the uncertain `/resend` would send again.
    pub resendable: i64,
    /// How far taking back what was out has come; none unless the post was withdrawn.
    pub withdrawal: Option<BroadcastProgress>,
    /// Messages a minute into one workspace, at most.
    pub messages_per_minute: u32,
    /// How long what is left takes at that rate; what waits for quiet hours is left out.
    pub seconds_left: i64,
}

/// Sends again what may have arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResendUncertain {
    /// The `resendable` that the caller has seen; refused where it is another number by now.
    pub count: i64,
}
