//! Former versions of a post: when, by whom, what has changed since; any of them comes back.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{RawPathParams, State};
use chrono::{DateTime, Utc};
use entity::enums::{Permission, PostState};
use entity::ids::{MemberId, PostId};
use uuid::Uuid;

use super::differs;
use super::door::Console;
use super::form::Fields;
use super::frame::Frame;
use super::library::path_of;
use super::page::{Answer, OrPage};
use super::posts::titled;
use super::toast::Toast;
use crate::app::App;
use crate::domain::difference::{Fate, Piece};
use crate::http::auth::permissions::{ReadPosts, WritePosts};
use crate::service::posts::{self, PostError};

#[derive(Template)]
#[template(path = "console/versions.html")]
struct VersionsPage {
    frame: Frame,
    rows: Vec<Row>,
    /// The version that is looked at.
    looked_at: Option<Compared>,
    post_path: String,
    /// The version now, where it may be written over.
    over: Option<i64>,
}

struct Row {
    path: String,
    who: String,
    at: DateTime<Utc>,
    autosaved: bool,
    is_current: bool,
    is_here: bool,
}

struct Compared {
    at: DateTime<Utc>,
    restore_path: String,
    fields: Vec<(String, Vec<Change>)>,
}

struct Change {
    text: String,
    is_removed: bool,
    is_added: bool,
}

fn change(piece: Piece) -> Change {
    Change {
        is_removed: piece.fate == Fate::Removed,
        is_added: piece.fate == Fate::Added,
        text: piece.text,
    }
}

/// The versions of a post, and one of them beside what it says now.
pub async fn show(
    console: Console<ReadPosts>,
    State(app): State<App>,
    params: RawPathParams,
) -> Answer {
    let Some((id, number)) = place(&params) else {
        return Err(console.not_found());
    };
    let actor = &console.actor;
    let post = posts::show_post(&app, actor, id)
        .await
        .or_page(&console)?
        .post;
    let versions = posts::list_versions(&app, actor, id)
        .await
        .or_page(&console)?;
    let ids: Vec<MemberId> = versions.iter().filter_map(|one| one.author_id).collect();
    let names: HashMap<MemberId, String> =
        posts::names_of(&app, actor, &ids).await.or_page(&console)?;
    let path = console.path(&format!("compose/{id}/versions"));
    let mut looked_at = None;
    if let Some(number) = number {
        let compared = posts::show_version(&app, actor, id, number).await;
        let compared = compared.or_page(&console)?;
        looked_at = Some(Compared {
            at: compared.version.saved_at,
            restore_path: format!("{path}/{number}"),
            fields: (compared.differences.into_iter())
                .map(|one| {
                    let (name, pieces) = differs::told(&console.look, one);
                    (name, pieces.into_iter().map(change).collect())
                })
                .collect(),
        });
    }
    let may_write = actor.require(Permission::WritePosts).is_ok();
    let rows = versions.into_iter().map(|one| Row {
        path: if one.is_current {
            path.clone()
        } else {
            format!("{path}/{}", one.version)
        },
        who: (one.author_id.and_then(|id| names.get(&id).cloned()))
            .unwrap_or_else(|| console.look.say("history-itself")),
        at: one.saved_at,
        autosaved: one.autosaved,
        is_current: one.is_current,
        is_here: number == Some(one.version),
    });
    let page = VersionsPage {
        rows: rows.collect(),
        looked_at,
        post_path: path_of(&console, &post),
        over: (may_write && post.state == PostState::Draft).then_some(post.version),
        frame: console.frame_of(titled(&console.look, &post)),
    };
    Ok(console.page(&page))
}

/// Brings a version back.
pub async fn restore(
    console: Console<WritePosts>,
    State(app): State<App>,
    params: RawPathParams,
    fields: Fields,
) -> Answer {
    let Some((id, Some(number))) = place(&params) else {
        return Err(console.not_found());
    };
    let expected = fields.text("version").parse().ok();
    let restored = posts::restore_version(&app, &console.actor, id, number, expected).await;
    match restored {
        Err(PostError::VersionMismatch(_)) => Err(console.changed()),
        other => {
            other.or_page(&console)?;
            let page = format!("compose/{id}");
            Ok(console.go(&page, Some(Toast::of("toast-restored"))))
        }
    }
}

/// The post and the version of the path.
fn place(params: &RawPathParams) -> Option<(PostId, Option<i64>)> {
    let text = |name: &str| {
        params
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, text)| text)
    };
    let id = text("post")?.parse::<Uuid>().ok()?;
    match text("version") {
        Some(number) => Some((PostId(id), Some(number.parse().ok()?))),
        None => Some((PostId(id), None)),
    }
}
