//! Broadcasts: how far the messages about a post have come, how long the rest takes, when one
//! that is paused goes out, and which may be tried again.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{BroadcastHold, DeliveryState, DeliverySubject, Platform, PostState};

use super::delivery::takes_no_messages;

/// Members are counted in steps of this size, downwards: the number that wanted or got a message
/// is nobody's own doing.
pub const STEP: i64 = 5;

/// Stands on messages that a curator's stop kept from going out, as their failure.
pub const STOPPED: &str = "stopped";

/// What is due later than this from now waits for quiet hours to end; what is due sooner waits
/// for its turn, or for a moment after a chat was asked too often.
pub const SOON: TimeDelta = TimeDelta::minutes(5);

/// Stands on messages that were not wanted any more when they would have been sent.
const ENDED: &str = "ended";

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

/// How far messages have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// All that were planned.
    pub planned: i64,
    /// Those that went out, or are not wanted any more.
    pub done: i64,
    /// Those that wait, or are being sent.
    pub to_go: i64,
    /// Those that the platform refused.
    pub failed: i64,
    /// Those of which it cannot be known whether they arrived.
    pub uncertain: i64,
    /// Those that a curator stopped.
    pub stopped: i64,
}

impl Progress {
    /// Adds so many messages of a state.
    pub fn add(&mut self, state: DeliveryState, is_stopped: bool, count: i64) {
        self.planned += count;
        *match state {
            DeliveryState::Pending | DeliveryState::Claimed => &mut self.to_go,
            DeliveryState::Cancelled if is_stopped => &mut self.stopped,
            // Why a message was not sent after all would tell what its member did.
            DeliveryState::Sent | DeliveryState::Cancelled => &mut self.done,
            DeliveryState::Failed => &mut self.failed,
            DeliveryState::Uncertain => &mut self.uncertain,
        } += count;
    }

    /// The same of members, in steps: what failed is counted, the rest is not told exactly. The
    /// last one to four that are to go, also those of a retry, are told as done: where one more or
    /// less changed what is told, one person's quiet hours would.
    pub fn in_steps(self) -> Self {
        let planned = steps(self.planned);
        if planned == 0 {
            return Self {
                failed: self.failed,
                uncertain: self.uncertain,
                ..Self::default()
            };
        }
        let (to_go, stopped) = (rest(self.to_go, planned), rest(self.stopped, planned));
        Self {
            planned,
            done: (planned - to_go - stopped - self.failed - self.uncertain).max(0),
            to_go,
            failed: self.failed,
            uncertain: self.uncertain,
            stopped,
        }
    }
}

/// The sum of two.
impl std::ops::Add for Progress {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            planned: self.planned + other.planned,
            done: self.done + other.done,
            to_go: self.to_go + other.to_go,
            failed: self.failed + other.failed,
            uncertain: self.uncertain + other.uncertain,
            stopped: self.stopped + other.stopped,
        }
    }
}

/// A number of members, in steps downwards.
pub fn steps(members: i64) -> i64 {
    members.div_euclid(STEP) * STEP
}

/// Some of so many members that were planned, in steps downwards: very few are told as none.
fn rest(members: i64, planned: i64) -> i64 {
    steps(members).min(planned)
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
    fn members_are_counted_in_steps_and_never_where_they_are_few() {
        let few = Progress {
            planned: 4,
            done: 2,
            to_go: 1,
            failed: 1,
            ..Progress::default()
        };
        assert_eq!(
            few.in_steps(),
            Progress {
                failed: 1,
                ..Progress::default()
            }
        );
        let many = Progress {
            planned: 23,
            done: 20,
            to_go: 2,
            failed: 1,
            ..Progress::default()
        };
        let told = many.in_steps();
        assert_eq!((told.planned, told.to_go, told.done), (20, 0, 19));
    }

    #[test]
    fn whether_one_to_four_wait_or_were_stopped_is_not_told() {
        let told = |to_go, stopped| {
            let progress = Progress {
                planned: 12,
                done: 12 - to_go - stopped,
                to_go,
                stopped,
                ..Progress::default()
            };
            progress.in_steps()
        };
        let over = told(0, 0);
        assert_eq!((over.planned, over.done), (10, 10));
        for few in 1..STEP {
            assert_eq!((told(few, 0), told(0, few)), (over, over), "{few}");
        }
        assert_eq!(told(STEP, 0).to_go, 5);
        assert_eq!(told(12, 0).to_go, 10);
    }

    #[test]
    fn what_a_stop_kept_in_is_told_as_what_was_to_go_before() {
        let (mut before, mut after) = (Progress::default(), Progress::default());
        before.add(DeliveryState::Sent, false, 11);
        before.add(DeliveryState::Pending, false, 12);
        after.add(DeliveryState::Sent, false, 11);
        after.add(DeliveryState::Cancelled, true, 12);
        let (before, after) = (before.in_steps(), after.in_steps());
        assert_eq!((before.done, before.to_go), (after.done, after.stopped));
        assert_eq!((after.done, after.to_go), (10, 0));
    }

    #[test]
    fn a_message_that_is_not_wanted_any_more_counts_as_one_that_went_out() {
        let (mut sent, mut silent) = (Progress::default(), Progress::default());
        sent.add(DeliveryState::Sent, false, 6);
        silent.add(DeliveryState::Sent, false, 5);
        silent.add(DeliveryState::Cancelled, false, 1);
        assert_eq!(sent, silent);
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
