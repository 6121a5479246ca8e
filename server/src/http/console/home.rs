//! Home: what needs the member now.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use entity::enums::Permission;

use super::door::{Anyone, Console};
use super::frame::Frame;
use super::page::{Answer, OrPage};
use crate::app::App;
use crate::service::desk::{self, Desk};

#[derive(Template)]
#[template(path = "console/home.html")]
struct HomePage {
    frame: Frame,
    desk: Desk,
    may_write: bool,
}

/// Home.
pub async fn show(console: Console<Anyone>, State(app): State<App>) -> Answer {
    let desk = desk::look(&app, &console.actor).await.or_page(&console)?;
    Ok(console.page(&HomePage {
        frame: console.frame("home-title"),
        may_write: console.actor.require(Permission::WritePosts).is_ok(),
        desk,
    }))
}

/// The console's beginning has a slash at its end, so that paths are relative to it.
pub async fn enter(console: Console<Anyone>) -> Response {
    console.go("", None)
}

/// There is no such page.
pub async fn nothing(console: Console<Anyone>) -> Response {
    console.not_found()
}
