//! Settings over HTTP: who reads and changes them, and what is refused.

use entity::enums::Role;
use reqwest::Method;
use serde_json::json;
use server_api::enums::Network;
use server_api::problem::Code;
use server_api::settings::Settings;

use crate::test_support::server::Answer;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn settings_are_read_by_who_reads_posts_and_changed_by_who_manages() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let owner = server.member(&t.token(&actor).await);
        let plain: Settings = owner.get("/settings").await.json();
        assert_eq!((plain.version, plain.networks.len()), (0, 12));
        assert_eq!(plain.points.share_confirmed, 5);
        let form = json!({
            "name": "Acme", "language": "de", "join_policy": "list", "expiry_days": 365,
            "networks": ["copy", "x"], "accent": "#0b5c8a",
            "short_url": "https://go.acme.example",
            "utm": {"source": "{network}", "medium": "staff", "campaign": "all"},
            "quiet_hours": {"from_minute": 0, "to_minute": 1439, "weekends": true},
        });
        let changed: Settings = owner.patch("/settings", &form).await.json();
        assert_eq!(changed.version, 1);
        assert_eq!(changed.networks, [Network::Copy, Network::X]);
        let same: Settings = owner.patch("/settings", &form).await.json();
        assert_eq!(same, changed, "nothing changed");
        let read = owner.get("/settings").await;
        assert_eq!(read.headers["etag"], "\"1\"");
        assert_eq!(read.json::<Settings>(), changed);
        let request = owner.request(Method::PATCH, "/settings");
        let late = request.header("if-match", "\"0\"");
        let stale = Answer::to(late.json(&json!({"expiry_days": 3}))).await;
        assert_eq!(stale.problem().code, Code::VersionMismatch);
        let back = json!({"accent": "", "short_url": "", "contact": ""});
        let back: Settings = owner.patch("/settings", &back).await.json();
        assert_eq!(
            (back.accent, back.short_url, back.contact),
            (None, None, None)
        );

        let curator = t.actor_in(&actor.organization, &[Role::Curator]).await;
        let curator = server.member(&t.token(&curator).await);
        assert_eq!(curator.get("/settings").await.status, 200);
        assert_eq!(curator.patch("/settings", &form).await.status, 403);
        let narrow = server.member(&t.narrow_token(&actor).await);
        assert_eq!(narrow.get("/settings").await.status, 200);
        assert_eq!(narrow.patch("/settings", &form).await.status, 403);
        let member = t.actor_in(&actor.organization, &[]).await;
        let member = server.member(&t.token(&member).await);
        assert_eq!(member.get("/settings").await.status, 403);
        assert_eq!(server.anonymous().get("/settings").await.status, 401);
        let stranger = server.anonymous().patch("/settings", &form).await;
        assert_eq!(stranger.status, 401);
    })
    .await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn what_is_over_a_limit_is_refused_by_its_field_and_writes_nothing() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let owner = server.member(&t.token(&actor).await);
        let points = |name: &str, value: i64| {
            let mut points = json!({
                "share_confirmed": 1, "share_proven": 1, "click": 1,
                "clicks_per_share_and_day": 1, "shares_per_day": 1, "proposal": 1
            });
            points[name] = json!(value);
            json!({ "points": points })
        };
        for (field, wrong) in [
            ("name", json!({"name": " "})),
            ("name", json!({"name": "a".repeat(121)})),
            ("name", json!({"name": "=1+1"})),
            ("time_zone", json!({"time_zone": "Mars/Olympus"})),
            ("time_zone", json!({"time_zone": "europe/berlin"})),
            ("contact", json!({"contact": "a".repeat(201)})),
            ("contact", json!({"contact": "a\nb"})),
            ("expiry_days", json!({"expiry_days": 0})),
            ("expiry_days", json!({"expiry_days": 366})),
            ("points.click", points("click", 1_001)),
            ("points.share_proven", points("share_proven", -1)),
            ("points.shares_per_day", points("shares_per_day", 0)),
            ("points.proposal", points("proposal", 1_001)),
            ("networks", json!({"networks": []})),
            ("networks.1", json!({"networks": ["x", "x"]})),
            (
                "quiet_hours",
                json!({"quiet_hours": {"from_minute": 1440, "to_minute": 0, "weekends": true}}),
            ),
            ("accent", json!({"accent": "vermilion"})),
            ("accent", json!({"accent": "#ffd400"})),
            ("short_url", json!({"short_url": "http://go.acme.example"})),
            (
                "short_url",
                json!({"short_url": "https://go.acme.example/l"}),
            ),
            (
                "utm.medium",
                json!({"utm": {"source": "a", "medium": "a b", "campaign": "c"}}),
            ),
        ] {
            let answer = owner.patch("/settings", &wrong).await;
            assert_eq!(answer.status, 422, "{wrong}");
            assert_eq!(answer.problem().fields[0].field, field, "{wrong}");
        }
        for malformed in [
            json!({"colour": "#000000"}),
            json!({"networks": ["myspace"]}),
            json!({"points": {"click": 1}}),
            json!("all of it"),
        ] {
            let answer = owner.patch("/settings", &malformed).await;
            assert!((400..=422).contains(&answer.status), "{malformed}");
        }
        let read: Settings = owner.get("/settings").await.json();
        assert_eq!(read.version, 0);
    })
    .await;
}
