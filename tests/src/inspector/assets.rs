//! The styles and modules that the pages of the emulators share.
use axum::Router;
use axum::http::header;
use axum::routing::get;

const STYLES: [(&str, &str); 2] = [
    (
        "/assets/emulator.css",
        include_str!("../../assets/emulator.css"),
    ),
    (
        "/assets/discord.css",
        include_str!("../../assets/discord.css"),
    ),
];
const MODULES: [(&str, &str); 2] = [
    ("/assets/chat.js", include_str!("../../assets/chat.js")),
    (
        "/assets/commands.js",
        include_str!("../../assets/commands.js"),
    ),
];

/// Serves them below `/assets`.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let styles = STYLES.map(|(path, text)| (path, "text/css; charset=utf-8", text));
    let modules = MODULES.map(|(path, text)| (path, "text/javascript; charset=utf-8", text));
    let all = styles.into_iter().chain(modules);
    all.fold(Router::new(), |router, (path, kind, text)| {
        let answer = ([(header::CONTENT_TYPE, kind)], text);
        router.route(path, get(move || async move { answer }))
    })
}
