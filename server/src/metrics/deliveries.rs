//! Messages to the chats: taken by couriers, and what became of them.
//!
//! What goes to a channel is counted whole. Of what goes to one person only what does not arrive
//! is: a card that changes because its reader said no, or a message less because they want none
//! for a while, would be a figure, and no figure may tell of one.

use chrono::TimeDelta;
use entity::enums::Platform;
use server_api::metrics::{Counter, Families, Histogram, Labelled, WORK};

use super::whole;
use crate::domain::delivery::{ENDED, Outcome};

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
        let platform = platform_name(delivery.platform);
        let (outcome, reason) = match outcome {
            Outcome::Sent(_) if delivery.is_to_one => return,
            Outcome::Failed(reason) if reason == ENDED && delivery.is_to_one => return,
            Outcome::Retry(reason, _) if reason == PACED && delivery.is_to_one => return,
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

/// A delivery that was settled, as far as it is counted.
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    /// Which chat it went to.
    pub platform: Platform,
    /// Whether it went to one person alone.
    pub is_to_one: bool,
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

/// Why a courier gives back what is too soon after another message to the same place.
const PACED: &str = "paced";

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
    PACED,
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

    /// What is told of the outcomes of a delivery to one person, or to a channel.
    fn told(is_to_one: bool) -> Vec<String> {
        let mut families = Families::default();
        let deliveries = Deliveries::of(&mut families);
        let delivery = Settled {
            platform: Platform::Slack,
            is_to_one,
            late: TimeDelta::seconds(1),
        };
        let soon = TimeDelta::seconds(5);
        for outcome in [
            Outcome::Sent("C1/1.2".to_owned()),
            Outcome::Failed(ENDED.to_owned()),
            Outcome::Failed("cannot_dm_bot".to_owned()),
            Outcome::Retry(PACED.to_owned(), soon),
            Outcome::Retry("connect".to_owned(), soon),
            Outcome::Unknown("timeout".to_owned()),
            Outcome::Uncertain("history_unreadable".to_owned()),
        ] {
            deliveries.settled(&delivery, &outcome);
        }
        let mut text = String::new();
        families.write(&mut text);
        let name = "chorus_deliveries_settled_total{platform=\"slack\",outcome=";
        let told = text.lines().filter_map(|line| line.strip_prefix(name));
        let mut told: Vec<String> = told.map(str::to_owned).collect();
        told.sort_unstable();
        assert_eq!(text.contains("delay_seconds_count"), !is_to_one, "{text}");
        told
    }

    #[test]
    fn to_one_person_only_what_does_not_arrive_is_told() {
        let failed = "\"failed\",reason=\"cannot_dm_bot\"} 1";
        let unsent = [
            failed,
            "\"retry\",reason=\"connect\"} 1",
            "\"uncertain\",reason=\"history_unreadable\"} 1",
            "\"unknown\",reason=\"timeout\"} 1",
        ];
        assert_eq!(told(true), unsent);
        assert_eq!(told(false).len(), unsent.len() + 3);
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
