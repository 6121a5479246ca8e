//! What the composer's script asks for while somebody writes. The form does all of it without.

use askama::Template;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use entity::ids::PostId;
use serde_json::{Value, json};
use uuid::Uuid;

use super::send::{keep, own_id};
use super::shown::Shown;
use super::{form, timed};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::post::Draft;
use crate::http::auth::permissions::WritePosts;
use crate::http::console::door::{Console, InPath};
use crate::http::console::drawn::Part;
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::named;
use crate::http::console::page::{Answer, OrPage};
use crate::service::posts::{self, PostDetail, PostError};
use crate::service::unfurl::{self as reading, UnfurlError};

#[derive(Template)]
#[template(path = "console/composer_shown.html")]
struct Fragment {
    frame: Frame,
    shown: Shown,
}

/// The previews and checks of what is typed, for the page to put in place.
pub async fn preview(
    console: Console<WritePosts>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    let look = &console.look;
    let draft = form::draft(&fields, look.zone);
    let of = (&draft, own_id(&fields));
    let shown = Shown::of(&app, look, &console.actor, of).await;
    let times = timed(look, &fields, &Faults::none());
    let fragment = Fragment {
        shown: shown.or_page(&console)?.and(&times),
        frame: console.frame("composer-title"),
    };
    Ok(console.page(&fragment))
}

/// What the page at the link says of itself, for the fields that are empty.
pub async fn unfurl(
    console: Console<WritePosts>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    let url = fields.text("url").trim();
    let look = &console.look;
    let told = match reading::unfurl(&app, &console.actor, url).await {
        Ok(page) => json!({
            "title": page.title,
            "summary": page.description,
            "image_url": page.image,
            "image_alt": page.image_alt,
            "language": page.language.map(named::language::word),
            "said": look.say("composer-read"),
        }),
        Err(UnfurlError::Unreadable(_)) => json!({ "fault": look.say("composer-unread") }),
        Err(UnfurlError::Forbidden(_)) => return Err(console.forbidden()),
    };
    Ok(told_as(told))
}

/// Keeps a picture; its words stand in the address.
pub async fn keep_picture(
    console: Console<WritePosts>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
    file: Bytes,
) -> Answer {
    let asked = Fields::read(query.unwrap_or_default().as_bytes());
    let kept = keep(&console, &app, asked.text("alt"), file.to_vec()).await?;
    Ok(told_as(match kept {
        Ok(picture) => json!({ "url": picture.url, "alt": picture.alt }),
        Err(sentence) => json!({ "fault": sentence }),
    }))
}

/// Begins a draft with what is typed.
pub async fn autosave_new(
    console: Console<WritePosts>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    let kept = kept(&console, &app, None, &fields).await;
    saved(&console, kept)
}

/// Saves what is typed.
pub async fn autosave(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let expected = fields.text("version").parse().ok();
    let post = Some((PostId(id), expected));
    let kept = kept(&console, &app, post, &fields).await;
    saved(&console, kept)
}

/// A draft that was saved, and what of it could not be.
type Kept = Result<(PostDetail, Vec<Fault>), PostError>;

/// Keeps what is typed. A field that cannot be kept stays as it was and holds up no other.
async fn kept(
    console: &Console<WritePosts>,
    app: &App,
    post: Option<(PostId, Option<i64>)>,
    fields: &Fields,
) -> Kept {
    let (actor, zone) = (&console.actor, console.look.zone);
    let typed = form::draft(fields, zone);
    let mut faults = form::unread(fields, zone);
    faults.extend(typed.clone().unfinished().err().unwrap_or_default());
    let mut refused = Vec::new();
    // Whether what an audience names is still there, saving has to say.
    for _ in 0..2 {
        faults.append(&mut refused);
        let draft = match post {
            _ if faults.is_empty() => typed.clone(),
            Some((id, _)) => {
                let former = posts::show_post(app, actor, id).await?;
                form::without(typed.clone(), &faults, &posts::draft_of(&former))
            }
            None => form::without(typed.clone(), &faults, &Draft::default()),
        };
        let done = match post {
            Some((id, expected)) => posts::autosave_post(app, actor, id, expected, draft).await,
            None => posts::begin_post_once(app, actor, own_id(fields), draft).await,
        };
        match done {
            Err(PostError::Invalid(found)) => refused = found,
            done => return done.map(|saved| (saved, faults)),
        }
    }
    Err(PostError::Invalid(refused))
}

#[expect(
    clippy::result_large_err,
    reason = "what is refused is a whole page, once per request"
)]
fn saved(console: &Console<WritePosts>, outcome: Kept) -> Answer {
    let look = &console.look;
    let told = match outcome {
        Ok((saved, left)) => {
            let at = saved.post.updated_at.with_timezone(&look.zone);
            let time = at.format("%H:%M").to_string();
            let said = if left.is_empty() {
                look.with("composer-saved-at", "time", time)
            } else {
                let names = names(look, &left);
                let fills = [("time", time.into()), ("names", names.into())];
                look.words.tell("composer-saved-but", &fills)
            };
            json!({
                "version": saved.post.version,
                "said": said,
                "left": !left.is_empty(),
                "path": console.path(&format!("compose/{}", saved.post.id)),
            })
        }
        Err(PostError::VersionMismatch(change)) => {
            let by = change.by.unwrap_or_else(|| look.say("history-itself"));
            json!({
                "conflict": look.with("composer-conflict", "name", by),
                "version": change.version,
            })
        }
        Err(PostError::WrongState(_)) => json!({ "conflict": look.say("composer-moved-on") }),
        Err(PostError::Invalid(_)) => json!({ "said": look.say("composer-not-saved") }),
        Err(other) => return Err(other).or_page(console),
    };
    Ok(told_as(told))
}

/// What the fields of faults are called on the page, each once.
fn names(look: &Look, faults: &[Fault]) -> String {
    let mut names: Vec<String> = Vec::new();
    for fault in faults {
        let name = look.say(match form::whole(&fault.field) {
            "title" => "composer-headline",
            "summary" => "composer-summary",
            "url" => "composer-url",
            "image_url" => "composer-image",
            "image_alt" => "composer-alt",
            "campaign" => "library-campaign",
            "disclosure" => "composer-disclosure",
            "topics" => "composer-topics",
            "audience" => "composer-audience",
            "publish_at" => "composer-publish",
            "embargo_until" => "composer-embargo",
            "expires_at" => "composer-expires",
            _ => "composer-words",
        });
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn told_as(told: Value) -> Response {
    Json(told).into_response()
}
