//! Messages to the chats: taken by couriers, and what became of them.
//!
//! Not told apart by operation, nor by what they are about: the revision of a person's own card
//! would tell that somebody said no. What is let pass in its turn, because nobody wants it any
//! more, counts as sent: one less would tell of a silent no, too.

use chrono::{DateTime, Utc};
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
                "Deliveries that couriers took, again ones among them",
                ["platform"],
            ),
            settled: families.counters(
                "chorus_deliveries_settled_total",
                "What couriers said became of deliveries",
                ["platform", "outcome", "reason"],
            ),
            delays: families.histograms(
                "chorus_delivery_delay_seconds",
                "Time from when a delivery was due to when the chat had it",
                ["platform"],
                WORK,
            ),
        }
    }

    /// Counts deliveries that a courier took.
    pub fn claimed(&self, platform: Platform, deliveries: usize) {
        self.claimed
            .at([platform_name(platform)])
            .inc_by(whole(deliveries));
    }

    /// Counts what became of a delivery that was due at `due`.
    pub fn settled(
        &self,
        platform: Platform,
        outcome: &Outcome,
        due: DateTime<Utc>,
        now: DateTime<Utc>,
    ) {
        let platform = platform_name(platform);
        let sent = || {
            let late = (now - due).to_std().unwrap_or_default();
            self.delays.at([platform]).observe(late.as_secs_f64());
            ("sent", "none")
        };
        let (outcome, reason) = match outcome {
            Outcome::Sent(_) => sent(),
            Outcome::Failed(reason) if reason == ENDED => sent(),
            Outcome::Failed(reason) => ("failed", known(reason)),
            Outcome::Retry(reason, _) => ("retry", known(reason)),
            Outcome::Unknown(reason) => ("unknown", known(reason)),
            Outcome::Uncertain(reason) => ("uncertain", known(reason)),
        };
        self.settled.at([platform, outcome, reason]).inc();
    }
}

/// A platform's name in labels.
pub fn platform_name(platform: Platform) -> &'static str {
    match platform {
        Platform::Slack => "slack",
        Platform::Discord => "discord",
    }
}

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
