//! Deliveries as a courier claims and settles them.

use serde::{Deserialize, Serialize};

use crate::enums::{Language, Platform};
use crate::ids::{DeliveryId, IdentityId, InstallationId};
use crate::leaderboard::Leaderboard;
use crate::proposal::ProposalOutcome;
use crate::review::Review;
use crate::share::ShareChoices;
use crate::suggestion::Suggestion;

/// A courier asks for work; the answer waits until there is some.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClaimDeliveries {
    /// The chat that it serves.
    pub platform: Platform,
    /// Who asks: unique to the process.
    pub courier: String,
    /// Deliveries at most, 1 to 100.
    pub limit: u32,
    /// How long the answer may wait for work, 0 to 25 seconds.
    pub wait_seconds: u32,
    /// How long the courier may hold what it gets, 5 to 300 seconds; its sends
    /// time out earlier.
    pub lease_seconds: u32,
}

/// What a courier is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimedDeliveries {
    /// Independent of each other: those of one message come one after another.
    pub items: Vec<Delivery>,
}

/// One operation on one chat message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delivery {
    /// Its id; travels in the message as 22 characters of base64url.
    pub id: DeliveryId,
    /// The workspace it goes to.
    pub installation_id: InstallationId,
    /// Where in it.
    pub place: Place,
    /// What to do.
    pub operation: Operation,
    /// What it says.
    pub content: Content,
    /// The language to say it in.
    pub language: Language,
    /// An earlier attempt may have reached the platform: read its history
    /// before posting, and settle as `uncertain` where that cannot be read.
    pub reconcile: bool,
}

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Place {
    /// A channel.
    Channel {
        /// The platform's channel id.
        channel: String,
    },
    /// A direct message.
    Person {
        /// The platform's user id.
        user: String,
    },
}

/// What to do with a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Operation {
    /// Post a new one.
    Post,
    /// Show new content in one that is there. The message keeps the id of the
    /// delivery that posted it.
    Revise {
        /// The delivery that posted it.
        posted_by: DeliveryId,
        /// The platform's reference, as settled by the courier.
        message: String,
    },
    /// Show in one that is there that it has ended.
    Withdraw {
        /// The delivery that posted it.
        posted_by: DeliveryId,
        /// The platform's reference, as settled by the courier.
        message: String,
    },
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// A suggested post; its `state` says whether it can still be shared.
    SuggestedPost {
        /// The card's facts.
        suggestion: Suggestion,
    },
    /// A post suggested to one member, in a direct message, with their own ways to share
    /// it; its `state` says whether it can still be shared.
    PersonalPost {
        /// The card's facts and the member's ways.
        choices: ShareChoices,
        /// Whether the member said elsewhere that it is not for them. A new message that says so is
        /// handed out for one that its member wants no more: it takes its turn, is not posted, and
        /// is settled as failed for `ended`.
        #[serde(default)]
        dismissed: bool,
    },
    /// Last week's board, in a channel: nobody's own place on it.
    WeeklyLeaderboard {
        /// The board.
        board: Leaderboard,
    },
    /// A second account was joined to the member, in a direct message to the first.
    Paired {
        /// The identity that was added.
        identity_id: IdentityId,
        /// The chat of that account.
        platform: Platform,
        /// The name of that account there.
        account: String,
    },
    /// A post that waits for its reader's judgement, in a direct message; its `state` says
    /// whether it still does.
    Review {
        /// The post, and what became of it.
        review: Review,
    },
    /// What became of a member's proposal, in a direct message to them.
    Proposal {
        /// The proposal, and what it earned.
        outcome: ProposalOutcome,
    },
    /// A word to a channel that messages arrive there.
    ChannelTest {
        /// Name of the organization.
        organization: String,
    },
    /// The one greeting of a new member, in a direct message.
    Greeting {
        /// Name of the organization.
        organization: String,
        /// The pseudonym that is offered.
        pseudonym: String,
    },
}

/// What became of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SettleDelivery {
    /// The courier that holds it.
    pub courier: String,
    /// The outcome.
    pub outcome: Outcome,
}

/// How an operation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// The platform accepted it.
    Sent {
        /// The platform's reference of the message.
        message: String,
    },
    /// The platform refused it for good.
    Failed {
        /// Short code, such as `channel_not_found`.
        reason: String,
    },
    /// It certainly did not arrive: claim it again later.
    Retry {
        /// Short code, such as `rate_limited`.
        reason: String,
        /// Not before so many seconds.
        after_seconds: u32,
    },
    /// It may have arrived: after a minute, claim it again with `reconcile`.
    Unknown {
        /// Short code, such as `timeout`.
        reason: String,
    },
    /// It cannot be known whether it arrived; an operator is shown it.
    Uncertain {
        /// Short code, such as `history_unreadable`.
        reason: String,
    },
}
