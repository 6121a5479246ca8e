//! Deliveries, both ways.

use chrono::TimeDelta;
use entity::enums::{DeliveryOperation, DeliverySubject, Platform};
use server_api::delivery::{ClaimDeliveries, Content, Delivery, Operation, Outcome, Place};
use server_api::ids::{DeliveryId, IdentityId, InstallationId, PostId};
use server_api::operations::DeliveryCount;

use super::{enums, leaderboard, proposals, reviews, share, suggestions};
use crate::domain::delivery as rule;
use crate::service::deliveries::Count;
use crate::service::deliveries::{self as service, Claim, Claimed};

/// What a courier asks for.
pub fn claim(form: ClaimDeliveries, platform: Platform) -> Claim {
    Claim {
        platform,
        courier: form.courier,
        limit: form.limit,
        wait_seconds: form.wait_seconds,
        lease_seconds: form.lease_seconds,
    }
}

/// A claimed delivery as it travels; none where the message that it changes
/// has no reference, which the claim does not hand out.
pub fn delivery(claimed: Claimed) -> Option<Delivery> {
    let row = claimed.delivery;
    let message = claimed
        .message
        .map(|message| (DeliveryId(message.posted_by.0), message.reference));
    let operation = match (row.operation, message) {
        (DeliveryOperation::Post, _) => Operation::Post,
        (DeliveryOperation::Revise, Some((posted_by, message))) => {
            Operation::Revise { posted_by, message }
        }
        (DeliveryOperation::Withdraw, Some((posted_by, message))) => {
            Operation::Withdraw { posted_by, message }
        }
        (DeliveryOperation::Revise | DeliveryOperation::Withdraw, None) => return None,
    };
    let place = match row.subject {
        DeliverySubject::SuggestedPost
        | DeliverySubject::WeeklyLeaderboard
        | DeliverySubject::ChannelTest => Place::Channel {
            channel: row.place_ref,
        },
        DeliverySubject::PersonalPost
        | DeliverySubject::Paired
        | DeliverySubject::Greeting
        | DeliverySubject::Review
        | DeliverySubject::ProposalDecided
        | DeliverySubject::ProposalPublished
        | DeliverySubject::TestPost => Place::Person {
            user: row.place_ref,
        },
    };
    Some(Delivery {
        id: DeliveryId(row.id.0),
        installation_id: InstallationId(row.installation_id.0),
        place,
        operation,
        content: content(claimed.content),
        language: enums::language(claimed.language),
        reconcile: claimed.reconcile,
    })
}

fn content(content: service::Content) -> Content {
    match content {
        service::Content::SuggestedPost(card) => Content::SuggestedPost {
            suggestion: suggestions::suggestion(*card),
        },
        service::Content::PersonalPost { choices, dismissed } => Content::PersonalPost {
            choices: share::choices(*choices),
            dismissed,
        },
        service::Content::WeeklyLeaderboard(board) => Content::WeeklyLeaderboard {
            board: leaderboard::public_board(*board),
        },
        service::Content::Paired { added } => Content::Paired {
            identity_id: IdentityId(added.id.0),
            platform: enums::platform(added.platform),
            account: added.account_name.unwrap_or(added.user_ref),
        },
        service::Content::Review(card) => Content::Review {
            review: reviews::review(*card),
        },
        service::Content::Proposal(told) => Content::Proposal {
            outcome: proposals::outcome(*told),
        },
        service::Content::ChannelTest { organization } => Content::ChannelTest { organization },
        service::Content::Greeting {
            organization,
            pseudonym,
        } => Content::Greeting {
            organization,
            pseudonym,
        },
    }
}

/// What a courier says became of a delivery.
pub fn outcome(outcome: Outcome) -> rule::Outcome {
    match outcome {
        Outcome::Sent { message } => rule::Outcome::Sent(message),
        Outcome::Failed { reason } => rule::Outcome::Failed(reason),
        Outcome::Retry {
            reason,
            after_seconds,
        } => rule::Outcome::Retry(reason, TimeDelta::seconds(after_seconds.into())),
        Outcome::Unknown { reason } => rule::Outcome::Unknown(reason),
        Outcome::Uncertain { reason } => rule::Outcome::Uncertain(reason),
    }
}

/// A line of the operator's overview.
pub fn count(count: Count) -> DeliveryCount {
    DeliveryCount {
        platform: enums::platform(count.platform),
        post_id: count.post_id.map(|id| PostId(id.0)),
        state: enums::delivery_state(count.state),
        failure: count.failure,
        count: count.count,
    }
}
