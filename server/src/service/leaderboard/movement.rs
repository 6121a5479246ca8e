//! How those whom a board shows moved against the period before.
//!
//! It is a question of its own, so that a board that shows no movement does not wait for it.

use std::collections::BTreeSet;

use entity::ids::MemberId;
use entity::organization;

use super::{Leaderboard, board, reference};
use crate::app::App;
use crate::domain::leaderboard::{Movement, Period};
use crate::store::StoreError;
use crate::store::scores::ranks;

/// The board of a period that runs now, for a member, with how everybody on it moved.
pub async fn board_with_movement(
    app: &App,
    organization: &organization::Model,
    me: MemberId,
    period: Period,
) -> Result<Leaderboard, StoreError> {
    let board = board(app, organization, me, period).await?;
    moved(app, organization, board).await
}

/// The same board with how everybody on it moved; for all time, as it is.
///
/// Boards of the past show and hide members as they choose today: ranks of then are those among
/// whom they show now.
pub(super) async fn moved(
    app: &App,
    organization: &organization::Model,
    mut board: Leaderboard,
) -> Result<Leaderboard, StoreError> {
    let Some(before) = &board.before else {
        return Ok(board);
    };
    let rows = board.top.iter().chain(&board.around);
    let members: BTreeSet<MemberId> = rows.map(|row| row.member).collect();
    let members: Vec<MemberId> = members.into_iter().collect();
    let before = reference(organization, before);
    let ranks = ranks::of_members(app.store.reader(), before, &members).await?;
    for row in board.top.iter_mut().chain(&mut board.around) {
        let rank = ranks.get(&row.member).copied();
        row.movement = Movement::between(rank, row.rank);
    }
    Ok(board)
}
