//! Sharing: the choices, and saying that it is done.

use server_api::enums::Network;
use server_api::ids::PostId;

use super::stop::Stop;
use super::{Incoming, Turn};
use crate::backend::{Asking, Backend, BackendError};
use crate::intent::{Intent, Surface};
use crate::person::Place;
use crate::reply::{Answer, Reply};
use crate::view::{PersonalPost, ShareChoices, ShareReceipt, View};
use crate::words::Words;

/// Starts a share by one question instead of two, for its answer tells in which language: a press of
/// *Share* is what comes most, and often from many at once. None for anything else, and where that
/// question is no answer: who is not known is introduced first, and a refusal is told in the
/// member's own language.
pub(super) async fn at_once(
    backend: &dyn Backend,
    asking: &Asking,
    incoming: &Incoming,
) -> Option<Result<Reply, Stop>> {
    let Intent::StartShare { post } = &incoming.intent else {
        return None;
    };
    // What stays on the page tells of the member, too.
    if incoming.place == Place::Home {
        return None;
    }
    match backend.share_choices(asking, *post).await {
        Ok(choices) => choices.language.map(|language| {
            let view = ShareChoices::new(Words::of(language), &choices);
            Ok(Reply::whisper(View::ShareChoices(view)))
        }),
        Err(BackendError::Problem(_)) => None,
        Err(error) => Some(Err(Stop::backend(error, incoming.language))),
    }
}

pub(super) async fn start(turn: &Turn<'_>, post: PostId) -> Result<Reply, BackendError> {
    let choices = turn.backend.share_choices(turn.asking, post).await?;
    let view = View::ShareChoices(ShareChoices::new(turn.words, &choices));
    Ok(Reply::whisper(view))
}

pub(super) async fn confirm(
    turn: &Turn<'_>,
    post: PostId,
    network: Network,
    on: Surface,
) -> Result<Reply, BackendError> {
    let receipt = turn.backend.confirm(turn.asking, post, network).await?;
    let view = ShareReceipt::new(turn.words, &receipt, &turn.met.me.board_url);
    let receipt = View::ShareReceipt(view);
    match (on, turn.place) {
        (Surface::Card, Place::Own) => Ok(beside_card(turn, post, receipt).await),
        (Surface::Message | Surface::Page, _)
        | (Surface::Card, Place::Command | Place::Shared | Place::Home | Place::Dialog) => {
            Ok(turn.here(receipt))
        }
    }
}

/// The card goes on to say where its post was shared: the server revises it so as well, and
/// would take the receipt away. So the receipt comes beside it.
async fn beside_card(turn: &Turn<'_>, post: PostId, receipt: View) -> Reply {
    let choices = turn.backend.share_choices(turn.asking, post).await;
    Reply {
        answer: Answer::Whisper(receipt),
        revise: choices
            .ok()
            .map(|choices| View::PersonalPost(PersonalPost::new(turn.words, &choices))),
    }
}
