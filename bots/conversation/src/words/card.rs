//! Words on cards of posts, and about dismissing them.

use chrono::{DateTime, Utc};
use server_api::enums::PostState;

use super::{Fill, Words};
use crate::view::{Phrase, Span};

impl Words {
    /// When sharing ends.
    pub fn card_until(&self, time: DateTime<Utc>) -> Phrase {
        self.phrase("card-until", &[("time", Fill::Span(Span::Time(time)))])
    }

    /// What a share earns, and what its first click adds.
    pub fn card_earns(&self, confirmed: i64, proven: i64) -> Phrase {
        self.phrase(
            "card-earns",
            &[
                ("confirmed", Fill::Number(confirmed)),
                ("proven", Fill::Number(proven)),
            ],
        )
    }

    /// How many members shared it.
    pub fn card_shared_by(&self, count: i64) -> Phrase {
        self.phrase("card-shared-by", &[("n", Fill::Number(count))])
    }

    /// Where the member shared it.
    pub fn personal_shared(&self, networks: &str) -> Phrase {
        self.phrase("personal-shared", &[("networks", Fill::Text(networks))])
    }

    /// Why a post can no longer be shared.
    pub fn ended(&self, state: PostState) -> Phrase {
        let id = match state {
            PostState::Withdrawn => "ended-withdrawn",
            PostState::Expired | PostState::Archived => "ended-expired",
            PostState::Draft
            | PostState::InReview
            | PostState::Approved
            | PostState::Scheduled
            | PostState::Live => "ended-otherwise",
        };
        self.phrase(id, &[])
    }

    /// A post was declined.
    pub fn dismissed(&self) -> Phrase {
        self.phrase("dismissed", &[])
    }

    /// Declining a post was taken back.
    pub fn dismissal_undone(&self) -> Phrase {
        self.phrase("dismissal-undone", &[])
    }

    /// How many suggestions follow.
    pub fn suggestions_headline(&self, count: i64) -> Phrase {
        self.phrase("suggestions-headline", &[("n", Fill::Number(count))])
    }

    /// There is no suggestion.
    pub fn suggestions_empty(&self) -> Phrase {
        self.phrase("suggestions-empty", &[])
    }
}
