//! Signing in with Slack: the description, the page on which a person allows it, the exchange of the
//! code that comes of that, and the keys. (docs.slack.dev/authentication/sign-in-with-slack and
//! slack.com/.well-known/openid-configuration, read 2026-11.)
use std::collections::HashMap;
use std::sync::LazyLock;

use axum::Json;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use server::test_support::id_tokens::Signer;
use sha2::{Digest, Sha256};
use url::form_urlencoded::Serializer;

use super::Skin;
use crate::emulator::slack::ids::{TeamId, UserId};
use crate::emulator::slack::model::{CLIENT_ID, CLIENT_SECRET, User, UserKind};
use crate::emulator::slack::state::logins::Login;

/// Slack signs by RS256.
static KEY: LazyLock<Signer> = LazyLock::new(|| Signer::rs256("emulated-slack"));

type Asked = HashMap<String, String>;

pub(super) async fn describe(State(skin): State<Skin>) -> Json<Value> {
    let base = format!("http://{}", skin.address);
    Json(json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/openid/connect/authorize"),
        "token_endpoint": format!("{base}/api/openid.connect.token"),
        "userinfo_endpoint": format!("{base}/api/openid.connect.userInfo"),
        "jwks_uri": format!("{base}/openid/connect/keys"),
        "scopes_supported": ["openid", "profile", "email"],
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
    }))
}

pub(super) async fn keys() -> Json<Value> {
    Json(json!({"keys": [KEY.public()]}))
}

/// The page on which people allow it, each by a link of theirs; `allows` says whose was pressed.
pub(super) async fn authorize(State(skin): State<Skin>, Query(asked): Query<Asked>) -> Response {
    let given = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let scopes = given("scope");
    if let Some(fault) = fault(&asked, &scopes) {
        return (StatusCode::BAD_REQUEST, Html(format!("<h1>{fault}</h1>"))).into_response();
    }
    let Some((team, user)) = asked.get("allows").and_then(|one| one.split_once('/')) else {
        return Html(choice(&skin, &asked)).into_response();
    };
    let redirect = given("redirect_uri");
    let login = Login {
        team: TeamId::from(team),
        user: UserId::from(user),
        redirect: redirect.clone(),
        nonce: given("nonce"),
        challenge: given("code_challenge"),
        at: skin.chat.now(),
    };
    let code = skin.chat.change(|state| {
        let code = format!("1180.{}.emulated", state.number());
        state.logins.keep(code.clone(), login);
        code
    });
    let query = Serializer::new(String::new())
        .append_pair("code", &code)
        .append_pair("state", &given("state"))
        .finish();
    Redirect::to(&format!("{redirect}?{query}")).into_response()
}

fn fault(asked: &Asked, scopes: &str) -> Option<&'static str> {
    let is = |name: &str, wanted: &str| asked.get(name).is_some_and(|given| given == wanted);
    if !is("client_id", CLIENT_ID) {
        return Some("This app is not known.");
    }
    if !is("response_type", "code") || !scopes.split(' ').any(|one| one == "openid") {
        return Some("This is no way to sign in with Slack.");
    }
    if asked.contains_key("code_challenge") && !is("code_challenge_method", "S256") {
        return Some("Slack takes S256 only.");
    }
    None
}

fn choice(skin: &Skin, asked: &Asked) -> String {
    let mut query = Serializer::new(String::new());
    for (name, value) in asked {
        query.append_pair(name, value);
    }
    let query = query.finish().replace('&', "&amp;");
    let mut people: Vec<User> = skin.chat.read(|state| {
        let users = state.kept.users.values();
        let members = users.filter(|user| user.kind == UserKind::Member && !user.deleted);
        members.cloned().collect()
    });
    people.sort_by(|one, other| one.real_name.cmp(&other.real_name));
    let links: Vec<String> = people
        .iter()
        .map(|user| {
            let (team, id, name) = (&user.team, &user.id, &user.real_name);
            format!("<p><a href=\"?{query}&amp;allows={team}/{id}\">Allow, as {name}</a></p>")
        })
        .collect();
    format!(
        "<!doctype html><html lang=\"en\"><title>Sign in with Slack</title>\
         <h1>Allow Chorus to know who you are?</h1>{}</html>",
        links.join("")
    )
}

pub(super) async fn token(
    State(skin): State<Skin>,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Json<Value> {
    match exchanged(&skin, &headers, &asked) {
        Ok(answer) => Json(answer),
        Err(error) => Json(json!({"ok": false, "error": error})),
    }
}

fn exchanged(skin: &Skin, headers: &HeaderMap, asked: &Asked) -> Result<Value, &'static str> {
    let shown = headers.get("authorization").map(HeaderValue::as_bytes);
    let secret = STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}"));
    if shown != Some(format!("Basic {secret}").as_bytes()) {
        return Err("invalid_client_id");
    }
    let given = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let now = skin.chat.now();
    let taken = skin
        .chat
        .change(|state| state.logins.take(given("code"), now));
    let login = taken.ok_or("invalid_code")?;
    if given("redirect_uri") != login.redirect {
        return Err("bad_redirect_uri");
    }
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(given("code_verifier")));
    if !login.challenge.is_empty() && hash != login.challenge {
        return Err("bad_code_verifier");
    }
    let known = |state: &crate::emulator::slack::state::State| {
        state.user(&login.team, &login.user).cloned()
    };
    // Somebody of a workspace that the model does not know is a stranger with an address all the same.
    let person = skin.chat.read(known);
    let claims = json!({
        "iss": format!("http://{}", skin.address),
        "aud": CLIENT_ID,
        "sub": login.user,
        "iat": now.timestamp(),
        "exp": now.timestamp() + 300,
        "auth_time": now.timestamp(),
        "nonce": login.nonce,
        "email": person.as_ref().and_then(|person| person.email.clone()),
        "email_verified": person.as_ref().is_some_and(|person| person.email_confirmed),
        "name": person.as_ref().map(|person| person.real_name.clone()),
        "https://slack.com/team_id": login.team,
        "https://slack.com/user_id": login.user,
    });
    Ok(json!({
        "ok": true,
        "access_token": "xoxp-emulated",
        "token_type": "Bearer",
        "id_token": KEY.token(&claims),
    }))
}
