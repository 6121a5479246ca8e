//! A member's data on their page: handed out on their request, and erased.

use axum::extract::State;
use entity::ids::MemberId;
use uuid::Uuid;

use super::member::{Beside, Handed, shown};
use crate::app::App;
use crate::http::auth::permissions::ManageMembers;
use crate::http::console::data::{not_erased, not_exported};
use crate::http::console::door::{Console, InPath};
use crate::http::console::form::Fields;
use crate::http::console::page::Answer;
use crate::http::console::toast::Toast;
use crate::http::export;
use crate::service::exports;
use crate::service::members::erasure;

/// What may be handed out to the member, as a file.
pub async fn export(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let export = exports::export_member(&app, &console.actor, MemberId(id)).await;
    let export = export.map_err(|error| not_exported(&console, error))?;
    Ok(export::file(&app, export))
}

/// Erases the member.
pub async fn erase(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let id = MemberId(id);
    match erasure::erase(&app, &console.actor, id, fields.text("name")).await {
        Ok(()) => Ok(console.go("people", Some(Toast::of("toast-member-erased")))),
        Err(error) => {
            let beside = Beside {
                faults: not_erased(&console, error)?,
                typed: fields.text("name").to_owned(),
                issued: Handed::default(),
                fields: None,
            };
            let page = shown(&app, &console, id, beside).await?;
            Ok(console.again(&page))
        }
    }
}
