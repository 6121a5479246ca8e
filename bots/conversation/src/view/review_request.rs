//! A post that waits for its reader's judgement.

use server_api::enums::PostState;
use server_api::ids::PostId;
use server_api::review::Review;

use super::{Control, Phrase, ReviewClosed, View, sample_data};
use crate::action::Action;
use crate::intent::{Judged, Surface};
use crate::words::Words;

/// A post that waits for its reader's judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRequest {
    /// The post.
    pub post: PostId,
    /// That it waits, or why it stands here again.
    pub headline: Phrase,
    /// Its own headline.
    pub title: String,
    /// Its sentences, or the beginning of a wording; may be empty.
    pub excerpt: String,
    /// Why it cannot be approved here, or what was not sent.
    pub note: Option<Phrase>,
    /// Who wrote it, for whom, since when it waits, when it goes live.
    pub small_print: Vec<Phrase>,
    /// *Approve*, *Ask for changes*, and the way into the console.
    pub controls: Vec<Control>,
}

impl ReviewRequest {
    /// The card of a post that waits.
    pub fn new(words: &Words, review: &Review, on: Surface) -> Self {
        let judged = Judged {
            post: review.post_id,
            version: review.version,
            on,
        };
        let mut controls = Vec::new();
        if review.may_approve {
            controls.push(Control::primary(words.approve(), Action::Approve(judged)));
        }
        controls.push(Control::plain(
            words.ask_for_changes(),
            Action::AskForChanges(judged),
        ));
        controls.push(Control::link(words.open_review(), &review.url));
        Self {
            post: review.post_id,
            headline: words.review_asked(review.overdue),
            title: review.title.clone(),
            excerpt: review.excerpt.clone(),
            note: (!review.may_approve).then(|| words.review_own()),
            small_print: vec![
                words.review_by(review.author.as_deref()),
                words.review_for(review.audience.as_ref()),
                words.review_since(review.since),
                words.review_live(review.publish_at),
            ],
            controls,
        }
    }

    /// The same for a post that was changed since it was shown.
    pub fn changed(words: &Words, review: &Review, on: Surface) -> Self {
        Self {
            headline: words.review_changed(),
            ..Self::new(words, review, on)
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let full = sample_data::review();
        let late = Review {
            overdue: true,
            author: None,
            audience: None,
            excerpt: String::new(),
            publish_at: None,
            ..full.clone()
        };
        let own = Review {
            may_approve: false,
            ..full.clone()
        };
        let request =
            |review: &Review| View::ReviewRequest(Self::new(words, review, Surface::Card));
        let changed = Self::changed(words, &full, Surface::Card);
        vec![
            ("review_request".to_owned(), request(&full)),
            ("review_request_late".to_owned(), request(&late)),
            ("review_request_own".to_owned(), request(&own)),
            (
                "review_request_changed".to_owned(),
                View::ReviewRequest(changed),
            ),
        ]
    }
}

/// What a card says of a post now: that it waits, or what became of it.
pub fn review(words: &Words, review: &Review, on: Surface) -> View {
    if review.state == PostState::InReview {
        View::ReviewRequest(ReviewRequest::new(words, review, on))
    } else {
        View::ReviewClosed(ReviewClosed::new(words, review))
    }
}
