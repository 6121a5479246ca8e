//! The whole API: no operation without its permission, none open to strangers.

mod once;

use entity::enums::Permission;
use reqwest::Method;
use sea_orm::Iterable;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use server_api::organization::Organization;
use server_api::problem::Code;

use super::*;
use crate::test_support::people::WORKSPACE;
use crate::test_support::server::{Answer, Session};
use crate::test_support::{Kind, TestApp, on_both};

/// Method, path with an id in place of each parameter, and permission of every operation.
fn all() -> Vec<(Method, String, String)> {
    let document = openapi::document();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let permission = operation["x-permission"].as_str();
            let permission = permission.unwrap_or_else(|| panic!("{path} names no permission"));
            let id = "00000000-0000-7000-8000-000000000000";
            let parts = path.strip_prefix(PREFIX).unwrap().split('/');
            let path: Vec<&str> = parts
                .map(|part| if part.starts_with('{') { id } else { part })
                .collect();
            let method = method.to_uppercase().parse().unwrap();
            all.push((method, path.join("/"), permission.to_owned()));
        }
    }
    assert!(all.len() > 10);
    all
}

async fn ask(session: &Session, method: &Method, path: &str) -> Answer {
    Answer::to(session.request(method.clone(), path).json(&json!({}))).await
}

#[test]
fn every_operation_names_a_permission_that_exists() {
    let words: Vec<String> = Permission::iter()
        .map(|permission| serde_json::to_value(permission).unwrap())
        .map(|word| word.as_str().unwrap().to_owned())
        .collect();
    for (method, path, permission) in all() {
        let known = ["member", "bot", "operator"].contains(&permission.as_str())
            || words.contains(&permission);
        assert!(known, "{method} {path}: {permission}");
    }
}

#[tokio::test]
async fn every_operation_refuses_strangers_and_who_may_not() {
    let t = TestApp::new(Kind::Sqlite).await;
    let plain = t.actor(&[]).await;
    let server = t.server().await;
    let member = server.member(&t.token(&plain).await);
    for (method, path, permission) in all() {
        let stranger = ask(&server.anonymous(), &method, &path).await;
        assert_eq!(stranger.status, 401, "{method} {path}");
        assert_eq!(stranger.problem().code, Code::Unauthenticated);
        if permission != "member" {
            let answer = ask(&member, &method, &path).await;
            assert_eq!(answer.status, 403, "{method} {path}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn unknown_operations_and_wrong_methods_are_problems() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    let unknown = server.anonymous().get("/nothing").await;
    assert_eq!(
        (unknown.status, unknown.problem().code),
        (404, Code::NotFound)
    );
    let wrong = server.anonymous().delete("/organization").await;
    assert_eq!(wrong.problem().code, Code::MethodNotAllowed);
    assert_eq!(wrong.status, 405);
}

#[tokio::test]
async fn another_site_cannot_make_a_browser_change_anything() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    let request = server.anonymous().request(Method::POST, "/tokens");
    let answer = Answer::to(request.header("sec-fetch-site", "cross-site")).await;
    assert_eq!(
        (answer.status, answer.problem().code),
        (403, Code::Forbidden)
    );
}

#[tokio::test]
async fn the_document_is_served_and_answers_bear_their_id_and_guards() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    let url = format!("{}/openapi.json", server.public);
    let answer = Answer::to(server.http.get(url)).await;
    assert!(
        answer.json::<Value>()["openapi"]
            .as_str()
            .unwrap()
            .starts_with("3.1")
    );
    for header in [
        "x-request-id",
        "content-security-policy",
        "x-content-type-options",
    ] {
        assert!(answer.headers.contains_key(header), "{header}");
    }
}

fn setup(channels: &Value) -> Value {
    json!({
        "organization": {"slug": "acme", "name": "Acme", "time_zone": "Europe/Berlin"},
        "owner": {"email": "Olga@acme.example", "name": "Olga"},
        "workspaces": [{
            "platform": "slack", "external_id": WORKSPACE, "name": "Acme",
            "bot_token": "xoxb-secret", "channels": channels
        }],
        "feeds": [{"url": "https://acme.example/feed.xml", "mode": "review"}]
    })
}

#[tokio::test]
async fn a_set_up_is_applied_again_without_change_and_with_other_values_changes_those() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let operator = server.operator(None);
        let news = json!([{"external_id": "C1", "name": "#news"}]);
        let first: Organization = operator.put("/setup", &setup(&news)).await.json();
        t.clock.advance(chrono::TimeDelta::minutes(1));
        let again: Organization = operator.put("/setup", &setup(&news)).await.json();
        assert_eq!(first, again);
        let owner = server.operator(Some("owner"));
        let channels: Value = owner.get("/channels").await.json();
        assert_eq!(channels["items"][0]["name"], "news");
        let other = json!([{"external_id": "C2", "name": "all"}]);
        operator
            .put("/setup", &setup(&other))
            .await
            .json::<Organization>();
        let channels: Value = owner.get("/channels").await.json();
        assert_eq!(channels["items"].as_array().unwrap().len(), 1);
        assert_eq!(channels["items"][0]["name"], "all");
        let feeds: Value = owner.get("/feeds").await.json();
        assert_eq!(feeds["items"].as_array().unwrap().len(), 1);
        assert_eq!(feeds["items"][0]["mode"], "review");
        let members: Value = owner.get("/members").await.json();
        assert_eq!(members["items"].as_array().unwrap().len(), 1);
        assert_eq!(members["items"][0]["email"], "olga@acme.example");
        assert_eq!(
            server.anonymous().put("/setup", &setup(&news)).await.status,
            401
        );
    })
    .await;
}

#[tokio::test]
async fn a_guild_is_set_up_without_a_token_and_its_roles_stand_for_teams() {
    on_both(async |t: TestApp| {
        use sea_orm::EntityTrait;
        let server = t.server().await;
        let operator = server.operator(None);
        let guild = |roles: Value| {
            let mut whole = setup(&json!([]));
            whole["workspaces"].as_array_mut().unwrap().push(json!({
                "platform": "discord", "external_id": "81384788765712384", "name": "Acme",
                "channels": [{"external_id": "81384788765712385", "name": "share-this"}],
                "roles": roles
            }));
            whole
        };
        let roles = json!([
            {"external_id": "2", "team": "Design"}, {"external_id": "1", "team": "Research"}
        ]);
        let rows = async || {
            let all = entity::role_team::Entity::find();
            all.all(t.app.store.reader()).await.unwrap()
        };
        operator
            .put("/setup", &guild(roles.clone()))
            .await
            .json::<Organization>();
        let first = rows().await;
        assert_eq!(first.len(), 2);
        t.clock.advance(chrono::TimeDelta::minutes(1));
        operator
            .put("/setup", &guild(roles))
            .await
            .json::<Organization>();
        assert_eq!(rows().await, first);
        let list: Value = server
            .discord(None)
            .get("/installations?platform=discord")
            .await
            .json();
        assert_eq!(list["items"][0]["external_id"], "81384788765712384");
        assert_eq!(list["items"][0]["bot_token"], "");
        operator
            .put("/setup", &guild(json!([])))
            .await
            .json::<Organization>();
        assert!(rows().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_guild_with_a_token_or_wrong_roles_is_refused() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    let mut wrong = setup(&json!([]));
    wrong["workspaces"][0] = json!({
        "platform": "discord", "external_id": "1", "name": "Acme", "bot_token": "secret",
        "roles": [{"external_id": "", "team": "=1"}, {"external_id": "", "team": "Design"}]
    });
    let problem = server.operator(None).put("/setup", &wrong).await.problem();
    let fields: Vec<_> = problem.fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "workspaces.0.bot_token",
            "workspaces.0.roles.0.external_id",
            "workspaces.0.roles.0.team",
            "workspaces.0.roles.1.external_id",
            "workspaces.0.roles.1.external_id",
        ]
    );
}

#[tokio::test]
async fn a_wrong_set_up_is_refused_with_every_field() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    let wrong = json!({
        "organization": {"slug": "Acme!", "name": "", "time_zone": "Mars"},
        "owner": {"email": "olga", "name": "Olga"},
        "workspaces": [{"platform": "slack", "external_id": "", "name": "x", "bot_token": ""}],
        "feeds": [{"url": "file:///etc/passwd", "cron": "hourly"}]
    });
    let problem = server.operator(None).put("/setup", &wrong).await.problem();
    let fields: Vec<_> = problem.fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "organization.slug",
            "organization.name",
            "organization.time_zone",
            "owner.email",
            "workspaces.0.external_id",
            "workspaces.0.bot_token",
            "feeds.0.url",
            "feeds.0.cron",
        ]
    );
}

#[tokio::test]
async fn a_bot_gets_its_tokens_introduces_people_and_acts_for_them() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let set_up = setup(&json!([]));
        server
            .operator(None)
            .put("/setup", &set_up)
            .await
            .json::<Organization>();
        let bot = server.slack(None);
        let list: Value = bot.get("/installations?platform=slack").await.json();
        assert_eq!(list["items"][0]["bot_token"], "xoxb-secret");
        assert_eq!(bot.get("/installations?platform=discord").await.status, 403);
        let person = format!("slack/{WORKSPACE}/U1");
        let ada = server.slack(Some(&person));
        let unknown = ada.get("/organization").await;
        assert_eq!(unknown.problem().code, Code::UnknownPerson);
        let introduction = json!({
            "display_name": "Ada", "email": "ada@acme.example", "email_confirmed": true,
            "account": "full", "time_zone": null, "language": "en"
        });
        let introduced: Value = ada.put("/identity", &introduction).await.json();
        assert_eq!(introduced["created"], true);
        assert_eq!(ada.get("/organization").await.status, 200);
        let elsewhere = server.slack(Some("slack/T9/U1"));
        assert_eq!(elsewhere.get("/organization").await.status, 403);
        let olga = server.slack(Some("email/olga@acme.example"));
        assert_eq!(olga.get("/organization").await.status, 403);

        let id = list["items"][0]["id"].as_str().unwrap();
        let path = format!("/installations/{id}/revoke");
        assert_eq!(bot.post(&path, &json!(null)).await.status, 200);
        assert_eq!(bot.post(&path, &json!(null)).await.status, 200);
        assert_eq!(ada.get("/organization").await.status, 403);
        let list: Value = bot.get("/installations?platform=slack").await.json();
        assert!(list["items"].as_array().unwrap().is_empty());
        let owner = server.operator(Some("owner/acme"));
        let log: Value = owner.get("/audit-events").await.json();
        let actions = log["items"].as_array().unwrap().iter();
        let actions: Vec<_> = actions.map(|event| &event["action"]).collect();
        for action in ["installation.revoked", "member.join", "organization.setup"] {
            assert!(actions.contains(&&json!(action)), "{action}");
        }
    })
    .await;
}

#[tokio::test]
async fn tokens_of_the_parts_are_worth_nothing_on_the_public_listener() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    let token = t.app.service_token(server_api::enums::Platform::Slack);
    let outside = server.member(token.expose_secret());
    let answer = outside.get("/installations?platform=slack").await;
    assert!(!(200..300).contains(&answer.status), "{}", answer.status);
    let operator = server.member(t.app.tokens.operator().expose_secret());
    let answer = operator.put("/setup", &setup(&json!([]))).await;
    assert!(!(200..300).contains(&answer.status), "{}", answer.status);
}
