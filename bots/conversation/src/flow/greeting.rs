//! The last step of the greeting: it finishes onboarding.

use server_api::enums::BoardVisibility;
use server_api::me::UpdateMe;

use super::Turn;
use crate::action::Action;
use crate::backend::BackendError;
use crate::reply::Reply;
use crate::view::{Control, Notice, View};

pub(super) async fn finish(
    turn: &Turn<'_>,
    visibility: BoardVisibility,
) -> Result<Reply, BackendError> {
    let change = UpdateMe {
        board_visibility: Some(visibility),
        ..UpdateMe::default()
    };
    let me = turn.backend.update_me(turn.asking, &change).await?;
    let words = match me.board_visibility {
        BoardVisibility::Name => turn.words.onboarded_name(),
        BoardVisibility::Pseudonym => turn.words.onboarded_pseudonym(&me.pseudonym),
        BoardVisibility::Hidden => turn.words.onboarded_hidden(),
    };
    let more = Control::primary(turn.words.more_to_share(), Action::ShowSuggestions);
    Ok(turn.here(View::Notice(Notice::done(words, more))))
}
