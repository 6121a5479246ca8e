//! Views and dialogs as Block Kit: pure, one file per view. Nothing here knows a
//! client, a clock or a person.

mod blocks;
mod choices;
mod dialog;
mod greeting;
mod help;
mod leaderboard;
mod me;
mod network_choices;
mod notice;
mod pair_first;
mod paired;
mod pairing_code;
mod personal_post;
mod post_ended;
mod proposal_outcome;
mod review_closed;
mod review_request;
mod reviews;
mod share_choices;
mod share_receipt;
mod suggested_post;
mod suggestions;

use conversation::{Dialog, View, plain};
use serde_json::{Value, json};

use self::blocks::Blocks;
pub(crate) use self::dialog::ELEMENT;
use super::limits;
use super::text;

/// A message in Slack's terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// What clients show that cannot show blocks, and what notifications say.
    pub text: String,
    /// The blocks.
    pub blocks: Vec<Value>,
}

/// The view as a message.
pub fn message(view: &View) -> Message {
    Message {
        text: text::or_nothing(text::mrkdwn(&plain::view(view), limits::MESSAGE_TEXT)),
        blocks: blocks(view).finish(limits::MESSAGE_BLOCKS),
    }
}

/// The view as the app's home, for `views.publish`.
pub fn home(view: &View) -> Value {
    json!({ "type": "home", "blocks": blocks(view).finish(limits::HOME_BLOCKS) })
}

fn blocks(view: &View) -> Blocks {
    let mut blocks = Blocks::default();
    match view {
        View::SuggestedPost(view) => suggested_post::render(&mut blocks, view),
        View::PersonalPost(view) => personal_post::render(&mut blocks, view),
        View::PostEnded(view) => post_ended::render(&mut blocks, view),
        View::ReviewRequest(view) => review_request::render(&mut blocks, view),
        View::ReviewClosed(view) => review_closed::render(&mut blocks, view),
        View::Reviews(view) => reviews::render(&mut blocks, view),
        View::ProposalOutcome(view) => proposal_outcome::render(&mut blocks, view),
        View::ShareChoices(view) => share_choices::render(&mut blocks, view),
        View::ShareReceipt(view) => share_receipt::render(&mut blocks, view),
        View::Suggestions(view) => suggestions::render(&mut blocks, view),
        View::Leaderboard(view) => leaderboard::render(&mut blocks, view),
        View::Me(view) => me::render(&mut blocks, view),
        View::Choices(view) => choices::render(&mut blocks, view),
        View::NetworkChoices(view) => network_choices::render(&mut blocks, view),
        View::PairingCode(view) => pairing_code::render(&mut blocks, view),
        View::Paired(view) => paired::render(&mut blocks, view),
        View::PairFirst(view) => pair_first::render(&mut blocks, view),
        View::Greeting(view) => greeting::render(&mut blocks, view),
        View::Help(view) => help::render(&mut blocks, view),
        View::Notice(view) => notice::render(&mut blocks, view),
    }
    blocks
}

/// The dialog as a modal that keeps `memory` for us.
pub fn modal(dialog: &Dialog, memory: &str) -> Value {
    dialog::modal(dialog, memory)
}

/// The same view without pictures: for when Slack cannot fetch one.
pub fn without_picture(view: &View) -> Option<View> {
    match view {
        View::SuggestedPost(card) if card.picture.is_some() => {
            let mut bare = card.clone();
            bare.picture = None;
            Some(View::SuggestedPost(bare))
        }
        View::PersonalPost(card) if card.picture.is_some() => {
            let mut bare = card.clone();
            bare.picture = None;
            Some(View::PersonalPost(bare))
        }
        View::SuggestedPost(_)
        | View::PersonalPost(_)
        | View::PostEnded(_)
        | View::ReviewRequest(_)
        | View::ReviewClosed(_)
        | View::Reviews(_)
        | View::ProposalOutcome(_)
        | View::ShareChoices(_)
        | View::ShareReceipt(_)
        | View::Suggestions(_)
        | View::Leaderboard(_)
        | View::Me(_)
        | View::Choices(_)
        | View::NetworkChoices(_)
        | View::PairingCode(_)
        | View::Paired(_)
        | View::PairFirst(_)
        | View::Greeting(_)
        | View::Help(_)
        | View::Notice(_) => None,
    }
}

#[cfg(test)]
mod tests;
