//! The life of a post: which step may follow which, and when.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::PostState;
use entity::ids::MemberId;
use entity::post;

/// A step in a post's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Change what it says.
    Edit,
    /// Hand it to the approvers.
    Submit,
    /// Approve it.
    Approve,
    /// Send it back with a note.
    Reject,
    /// Take it back from the approvers, or from its place in the calendar.
    Recall,
    /// Make it live.
    Publish,
    /// End suggesting and sharing.
    Expire,
    /// Take it back.
    Withdraw,
    /// Put it out of the library's way.
    Archive,
    /// Bring it back from there.
    Unarchive,
}

/// What a step does to a post in some state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// It may be taken.
    Open,
    /// It was taken already: the answer is the post as it is.
    Done,
    /// It does not follow on this state.
    Shut,
}

/// Whether `step` follows on `state`.
pub fn passage(state: PostState, step: Step) -> Passage {
    use PostState::{Approved, Archived, Draft, Expired, InReview, Live, Scheduled, Withdrawn};
    let (open, done): (&[PostState], &[PostState]) = match step {
        Step::Edit => (&[Draft], &[]),
        Step::Submit => (&[Draft], &[InReview]),
        // Who may write and review needs no detour over the approvers.
        Step::Approve => (&[Draft, InReview], &[Approved, Scheduled, Live]),
        Step::Reject => (&[InReview], &[]),
        // What was approved and is not out yet is reviewed anew afterwards.
        Step::Recall => (&[InReview, Scheduled], &[Draft]),
        Step::Publish => (&[Approved, Scheduled], &[Live]),
        Step::Expire => (&[Live], &[Expired]),
        Step::Withdraw => (
            &[InReview, Approved, Scheduled, Live, Expired, Archived],
            &[Withdrawn],
        ),
        Step::Archive => (&[Draft, Expired], &[Archived]),
        // Where it comes back to, it may have gone on from; then there is nothing to do.
        Step::Unarchive => (&[Archived], &[Draft, Expired]),
    };
    if open.contains(&state) {
        Passage::Open
    } else if done.contains(&state) {
        Passage::Done
    } else {
        Passage::Shut
    }
}

/// Where an archived post comes back to.
pub fn unarchived(post: &post::Model) -> PostState {
    if post.published_at.is_some() {
        PostState::Expired
    } else {
        PostState::Draft
    }
}

/// Whether `approver` may approve what these wrote.
pub fn may_approve(
    second_pair_of_eyes: bool,
    writers: impl IntoIterator<Item = MemberId>,
    approver: MemberId,
) -> bool {
    !second_pair_of_eyes || writers.into_iter().all(|writer| writer != approver)
}

/// Who wrote on a post, as far as its own row tells.
pub fn writers_of(post: &post::Model) -> impl Iterator<Item = MemberId> {
    post.author_id.into_iter().chain(post.written_by)
}

/// When an approved post goes live: at its time, but not before its embargo ends; none for at once.
pub fn goes_live_at(
    publish_at: Option<DateTime<Utc>>,
    embargo_until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    publish_at.max(embargo_until).filter(|at| *at > now)
}

/// Whether nobody may see the post yet, whatever its state.
pub fn is_embargoed(post: &post::Model, now: DateTime<Utc>) -> bool {
    post.embargo_until.is_some_and(|until| now < until)
}

/// Whether a review that began at `since` waits longer than it may.
pub fn is_overdue(since: Option<DateTime<Utc>>, review_hours: i64, now: DateTime<Utc>) -> bool {
    review_hours > 0
        && since.is_some_and(|since| now - since >= TimeDelta::hours(review_hours.min(87_600)))
}

/// When a post that goes live at `now` ends: at its own time, or by the organization's default.
pub fn expiry(
    chosen: Option<DateTime<Utc>>,
    expiry_days: i64,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    // A century is as good as never and keeps the sum within the calendar.
    let days = expiry_days.clamp(1, 36_500);
    chosen.or_else(|| now.checked_add_signed(TimeDelta::days(days)))
}

/// Whether members may still share it.
pub fn is_open(post: &post::Model, now: DateTime<Utc>) -> bool {
    post.state == PostState::Live
        && post.expires_at.is_none_or(|end| now < end)
        && !is_embargoed(post, now)
}

/// Where a post stands for a reader at `now`: its end counts from its time on,
/// not only from when the job has noted it.
pub fn state_at(post: &post::Model, now: DateTime<Utc>) -> PostState {
    if post.state == PostState::Live && post.expires_at.is_some_and(|end| end <= now) {
        PostState::Expired
    } else {
        post.state
    }
}
