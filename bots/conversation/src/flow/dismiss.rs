//! "Not for me", silently, and taking it back. A card of one's own and one's own page
//! change; what others see too, and lists, stay as they are.

use server_api::ids::PostId;

use super::{Turn, me};
use crate::action::Action;
use crate::backend::BackendError;
use crate::intent::Surface;
use crate::person::Place;
use crate::reply::Reply;
use crate::view::{Control, Notice, PersonalPost, View};
use crate::words::Words;

pub(super) async fn dismiss(
    turn: &Turn<'_>,
    post: PostId,
    on: Surface,
) -> Result<Reply, BackendError> {
    turn.backend.dismiss(turn.asking, post).await?;
    let notice = dismissed(turn.words, post, on);
    match (on, turn.place) {
        (Surface::Card, Place::Own) => Ok(Reply::revise(View::Notice(notice))),
        (Surface::Page, Place::Own) => Ok(Reply::revise(me::page(turn, Some(notice)).await?)),
        (Surface::Message, _)
        | (
            Surface::Card | Surface::Page,
            Place::Home | Place::Command | Place::Shared | Place::Dialog,
        ) => Ok(Reply::whisper(View::Notice(notice))),
    }
}

pub(super) async fn undo(
    turn: &Turn<'_>,
    post: PostId,
    on: Surface,
) -> Result<Reply, BackendError> {
    turn.backend.undo_dismissal(turn.asking, post).await?;
    let share = Control::plain(turn.words.share(), Action::StartShare(post));
    let notice = Notice::done(turn.words.dismissal_undone(), share);
    match (on, turn.place) {
        (Surface::Card, Place::Own) => {
            let choices = turn.backend.share_choices(turn.asking, post).await?;
            let card = PersonalPost::new(turn.words, &choices);
            Ok(Reply::revise(View::PersonalPost(card)))
        }
        (Surface::Page, Place::Own) => Ok(Reply::revise(me::page(turn, Some(notice)).await?)),
        (Surface::Message, _)
        | (
            Surface::Card | Surface::Page,
            Place::Home | Place::Command | Place::Shared | Place::Dialog,
        ) => Ok(turn.here(View::Notice(notice))),
    }
}

/// What a declined post leaves behind, with the way back.
pub(super) fn dismissed(words: &Words, post: PostId, on: Surface) -> Notice {
    let undo = Control::plain(words.undo(), Action::UndoDismissal(post, on));
    Notice::done(words.dismissed(), undo)
}
