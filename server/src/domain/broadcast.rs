//! Broadcasts: where one stands, how long the rest takes, when one that is paused goes out, and
//! which messages may be tried again.

pub mod progress;

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{BroadcastHold, DeliverySubject, Platform, PostState};

use super::delivery::{ENDED, takes_no_messages};

/// Stands on messages that a curator's stop kept from going out, as their failure.
pub const STOPPED: &str = "stopped";

/// What is due later than this from now waits for quiet hours to end; what is due sooner waits
/// for its turn, or for a moment after a chat was asked too often.
pub const SOON: TimeDelta = TimeDelta::minutes(5);

/// Slack's codes for a person who is not there any more, or to whom the bot may not write
/// (docs.slack.dev/reference/methods/chat.postMessage and conversations.open, "Errors").
const NOT_THERE: [&str; 5] = [
    "cannot_dm_bot",
    "channel_not_found",
    "user_disabled",
    "user_not_found",
    "users_not_found",
];

/// 1 January 9000, which no clock of ours reaches.
const NEVER: i64 = 221_845_392_000;

/// The time at which messages go out that wait until their broadcast goes on.
pub fn held() -> DateTime<Utc> {
    DateTime::from_timestamp(NEVER, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Where the broadcast of a post stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The post is not live yet.
    Ahead,
    /// Messages are on their way.
    Running,
    /// The rest waits.
    Paused,
    /// The rest never goes out.
    Stopped,
    /// The post was withdrawn: what is out is being taken back.
    Withdrawing,
    /// Nothing is left to send, or to take back.
    Over,
}

/// The stage of a post of which something is still to be planned or sent, or, once it was
/// withdrawn, to be taken back; or nothing is.
pub fn stage(state: PostState, hold: Option<BroadcastHold>, is_going: bool) -> Stage {
    match (state, hold) {
        (
            PostState::Draft | PostState::InReview | PostState::Approved | PostState::Scheduled,
            _,
        ) => Stage::Ahead,
        (PostState::Withdrawn, _) if is_going => Stage::Withdrawing,
        (_, Some(BroadcastHold::Stopped)) => Stage::Stopped,
        (PostState::Live, Some(BroadcastHold::Paused)) => Stage::Paused,
        (PostState::Live, None) if is_going => Stage::Running,
        (PostState::Live, None)
        | (PostState::Expired | PostState::Archived | PostState::Withdrawn, _) => Stage::Over,
    }
}

/// Whether a message that a chat refused may be tried again: not where the code says that the
/// person is gone or takes none, or that it was not wanted any more. What was refused in a
/// channel can be mended there.
pub fn may_try_again(platform: Platform, subject: DeliverySubject, reason: &str) -> bool {
    let is_turned_away = takes_no_messages(platform, reason)
        || match platform {
            Platform::Slack => NOT_THERE.contains(&reason),
            Platform::Discord => false,
        };
    reason != ENDED && !(subject == DeliverySubject::PersonalPost && is_turned_away)
}

/// Seconds that so many messages take at a rate.
pub fn seconds(messages: i64, per_minute: u32) -> i64 {
    let rate = i64::from(per_minute.max(1));
    messages.saturating_mul(60).saturating_add(rate - 1) / rate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_thousand_messages_take_sixty_seven_minutes_at_three_hundred_a_minute() {
        let minutes = (seconds(20_000, 300) + 59) / 60;
        assert_eq!(minutes, 67);
        assert_eq!(seconds(0, 300), 0);
        assert_eq!(seconds(1, 300), 1);
    }

    #[test]
    fn a_paused_broadcast_waits_beyond_every_clock() {
        assert_eq!(held().to_rfc3339(), "9000-01-01T00:00:00+00:00");
    }

    #[test]
    fn the_stage_follows_from_state_hold_and_what_is_left() {
        use BroadcastHold::{Paused, Stopped};
        for (state, hold, is_going, expected) in [
            (PostState::Scheduled, None, false, Stage::Ahead),
            (PostState::Live, None, true, Stage::Running),
            (PostState::Live, None, false, Stage::Over),
            (PostState::Live, Some(Paused), true, Stage::Paused),
            (PostState::Live, Some(Stopped), false, Stage::Stopped),
            (PostState::Expired, None, true, Stage::Over),
            (PostState::Withdrawn, None, true, Stage::Withdrawing),
            (
                PostState::Withdrawn,
                Some(Stopped),
                true,
                Stage::Withdrawing,
            ),
            (PostState::Withdrawn, Some(Stopped), false, Stage::Stopped),
            (PostState::Withdrawn, Some(Paused), false, Stage::Over),
        ] {
            let told = stage(state, hold, is_going);
            assert_eq!(told, expected, "{state:?} {hold:?}");
        }
    }

    #[test]
    fn what_is_refused_for_good_is_not_tried_again() {
        use DeliverySubject::{PersonalPost, SuggestedPost};
        use Platform::{Discord, Slack};
        for (platform, subject, reason, expected) in [
            (Slack, SuggestedPost, "channel_not_found", true),
            (Slack, SuggestedPost, "not_in_channel", true),
            (Slack, PersonalPost, "messages_tab_disabled", true),
            (Slack, PersonalPost, "channel_not_found", false),
            (Slack, PersonalPost, "user_disabled", false),
            (Discord, SuggestedPost, "50001", true),
            (Discord, PersonalPost, "50013", true),
            (Discord, PersonalPost, "50007", false),
            (Discord, PersonalPost, "50278", false),
            (Discord, SuggestedPost, "ended", false),
            (Slack, PersonalPost, "ended", false),
        ] {
            let told = may_try_again(platform, subject, reason);
            assert_eq!(told, expected, "{platform:?} {subject:?} {reason}");
        }
    }
}
