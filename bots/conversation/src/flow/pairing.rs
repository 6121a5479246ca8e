//! Joining a second account to a member, by a code that only they can know.

use server_api::enums::Language;
use server_api::identity::Pair;
use server_api::ids::IdentityId;
use server_api::problem::Code;

use super::{Conversation, Stop, Turn};
use crate::action::Action;
use crate::backend::{Asking, BackendError};
use crate::intent::TypedCode;
use crate::reply::Reply;
use crate::view::{Control, Notice, Paired, PairingCode, View};
use crate::words::Words;

pub(super) async fn show(turn: &Turn<'_>) -> Result<Reply, BackendError> {
    let code = turn.backend.pairing_code(turn.asking).await?;
    let view = PairingCode::new(turn.words, &code, turn.asking.person.platform);
    Ok(turn.here(View::PairingCode(view)))
}

/// Whoever types a code is not met before: meeting would make them a member of their own.
pub(super) async fn pair(
    conversation: &Conversation,
    asking: &Asking,
    language: Language,
    code: &TypedCode,
) -> Result<Reply, Stop> {
    let introduction = conversation.introduction(asking, language).await?;
    let language = introduction.language.unwrap_or(language);
    let pair = Pair {
        code: code.0.clone(),
        introduction,
    };
    let pairing = match conversation.backend.pair(asking, &pair).await {
        Ok(pairing) => pairing,
        Err(error) => return refused(error, language),
    };
    // The receipt speaks the member's language; it comes also where that is not told.
    let receipt = match conversation.backend.me(asking).await {
        Ok(me) if me.joined_at.is_none() => {
            Paired::welcome(Words::of(me.language), &pairing, &me.pseudonym)
        }
        Ok(me) => Paired::receipt(Words::of(me.language), &pairing),
        Err(_) => Paired::receipt(Words::of(language), &pairing),
    };
    Ok(Reply::whisper(View::Paired(receipt)))
}

/// A code is for an account that is nobody's yet.
pub(super) fn known(words: &Words) -> Reply {
    let me = Control::plain(words.show_me(), Action::ShowMe);
    let notice = Notice::info(words.already_paired(), Some(me));
    Reply::whisper(View::Notice(notice))
}

fn refused(error: BackendError, language: Language) -> Result<Reply, Stop> {
    let too_many = matches!(&error, BackendError::Problem(problem)
        if problem.code == Code::TooManyRequests);
    if too_many {
        let notice = Notice::problem(Words::of(language).pairing_tries(), None);
        return Ok(Reply::whisper(View::Notice(notice)));
    }
    Err(Stop::backend(error, language))
}

pub(super) async fn undo(turn: &Turn<'_>, identity: IdentityId) -> Result<Reply, BackendError> {
    let code = match turn.backend.unpair(turn.asking, identity).await {
        Ok(()) => None,
        Err(BackendError::Problem(problem)) => Some((problem.code, problem)),
        Err(error) => return Err(error),
    };
    match code {
        Some((Code::WrongState, _)) => {
            let notice = Notice::problem(turn.words.last_account(), None);
            Ok(Reply::whisper(View::Notice(notice)))
        }
        // Not found: pressed again, and it is as they want it.
        None | Some((Code::NotFound, _)) => {
            let help = Control::plain(turn.words.show_help(), Action::Help);
            let notice = Notice::done(turn.words.unpaired(), help);
            Ok(turn.here(View::Notice(notice)))
        }
        Some((_, problem)) => Err(BackendError::Problem(problem)),
    }
}
