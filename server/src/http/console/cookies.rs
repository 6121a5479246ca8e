//! The console's cookies: the session's token, whose browser it was, and the theme.
//!
//! Over TLS they have the prefix `__Host-`, so that neither another host nor a page without TLS
//! can plant them. On the machine itself, where there is no TLS, the plain names are used.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::ExposeSecret;

use super::look::Theme;
use crate::app::App;
use crate::domain::connection::WAY_BACK;
use crate::domain::session::LONGEST;
use crate::service::actor::Actor;
use crate::service::sessions::Begun;

/// Names behind the prefix.
const SESSION: &str = "chorus";
const LOGIN: &str = "chorus-login";
const CONNECT: &str = "chorus-connect";
/// It outlives the session: it tells whose words wait in a browser whose session has ended.
const WHOSE: &str = "chorus-whose";
/// What a member is told apart by, without a word on who it is.
const PURPOSE: &str = "whose browser";
/// Between an organization's name and the tag of a member.
const BETWEEN: char = '.';
/// A log-in by a provider may take a quarter of an hour.
const LOGIN_SECONDS: i64 = 15 * 60;
const THEME: &str = "chorus-theme";
/// A theme is remembered for a year.
const THEME_SECONDS: i64 = 365 * 24 * 60 * 60;
/// Bytes of a session's token as text; anything longer is none of ours.
const LONGEST_TOKEN: usize = 64;

/// The token of the session that a browser brings.
pub fn session<'h>(app: &App, headers: &'h HeaderMap) -> Option<&'h str> {
    value(headers, &name(app, SESSION)).filter(|token| token.len() <= LONGEST_TOKEN)
}

/// The theme that a browser chose.
pub fn theme(headers: &HeaderMap) -> Theme {
    [THEME.to_owned(), format!("__Host-{THEME}")]
        .iter()
        .find_map(|name| value(headers, name))
        .and_then(Theme::named)
        .unwrap_or(Theme::System)
}

/// Gives the browser its session, and notes whose it is from now on.
pub fn begin(app: &App, response: Response, begun: &Begun) -> Response {
    let seconds = LONGEST.num_seconds();
    let text = begun.token.expose_secret();
    let response = set(app, response, (SESSION, text), seconds);
    let actor = &begun.actor;
    let tag = URL_SAFE_NO_PAD.encode(app.keys.mac(PURPOSE, &whose_parts(actor)));
    let whose = format!("{}{BETWEEN}{tag}", actor.organization.slug);
    set(app, response, (WHOSE, &whose), seconds)
}

/// Whose browser it was last, as a tag; none where nobody of the organization is known.
pub fn whose<'h>(app: &App, headers: &'h HeaderMap, slug: &str) -> Option<&'h str> {
    let (house, tag) = value(headers, &name(app, WHOSE))?.split_once(BETWEEN)?;
    (house == slug && tag.len() <= LONGEST_TOKEN).then_some(tag)
}

/// Whether a tag is that of a member.
pub fn is_whose(app: &App, actor: &Actor, tag: &str) -> bool {
    let tag = URL_SAFE_NO_PAD.decode(tag);
    tag.is_ok_and(|tag| app.keys.verifies(PURPOSE, &whose_parts(actor), &tag))
}

fn whose_parts(actor: &Actor) -> [&[u8]; 2] {
    let organization = actor.organization.id.0.as_bytes();
    [organization, actor.member.id.0.as_bytes()]
}

/// Takes the session from the browser.
pub fn end(app: &App, response: Response) -> Response {
    set(app, response, (SESSION, ""), 0)
}

/// Binds a log-in by a provider to the browser that begins it.
pub fn bind(app: &App, response: Response, seed: &str) -> Response {
    set(app, response, (LOGIN, seed), LOGIN_SECONDS)
}

/// What a browser was bound by.
pub fn bound<'h>(app: &App, headers: &'h HeaderMap) -> Option<&'h str> {
    value(headers, &name(app, LOGIN))
}

/// Takes that away: it counts once.
pub fn unbind(app: &App, response: Response) -> Response {
    set(app, response, (LOGIN, ""), 0)
}

/// Binds connecting a chat to the browser that begins it; each chat by itself.
pub fn bind_connection(app: &App, response: Response, (chat, word): (&str, &str)) -> Response {
    let key = format!("{CONNECT}-{chat}");
    set(app, response, (&key, word), WAY_BACK.num_seconds())
}

/// What a browser that connects a chat was bound by.
pub fn bound_connection<'h>(app: &App, headers: &'h HeaderMap, chat: &str) -> Option<&'h str> {
    let key = format!("{CONNECT}-{chat}");
    value(headers, &name(app, &key)).filter(|word| word.len() <= LONGEST_TOKEN)
}

/// Takes that away: it counts once.
pub fn unbind_connection(app: &App, response: Response, chat: &str) -> Response {
    let key = format!("{CONNECT}-{chat}");
    set(app, response, (&key, ""), 0)
}

/// Has the browser remember its theme.
pub fn remember(app: &App, response: Response, theme: Theme) -> Response {
    set(app, response, (THEME, theme.name()), THEME_SECONDS)
}

/// Whether a browser keeps what we give it: over TLS, or on this machine. Elsewhere the session
/// would travel in the open, and nobody is let in.
pub fn would_be_kept(app: &App) -> bool {
    app.addresses().are_secure() || app.addresses().are_local()
}

fn set(app: &App, mut response: Response, (key, text): (&str, &str), seconds: i64) -> Response {
    let secure = if is_plain(app) { "" } else { "; Secure" };
    let cookie = format!(
        "{}={text}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}",
        name(app, key)
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn name(app: &App, key: &str) -> String {
    if is_plain(app) {
        key.to_owned()
    } else {
        format!("__Host-{key}")
    }
}

fn is_plain(app: &App) -> bool {
    !app.addresses().are_secure() && app.addresses().are_local()
}

fn value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}
