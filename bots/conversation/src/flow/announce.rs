//! What a delivery says, in the language of its readers.

use server_api::delivery::{Content, Delivery, Operation};
use server_api::enums::PostState;
use server_api::suggestion::Suggestion;

use crate::view::{Greeting, Help, Leaderboard, PostEnded, SuggestedPost, View};
use crate::words::Words;

pub(super) fn announce(delivery: &Delivery) -> View {
    let words = Words::of(delivery.language);
    match &delivery.content {
        Content::SuggestedPost { suggestion } => card(words, &delivery.operation, suggestion),
        Content::PersonalPost { choices, .. } => card(words, &delivery.operation, &choices.post),
        Content::WeeklyLeaderboard { board } => View::Leaderboard(Leaderboard::new(words, board)),
        Content::Paired { .. } => View::Help(Help::new(words, None)),
        Content::Greeting {
            organization,
            pseudonym,
        } => View::Greeting(Greeting::new(words, organization, pseudonym)),
    }
}

fn card(words: &Words, operation: &Operation, post: &Suggestion) -> View {
    match (operation, post.state) {
        (Operation::Post | Operation::Revise { .. }, PostState::Live) => {
            View::SuggestedPost(SuggestedPost::new(words, post))
        }
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
