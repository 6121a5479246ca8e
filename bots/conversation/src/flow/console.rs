//! A way into the web console, for whoever the chat vouches for.

use super::Turn;
use crate::backend::BackendError;
use crate::reply::Reply;
use crate::view::{Notice, View};

/// Only they see the answer, wherever they asked: whoever has the link may use it.
pub(super) async fn show(turn: &Turn<'_>) -> Result<Reply, BackendError> {
    let link = turn.backend.console_link(turn.asking).await?;
    Ok(Reply::whisper(View::Notice(Notice::console(
        turn.words, &link,
    ))))
}
