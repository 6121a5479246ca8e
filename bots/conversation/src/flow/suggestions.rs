//! Posts that a member may share.

use super::Turn;
use crate::backend::BackendError;
use crate::reply::Reply;
use crate::view::{Suggestions, View};

pub(super) async fn show(turn: &Turn<'_>) -> Result<Reply, BackendError> {
    let list = turn.backend.suggestions(turn.asking).await?;
    let view = View::Suggestions(Suggestions::new(turn.words, &list));
    Ok(Reply::whisper(view))
}
