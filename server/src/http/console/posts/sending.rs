//! Holding what is not out yet, and sending again what was refused or may not have arrived.

use axum::extract::State;
use axum::response::Response;
use entity::ids::PostId;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::permissions::PublishPosts;
use crate::http::console::door::{Console, Door, InPath};
use crate::http::console::form::Fields;
use crate::http::console::page::Answer;
use crate::http::console::toast::Toast;
use crate::service::broadcasts::{self, Broadcast, BroadcastError};

/// Lets what is not out yet wait.
pub async fn pause(
    console: Console<PublishPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let done = broadcasts::pause(&app, &console.actor, PostId(id)).await;
    held(&console, id, (done, "toast-paused", Some("resume")))
}

/// Lets what waits go out.
pub async fn resume(
    console: Console<PublishPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let done = broadcasts::resume(&app, &console.actor, PostId(id)).await;
    held(&console, id, (done, "toast-resumed", None))
}

/// What is not out yet never goes out.
pub async fn stop(
    console: Console<PublishPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let done = broadcasts::stop(&app, &console.actor, PostId(id)).await;
    held(&console, id, (done, "toast-stopped", None))
}

/// Tries again what a chat refused, but not for good.
pub async fn retry(
    console: Console<PublishPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let done = broadcasts::retry(&app, &console.actor, PostId(id)).await;
    held(&console, id, (done, "toast-retried", None))
}

/// Sends again what may have arrived: as many as the form named.
pub async fn resend(
    console: Console<PublishPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    // What names no number names a wrong one.
    let count = fields.text("count").parse().unwrap_or(-1);
    let done = broadcasts::resend(&app, &console.actor, PostId(id), count).await;
    held(&console, id, (done, "toast-resent", None))
}

#[expect(
    clippy::result_large_err,
    reason = "what is refused is a whole page, once per request"
)]
fn held<P: Door>(
    console: &Console<P>,
    id: Uuid,
    (done, toast, undo): (
        Result<Broadcast, BroadcastError>,
        &'static str,
        Option<&str>,
    ),
) -> Answer {
    done.map_err(|error| held_back(console, error))?;
    let page = format!("posts/{id}");
    let toast = match undo {
        Some(step) => Toast::of(toast).undo(console.path(&format!("{page}/{step}"))),
        None => Toast::of(toast),
    };
    Ok(console.go(&page, Some(toast)))
}

/// The page that says why a broadcast does not change.
pub(in crate::http::console) fn held_back<P: Door>(
    console: &Console<P>,
    error: BroadcastError,
) -> Response {
    match error {
        BroadcastError::Forbidden(_) => console.forbidden(),
        BroadcastError::NotFound => console.not_found(),
        BroadcastError::NotLive(_) | BroadcastError::Stopped | BroadcastError::OtherNumber(_) => {
            console.changed()
        }
        BroadcastError::Internal(error) => console.failed(&error),
    }
}
