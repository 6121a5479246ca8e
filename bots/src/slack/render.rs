//! Views and dialogs as Block Kit: pure, one file per view. Nothing here knows a
//! client, a clock or a person.

mod blocks;
mod dialog;
mod greeting;
mod help;
mod leaderboard;
mod me;
mod notice;
mod post_ended;
mod share_choices;
mod share_receipt;
mod suggested_post;
mod suggestions;

use conversation::{Dialog, View, plain};
use serde_json::Value;

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
    let mut blocks = Blocks::default();
    match view {
        View::SuggestedPost(view) => suggested_post::render(&mut blocks, view),
        View::PostEnded(view) => post_ended::render(&mut blocks, view),
        View::ShareChoices(view) => share_choices::render(&mut blocks, view),
        View::ShareReceipt(view) => share_receipt::render(&mut blocks, view),
        View::Suggestions(view) => suggestions::render(&mut blocks, view),
        View::Leaderboard(view) => leaderboard::render(&mut blocks, view),
        View::Me(view) => me::render(&mut blocks, view),
        View::Greeting(view) => greeting::render(&mut blocks, view),
        View::Help(view) => help::render(&mut blocks, view),
        View::Notice(view) => notice::render(&mut blocks, view),
    }
    Message {
        text: text::mrkdwn(&plain::view(view), limits::MESSAGE_TEXT),
        blocks: blocks.finish(limits::MESSAGE_BLOCKS),
    }
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
        View::SuggestedPost(_)
        | View::PostEnded(_)
        | View::ShareChoices(_)
        | View::ShareReceipt(_)
        | View::Suggestions(_)
        | View::Leaderboard(_)
        | View::Me(_)
        | View::Greeting(_)
        | View::Help(_)
        | View::Notice(_) => None,
    }
}

#[cfg(test)]
mod tests;
