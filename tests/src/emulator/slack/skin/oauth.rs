//! Installing the app by OAuth: the page on which an admin allows it, the exchange of the code, and
//! the renewal of tokens that end. (docs.slack.dev/authentication/installing-with-oauth and
//! docs.slack.dev/authentication/using-token-rotation, read 2026-11.)
use std::collections::HashMap;

use axum::Json;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use super::Skin;
use crate::emulator::slack::ids::TeamId;
use crate::emulator::slack::model::{CLIENT_ID, CLIENT_SECRET, Workspace};
use crate::emulator::slack::state::grants::{Grant, LASTS};

type Asked = HashMap<String, String>;

/// The page on which an admin allows it, with a link for each workspace; `allows` says which was
/// pressed, and `refuses` that none was.
pub(super) async fn authorize(State(skin): State<Skin>, Query(asked): Query<Asked>) -> Response {
    let given = |name: &str| asked.get(name).cloned().unwrap_or_default();
    if given("client_id") != CLIENT_ID || given("scope").is_empty() {
        let fault = "<h1>This app is not known, or asks for nothing.</h1>";
        return (StatusCode::BAD_REQUEST, Html(fault)).into_response();
    }
    let redirect = given("redirect_uri");
    let back = |name: &str, value: &str| {
        let query = Serializer::new(String::new())
            .append_pair(name, value)
            .append_pair("state", &given("state"))
            .finish();
        Redirect::to(&format!("{redirect}?{query}")).into_response()
    };
    if asked.contains_key("refuses") {
        return back("error", "access_denied");
    }
    let Some(team) = asked.get("allows") else {
        return Html(choice(&skin, &asked)).into_response();
    };
    let grant = Grant {
        team: TeamId::from(team.as_str()),
        scopes: given("scope").split(',').map(str::to_owned).collect(),
        redirect: redirect.clone(),
        at: skin.chat.now(),
    };
    let code = skin.chat.change(|state| {
        let code = format!("1180.{}.installing", state.number());
        state.grants.keep(code.clone(), grant);
        code
    });
    back("code", &code)
}

fn choice(skin: &Skin, asked: &Asked) -> String {
    let mut query = Serializer::new(String::new());
    for (name, value) in asked {
        query.append_pair(name, value);
    }
    let query = query.finish().replace('&', "&amp;");
    let workspaces: Vec<Workspace> = skin
        .chat
        .read(|state| state.kept.workspaces.values().cloned().collect());
    let links: Vec<String> = workspaces
        .iter()
        .map(|one| {
            let (id, name) = (&one.id, &one.name);
            format!("<p><a href=\"?{query}&amp;allows={id}\">Allow in {name}</a></p>")
        })
        .collect();
    format!(
        "<!doctype html><html lang=\"en\"><title>Install Chorus</title>\
         <h1>Allow Chorus in a workspace?</h1>{}<p><a href=\"?{query}&amp;refuses=1\">Cancel</a></p></html>",
        links.join("")
    )
}

pub(super) async fn access(
    State(skin): State<Skin>,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Json<Value> {
    let shown = headers.get("authorization").map(HeaderValue::as_bytes);
    let secret = STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}"));
    let answer = if shown != Some(format!("Basic {secret}").as_bytes()) {
        Err("invalid_client_id")
    } else if asked.get("grant_type").map(String::as_str) == Some("refresh_token") {
        renewed(&skin, &asked)
    } else {
        granted(&skin, &asked)
    };
    Json(answer.unwrap_or_else(|error| json!({"ok": false, "error": error})))
}

fn granted(skin: &Skin, asked: &Asked) -> Result<Value, &'static str> {
    let given = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let (now, app) = (skin.chat.now(), skin.chat.app().name.clone());
    skin.chat.change(|state| {
        let grant = state
            .grants
            .take(given("code"), now)
            .ok_or("invalid_code")?;
        if given("redirect_uri") != grant.redirect {
            return Err("bad_redirect_uri");
        }
        let known = state.kept.workspaces.get(&grant.team);
        let name = known.map(|one| one.name.clone()).ok_or("invalid_team_id")?;
        let number = state.number();
        let rotates = state.grants.rotates;
        let kind = if rotates { "xoxe.xoxb" } else { "xoxb" };
        let (team, token) = (&grant.team, format!("{kind}-{}-{number}", grant.team));
        let scopes: Vec<String> = grant.scopes.iter().cloned().collect();
        let bot_user = state.install(team, &app, (token.clone(), grant.scopes.clone()));
        let mut answer = json!({
            "ok": true, "access_token": token, "token_type": "bot", "scope": scopes.join(","),
            "bot_user_id": bot_user, "app_id": "A0CHORUS",
            "team": {"id": team, "name": name},
            "enterprise": null, "is_enterprise_install": false,
            "authed_user": {"id": "U0ADMIN"},
        });
        if rotates {
            let refresh = state.grants.refresh(team.clone(), number);
            if let Some(answer) = answer.as_object_mut() {
                answer.insert("refresh_token".to_owned(), json!(refresh));
                answer.insert("expires_in".to_owned(), json!(LASTS.num_seconds()));
            }
        }
        Ok(answer)
    })
}

/// Takes a token back.
pub(super) async fn revoke(State(skin): State<Skin>, headers: HeaderMap) -> Json<Value> {
    let shown = headers.get("authorization").map(HeaderValue::to_str);
    let token = shown.and_then(Result::ok).unwrap_or_default();
    let token = token.trim_start_matches("Bearer ").to_owned();
    let is_known = skin.chat.change(|state| {
        let team = state.installed(&token).map(|(one, _)| one.id.clone());
        team.is_some_and(|team| state.revoke(&team).is_some())
    });
    Json(if is_known {
        json!({"ok": true, "revoked": true})
    } else {
        json!({"ok": false, "error": "invalid_auth"})
    })
}

fn renewed(skin: &Skin, asked: &Asked) -> Result<Value, &'static str> {
    let given = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    skin.chat.change(|state| {
        let team = state.grants.renew(given("refresh_token"));
        let team = team.ok_or("invalid_refresh_token")?;
        let number = state.number();
        let workspace = state.kept.workspaces.get_mut(&team);
        let app = workspace.and_then(|one| one.installation.as_mut());
        let app = app.filter(|app| !app.revoked).ok_or("token_revoked")?;
        app.bot_token = format!("xoxe.xoxb-{team}-{number}");
        let token = app.bot_token.clone();
        let refresh = state.grants.refresh(team, number);
        Ok(json!({
            "ok": true, "access_token": token, "token_type": "bot", "refresh_token": refresh,
            "expires_in": LASTS.num_seconds(),
        }))
    })
}
