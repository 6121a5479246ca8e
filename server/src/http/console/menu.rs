//! What stands behind "More" on a phone: everything, as a list.

use askama::Template;
use axum::response::Response;

use super::door::{Anyone, Console};
use super::frame::Frame;

#[derive(Template)]
#[template(path = "console/menu.html")]
struct MenuPage {
    frame: Frame,
}

/// Shows it.
pub async fn show(console: Console<Anyone>) -> Response {
    console.page(&MenuPage {
        frame: console.frame("menu-title"),
    })
}
