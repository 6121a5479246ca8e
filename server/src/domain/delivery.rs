//! Deliveries: when a message may be touched again, and what an outcome makes of it.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{
    DeliveryOperation, DeliveryPreference, DeliveryState, DeliverySubject, Platform,
};
use entity::{delivery, member};

use super::fault::Fault;

/// A card's share count is refreshed at most this often (PRODUCT: once a minute).
pub const REFRESH_EVERY: TimeDelta = TimeDelta::seconds(60);

/// How long an uncertain send rests before the platform's history is read:
/// what was on its way has arrived by then.
pub const RECONCILE_AFTER: TimeDelta = TimeDelta::seconds(60);

/// What a courier says of a new message that it let pass in its turn: its post has ended, or its
/// member wants none.
pub const ENDED: &str = "ended";

/// Longest code of a failure that is kept.
const REASON_LIMIT: usize = 100;

/// What a courier says became of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The platform accepted it, under this reference.
    Sent(String),
    /// The platform refused it for good.
    Failed(String),
    /// It certainly did not arrive: again after the given time.
    Retry(String, TimeDelta),
    /// It may have arrived.
    Unknown(String),
    /// It cannot be known whether it arrived.
    Uncertain(String),
}

/// Why an outcome is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("another courier holds this delivery, or none does")]
pub struct NotHolder;

/// Longest name of a courier.
const COURIER_LIMIT: usize = 200;
/// Deliveries of one claim: what a courier works off well within its lease.
const CLAIM_LIMIT: u32 = 100;
/// Longest wait for work, in seconds: below what proxies allow a request.
const WAIT_LIMIT: u32 = 25;
/// Bounds of a lease, in seconds.
const LEASE: std::ops::RangeInclusive<u32> = 5..=300;

/// Checks what a courier asks for.
pub fn check_claim(courier: &str, limit: u32, wait: u32, lease: u32) -> Result<(), Vec<Fault>> {
    let mut faults = Vec::new();
    if !(1..=COURIER_LIMIT).contains(&courier.len()) {
        faults.push(Fault::new("courier", "has 1 to 200 bytes"));
    }
    if !(1..=CLAIM_LIMIT).contains(&limit) {
        faults.push(Fault::new("limit", "is 1 to 100"));
    }
    if wait > WAIT_LIMIT {
        faults.push(Fault::new("wait_seconds", "is 0 to 25"));
    }
    if !LEASE.contains(&lease) {
        faults.push(Fault::new("lease_seconds", "is 5 to 300"));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// When a message may be revised next: at once, but a minute after it was last touched.
pub fn next_refresh(last_touched: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    last_touched.map_or(now, |last| now.max(last + REFRESH_EVERY))
}

/// Whether an offered delivery may have reached the platform before: it was
/// held, and nobody said that it did not arrive.
pub fn must_reconcile(delivery: &delivery::Model) -> bool {
    match delivery.state {
        DeliveryState::Claimed => true,
        DeliveryState::Pending
        | DeliveryState::Sent
        | DeliveryState::Failed
        | DeliveryState::Uncertain
        | DeliveryState::Cancelled => false,
    }
}

/// Whether a member wants a direct message for each suggested post on `platform` now.
pub fn wants_posts(member: &member::Model, platform: Platform, now: DateTime<Utc>) -> bool {
    let asked = match member.delivery {
        DeliveryPreference::EachPost => member.delivery_platform == Some(platform),
        DeliveryPreference::ChannelOnly => false,
    };
    asked
        && member.joined_at.is_some()
        && member.left_at.is_none()
        && member.paused_until.is_none_or(|until| until <= now)
}

/// Discord's codes for a person who takes no direct messages: "Cannot send messages to this
/// user", and a bot that shares no guild with them
/// (discord.com/developers/docs/topics/opcodes-and-status-codes).
const TAKES_NO_MESSAGES: [&str; 2] = ["50007", "50278"];

/// Whether a failure says that the person takes no direct messages there.
pub fn takes_no_messages(platform: Platform, reason: &str) -> bool {
    match platform {
        Platform::Slack => false,
        Platform::Discord => reason
            .split(|letter: char| !letter.is_ascii_digit())
            .any(|code| TAKES_NO_MESSAGES.contains(&code)),
    }
}

/// The row after a courier has taken hold of it.
pub fn claimed(
    mut delivery: delivery::Model,
    courier: &str,
    until: DateTime<Utc>,
) -> delivery::Model {
    delivery.state = DeliveryState::Claimed;
    delivery.attempts += 1;
    delivery.leased_by = Some(courier.to_owned());
    delivery.leased_until = Some(until);
    // Its key says "waits": from now on another revision may be planned.
    if delivery.operation == DeliveryOperation::Revise {
        delivery.dedupe_key = None;
    }
    delivery
}

/// The row after an outcome; none if the outcome was taken already.
pub fn settled(
    mut delivery: delivery::Model,
    courier: &str,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> Result<Option<delivery::Model>, NotHolder> {
    if delivery.leased_by.as_deref() != Some(courier) {
        return Err(NotHolder);
    }
    match delivery.state {
        DeliveryState::Claimed => {}
        DeliveryState::Pending
        | DeliveryState::Sent
        | DeliveryState::Failed
        | DeliveryState::Uncertain
        | DeliveryState::Cancelled => return Ok(None),
    }
    match outcome {
        Outcome::Sent(message) => {
            delivery.message_ref = Some(message);
            delivery.failure = None;
            finish(&mut delivery, DeliveryState::Sent, now);
        }
        // Given up like one that was never claimed: why would tell what its member did.
        Outcome::Failed(reason) if is_unwanted(&delivery, &reason) => {
            delivery.failure = None;
            finish(&mut delivery, DeliveryState::Cancelled, now);
        }
        Outcome::Failed(reason) => {
            delivery.failure = Some(short(&reason));
            finish(&mut delivery, DeliveryState::Failed, now);
        }
        Outcome::Uncertain(reason) => {
            delivery.failure = Some(short(&reason));
            finish(&mut delivery, DeliveryState::Uncertain, now);
        }
        Outcome::Retry(reason, after) => {
            delivery.failure = Some(short(&reason));
            delivery.state = DeliveryState::Pending;
            delivery.leased_until = None;
            delivery.run_at = now + after;
        }
        Outcome::Unknown(reason) => {
            delivery.failure = Some(short(&reason));
            // Said twice, it does not rest twice.
            delivery.leased_until = delivery.leased_until.map(|until| until.min(now));
        }
    }
    Ok(Some(delivery))
}

/// Whether a courier let a member's own message about a post pass.
fn is_unwanted(delivery: &delivery::Model, reason: &str) -> bool {
    reason == ENDED
        && delivery.subject == DeliverySubject::PersonalPost
        && delivery.operation == DeliveryOperation::Post
}

fn finish(delivery: &mut delivery::Model, state: DeliveryState, now: DateTime<Utc>) {
    delivery.state = state;
    delivery.leased_until = None;
    delivery.settled_at = Some(now);
}

fn short(reason: &str) -> String {
    reason
        .chars()
        .filter(|letter| !letter.is_control())
        .take(REASON_LIMIT)
        .collect()
}

#[cfg(test)]
mod tests {
    use entity::ids::{DeliveryId, InstallationId, OrganizationId};
    use uuid::Uuid;

    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_794_823_200, 0).unwrap()
    }

    fn pending() -> delivery::Model {
        delivery::Model {
            id: DeliveryId(Uuid::from_u128(1)),
            organization_id: OrganizationId(Uuid::from_u128(2)),
            installation_id: InstallationId(Uuid::from_u128(3)),
            platform: Platform::Slack,
            operation: DeliveryOperation::Post,
            subject: DeliverySubject::SuggestedPost,
            post_id: None,
            member_id: None,
            identity_id: None,
            proposal_id: None,
            place_ref: "C1".into(),
            target_id: None,
            state: DeliveryState::Pending,
            run_at: now(),
            attempts: 0,
            leased_by: None,
            leased_until: None,
            message_ref: None,
            failure: None,
            dedupe_key: Some("post:1".into()),
            settled_at: None,
            created_at: now(),
        }
    }

    fn held() -> delivery::Model {
        claimed(pending(), "courier", now() + TimeDelta::seconds(30))
    }

    fn settle(outcome: Outcome) -> delivery::Model {
        settled(held(), "courier", outcome, now()).unwrap().unwrap()
    }

    #[test]
    fn each_outcome_leads_to_its_state() {
        let sent = settle(Outcome::Sent("1.2".into()));
        assert_eq!(sent.state, DeliveryState::Sent);
        assert_eq!(sent.message_ref.as_deref(), Some("1.2"));
        assert_eq!(sent.settled_at, Some(now()));
        let failed = settle(Outcome::Failed("channel_not_found".into()));
        assert_eq!(failed.state, DeliveryState::Failed);
        assert_eq!(failed.failure.as_deref(), Some("channel_not_found"));
        let uncertain = settle(Outcome::Uncertain("history_unreadable".into()));
        assert_eq!(uncertain.state, DeliveryState::Uncertain);
        let retry = settle(Outcome::Retry("rate_limited".into(), TimeDelta::seconds(7)));
        assert_eq!(retry.state, DeliveryState::Pending);
        assert_eq!(retry.run_at, now() + TimeDelta::seconds(7));
        assert!(!must_reconcile(&retry));
        let unknown = settle(Outcome::Unknown("timeout".into()));
        assert_eq!(unknown.state, DeliveryState::Claimed);
        assert_eq!(unknown.leased_until, Some(now()));
        assert!(must_reconcile(&unknown));
    }

    #[test]
    fn a_members_own_message_that_was_let_pass_is_given_up_without_a_word_why() {
        let ended = |subject, operation| {
            let held = delivery::Model {
                subject,
                operation,
                failure: Some("rate_limited".into()),
                ..held()
            };
            let row = settled(held, "courier", Outcome::Failed(ENDED.into()), now());
            let row = row.unwrap().unwrap();
            assert_eq!(row.settled_at, Some(now()));
            (row.state, row.failure)
        };
        let failed = (DeliveryState::Failed, Some(ENDED.to_owned()));
        for (subject, operation, expected) in [
            (
                DeliverySubject::PersonalPost,
                DeliveryOperation::Post,
                (DeliveryState::Cancelled, None),
            ),
            (
                DeliverySubject::PersonalPost,
                DeliveryOperation::Revise,
                failed.clone(),
            ),
            (
                DeliverySubject::SuggestedPost,
                DeliveryOperation::Post,
                failed,
            ),
        ] {
            assert_eq!(ended(subject, operation), expected, "{subject:?}");
        }
    }

    #[test]
    fn an_outcome_said_twice_is_taken_once() {
        let sent = settle(Outcome::Sent("1.2".into()));
        let again = settled(sent, "courier", Outcome::Failed("late".into()), now());
        assert_eq!(again, Ok(None));
        let unknown = settle(Outcome::Unknown("timeout".into()));
        let later = now() + TimeDelta::seconds(40);
        let again = settled(
            unknown,
            "courier",
            Outcome::Unknown("timeout".into()),
            later,
        );
        assert_eq!(again.unwrap().unwrap().leased_until, Some(now()));
    }

    #[test]
    fn a_claim_keeps_within_its_bounds() {
        assert!(check_claim("courier", 100, 25, 5).is_ok());
        for (courier, limit, wait, lease, field) in [
            ("", 1, 0, 30, "courier"),
            ("courier", 0, 0, 30, "limit"),
            ("courier", 101, 0, 30, "limit"),
            ("courier", 1, 26, 30, "wait_seconds"),
            ("courier", 1, 0, 4, "lease_seconds"),
            ("courier", 1, 0, 301, "lease_seconds"),
        ] {
            let faults = check_claim(courier, limit, wait, lease).unwrap_err();
            assert_eq!(faults.first().unwrap().field, field);
        }
    }

    #[test]
    fn only_the_holder_settles() {
        let outcome = || Outcome::Sent("1.2".into());
        assert_eq!(settled(held(), "other", outcome(), now()), Err(NotHolder));
        assert_eq!(
            settled(pending(), "courier", outcome(), now()),
            Err(NotHolder)
        );
    }

    #[test]
    fn a_failures_code_is_kept_short_and_plain() {
        let failed = settle(Outcome::Failed(format!("a\nb{}", "c".repeat(200))));
        let failure = failed.failure.unwrap();
        assert!(failure.starts_with("abc") && failure.len() == REASON_LIMIT);
    }

    #[test]
    fn only_discords_own_codes_say_that_somebody_takes_no_messages() {
        for reason in ["50007", "discord_50278", "50007: Cannot send messages"] {
            assert!(takes_no_messages(Platform::Discord, reason), "{reason}");
            assert!(!takes_no_messages(Platform::Slack, reason), "{reason}");
        }
        for reason in ["", "150007", "50001", "unknown_channel"] {
            assert!(!takes_no_messages(Platform::Discord, reason), "{reason}");
        }
    }

    #[test]
    fn a_card_is_touched_at_most_once_a_minute() {
        assert_eq!(next_refresh(None, now()), now());
        let touched = now() - TimeDelta::seconds(20);
        assert_eq!(
            next_refresh(Some(touched), now()),
            now() + TimeDelta::seconds(40)
        );
        assert_eq!(
            next_refresh(Some(now() - TimeDelta::hours(1)), now()),
            now()
        );
    }
}
