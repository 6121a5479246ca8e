//! What becomes of a card when its post is withdrawn or expires.

use server_api::enums::PostState;
use server_api::suggestion::Suggestion;

use super::{Control, Phrase, View, sample_data};
use crate::action::Action;
use crate::words::Words;

/// A post that can no longer be shared; nothing on it acts on the post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostEnded {
    /// Its headline.
    pub title: String,
    /// Why it ended.
    pub why: Phrase,
    /// The way on: it also lets history be reconciled.
    pub controls: Vec<Control>,
}

impl PostEnded {
    /// The card of a post that is no longer live.
    pub fn new(words: &Words, post: &Suggestion) -> Self {
        Self {
            title: post.title.clone(),
            why: words.ended(post.state),
            controls: vec![Control::plain(
                words.more_to_share(),
                Action::ShowSuggestions,
            )],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        [
            ("post_withdrawn", PostState::Withdrawn),
            ("post_expired", PostState::Expired),
        ]
        .into_iter()
        .map(|(name, state)| {
            let post = Suggestion {
                state,
                ..sample_data::suggestion()
            };
            (name.to_owned(), View::PostEnded(Self::new(words, &post)))
        })
        .collect()
    }
}
