//! The review: what waits at the left, longest first; at the right one post as people will see
//! it, to be approved, or sent back with a note.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use entity::enums::{Permission, PostState};
use entity::ids::PostId;
use uuid::Uuid;

use super::beside::Beside;
use super::door::{Console, InPath};
use super::facts::{Fact, facts};
use super::form::{Faults, Fields};
use super::frame::Frame;
use super::page::{Answer, OrPage};
use super::piece::Piece;
use super::progress::Meter;
use super::toast::Toast;
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::post::NOTE_LIMIT;
use crate::http::auth::permissions::ReviewPosts;
use crate::service::posts::{self, PostDetail, PostError};
use crate::service::reviews::{self, Links, Waiting};
use crate::service::{broadcasts, content_rules};

/// What a browser sends of a field for date and time.
const LOCAL: &str = "%Y-%m-%dT%H:%M";

#[derive(Template)]
#[template(path = "console/review.html")]
struct ReviewPage {
    frame: Frame,
    queue: Vec<Waiting>,
    /// The post that is looked at.
    open: Option<Open>,
    /// Whether it was chosen, and did not just come first.
    is_chosen: bool,
    fields: Fields,
    faults: Faults,
}

impl ReviewPage {
    /// Whether it is the post that is looked at.
    fn is_open(&self, one: &Waiting) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|open| open.waiting.post.id == one.post.id)
    }
}

/// The post that is looked at.
struct Open {
    waiting: Waiting,
    piece: Piece,
    facts: Vec<Fact>,
    /// What to expect of its broadcast.
    meter: Meter,
    beside: Beside,
    /// Its own time, if that is still to come.
    own_time: Option<DateTime<Utc>>,
    /// The member's zone, in which a time is chosen.
    zone: String,
}

/// Shows the queue, and the post that the address names, else the one that waits longest.
pub async fn show(
    console: Console<ReviewPosts>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let wanted = Wanted {
        post: fields.text("post").parse::<Uuid>().ok().map(PostId),
        after_verdict: fields.given("next").is_some(),
        version: fields.text("version").parse().ok(),
        links: if fields.is("link", "check") {
            Links::Asked
        } else {
            Links::Left
        },
    };
    let shown = shown(&app, &console, wanted, (Fields::default(), Faults::none())).await?;
    Ok(console.page(&shown))
}

/// What is looked at.
struct Wanted {
    /// The post; none for the one that waits longest.
    post: Option<PostId>,
    /// Whether a verdict was just given: what comes next is opened by its reviewer, so that a
    /// key that is pressed twice, or a double click, passes none that was not read.
    after_verdict: bool,
    /// The version that it is compared with; none for the usual one.
    version: Option<i64>,
    /// Whether its address is asked whether it answers.
    links: Links,
}

async fn shown(
    app: &App,
    console: &Console<ReviewPosts>,
    wanted: Wanted,
    (fields, faults): (Fields, Faults),
) -> Result<ReviewPage, Response> {
    let queue = reviews::waiting(app, &console.actor).await;
    let queue = queue.or_page(console)?;
    let chosen = match wanted.post {
        Some(id) => Some(named(app, console, (&queue, id)).await?),
        None => None,
    };
    let first = queue.first().filter(|_| !wanted.after_verdict);
    let open = match chosen.as_ref().or(first) {
        Some(waiting) => Some(opened(app, console, waiting, &wanted).await?),
        None => None,
    };
    Ok(ReviewPage {
        frame: console.frame("review-title"),
        is_chosen: chosen.is_some(),
        open,
        queue,
        fields,
        faults,
    })
}

/// The post that the address names. One that does not wait any more has its page instead: never
/// is another one opened in its place.
async fn named(
    app: &App,
    console: &Console<ReviewPosts>,
    (queue, id): (&[Waiting], PostId),
) -> Result<Waiting, Response> {
    if let Some(waiting) = queue.iter().find(|one| one.post.id == id) {
        return Ok(waiting.clone());
    }
    let found = reviews::one(app, &console.actor, id).await;
    found.or_page(console)?.ok_or_else(|| {
        let toast = Toast::of("toast-not-waiting");
        console.go(&format!("posts/{id}"), Some(toast))
    })
}

async fn opened(
    app: &App,
    console: &Console<ReviewPosts>,
    waiting: &Waiting,
    wanted: &Wanted,
) -> Result<Open, Response> {
    let id = waiting.post.id;
    let detail = posts::show_post(app, &console.actor, id).await;
    let detail = detail.map_err(|error| refused(console, error))?;
    let disclosure = content_rules::disclosure_of(app, &console.actor, &detail.post).await;
    let disclosure = disclosure.or_page(console)?;
    let asked = (wanted.version, wanted.links);
    let brief = reviews::brief(app, &console.actor, id, asked).await;
    let brief = brief.map_err(|error| refused(console, error))?;
    let ahead = broadcasts::look(app, &console.actor, id).await;
    let ahead = ahead.map_err(|error| super::posts::held_back(console, error))?;
    Ok(Open {
        facts: facts(app, console, &detail).await?,
        meter: Meter::of(&console.look, ahead),
        beside: Beside::of(&console.look, (&detail, wanted.links), brief),
        piece: Piece::of(&console.look, &detail, disclosure.as_deref()),
        own_time: waiting.post.publish_at.filter(|at| *at > app.now()),
        zone: console.look.zone.to_string(),
        waiting: waiting.clone(),
    })
}

/// Approves a post, for now, for its own time or for a chosen one.
pub async fn approve(
    console: Console<ReviewPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let id = PostId(id);
    let at = match when(&app, &console, &fields) {
        Ok(at) => at,
        Err(sentence) => return again(&app, &console, id, (fields, ("at", sentence))).await,
    };
    let expected = fields.text("version").parse().ok();
    match posts::approve_post(&app, &console.actor, id, at, expected).await {
        Ok(detail) => Ok(console.go("review?next", Some(approved(&detail)))),
        Err(PostError::VersionMismatch(change)) => {
            let sentence = changed(&console, change.by);
            again(&app, &console, id, (fields, ("changed", sentence))).await
        }
        Err(PostError::OwnPost) => {
            let sentence = console.look.say("review-own-post");
            again(&app, &console, id, (fields, ("when", sentence))).await
        }
        Err(PostError::Invalid(faults)) => {
            let sentence = approval_fault(&console, &faults);
            again(&app, &console, id, (fields, ("at", sentence))).await
        }
        Err(error) => Err(refused(&console, error)),
    }
}

/// Somebody changed the post since it was looked at.
fn changed(console: &Console<ReviewPosts>, by: Option<String>) -> String {
    let by = by.unwrap_or_else(|| console.look.say("history-itself"));
    console.look.with("review-changed", "name", by)
}

fn approved(detail: &PostDetail) -> Toast {
    if detail.post.state == PostState::Scheduled {
        Toast::of("toast-scheduled")
    } else {
        Toast::of("toast-approved")
    }
}

/// The time that was chosen; none for the post's own, or at once.
fn when(
    app: &App,
    console: &Console<ReviewPosts>,
    fields: &Fields,
) -> Result<Option<DateTime<Utc>>, String> {
    match fields.text("when") {
        "now" => Ok(Some(app.now())),
        "at" => {
            let zone = console.look.zone;
            let typed = NaiveDateTime::parse_from_str(fields.text("at"), LOCAL);
            let local = typed
                .ok()
                .and_then(|typed| zone.from_local_datetime(&typed).earliest());
            let at = local.map(|at| at.with_timezone(&Utc));
            match at {
                Some(at) if at > app.now() => Ok(Some(at)),
                Some(_) => Err(console.look.say("review-at-past")),
                None => Err(console.look.say("review-at-none")),
            }
        }
        _ => Ok(None),
    }
}

/// Sends a post back to its author with a note.
pub async fn ask_for_changes(
    console: Console<ReviewPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let id = PostId(id);
    let expected = fields.text("version").parse().ok();
    let (actor, note) = (&console.actor, fields.text("note"));
    match posts::reject_post(&app, actor, id, note, expected).await {
        Err(PostError::VersionMismatch(change)) => {
            let sentence = changed(&console, change.by);
            again(&app, &console, id, (fields, ("changed", sentence))).await
        }
        Ok(_) => {
            let toast = Toast::of("toast-changes");
            // Only who may hand it in again can take it back.
            let undo = console.path(&format!("posts/{id}/submit"));
            let toast = if console.actor.require(Permission::WritePosts).is_ok() {
                toast.undo(undo)
            } else {
                toast
            };
            Ok(console.go("review?next", Some(toast)))
        }
        Err(PostError::Invalid(_)) => {
            let sentence = console.look.count("review-note-fault", NOTE_LIMIT);
            again(&app, &console, id, (fields, ("note", sentence))).await
        }
        Err(error) => Err(refused(&console, error)),
    }
}

/// Says something about a post to those who write and review it.
pub async fn add_note(
    console: Console<ReviewPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    match posts::add_note(&app, &console.actor, PostId(id), fields.text("remark")).await {
        Ok(_) => {
            let page = format!("review?post={id}");
            Ok(console.go(&page, Some(Toast::of("toast-noted"))))
        }
        Err(PostError::Invalid(_)) => {
            let sentence = console.look.count("review-remark-fault", NOTE_LIMIT);
            again(&app, &console, PostId(id), (fields, ("remark", sentence))).await
        }
        Err(error) => Err(refused(&console, error)),
    }
}

async fn again(
    app: &App,
    console: &Console<ReviewPosts>,
    id: PostId,
    (fields, (field, sentence)): (Fields, (&str, String)),
) -> Answer {
    let faults = Faults::none().and(field, sentence);
    let wanted = Wanted {
        post: Some(id),
        after_verdict: false,
        version: None,
        links: Links::Left,
    };
    let shown = shown(app, console, wanted, (fields, faults)).await?;
    Ok(console.again(&shown))
}

/// Why a post does not go out at that time.
fn approval_fault(console: &Console<ReviewPosts>, faults: &[Fault]) -> String {
    match faults.first().map(|fault| fault.field.as_str()) {
        Some("publish_at") => console.look.say("review-after-end"),
        Some("campaign") => console.look.say("review-campaign-ended"),
        Some(field) if field.starts_with("audience.") => console.look.say("review-audience-gone"),
        Some(_) | None => console.look.say("review-not-ready"),
    }
}

fn refused(console: &Console<ReviewPosts>, error: PostError) -> Response {
    super::posts::refused(console, error)
}

#[cfg(test)]
mod tests;
