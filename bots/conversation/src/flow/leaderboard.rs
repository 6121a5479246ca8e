//! Boards: asked for, and turned to another span of time.

use server_api::enums::Period;

use super::Turn;
use crate::backend::BackendError;
use crate::reply::Reply;
use crate::view::{Leaderboard, View};

pub(super) async fn show(turn: &Turn<'_>, period: Period) -> Result<Reply, BackendError> {
    Ok(Reply::whisper(board(turn, period).await?))
}

pub(super) async fn turn(turn: &Turn<'_>, period: Period) -> Result<Reply, BackendError> {
    Ok(turn.here(board(turn, period).await?))
}

async fn board(turn: &Turn<'_>, period: Period) -> Result<View, BackendError> {
    let board = turn.backend.leaderboard(turn.asking, period).await?;
    Ok(View::Leaderboard(Leaderboard::new(turn.words, &board)))
}
