//! Sharing: the choices, and saying that it is done.

use server_api::enums::Network;
use server_api::ids::PostId;

use super::Turn;
use crate::backend::BackendError;
use crate::reply::Reply;
use crate::view::{ShareChoices, ShareReceipt, View};

pub(super) async fn start(turn: &Turn<'_>, post: PostId) -> Result<Reply, BackendError> {
    let choices = turn.backend.share_choices(turn.asking, post).await?;
    let view = View::ShareChoices(ShareChoices::new(turn.words, &choices));
    Ok(Reply::whisper(view))
}

pub(super) async fn confirm(
    turn: &Turn<'_>,
    post: PostId,
    network: Network,
) -> Result<Reply, BackendError> {
    let receipt = turn.backend.confirm(turn.asking, post, network).await?;
    let view = ShareReceipt::new(turn.words, &receipt, &turn.met.me.board_url);
    Ok(turn.here(View::ShareReceipt(view)))
}
