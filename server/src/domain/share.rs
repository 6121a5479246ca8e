//! When a post may be shared, and how a share moves from state to state.

use chrono::{DateTime, Utc};
use entity::enums::{PostState, ShareState};
use entity::post;
use thiserror::Error;

use super::post::is_embargoed;

/// Why a post cannot be shared now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is not live yet: to members it does not exist.
    #[error("the post is not live")]
    NotLive,
    /// Sharing has ended.
    #[error("the post has expired")]
    Expired,
    /// It was taken back.
    #[error("the post was withdrawn")]
    Withdrawn,
}

/// Whether a post may be shared at `now`. The date counts even where the job
/// that moves the state has not come by yet.
pub fn may_share(post: &post::Model, now: DateTime<Utc>) -> Result<(), Refusal> {
    match post.state {
        PostState::Withdrawn => Err(Refusal::Withdrawn),
        PostState::Expired | PostState::Archived => Err(Refusal::Expired),
        PostState::Draft | PostState::InReview | PostState::Approved | PostState::Scheduled => {
            Err(Refusal::NotLive)
        }
        PostState::Live if is_embargoed(post, now) => Err(Refusal::NotLive),
        PostState::Live => match post.expires_at {
            Some(end) if end <= now => Err(Refusal::Expired),
            Some(_) | None => Ok(()),
        },
    }
}

/// The state after the member said done.
pub fn confirmed(state: ShareState) -> ShareState {
    match state {
        ShareState::Opened | ShareState::Scheduled | ShareState::Failed => ShareState::Confirmed,
        ShareState::Confirmed
        | ShareState::Proven
        | ShareState::Published
        | ShareState::Withdrawn => state,
    }
}

/// The state after the first counted click by another visitor.
pub fn proven(state: ShareState) -> ShareState {
    match state {
        ShareState::Opened | ShareState::Confirmed | ShareState::Published => ShareState::Proven,
        // Nothing was published, or it was taken back: such a click proves nothing.
        ShareState::Scheduled | ShareState::Failed | ShareState::Withdrawn | ShareState::Proven => {
            state
        }
    }
}

/// Whether a share counts as one: for "shared by", reach and a member's own figures.
pub fn counts(state: ShareState) -> bool {
    match state {
        ShareState::Confirmed | ShareState::Proven | ShareState::Published => true,
        ShareState::Opened | ShareState::Scheduled | ShareState::Failed | ShareState::Withdrawn => {
            false
        }
    }
}

/// The states in which a share counts as one.
pub const COUNTING: [ShareState; 3] = [
    ShareState::Confirmed,
    ShareState::Proven,
    ShareState::Published,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_only_becomes_surer() {
        use ShareState::{Confirmed, Failed, Opened, Proven, Published, Scheduled, Withdrawn};
        let cases = [
            (Opened, Confirmed, Proven),
            (Confirmed, Confirmed, Proven),
            (Proven, Proven, Proven),
            (Published, Published, Proven),
            (Scheduled, Confirmed, Scheduled),
            (Failed, Confirmed, Failed),
            (Withdrawn, Withdrawn, Withdrawn),
        ];
        for (state, done, clicked) in cases {
            assert_eq!(confirmed(state), done);
            assert_eq!(proven(state), clicked);
            assert_eq!(counts(state), COUNTING.contains(&state));
        }
    }
}
