//! What became of a post that waited for its reader's judgement.

use server_api::enums::{PostState, ReviewStep};
use server_api::review::{Review, ReviewDecision};

use super::{Control, Phrase, View, sample_data};
use crate::action::Action;
use crate::words::Words;

/// A post that waits no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewClosed {
    /// Its headline.
    pub title: String,
    /// Who decided what, and what follows.
    pub outcome: Phrase,
    /// A note that came too late.
    pub note: Option<Phrase>,
    /// The way on: it also lets history be reconciled.
    pub controls: Vec<Control>,
}

impl ReviewClosed {
    /// The card of a post that waits no more.
    pub fn new(words: &Words, review: &Review) -> Self {
        Self::with(words, &review.title, words.review_outcome(review))
    }

    /// The reader just sent it back.
    pub fn sent_back(words: &Words, title: &str, note: &str) -> Self {
        Self::with(words, title, words.review_sent_back(note))
    }

    fn with(words: &Words, title: &str, outcome: Phrase) -> Self {
        Self {
            title: title.to_owned(),
            outcome,
            note: None,
            controls: vec![Control::plain(words.show_reviews(), Action::ShowReviews)],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let waiting = sample_data::review();
        let decided = |state, step, mine| Review {
            state,
            decision: Some(ReviewDecision {
                step,
                by: Some("Grace".into()),
                mine,
                note: (step == ReviewStep::Rejected).then(|| "Shorter, please.".into()),
                at: waiting.since,
            }),
            ..waiting.clone()
        };
        let late = Self {
            note: Some(words.review_not_sent("The second sentence is too long.")),
            ..Self::new(
                words,
                &decided(PostState::Live, ReviewStep::Approved, false),
            )
        };
        let mut all = vec![("review_closed_note".to_owned(), View::ReviewClosed(late))];
        for (name, state, step, mine) in [
            ("approved", PostState::Live, ReviewStep::Approved, true),
            (
                "scheduled",
                PostState::Scheduled,
                ReviewStep::Approved,
                false,
            ),
            ("sent_back", PostState::Draft, ReviewStep::Rejected, false),
            ("recalled", PostState::Draft, ReviewStep::Recalled, false),
            (
                "withdrawn",
                PostState::Withdrawn,
                ReviewStep::Recalled,
                false,
            ),
        ] {
            let view = Self::new(words, &decided(state, step, mine));
            let name = format!("review_closed_{name}");
            all.push((name, View::ReviewClosed(view)));
        }
        all
    }
}
