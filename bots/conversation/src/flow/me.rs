//! A member's own page: shown, shown again, and shown with what just happened.

use server_api::me::Home;

use super::Turn;
use crate::backend::BackendError;
use crate::reply::Reply;
use crate::view::{Me, Notice, View};
use crate::words::Words;

pub(super) async fn show(turn: &Turn<'_>) -> Result<Reply, BackendError> {
    Ok(Reply::whisper(page(turn, None).await?))
}

/// The page in place of where it led.
pub(super) async fn back(turn: &Turn<'_>) -> Result<Reply, BackendError> {
    Ok(turn.here(page(turn, None).await?))
}

/// The page with what just happened above it.
pub(super) async fn page(turn: &Turn<'_>, note: Option<Notice>) -> Result<View, BackendError> {
    Ok(match &turn.met.home {
        Some(home) => view(home, note),
        None => view(&turn.backend.home(turn.asking).await?, note),
    })
}

fn view(home: &Home, note: Option<Notice>) -> View {
    View::Me(Me::new(Words::of(home.me.language), home).with_note(note))
}
