//! "Not for me", silently, and taking it back.

use server_api::ids::PostId;

use super::Turn;
use crate::action::Action;
use crate::backend::BackendError;
use crate::reply::Reply;
use crate::view::{Control, Notice, View};

pub(super) async fn dismiss(turn: &Turn<'_>, post: PostId) -> Result<Reply, BackendError> {
    turn.backend.dismiss(turn.asking, post).await?;
    let undo = Control::plain(turn.words.undo(), Action::UndoDismissal(post));
    let notice = Notice::done(turn.words.dismissed(), undo);
    Ok(Reply::whisper(View::Notice(notice)))
}

pub(super) async fn undo(turn: &Turn<'_>, post: PostId) -> Result<Reply, BackendError> {
    turn.backend.undo_dismissal(turn.asking, post).await?;
    let share = Control::plain(turn.words.share(), Action::StartShare(post));
    let notice = Notice::done(turn.words.dismissal_undone(), share);
    Ok(turn.here(View::Notice(notice)))
}
