//! The style and the module that the pages of the emulators share.
use axum::Router;
use axum::http::header;
use axum::routing::get;

const STYLE: &str = include_str!("../../assets/emulator.css");
const CHAT: &str = include_str!("../../assets/chat.js");

/// Serves both below `/assets`.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let style = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    let script = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    Router::new()
        .route(
            "/assets/emulator.css",
            get(move || async move { (style, STYLE) }),
        )
        .route(
            "/assets/chat.js",
            get(move || async move { (script, CHAT) }),
        )
}
