//! Proposals: what members proposed at the left, the longest waiting first; at the right one of
//! them as its page looks, to be taken up as a draft, or declined with a note.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use entity::enums::{Network, ProposalSource, ProposalState};
use entity::ids::ProposalId;
use entity::proposal;
use uuid::Uuid;

use super::door::{Console, InPath};
use super::form::{Faults, Fields};
use super::frame::Frame;
use super::guarded::{Pages, get, post};
use super::look::Look;
use super::named;
use super::page::{Answer, OrPage};
use super::piece::{Piece, Wording, site};
use super::toast::Toast;
use crate::app::App;
use crate::domain::page::Paging;
use crate::domain::post::{NOTE_LIMIT, measure};
use crate::http::auth::permissions::WritePosts;
use crate::service::proposals::{self, Detail, ProposalError};

/// Decided ones of one page.
const SHOWN: u64 = 50;

/// The pages of proposals.
pub(super) fn router() -> Pages {
    Pages::default()
        .route("/o/{slug}/proposals", get(show))
        .route("/o/{slug}/proposals/{proposal}/accept", post(accept))
        .route("/o/{slug}/proposals/{proposal}/decline", post(decline))
        .route("/o/{slug}/proposals/{proposal}/reopen", post(reopen))
}

#[derive(Template)]
#[template(path = "console/proposals.html")]
struct ProposalsPage {
    frame: Frame,
    tabs: Vec<Tab>,
    /// Which of them are listed.
    state: ProposalState,
    queue: Vec<Line>,
    /// The page of those that are older.
    next: Option<String>,
    /// The proposal that is looked at.
    open: Option<Open>,
    /// Whether it was chosen, and did not just come first.
    is_chosen: bool,
    /// What a proposal earns.
    points: i64,
    fields: Fields,
    faults: Faults,
}

impl ProposalsPage {
    /// Whether those are listed that wait.
    fn is_inbox(&self) -> bool {
        self.state == ProposalState::New
    }

    /// What became of a proposal, and by whom.
    fn outcome(&self, open: &Open) -> String {
        let somebody = || self.frame.say("proposal-somebody");
        let who = open.detail.decided_by.clone().unwrap_or_else(somebody);
        match open.detail.proposal.state {
            ProposalState::New => String::new(),
            ProposalState::Accepted => self.frame.with("proposal-outcome-accepted", "name", who),
            ProposalState::Declined => self.frame.with("proposal-outcome-declined", "name", who),
            ProposalState::Withdrawn => self.frame.say("proposal-outcome-withdrawn"),
        }
    }
}

/// A filter.
struct Tab {
    name: String,
    path: String,
    is_here: bool,
}

/// A proposal in the list.
struct Line {
    detail: Detail,
    title: String,
    path: String,
    is_open: bool,
}

/// The proposal that is looked at.
struct Open {
    detail: Detail,
    title: String,
    piece: Piece,
    source: String,
    /// Names of who proposed the same, in one line.
    supporters: Option<String>,
    /// The other post of the same page: its path and its title.
    twin: Option<(String, String)>,
    /// The draft that it became.
    post: Option<String>,
}

/// What is looked at.
struct Wanted {
    state: ProposalState,
    /// The proposal; none for the one that waits longest.
    id: Option<ProposalId>,
    /// Whether a verdict was just given: what comes next is opened by hand, so that a key that
    /// is pressed twice decides on none that was not read.
    after_verdict: bool,
    /// The last row of the page before.
    after: Option<Uuid>,
}

/// Shows the proposals in a state, and the one that the address names.
pub async fn show(
    console: Console<WritePosts>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let state = named::proposal_state::read(fields.text("state"));
    let wanted = Wanted {
        state: state.unwrap_or(ProposalState::New),
        id: fields.text("proposal").parse().ok().map(ProposalId),
        after_verdict: fields.given("next").is_some(),
        after: fields.text("after").parse().ok(),
    };
    let shown = shown(&app, &console, wanted, (Fields::default(), Faults::none())).await?;
    Ok(console.page(&shown))
}

async fn shown(
    app: &App,
    console: &Console<WritePosts>,
    wanted: Wanted,
    (fields, faults): (Fields, Faults),
) -> Result<ProposalsPage, Response> {
    let named = match wanted.id {
        Some(id) => {
            let found = proposals::show(app, &console.actor, id).await;
            Some(found.map_err(|error| refused(console, error))?)
        }
        None => None,
    };
    // One that was decided meanwhile is shown among its like.
    let state = named
        .as_ref()
        .map_or(wanted.state, |one| one.proposal.state);
    let (found, next) = listed(app, console, (state, wanted.after)).await?;
    let first = found
        .first()
        .filter(|_| state == ProposalState::New && !wanted.after_verdict);
    let is_chosen = named.is_some();
    let open = named.or_else(|| first.cloned());
    let open_id = open.as_ref().map(|one| one.proposal.id);
    let lines = found.into_iter().map(|detail| Line {
        title: headline(&detail.proposal),
        path: console.path(&format!("proposals?proposal={}", detail.proposal.id)),
        is_open: Some(detail.proposal.id) == open_id,
        detail,
    });
    Ok(ProposalsPage {
        frame: console.frame("proposals-title"),
        tabs: tabs(console, state),
        state,
        queue: lines.collect(),
        next,
        open: open.map(|detail| opened(console, detail)),
        is_chosen,
        points: console.actor.organization.proposal_points,
        fields,
        faults,
    })
}

async fn listed(
    app: &App,
    console: &Console<WritePosts>,
    (state, after): (ProposalState, Option<Uuid>),
) -> Result<(Vec<Detail>, Option<String>), Response> {
    if state == ProposalState::New {
        let found = proposals::waiting(app, &console.actor).await;
        return Ok((found.or_page(console)?, None));
    }
    let paging = Paging {
        after,
        limit: SHOWN,
    };
    let found = proposals::list(app, &console.actor, state, paging).await;
    let found = found.or_page(console)?;
    let word = named::proposal_state::word(state);
    let next = found
        .next
        .map(|after| console.path(&format!("proposals?state={word}&after={after}")));
    Ok((found.items, next))
}

fn tabs(console: &Console<WritePosts>, here: ProposalState) -> Vec<Tab> {
    let tab = |state: &ProposalState| Tab {
        name: console.look.say(named::proposal_state::key(*state)),
        path: match state {
            ProposalState::New => console.path("proposals"),
            ProposalState::Accepted | ProposalState::Declined | ProposalState::Withdrawn => {
                let word = named::proposal_state::word(*state);
                console.path(&format!("proposals?state={word}"))
            }
        },
        is_here: *state == here,
    };
    named::proposal_state::ALL.iter().map(tab).collect()
}

/// What a proposal is called: its page's headline, else where that lies.
pub(super) fn headline(row: &proposal::Model) -> String {
    row.title.clone().unwrap_or_else(|| site(&row.url))
}

fn opened(console: &Console<WritePosts>, detail: Detail) -> Open {
    let row = &detail.proposal;
    let names = detail.supporters.join(", ");
    Open {
        title: headline(row),
        piece: piece(row),
        source: console.look.say(source_key(row.source)),
        supporters: (!names.is_empty()).then_some(names),
        twin: detail.twin.as_ref().map(|post| {
            let path = console.path(&format!("posts/{}", post.id));
            (path, titled(&console.look, &post.title))
        }),
        post: row.post_id.map(|id| console.path(&format!("posts/{id}"))),
        detail,
    }
}

/// Where a proposal was made, as a key.
fn source_key(source: ProposalSource) -> &'static str {
    match source {
        ProposalSource::Slack => "source-slack",
        ProposalSource::Discord => "source-discord",
        ProposalSource::Console => "source-console",
        ProposalSource::Api => "source-api",
    }
}

fn titled(look: &Look, title: &str) -> String {
    if title.is_empty() {
        look.say("post-untitled")
    } else {
        title.to_owned()
    }
}

/// The page as people will see it, with the words that were proposed.
fn piece(row: &proposal::Model) -> Piece {
    let words = (!row.words.is_empty()).then(|| {
        // Words for every network may be as long as the roomiest one allows.
        let measured = measure(Network::Linkedin, &row.words, true);
        Wording {
            network: None,
            used: measured.length,
            room: measured.limit,
            text: row.words.clone(),
        }
    });
    let alt = row.image_alt.clone().unwrap_or_default();
    Piece {
        title: headline(row),
        summary: row.summary.clone().unwrap_or_default(),
        picture: row.image_url.clone().map(|url| (url, alt)),
        link: Some((row.url.clone(), site(&row.url))),
        campaign: None,
        wordings: words.into_iter().collect(),
    }
}

/// Makes a draft of a proposal, and leads to where it is written.
pub async fn accept(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let id = ProposalId(id);
    match proposals::accept(&app, &console.actor, id).await {
        Ok(told) if !is_own(&console, &told) => Ok(decided(&console, id)),
        Ok(told) => {
            let undo = console.path(&format!("proposals/{id}/reopen"));
            let toast = Toast::of("toast-proposal-accepted").undo(undo);
            let page = told.proposal.post_id.map(|post| format!("compose/{post}"));
            Ok(console.go(&page.unwrap_or_else(|| "proposals".to_owned()), Some(toast)))
        }
        Err(error) => Ok(late(&console, id, error)),
    }
}

/// Tells the proposer why their proposal does not become a post.
pub async fn decline(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let id = ProposalId(id);
    match proposals::decline(&app, &console.actor, id, fields.text("note")).await {
        Ok(told) if !is_own(&console, &told) => Ok(decided(&console, id)),
        Ok(_) => {
            let undo = console.path(&format!("proposals/{id}/reopen"));
            let toast = Toast::of("toast-proposal-declined").undo(undo);
            Ok(console.go("proposals?next", Some(toast)))
        }
        Err(ProposalError::Invalid(_)) => {
            let sentence = console.look.count("proposal-note-fault", NOTE_LIMIT);
            let wanted = Wanted {
                state: ProposalState::New,
                id: Some(id),
                after_verdict: false,
                after: None,
            };
            let faults = Faults::none().and("note", sentence);
            let shown = shown(&app, &console, wanted, (fields, faults)).await?;
            Ok(console.again(&shown))
        }
        Err(error) => Ok(late(&console, id, error)),
    }
}

/// Takes a decision back before its proposer hears of it.
pub async fn reopen(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let id = ProposalId(id);
    match proposals::reopen(&app, &console.actor, id).await {
        Ok(_) => {
            let page = format!("proposals?proposal={id}");
            Ok(console.go(&page, Some(Toast::of("toast-undone"))))
        }
        Err(error) => Ok(late(&console, id, error)),
    }
}

/// Whether a decision is the actor's own, and not that of somebody who was faster.
fn is_own(console: &Console<WritePosts>, told: &Detail) -> bool {
    told.proposal.decided_by == Some(console.actor.member.id)
}

/// Somebody was faster: the proposal says how it stands.
fn decided(console: &Console<WritePosts>, id: ProposalId) -> Response {
    let page = format!("proposals?proposal={id}");
    console.go(&page, Some(Toast::of("toast-proposal-decided")))
}

/// Somebody was faster, or a minute is over: the proposal says how it stands.
fn late(console: &Console<WritePosts>, id: ProposalId, error: ProposalError) -> Response {
    let page = format!("proposals?proposal={id}");
    match error {
        ProposalError::WrongState(_) => decided(console, id),
        ProposalError::TooLate => console.go(&page, Some(Toast::of("toast-proposal-told"))),
        other => refused(console, other),
    }
}

fn refused(console: &Console<WritePosts>, error: ProposalError) -> Response {
    match error {
        ProposalError::Forbidden(_) => console.forbidden(),
        ProposalError::NotFound => console.not_found(),
        ProposalError::Internal(error) => console.failed(&error),
        ProposalError::Invalid(_)
        | ProposalError::WrongState(_)
        | ProposalError::TooLate
        | ProposalError::TooMany => console.changed(),
    }
}

#[cfg(test)]
mod tests;
