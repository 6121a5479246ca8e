//! Bodies of the API: every type that an operation takes, changed in every way that leaves
//! it JSON, and bytes that are none; then the operations themselves, on both databases,
//! with letters that one of them cannot store.

use std::sync::LazyLock;

use entity::enums::Role;
use proptest::prelude::*;
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::http::wire;
use server::test_support::server::{Answer, Session};
use server::test_support::{TestApp, on_both, start};
use server_api::delivery::{ClaimDeliveries, SettleDelivery};
use server_api::feed::{CreateFeed, UpdateFeed};
use server_api::identity::{Introduction, Pair};
use server_api::lease::AcquireLease;
use server_api::me::UpdateMe;
use server_api::member::CreateMember;
use server_api::organization::Setup;
use server_api::post::{ApprovePost, CreatePost, RejectPost, WithdrawPost};
use server_api::share::ConfirmShare;
use server_api::token::CreateApiToken;

use super::mutation::{bytes, edits, json as changed};
use super::{many, timed};

const WORDS: [&str; 20] = [
    "kind",
    "title",
    "url",
    "text",
    "variants",
    "network",
    "email",
    "name",
    "slug",
    "cron",
    "mode",
    "linkedin",
    "share",
    "2026-11-16T10:00:00Z",
    "0000-00-00T00:00:00Z",
    "+262142-12-31T23:59:60Z",
    "owner",
    "draft",
    "discord",
    "slack",
];

/// A good body of every type, in the order of [`reads`].
static GOOD: LazyLock<Vec<Value>> = LazyLock::new(|| {
    vec![
        json!({ "kind": "share", "title": "Tea", "summary": "S", "url": "https://a.example/",
            "image_url": "https://a.example/i.png", "image_alt": "I", "language": "en",
            "campaign": "spring", "edit_mode": "free", "featured": true,
            "variants": [{ "network": "linkedin", "text": "Words" }, { "text": "More" }],
            "publish_at": "2026-11-17T10:00:00Z", "expires_at": "2026-11-18T10:00:00+02:00" }),
        json!({ "publish_at": "2026-11-17T10:00:00Z" }),
        json!({ "note": "Shorter, please" }),
        json!({ "url": "https://a.example/gone" }),
        json!({ "url": "https://a.example/feed", "mode": "draft", "cron": "0 9 * * MON-FRI" }),
        json!({ "mode": "review", "cron": "*/5 * * * *", "paused": true }),
        introduction(),
        json!({ "code": "K7QM-2XRD", "introduction": introduction() }),
        json!({ "board_visibility": "name", "language": "de", "attribution": true,
            "networks": ["linkedin", "x"], "followers": { "linkedin": 850 },
            "mastodon_instance": "mastodon.social", "delivery": "each_post", "pause_days": 7,
            "quiet_hours": { "from_minute": 1080, "to_minute": 540, "weekends": true } }),
        json!({ "email": "ada@acme.example", "display_name": "Ada", "team": "Sales",
            "roles": ["curator"], "language": "en" }),
        json!({ "organization": { "slug": "acme", "name": "Acme", "time_zone": "Europe/Berlin",
                "language": "en", "join_policy": "list", "contact": "Grace" },
            "owner": { "email": "olga@acme.example", "name": "Olga" },
            "workspaces": [{ "platform": "slack", "external_id": "T1", "name": "Acme",
                "bot_user_ref": "U1", "bot_token": "xoxb-1",
                "channels": [{ "external_id": "C1", "name": "news" }],
                "roles": [{ "external_id": "1", "team": "Sales" }] }],
            "feeds": [{ "url": "https://a.example/feed", "mode": "draft", "cron": "0 * * * *" }] }),
        json!({ "network": "linkedin" }),
        json!({ "name": "ci", "scopes": ["read_posts"], "expires_at": "2027-11-17T10:00:00Z" }),
        json!({ "platform": "slack", "courier": "c1", "limit": 10, "wait_seconds": 0,
            "lease_seconds": 30 }),
        json!({ "courier": "c1", "outcome": { "kind": "retry", "reason": "busy",
            "after_seconds": 30 } }),
        json!({ "holder": "h1", "seconds": 30 }),
    ]
});

fn introduction() -> Value {
    json!({ "display_name": "Ada", "email": "ada@acme.example", "email_confirmed": true,
        "account": "full", "time_zone": "Europe/Berlin", "language": "en", "roles": ["1"] })
}

/// What is read is written and read again as the same.
fn there_and_back<T: DeserializeOwned + Serialize>(body: &[u8]) -> Option<Value> {
    let read: T = timed(|| serde_json::from_slice(body)).ok()?;
    let written = serde_json::to_vec(&read).unwrap();
    let again: T = serde_json::from_slice(&written).unwrap();
    let value = serde_json::to_value(&again).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), value);
    Some(value)
}

/// Reads a body as the type of a place in [`GOOD`].
fn reads(place: usize, body: &[u8]) -> Option<Value> {
    match place {
        0 => there_and_back::<CreatePost>(body),
        1 => there_and_back::<ApprovePost>(body),
        2 => there_and_back::<RejectPost>(body),
        3 => there_and_back::<WithdrawPost>(body),
        4 => there_and_back::<CreateFeed>(body),
        5 => there_and_back::<UpdateFeed>(body),
        6 => there_and_back::<Introduction>(body),
        7 => there_and_back::<Pair>(body),
        8 => there_and_back::<UpdateMe>(body),
        9 => there_and_back::<CreateMember>(body),
        10 => there_and_back::<Setup>(body),
        11 => there_and_back::<ConfirmShare>(body),
        12 => there_and_back::<CreateApiToken>(body),
        13 => there_and_back::<ClaimDeliveries>(body),
        14 => there_and_back::<SettleDelivery>(body),
        _ => there_and_back::<AcquireLease>(body),
    }
}

#[test]
fn every_good_body_is_read() {
    for (place, body) in GOOD.iter().enumerate() {
        let body = serde_json::to_vec(body).unwrap();
        assert!(reads(place, &body).is_some(), "{place}");
    }
    assert_eq!(GOOD.len(), 16);
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn a_changed_body_is_read_whole_or_refused(
        place: u8,
        (inner, outer) in (edits(), edits()),
        also_outside: bool,
    ) {
        let all = &*GOOD;
        let place = usize::from(place) % all.len();
        let mut body = serde_json::to_vec(&changed(&all[place], &inner, &WORDS)).unwrap();
        if also_outside {
            body = bytes(&body, &outer, &["{", "}", "[", "\"", ":", "\\u0000", "\\ud800", "1e999"]);
        }
        let _ = reads(place, &body);
    }

    #[test]
    fn a_changed_post_is_checked_or_every_fault_names_its_field(edits in edits()) {
        let body = changed(&GOOD[0], &edits, &WORDS);
        if let Ok(form) = serde_json::from_value::<CreatePost>(body) {
            match timed(|| wire::posts::draft(form).checked(start())) {
                Ok(draft) => {
                    prop_assert!(draft.title.chars().count() <= 200 && !draft.title.is_empty());
                    prop_assert!(draft.url.is_none_or(|url| url.starts_with("http")));
                    prop_assert!(draft.image_url.is_none_or(|url| url.starts_with("http")));
                }
                Err(faults) => {
                    prop_assert!(!faults.is_empty());
                    for fault in faults {
                        prop_assert!(!fault.field.is_empty() && !fault.reason.is_empty());
                        prop_assert!(fault.reason.len() <= 300, "{}", fault.reason);
                    }
                }
            }
        }
    }
}

/// Puts `piece` into one text of `body` after the other.
fn poisoned(body: &Value, piece: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut paths = Vec::new();
    texts(body, String::new(), &mut paths);
    for path in paths {
        let mut copy = body.clone();
        if let Some(Value::String(text)) = copy.pointer_mut(&path) {
            text.push_str(piece);
        }
        all.push(copy);
    }
    all
}

fn texts(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(path),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                texts(item, format!("{path}/{at}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                texts(field, format!("{path}/{name}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Who may ask what, with which good body.
fn operations(post: &str, feed: &str) -> Vec<(&'static str, Method, String, usize)> {
    let post = |step: &str| format!("/posts/{post}/{step}");
    vec![
        ("member", Method::POST, "/posts".into(), 0),
        ("member", Method::POST, post("approve"), 1),
        ("member", Method::POST, post("reject"), 2),
        ("member", Method::POST, post("withdraw"), 3),
        ("member", Method::POST, "/feeds".into(), 4),
        ("member", Method::PATCH, format!("/feeds/{feed}"), 5),
        ("slack", Method::PUT, "/identity".into(), 6),
        ("discord", Method::POST, "/identity/pairing".into(), 7),
        ("member", Method::PATCH, "/me".into(), 8),
        ("member", Method::POST, "/members".into(), 9),
        ("operator", Method::PUT, "/setup".into(), 10),
        ("member", Method::POST, "/tokens".into(), 12),
        ("bot", Method::POST, "/deliveries/claim".into(), 13),
        ("bot", Method::POST, "/leases/gateway".into(), 15),
    ]
}

#[tokio::test]
async fn no_letter_fails_the_database() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        t.guild(&owner.organization).await;
        let post = t.live_post(&owner.organization).await.id.0.to_string();
        let (server, token) = (t.server().await, t.token(&owner).await);
        let member = server.member(&token);
        let feed: Value = member.post("/feeds", &GOOD[4]).await.json();
        let feed = feed["id"].as_str().unwrap();
        let slack = server.slack(Some("slack/T0ACME/U0NEW"));
        let discord = server.discord(Some("discord/81384788765712384/7"));
        let (operator, bot) = (server.operator(None), server.slack(None));
        let sessions: [(&str, &Session); 5] = [
            ("member", &member),
            ("slack", &slack),
            ("discord", &discord),
            ("operator", &operator),
            ("bot", &bot),
        ];
        let mut asked = 0;
        for (who, method, path, place) in operations(&post, feed) {
            let (_, session) = sessions.iter().find(|(name, _)| *name == who).unwrap();
            for piece in ["\0", "\u{10ffff}\u{202e}\r\n", &"x".repeat(70_000)] {
                for body in poisoned(&GOOD[place], piece) {
                    let request = session.request(method.clone(), &path).json(&body);
                    let answer = Answer::to(request).await;
                    let what: String = body.to_string().chars().take(400).collect();
                    assert!(
                        answer.status < 500 && ![404, 405].contains(&answer.status),
                        "{method} {path}: {} {}\n{what}",
                        answer.status,
                        answer.text()
                    );
                    if answer.status >= 400 {
                        answer.problem();
                        assert!(answer.body.len() < 4_000, "{path}: {}", answer.text());
                    }
                    asked += 1;
                }
            }
        }
        assert!(asked > 100, "{asked}");
    })
    .await;
}

#[tokio::test]
async fn no_letter_in_a_path_a_query_or_a_header_fails_the_database() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let (server, token) = (t.server().await, t.token(&owner).await);
        let member = server.member(&token);
        for path in [
            "/members?email=%00@acme.example",
            "/members?cursor=%00&limit=x",
            "/posts?state=%00",
            "/posts?limit=99999999999999999999",
            "/posts/%00",
            "/feeds/%00/items",
            "/leaderboard?period=%00",
        ] {
            let answer = member.get(path).await;
            assert!(
                (400..500).contains(&answer.status),
                "{path}: {}",
                answer.status
            );
            answer.problem();
        }
        let body = json!({ "holder": "h", "seconds": 30 });
        for name in ["%00", "%ff", "a%0d%0ab", "..", &"x".repeat(5_000)] {
            let path = format!("/leases/{name}");
            let answer = server.slack(None).post(&path, &body).await;
            assert!(
                answer.status < 500,
                "{name}: {} {}",
                answer.status,
                answer.text()
            );
        }
        for (header, value) in [
            ("idempotency-key", "\u{ff}"),
            ("idempotency-key", &"k".repeat(300)),
            ("on-behalf-of", "email/\u{ff}@x"),
            ("if-match", "\"\u{ff}\""),
            ("accept-language", "\u{ff};q=x"),
        ] {
            let request = member
                .request(Method::POST, "/posts")
                .header(header, value.as_bytes())
                .json(&json!({ "title": "T" }));
            let answer = Answer::to(request).await;
            assert!(answer.status < 500, "{header}: {}", answer.text());
        }
    })
    .await;
}
