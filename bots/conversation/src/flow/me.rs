//! A member's own numbers and choices.

use server_api::enums::{BoardVisibility, Language};
use server_api::me::UpdateMe;

use super::Turn;
use crate::backend::BackendError;
use crate::reply::Reply;
use crate::view::{Me, View};
use crate::words::Words;

pub(super) fn show(turn: &Turn<'_>) -> Reply {
    Reply::whisper(View::Me(Me::new(turn.words, turn.me)))
}

pub(super) async fn choose_visibility(
    turn: &Turn<'_>,
    visibility: BoardVisibility,
) -> Result<Reply, BackendError> {
    change(
        turn,
        UpdateMe {
            board_visibility: Some(visibility),
            ..UpdateMe::default()
        },
    )
    .await
}

pub(super) async fn choose_language(
    turn: &Turn<'_>,
    language: Language,
) -> Result<Reply, BackendError> {
    change(
        turn,
        UpdateMe {
            language: Some(language),
            ..UpdateMe::default()
        },
    )
    .await
}

async fn change(turn: &Turn<'_>, change: UpdateMe) -> Result<Reply, BackendError> {
    let me = turn.backend.update_me(turn.asking, &change).await?;
    Ok(turn.here(View::Me(Me::new(Words::of(me.language), &me))))
}
