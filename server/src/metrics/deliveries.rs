//! Messages to the chats: taken by couriers, and what became of them.
//!
//! What goes to a channel is counted whole. Of what is new to one person only what does not arrive
//! is, and what changes a message of their own is not counted at all: a card that changes because
//! its reader said no, or a message less because they want none, would be a figure, and no figure
//! may tell of one.

use chrono::TimeDelta;
use entity::delivery;
use entity::enums::{DeliveryOperation, Platform};
use server_api::metrics::{Counter, Families, Histogram, Labelled, WORK};

use super::whole;
use crate::domain::delivery::{ENDED, Outcome, takes_no_messages};

/// What is counted of deliveries.
#[derive(Debug)]
pub struct Deliveries {
    claimed: Labelled<1, Counter>,
    settled: Labelled<3, Counter>,
    delays: Labelled<1, Histogram>,
}

impl Deliveries {
    /// The families of deliveries.
    pub fn of(families: &mut Families) -> Self {
        Self {
            claimed: families.counters(
                "chorus_deliveries_claimed_total",
                "Deliveries to channels that couriers took, again ones among them",
                ["platform"],
            ),
            settled: families.counters(
                "chorus_deliveries_settled_total",
                "What became of deliveries; to one person, of those that did not arrive",
                ["platform", "outcome", "reason"],
            ),
            delays: families.histograms(
                "chorus_delivery_delay_seconds",
                "Time from when a delivery to a channel was due to when the chat had it",
                ["platform"],
                WORK,
            ),
        }
    }

    /// Counts deliveries to channels that a courier took.
    pub fn claimed(&self, platform: Platform, deliveries: usize) {
        self.claimed
            .at([platform_name(platform)])
            .inc_by(whole(deliveries));
    }

    /// Counts what became of a delivery, with how late it was.
    pub fn settled(&self, delivery: &Settled, outcome: &Outcome) {
        let is_told = match delivery.reach {
            Reach::Channel => true,
            Reach::NewToOne => is_trouble(delivery.platform, outcome),
            Reach::OwnOfOne => false,
        };
        if !is_told {
            return;
        }
        let platform = platform_name(delivery.platform);
        let (outcome, reason) = match outcome {
            Outcome::Sent(_) => {
                let late = delivery.late.to_std().unwrap_or_default();
                self.delays.at([platform]).observe(late.as_secs_f64());
                ("sent", "none")
            }
            Outcome::Failed(reason) if reason == ENDED => ("ended", "none"),
            Outcome::Failed(reason) => ("failed", known(reason)),
            Outcome::Retry(reason, _) => ("retry", known(reason)),
            Outcome::Unknown(reason) => ("unknown", known(reason)),
            Outcome::Uncertain(reason) => ("uncertain", known(reason)),
        };
        self.settled.at([platform, outcome, reason]).inc();
    }
}

/// Whether a new message to one person did not arrive, through no doing of theirs.
fn is_trouble(platform: Platform, outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Sent(_) => false,
        Outcome::Failed(reason) => reason != ENDED && !takes_no_messages(platform, reason),
        Outcome::Retry(reason, _) | Outcome::Unknown(reason) => {
            !GIVEN_BACK.contains(&reason.as_str())
        }
        Outcome::Uncertain(_) => true,
    }
}

/// Whom a delivery reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everybody in a channel.
    Channel,
    /// One person, by a new message.
    NewToOne,
    /// One person, whose message changes or goes.
    OwnOfOne,
}

impl Reach {
    /// Whom this delivery reaches.
    pub fn of(delivery: &delivery::Model) -> Self {
        match (delivery.member_id, delivery.operation) {
            (None, _) => Self::Channel,
            (Some(_), DeliveryOperation::Post) => Self::NewToOne,
            (Some(_), DeliveryOperation::Revise | DeliveryOperation::Withdraw) => Self::OwnOfOne,
        }
    }
}

/// A delivery that was settled, as far as it is counted.
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    /// Which chat it went to.
    pub platform: Platform,
    /// Whom it reaches.
    pub reach: Reach,
    /// How long it had been due.
    pub late: TimeDelta,
}

/// A platform's name in labels.
pub fn platform_name(platform: Platform) -> &'static str {
    match platform {
        Platform::Slack => "slack",
        Platform::Discord => "discord",
    }
}

/// Why a courier gives back what it did not try to send.
const GIVEN_BACK: [&str; 2] = ["paced", "shutdown"];

/// Reasons that are told by name: the couriers' own, and the refusals of the chats that an
/// operator acts on. Every other is `other`, however a chat words it; the delivery has it.
const REASONS: [&str; 38] = [
    // Couriers.
    "connect",
    "connection",
    "history_empty",
    "history_timeout",
    "history_too_long",
    "history_unreadable",
    "installation_unknown",
    "message_reference_invalid",
    "no_direct_channel",
    "paced",
    "rate_limited",
    "shutdown",
    "timeout",
    "unreadable_answer",
    // Slack (docs.slack.dev/reference/methods/chat.postMessage, "Errors").
    "account_inactive",
    "cannot_dm_bot",
    "channel_not_found",
    "fatal_error",
    "internal_error",
    "invalid_auth",
    "invalid_blocks",
    "is_archived",
    "message_not_found",
    "missing_scope",
    "msg_too_long",
    "not_in_channel",
    "restricted_action",
    "service_unavailable",
    "token_expired",
    "token_revoked",
    // Discord (docs.discord.com/developers/topics/opcodes-and-status-codes, "JSON").
    "10003",
    "10008",
    "50001",
    "50007",
    "50013",
    "50035",
    "50278",
    "http_401",
];

fn known(reason: &str) -> &'static str {
    if reason.starts_with("http_5") {
        return "http_5xx";
    }
    REASONS
        .into_iter()
        .find(|known| *known == reason)
        .unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of the outcomes of such a delivery.
    fn told(reach: Reach) -> Vec<String> {
        let mut families = Families::default();
        let deliveries = Deliveries::of(&mut families);
        let delivery = Settled {
            platform: Platform::Discord,
            reach,
            late: TimeDelta::seconds(1),
        };
        let soon = TimeDelta::seconds(5);
        for outcome in [
            Outcome::Sent("C1/1.2".to_owned()),
            Outcome::Failed(ENDED.to_owned()),
            Outcome::Failed("50013".to_owned()),
            // They take no messages.
            Outcome::Failed("50007".to_owned()),
            Outcome::Retry("paced".to_owned(), soon),
            Outcome::Unknown("shutdown".to_owned()),
            Outcome::Retry("connect".to_owned(), soon),
            Outcome::Unknown("timeout".to_owned()),
            Outcome::Uncertain("history_unreadable".to_owned()),
        ] {
            deliveries.settled(&delivery, &outcome);
        }
        let mut text = String::new();
        families.write(&mut text);
        let name = "chorus_deliveries_settled_total{platform=\"discord\",outcome=";
        let told = text.lines().filter_map(|line| line.strip_prefix(name));
        let mut told: Vec<String> = told.map(str::to_owned).collect();
        told.sort_unstable();
        let is_to_all = reach == Reach::Channel;
        assert_eq!(text.contains("delay_seconds_count"), is_to_all, "{text}");
        told
    }

    #[test]
    fn to_one_person_only_what_does_not_arrive_is_told() {
        let unsent = [
            "\"failed\",reason=\"50013\"} 1",
            "\"retry\",reason=\"connect\"} 1",
            "\"uncertain\",reason=\"history_unreadable\"} 1",
            "\"unknown\",reason=\"timeout\"} 1",
        ];
        assert_eq!(told(Reach::NewToOne), unsent);
        assert_eq!(told(Reach::OwnOfOne), Vec::<String>::new());
        assert_eq!(told(Reach::Channel).len(), unsent.len() + 5);
    }

    #[test]
    fn whatever_a_chat_says_a_reason_is_one_of_a_closed_set() {
        for (reason, told) in [
            ("channel_not_found", "channel_not_found"),
            ("50007", "50007"),
            ("http_503", "http_5xx"),
            ("user U0ADA said <b>no</b>", "other"),
            ("", "other"),
        ] {
            assert_eq!(known(reason), told);
        }
    }
}
