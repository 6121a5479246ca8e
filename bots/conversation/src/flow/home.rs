//! On a member's own page nothing comes beside it: every answer becomes the page.

use super::{Turn, me};
use crate::action::Action;
use crate::backend::BackendError;
use crate::reply::{Answer, Reply};
use crate::view::{Control, Notice, View};
use crate::words::Words;

/// The reply as a change of the page: a sentence stands above it, anything larger takes
/// its place and leads back.
pub(super) async fn settle(turn: &Turn<'_>, reply: Reply) -> Result<Reply, BackendError> {
    let view = match (reply.revise, reply.answer) {
        (Some(view), Answer::Nothing) | (None, Answer::Whisper(view)) => view,
        (revise, answer) => return Ok(Reply { answer, revise }),
    };
    match view {
        View::Notice(notice) => Ok(Reply::revise(me::page(turn, Some(notice)).await?)),
        view => Ok(Reply::revise(leading_back(turn.words, view))),
    }
}

/// What stands in place of the page while it cannot be shown.
pub(super) fn without_page(words: &Words, view: View) -> View {
    match view {
        View::Notice(Notice {
            kind,
            words: said,
            control: None,
        }) => View::Notice(Notice {
            kind,
            words: said,
            control: Some(back(words)),
        }),
        view => leading_back(words, view),
    }
}

fn back(words: &Words) -> Control {
    Control::plain(words.show_me(), Action::ReturnToMe)
}

fn leading_back(words: &Words, view: View) -> View {
    let back = back(words);
    match view {
        View::ShareChoices(mut choices) => {
            choices.back = Some(back);
            View::ShareChoices(choices)
        }
        View::ShareReceipt(mut receipt) => {
            receipt.controls.push(back);
            View::ShareReceipt(receipt)
        }
        View::Suggestions(mut list) => {
            list.controls.push(back);
            View::Suggestions(list)
        }
        View::Reviews(mut list) => {
            list.controls.push(back);
            View::Reviews(list)
        }
        View::Leaderboard(mut board) => {
            board.controls.push(back);
            View::Leaderboard(board)
        }
        View::Help(mut help) => {
            help.controls.push(back);
            View::Help(help)
        }
        // These are the page, lead back by themselves, or stand elsewhere.
        View::Me(_)
        | View::Choices(_)
        | View::NetworkChoices(_)
        | View::PairingCode(_)
        | View::Paired(_)
        | View::PairFirst(_)
        | View::Notice(_)
        | View::Greeting(_)
        | View::SuggestedPost(_)
        | View::PersonalPost(_)
        | View::PostEnded(_)
        | View::ReviewRequest(_)
        | View::ReviewClosed(_)
        | View::ProposalOutcome(_) => view,
    }
}
