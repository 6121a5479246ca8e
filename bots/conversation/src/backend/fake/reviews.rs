//! The fake server's reviews: judged once, by version, and never by who may not.

use server_api::enums::{PostState, ReviewStep};
use server_api::ids::PostId;
use server_api::problem::Code;
use server_api::review::{Review, ReviewDecision, ReviewList};

use super::state::{State, problem};
use crate::backend::BackendError;

/// What waits, and what was decided.
#[derive(Default)]
pub(super) struct Reviews {
    pub(super) all: Vec<Review>,
    /// Whether the member reviews nothing.
    pub(super) are_refused: bool,
}

impl State {
    pub(super) fn queue(&self) -> Result<ReviewList, BackendError> {
        self.reviews_open()?;
        let waiting = self.reviews.all.iter();
        let items: Vec<Review> = waiting
            .filter(|review| review.state == PostState::InReview && review.may_approve)
            .cloned()
            .collect();
        Ok(ReviewList {
            waiting: i64::try_from(items.len()).unwrap_or(i64::MAX),
            url: "https://chorus.example.org/o/example/review".to_owned(),
            items,
        })
    }

    pub(super) fn review(&self, post: PostId) -> Result<Review, BackendError> {
        self.reviews_open()?;
        let mut all = self.reviews.all.iter();
        all.find(|review| review.post_id == post)
            .cloned()
            .ok_or_else(|| problem(Code::NotFound, None))
    }

    pub(super) fn approve(&mut self, post: PostId, version: i64) -> Result<(), BackendError> {
        let review = self.review(post)?;
        match review.state {
            PostState::InReview => {}
            PostState::Approved | PostState::Scheduled | PostState::Live => return Ok(()),
            PostState::Withdrawn => return Err(problem(Code::PostWithdrawn, None)),
            PostState::Draft | PostState::Expired | PostState::Archived => {
                return Err(problem(Code::WrongState, None));
            }
        }
        if !review.may_approve {
            return Err(problem(Code::OwnPost, None));
        }
        self.decide(&review, version, (ReviewStep::Approved, None))
    }

    pub(super) fn send_back(
        &mut self,
        (post, version): (PostId, i64),
        note: &str,
    ) -> Result<String, BackendError> {
        let review = self.review(post)?;
        if review.state != PostState::InReview {
            return Err(problem(Code::WrongState, None));
        }
        let title = review.title.clone();
        let note = Some(note.to_owned());
        self.decide(&review, version, (ReviewStep::Rejected, note))?;
        Ok(title)
    }

    fn decide(
        &mut self,
        review: &Review,
        version: i64,
        (step, note): (ReviewStep, Option<String>),
    ) -> Result<(), BackendError> {
        if review.version != version {
            return Err(problem(Code::VersionMismatch, None));
        }
        let state = if step == ReviewStep::Approved {
            PostState::Live
        } else {
            PostState::Draft
        };
        let by = Some(self.me.display_name.clone());
        let at = review.since;
        for one in &mut self.reviews.all {
            if one.post_id == review.post_id {
                one.state = state;
                one.version += 1;
                one.decision = Some(ReviewDecision {
                    step,
                    by: by.clone(),
                    mine: true,
                    note: note.clone(),
                    at,
                });
            }
        }
        Ok(())
    }

    fn reviews_open(&self) -> Result<(), BackendError> {
        if self.reviews.are_refused {
            return Err(problem(Code::Forbidden, self.contact.clone()));
        }
        Ok(())
    }
}
