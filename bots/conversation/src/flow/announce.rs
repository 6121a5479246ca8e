//! What a delivery says, in the language of its readers.

use server_api::delivery::{Content, Delivery, Operation};
use server_api::enums::PostState;
use server_api::suggestion::Suggestion;

use super::dismiss;
use crate::intent::Surface;
use crate::view::{
    self, Greeting, Leaderboard, Paired, PersonalPost, PostEnded, ProposalOutcome, SuggestedPost,
    View,
};
use crate::words::Words;

pub(super) fn announce(delivery: &Delivery) -> View {
    let words = Words::of(delivery.language);
    match &delivery.content {
        Content::SuggestedPost { suggestion } => on_card(words, delivery, suggestion, || {
            View::SuggestedPost(SuggestedPost::new(words, suggestion))
        }),
        Content::PersonalPost { choices, dismissed } => {
            on_card(words, delivery, &choices.post, || {
                if *dismissed {
                    let post = choices.post.post_id;
                    View::Notice(dismiss::dismissed(words, post, Surface::Card))
                } else {
                    View::PersonalPost(PersonalPost::new(words, choices))
                }
            })
        }
        Content::WeeklyLeaderboard { board } => {
            View::Leaderboard(Leaderboard::last_week(words, board))
        }
        Content::Paired {
            identity_id,
            platform,
            account,
        } => View::Paired(Paired::notice(words, *identity_id, *platform, account)),
        Content::Review { review } => view::review(words, review, Surface::Card),
        Content::Proposal { outcome } => {
            View::ProposalOutcome(ProposalOutcome::new(words, outcome))
        }
        Content::ChannelTest { organization } => {
            View::Notice(view::Notice::channel_test(words, organization))
        }
        Content::Greeting {
            organization,
            pseudonym,
        } => View::Greeting(Greeting::new(words, organization, pseudonym)),
    }
}

/// What a post's card says: `live` while it is, that it ended after.
fn on_card(
    words: &Words,
    delivery: &Delivery,
    post: &Suggestion,
    live: impl FnOnce() -> View,
) -> View {
    match (&delivery.operation, post.state) {
        (Operation::Post | Operation::Revise { .. }, PostState::Live) => live(),
        (
            Operation::Post | Operation::Revise { .. } | Operation::Withdraw { .. },
            PostState::Live
            | PostState::Draft
            | PostState::InReview
            | PostState::Approved
            | PostState::Scheduled
            | PostState::Expired
            | PostState::Archived
            | PostState::Withdrawn,
        ) => View::PostEnded(PostEnded::new(words, post)),
    }
}
