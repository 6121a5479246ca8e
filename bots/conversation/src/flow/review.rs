//! Judging a post: approving it, or asking for changes with a note. What is judged is the version
//! that was shown; where somebody was faster, the person is told and nothing changes.

use server_api::enums::PostState;
use server_api::problem::{Code, Problem};
use server_api::review::Review;

use super::{Incoming, Stop, Turn};
use crate::backend::{Asking, Backend, BackendError};
use crate::dialog::{ChangesDialog, Dialog, Field, NOTE_LIMIT};
use crate::intent::{Intent, Judged, Surface};
use crate::person::Place;
use crate::reply::{FieldProblem, Reply};
use crate::view::{Control, Notice, ReviewClosed, ReviewRequest, Reviews, View, review};
use crate::words::Words;

/// The posts that wait, or whom to ask.
pub(super) async fn show(turn: &Turn<'_>) -> Result<Reply, BackendError> {
    match turn.backend.reviews(turn.asking).await {
        Ok(list) => Ok(Reply::whisper(View::Reviews(Reviews::new(
            turn.words, &list,
        )))),
        Err(error) => no_reviewer(turn.words, error),
    }
}

pub(super) async fn approve(turn: &Turn<'_>, judged: Judged) -> Result<Reply, BackendError> {
    let approved = turn
        .backend
        .approve(turn.asking, judged.post, judged.version);
    let refusal = match approved.await {
        Ok(()) => None,
        Err(error) => Some(stale(error)?),
    };
    if let Some(problem) = &refusal
        && let Some(reply) = kept_back(turn.words, problem)
    {
        return Ok(reply);
    }
    let now = match turn.backend.review(turn.asking, judged.post).await {
        Ok(now) => now,
        Err(error) => return no_reviewer(turn.words, error),
    };
    if refusal.is_some_and(|problem| problem.code == Code::InvalidField) {
        let open = Control::link(turn.words.open_review(), &now.url);
        let notice = Notice::problem(turn.words.review_hindered(), Some(open));
        return Ok(Reply::whisper(View::Notice(notice)));
    }
    Ok(shown(
        turn.place,
        judged.on,
        as_it_is(turn.words, &now, judged),
    ))
}

/// What opens a dialog or comes out of one is answered within one call.
pub(super) async fn at_once(
    backend: &dyn Backend,
    asking: &Asking,
    incoming: &Incoming,
) -> Option<Result<Reply, Stop>> {
    let place = incoming.place;
    let (reply, language) = if let Intent::AskForChanges(judged) = &incoming.intent {
        let language = incoming.language;
        let words = Words::of(language);
        (
            ask(backend, asking, (words, place), *judged).await,
            language,
        )
    } else if let Intent::SubmitChanges {
        judged,
        language,
        note,
    } = &incoming.intent
    {
        let words = Words::of(*language);
        let judged = (*judged, note.as_str());
        (
            submit(backend, asking, (words, place), judged).await,
            *language,
        )
    } else {
        return None;
    };
    Some(reply.map_err(|error| Stop::backend(error, language)))
}

/// Opens the dialog for a note, where the post still waits as it was shown.
async fn ask(
    backend: &dyn Backend,
    asking: &Asking,
    (words, place): (&Words, Place),
    judged: Judged,
) -> Result<Reply, BackendError> {
    let now = match backend.review(asking, judged.post).await {
        Ok(now) => now,
        Err(error) => return no_reviewer(words, error),
    };
    let words = Words::of(now.language);
    if now.state == PostState::InReview && now.version == judged.version {
        let dialog = ChangesDialog::new(words, &now, judged);
        return Ok(Reply::open(Dialog::Changes(dialog)));
    }
    Ok(shown(place, judged.on, as_it_is(words, &now, judged)))
}

async fn submit(
    backend: &dyn Backend,
    asking: &Asking,
    (words, place): (&Words, Place),
    (judged, typed): (Judged, &str),
) -> Result<Reply, BackendError> {
    let note = typed.trim();
    if note.is_empty() || note.chars().count() > NOTE_LIMIT {
        return Ok(needed(words));
    }
    let judged_now = (judged.post, judged.version);
    let problem = match backend.ask_for_changes(asking, judged_now, note).await {
        Ok(title) => {
            let closed = ReviewClosed::sent_back(words, &title, note);
            return Ok(shown(place, judged.on, View::ReviewClosed(closed)));
        }
        Err(error) => stale(error)?,
    };
    if problem.code == Code::InvalidField {
        return Ok(needed(words));
    }
    if problem.code == Code::Forbidden {
        return Ok(not_theirs(words, &problem));
    }
    let now = match backend.review(asking, judged.post).await {
        Ok(now) => now,
        Err(error) => return no_reviewer(words, error),
    };
    // What they wrote is not lost: it stands where they look now.
    let view = with_note(as_it_is(words, &now, judged), words, note);
    Ok(shown(place, judged.on, view))
}

fn needed(words: &Words) -> Reply {
    Reply::refuse(vec![FieldProblem {
        field: Field::Note,
        sentence: words.changes_needed(),
    }])
}

/// A post as it is now: with what became of it, or anew where it changed.
fn as_it_is(words: &Words, now: &Review, judged: Judged) -> View {
    if now.state == PostState::InReview && now.version != judged.version {
        View::ReviewRequest(ReviewRequest::changed(words, now, judged.on))
    } else {
        review(words, now, judged.on)
    }
}

fn with_note(view: View, words: &Words, note: &str) -> View {
    let kept = Some(words.review_not_sent(note));
    match view {
        View::ReviewRequest(card) => View::ReviewRequest(ReviewRequest { note: kept, ..card }),
        View::ReviewClosed(card) => View::ReviewClosed(ReviewClosed { note: kept, ..card }),
        other => other,
    }
}

/// A card of their own changes; beside a list a new message comes.
fn shown(place: Place, on: Surface, view: View) -> Reply {
    match (on, place) {
        (Surface::Card, Place::Own | Place::Dialog) => Reply::revise(view),
        (Surface::Message | Surface::Page, _)
        | (Surface::Card, Place::Command | Place::Shared | Place::Home) => Reply::whisper(view),
    }
}

/// The refusal of a judgement that the flow answers itself; what nobody foresaw goes on.
fn stale(error: BackendError) -> Result<Box<Problem>, BackendError> {
    let foreseen = [
        Code::WrongState,
        Code::PostWithdrawn,
        Code::PostExpired,
        Code::VersionMismatch,
        Code::OwnPost,
        Code::InvalidField,
        Code::Forbidden,
    ];
    match error {
        BackendError::Problem(problem) if foreseen.contains(&problem.code) => Ok(problem),
        other => Err(other),
    }
}

/// Who wrote a post, or reviews none, is told so.
fn kept_back(words: &Words, problem: &Problem) -> Option<Reply> {
    if problem.code == Code::OwnPost {
        let notice = Notice::problem(words.review_own(), None);
        return Some(Reply::whisper(View::Notice(notice)));
    }
    (problem.code == Code::Forbidden).then(|| not_theirs(words, problem))
}

fn no_reviewer(words: &Words, error: BackendError) -> Result<Reply, BackendError> {
    match error {
        BackendError::Problem(problem) if problem.code == Code::Forbidden => {
            Ok(not_theirs(words, &problem))
        }
        other => Err(other),
    }
}

fn not_theirs(words: &Words, problem: &Problem) -> Reply {
    let notice = Notice::no_reviewer(words, problem.contact.as_deref());
    Reply::whisper(View::Notice(notice))
}
