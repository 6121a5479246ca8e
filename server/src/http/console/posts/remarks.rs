//! Remarks on a post, by those who write it and those who review it.

use axum::extract::State;
use entity::ids::PostId;
use uuid::Uuid;

use super::{back, refused, shown};
use crate::app::App;
use crate::domain::post::NOTE_LIMIT;
use crate::http::auth::permissions::CommentPosts;
use crate::http::console::door::{Console, InPath};
use crate::http::console::form::{Faults, Fields};
use crate::http::console::page::Answer;
use crate::service::posts::{self, PostError};

/// Says something about a post to those who write and review it.
pub async fn add_note(
    console: Console<CommentPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    match posts::add_note(&app, &console.actor, PostId(id), fields.text("remark")).await {
        Ok(_) => Ok(back(&console, id, "toast-noted")),
        Err(PostError::Invalid(_)) => {
            let sentence = console.look.count("review-remark-fault", NOTE_LIMIT);
            let faults = Faults::none().and("remark", sentence);
            let shown = shown(&app, &console, PostId(id), (fields, faults)).await?;
            Ok(console.again(&shown))
        }
        Err(error) => Err(refused(&console, error)),
    }
}
