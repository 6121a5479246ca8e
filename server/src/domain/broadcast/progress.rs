//! How far the messages about a post have come: as what each counts, and what is told of their
//! number where members are told in steps.

use std::collections::BTreeMap;

use entity::enums::{DeliveryState, DeliverySubject, EndedBy, Platform};

use super::STOPPED;
use crate::domain::connection;
use crate::domain::delivery::takes_no_messages;

/// Members are counted in steps of this size, downwards: the number that wanted or got a message
/// is nobody's own doing.
pub const STEP: i64 = 5;

/// As what a message that tells of a post counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It went out, or is not wanted any more.
    Done,
    /// It waits, or is being sent.
    ToGo,
    /// The platform refused it.
    Failed,
    /// It cannot be known whether it arrived.
    Uncertain,
    /// It was kept from going out.
    Stopped,
}

/// As what a message counts, while its row is there and after it has gone.
pub fn standing(
    (platform, subject): (Platform, DeliverySubject),
    state: DeliveryState,
    failure: Option<&str>,
) -> Standing {
    let reason = failure.unwrap_or_default();
    match state {
        DeliveryState::Pending | DeliveryState::Claimed => Standing::ToGo,
        DeliveryState::Cancelled if was_kept_in(reason) => Standing::Stopped,
        // Why a message was not sent after all would tell what its member did.
        DeliveryState::Sent | DeliveryState::Cancelled => Standing::Done,
        // A person who takes no messages says a silent no.
        DeliveryState::Failed
            if subject == DeliverySubject::PersonalPost && takes_no_messages(platform, reason) =>
        {
            Standing::Done
        }
        DeliveryState::Failed => Standing::Failed,
        DeliveryState::Uncertain => Standing::Uncertain,
    }
}

/// Whether a message that was given up never went out whatever its member wanted: a curator
/// stopped it, or the bot was taken away.
fn was_kept_in(reason: &str) -> bool {
    let taken_away = [EndedBy::Disconnected, EndedBy::Uninstalled].map(connection::reason);
    reason == STOPPED || taken_away.contains(&reason)
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
    /// Those that a curator stopped, or that waited when the bot was taken away.
    pub stopped: i64,
}

impl Progress {
    /// Adds so many messages that count alike.
    pub fn add(&mut self, standing: Standing, count: i64) {
        self.planned += count;
        *match standing {
            Standing::Done => &mut self.done,
            Standing::ToGo => &mut self.to_go,
            Standing::Failed => &mut self.failed,
            Standing::Uncertain => &mut self.uncertain,
            Standing::Stopped => &mut self.stopped,
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

    /// Whether one more that was to go was told as done beside these: gone without a number, it
    /// would be missed.
    pub fn misses_one(self) -> bool {
        let with = Self {
            planned: self.planned + 1,
            to_go: self.to_go + 1,
            ..self
        };
        with.in_steps().done > self.in_steps().done
    }
}

/// Messages to members on all chats that never went out, and those that were on their way beside
/// them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Those that waited for their turn, or were stopped.
    pub due: i64,
    /// Those that waited for quiet hours to end, which are told apart.
    pub quiet: i64,
    /// Those that were on their way and still are.
    pub on_their_way: i64,
}

impl Waiting {
    /// How many of those that never went out were told as done: that number stays, so that none
    /// less is told as done once they are gone.
    pub fn told_as_done(self) -> i64 {
        let told = untold(self.due + self.on_their_way) + untold(self.quiet);
        // Those that still are to go fill no step as before.
        (told - untold(self.on_their_way)).max(0)
    }
}

/// Spreads so many messages over the chats where there are some, in the order of the chats.
pub fn spread(messages: i64, there: &BTreeMap<Platform, i64>) -> Vec<(Platform, i64)> {
    let mut left = messages;
    let parts = there.iter().map(|(platform, most)| {
        let part = left.min(*most);
        left -= part;
        (*platform, part)
    });
    parts.collect()
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

/// Those of so many members that fill no step, and are told as done where they are to go.
pub fn untold(members: i64) -> i64 {
    members - steps(members)
}

/// How many of those that are told are to go, where so many of those that there really are still
/// do. Rounded up: all are done only with the last.
pub fn in_proportion(to_go: i64, there: i64, told: i64) -> i64 {
    if there <= 0 {
        return 0;
    }
    let product = to_go.saturating_mul(told);
    product.saturating_add(there - 1) / there
}

/// Some of so many members that were planned, in steps downwards: very few are told as none.
fn rest(members: i64, planned: i64) -> i64 {
    steps(members).min(planned)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        before.add(Standing::Done, 11);
        before.add(Standing::ToGo, 12);
        after.add(Standing::Done, 11);
        after.add(Standing::Stopped, 12);
        let (before, after) = (before.in_steps(), after.in_steps());
        assert_eq!((before.done, before.to_go), (after.done, after.stopped));
        assert_eq!((after.done, after.to_go), (10, 0));
    }

    #[test]
    fn a_silent_no_counts_as_a_message_that_went_out_and_what_was_kept_in_does_not() {
        use DeliveryState::{Cancelled, Claimed, Failed, Pending, Sent, Uncertain};
        use DeliverySubject::{PersonalPost, SuggestedPost};
        use Platform::{Discord, Slack};
        for (platform, subject, state, failure, expected) in [
            (Slack, PersonalPost, Sent, None, Standing::Done),
            (Slack, PersonalPost, Cancelled, None, Standing::Done),
            (
                Slack,
                PersonalPost,
                Cancelled,
                Some("rate_limited"),
                Standing::Done,
            ),
            (Discord, PersonalPost, Failed, Some("50007"), Standing::Done),
            (
                Discord,
                SuggestedPost,
                Failed,
                Some("50007"),
                Standing::Failed,
            ),
            (Slack, PersonalPost, Failed, Some("50007"), Standing::Failed),
            (
                Slack,
                PersonalPost,
                Cancelled,
                Some(STOPPED),
                Standing::Stopped,
            ),
            (
                Slack,
                PersonalPost,
                Cancelled,
                Some("uninstalled"),
                Standing::Stopped,
            ),
            (
                Slack,
                PersonalPost,
                Cancelled,
                Some("disconnected"),
                Standing::Stopped,
            ),
            (
                Slack,
                PersonalPost,
                Pending,
                Some("rate_limited"),
                Standing::ToGo,
            ),
            (Slack, PersonalPost, Claimed, None, Standing::ToGo),
            (Slack, PersonalPost, Uncertain, None, Standing::Uncertain),
        ] {
            let told = standing((platform, subject), state, failure);
            assert_eq!(told, expected, "{platform:?} {state:?} {failure:?}");
        }
    }

    #[test]
    fn of_those_that_wait_when_a_post_ends_only_those_told_as_done_stay() {
        let kept = |due, quiet, on_their_way| {
            let waiting = Waiting {
                due,
                quiet,
                on_their_way,
            };
            waiting.told_as_done()
        };
        assert_eq!(kept(3 + 3, 0, 0), 1, "on two chats together");
        assert_eq!(kept(4, 0, 0), 4);
        assert_eq!(kept(4, 1, 0), 5, "each fill no step of their own");
        assert_eq!(kept(5, 5, 0), 0);
        assert_eq!(kept(0, 0, 3), 0, "those still are to go");
        for (sent, waiting) in some_waiting() {
            let Waiting {
                due,
                quiet,
                on_their_way,
            } = waiting;
            let before = Progress {
                planned: sent + due + quiet + on_their_way,
                done: sent + untold(quiet),
                to_go: due + on_their_way + steps(quiet),
                ..Progress::default()
            };
            let kept = waiting.told_as_done();
            let after = Progress {
                planned: sent + kept + on_their_way,
                done: sent + kept,
                to_go: on_their_way,
                ..Progress::default()
            };
            let (before, after) = (before.in_steps().done, after.in_steps().done);
            assert!(before <= after, "{sent} {waiting:?}");
            assert!(on_their_way > 0 || before == after, "{sent} {waiting:?}");
            assert!(kept <= due + quiet);
        }
    }

    fn some_waiting() -> impl Iterator<Item = (i64, Waiting)> {
        (0..12 * 12 * 12 * 12).map(|number| {
            let digit = |place: u32| number / 12_i64.pow(place) % 12;
            let waiting = Waiting {
                due: digit(1),
                quiet: digit(2),
                on_their_way: digit(3),
            };
            (digit(0), waiting)
        })
    }

    #[test]
    fn what_stays_is_spread_over_the_chats_in_their_order() {
        use Platform::{Discord, Slack};
        let there = BTreeMap::from([(Discord, 3), (Slack, 3)]);
        assert_eq!(spread(1, &there), [(Slack, 1), (Discord, 0)]);
        assert_eq!(spread(4, &there), [(Slack, 3), (Discord, 1)]);
        assert!(spread(0, &BTreeMap::new()).is_empty());
    }

    #[test]
    fn one_that_comes_back_after_the_end_is_missed_only_where_it_was_told_as_done() {
        let misses = |done, to_go| {
            let rest = Progress {
                planned: done + to_go,
                done,
                to_go,
                ..Progress::default()
            };
            rest.misses_one()
        };
        assert!(misses(9, 0), "ten were told as done");
        assert!(!misses(10, 0), "and still are");
        for left in 0..10 {
            assert!(!misses(0, left), "none ever went out: {left}");
        }
    }

    #[test]
    fn taking_back_is_told_in_proportion_and_never_jumps_at_its_end() {
        // Eleven are told, and nine of them were silent.
        assert_eq!(in_proportion(2, 2, 11), 11);
        assert_eq!(in_proportion(1, 2, 11), 6);
        assert_eq!(in_proportion(0, 2, 11), 0);
        // One of ten was silent: as far as anybody else's number tells, nobody was.
        for taken in 0..=9 {
            let told = steps(in_proportion(9 - taken, 9, 10));
            assert_eq!(told, steps(10 - taken), "{taken}");
        }
        assert_eq!(in_proportion(0, 0, 10), 0);
    }
}
