//! Views and dialogs as embeds and rows of components: pure, one file per view. Nothing
//! here knows a client, a clock or a person.

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

use conversation::dialog::Field;
use conversation::reply::FieldProblem;
use conversation::words::Words;
use conversation::{Action, Dialog, View, short_id};
use serde_json::{Value, json};
use server_api::ids::DeliveryId;

use self::blocks::Blocks;
pub(crate) use self::dialog::FIELDS;
pub use self::dialog::Opening;

/// A message in Discord's terms. It has no `content`: the first line is the post's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// What is read.
    pub embeds: Vec<Value>,
    /// What is pressed, in rows.
    pub components: Vec<Value>,
}

impl Message {
    /// The body of a call that posts or changes it; it mentions nobody, whatever it says.
    pub fn body(&self) -> Value {
        json!({
            "embeds": self.embeds,
            "components": self.components,
            "allowed_mentions": { "parse": [] },
        })
    }
}

/// The view as a message; its controls carry the id of the delivery that posts it.
pub fn message(view: &View, delivery: Option<DeliveryId>) -> Message {
    let mut blocks = Blocks::new(delivery);
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
    blocks.finish()
}

/// The dialog as what Discord can open; `only` these of its fields, or all if it is empty.
pub fn dialog(dialog: &Dialog, only: &[Field]) -> Opening {
    dialog::opening(dialog, only)
}

/// The dialog past the time in which Discord opens one: a message, with what opens it anew.
pub fn later(dialog: &Dialog) -> Message {
    dialog::later(dialog)
}

/// What is wrong with what was typed, and the way back to those fields by `again`: Discord
/// closes a modal whatever it is answered.
pub fn refusal(words: &Words, problems: &[FieldProblem], again: Action) -> Message {
    dialog::refusal(words, problems, again)
}

/// A control's id: the delivery that its message belongs to, and what it carries.
pub(crate) fn custom_id(delivery: Option<DeliveryId>, carried: &str) -> String {
    match delivery {
        Some(delivery) => format!("{}.{carried}", short_id::encode(delivery.0)),
        None => carried.to_owned(),
    }
}

/// The delivery in a control's id, and what the control carries.
pub fn carried(custom_id: &str) -> (Option<DeliveryId>, &str) {
    custom_id
        .split_once('.')
        .and_then(|(first, rest)| Some((Some(DeliveryId(short_id::decode(first)?)), rest)))
        .unwrap_or((None, custom_id))
}

#[cfg(test)]
mod tests;
