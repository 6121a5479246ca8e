//! Where people are sent, and where the server itself goes: open redirects, addresses
//! that are none of the web's, poisoned hosts, and feeds that lead inside.

use entity::enums::{Network, PostState, Role};
use entity::link;
use reqwest::Method;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Database, EntityTrait, IntoActiveModel, QueryFilter, Set,
};
use serde_json::{Value, json};
use server::ingest::look_for_withdrawals;
use server::service::addresses::board_url;
use server::test_support::server::{Answer, TestServer};
use server::test_support::{TestApp, on_both, start};
use server_api::enums::FeedMode;
use url::Url;

use super::{EVIL, NETWORKS, opened, scene};

/// Addresses that no member and no reader may be sent to.
const NOT_OF_THE_WEB: [&str; 15] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "\u{1}javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "blob:https://acme.example/x",
    "file:///etc/passwd",
    "ftp://acme.example/x",
    "//evil.example/x",
    "/\\evil.example",
    "evil.example",
    "https://acme.example@evil.example/",
    "https://",
];

/// Where each network's own page for writing a post lies.
fn home(network: Network) -> Option<&'static str> {
    Some(match network {
        Network::Linkedin => "https://www.linkedin.com",
        Network::X => "https://x.com",
        Network::Facebook => "https://www.facebook.com",
        Network::Threads => "https://www.threads.com",
        Network::Bluesky => "https://bsky.app",
        Network::Mastodon => "https://social.example",
        Network::Reddit => "https://www.reddit.com",
        Network::Xing => "https://www.xing.com",
        Network::Whatsapp => "https://api.whatsapp.com",
        Network::Telegram => "https://t.me",
        Network::Email => "mailto:",
        Network::Copy => return None,
    })
}

/// The one way out of a share page: its redirect, or the link on it.
async fn way_out(server: &TestServer, path: &str) -> Option<String> {
    let answer = opened(server, path).await;
    if answer.status == 303 {
        return Some(answer.header("location").to_owned());
    }
    assert_eq!(answer.status, 200, "{path}");
    let html = answer.text();
    let (_, link) = html.split_once("<a class=\"button primary\" href=\"")?;
    let (href, _) = link.split_once('"')?;
    Some(href.replace("&#38;", "&").replace("&amp;", "&"))
}

#[tokio::test]
async fn a_share_address_leads_to_the_networks_own_site_whatever_stands_in_it() {
    on_both(async |t: TestApp| {
        let ((actor, mut post), server) = (scene(&t).await, t.server().await);
        t.change_member(&actor.member, |member| {
            member.mastodon_instance = Some("social.example".into());
        })
        .await;
        t.change_post(&post, |post| {
            post.title = "\r\nLocation: https://evil.example\r\n\r\n?@evil.example/#&url=".into();
        })
        .await;
        post.title.clear();
        for network in NETWORKS {
            let path = t.share_path(&actor, &post, network);
            let target = way_out(&server, &path).await;
            let Some(expected) = home(network) else {
                assert_eq!(target, None);
                continue;
            };
            let target = target.unwrap();
            let whole = format!("{expected}/");
            let is_home = target.starts_with(&whole) || target.starts_with("mailto:?");
            assert!(is_home, "{network:?}: {target}");
            assert!(!target.contains(['\r', '\n', '"', '<']), "{target}");
            // No part of the request chooses a site.
            for suffix in [
                "?url=https://evil.example",
                "?next=//evil.example&to=https://evil.example",
                "?network=evil.example#https://evil.example",
            ] {
                let other = way_out(&server, &format!("{path}{suffix}")).await;
                assert_eq!(other.as_deref(), Some(target.as_str()), "{suffix}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_mastodon_instance_is_a_host_name_and_nothing_else() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let path = t.share_path(&actor, &post, Network::Mastodon);
        let token = t.token(&actor).await;
        for typed in [
            "javascript:alert(1)",
            "127.0.0.1",
            "[::1]",
            "localhost",
            "0x7f.1",
            "evil.example:8080",
            "evil.example%2fshare",
            "evil.example\r\nx: y",
            "evil .example",
            "a\u{0}.example",
            "",
        ] {
            let form = server
                .http
                .post(format!("{}{path}/instance", server.public))
                .form(&[("instance", typed)]);
            let page = Answer::to(form).await;
            assert_eq!(page.status, 200, "{typed:?}");
            assert!(page.text().contains("name=\"instance\""), "{typed:?}");
            let change = json!({ "mastodon_instance": typed });
            let told = server.member(&token).patch("/me", &change).await;
            let is_empty = typed.is_empty();
            assert!(told.status == 422 || is_empty, "{typed:?}: {}", told.text());
        }
        assert_eq!(way_out(&server, &path).await, None);
    })
    .await;
}

#[tokio::test]
async fn nothing_but_a_web_address_is_kept_as_one() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let (server, token) = (t.server().await, t.token(&actor).await);
        let member = server.member(&token);
        let live = t.live_post(&actor.organization).await;
        let refused = |told: &Answer, field: &str, bad: &str| {
            assert_eq!(told.status, 422, "{field} {bad:?}: {}", told.text());
            let fields = told.problem().fields;
            assert!(fields.iter().any(|it| it.field.contains(field)), "{bad:?}");
        };
        for bad in NOT_OF_THE_WEB {
            let post = |url: &str, image: Option<&str>| {
                json!({ "title": "T", "summary": "S", "url": url, "image_url": image,
                    "image_alt": image.map(|_| "A picture") })
            };
            refused(&member.post("/posts", &post(bad, None)).await, "url", bad);
            let image = post("https://acme.example/", Some(bad));
            refused(&member.post("/posts", &image).await, "image_url", bad);
            let feed = json!({ "url": bad });
            refused(&member.post("/feeds", &feed).await, "url", bad);
            let withdrawal = json!({ "url": bad });
            let path = format!("/posts/{}/withdraw", live.id);
            refused(&member.post(&path, &withdrawal).await, "url", bad);
            let setup = setup("acme-feeds", &[bad]);
            let told = server.operator(None).put("/setup", &setup).await;
            refused(&told, "url", bad);
        }
    })
    .await;
}

fn setup(slug: &str, feeds: &[&str]) -> Value {
    let feeds: Vec<Value> = feeds
        .iter()
        .map(|url| json!({ "url": url, "mode": FeedMode::Draft }))
        .collect();
    json!({
        "organization": { "slug": slug, "name": "Acme" },
        "owner": { "email": "olga@acme.example", "name": "Olga" },
        "feeds": feeds,
    })
}

/// The link of a share, rewritten behind the rules' back.
async fn rewritten_link(t: &TestApp, destination: &str) -> String {
    let (actor, post) = scene(t).await;
    let server = t.server().await;
    opened(&server, &t.share_path(&actor, &post, Network::X)).await;
    let code = code_of(t, &actor, &post).await;
    let database = Database::connect(&t.database.url).await.unwrap();
    let row = link::Entity::find()
        .filter(link::Column::Code.eq(&code))
        .one(&database)
        .await
        .unwrap()
        .unwrap();
    let mut row = row.into_active_model();
    row.destination = Set(destination.to_owned());
    row.update(&database).await.unwrap();
    database.close().await.unwrap();
    code
}

async fn code_of(
    t: &TestApp,
    actor: &server::service::actor::Actor,
    post: &entity::post::Model,
) -> String {
    let path = t.share_path(actor, post, Network::X);
    let server = t.server().await;
    let target: Url = opened(&server, &path)
        .await
        .header("location")
        .parse()
        .unwrap();
    let (_, link) = target
        .query_pairs()
        .find(|(name, _)| name == "url")
        .unwrap();
    link.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_damaged_destination_adds_no_header() {
    on_both(async |t: TestApp| {
        let destination = "https://acme.example/\r\nSet-Cookie: own=1\r\n\r\n<script>";
        let code = rewritten_link(&t, destination).await;
        let server = t.server().await;
        let answer = opened(&server, &format!("/l/{code}")).await;
        assert_eq!(answer.status, 500);
        assert_eq!(answer.header("set-cookie"), "");
        assert_eq!(answer.header("location"), "");
        assert!(!answer.text().contains("script>"));
    })
    .await;
}

#[tokio::test]
async fn a_short_link_leads_where_its_post_does_and_nowhere_else() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let code = code_of(&t, &actor, &post).await;
        let expected = opened(&server, &format!("/l/{code}")).await;
        let expected = expected.header("location").to_owned();
        assert!(expected.starts_with("https://acme.example/tea?"));
        for suffix in [
            "?url=https://evil.example",
            "?//evil.example",
            "#//evil.example",
        ] {
            let answer = opened(&server, &format!("/l/{code}{suffix}")).await;
            assert_eq!(answer.header("location"), expected, "{suffix}");
        }
        for path in [
            format!("/l/{code}/"),
            format!("/l/{code}//evil.example"),
            format!("//evil.example/l/{code}"),
            format!("/l//{code}"),
            format!("/l/{code}%0d%0aLocation:%20https://evil.example"),
            format!("/l/{code}%00"),
            format!("/L/{code}"),
        ] {
            let answer = opened(&server, &path).await;
            assert_eq!(answer.status, 404, "{path}");
            assert_eq!(answer.header("location"), "", "{path}");
        }
        t.change_post(&post, |post| {
            post.state = PostState::Withdrawn;
            post.withdrawn_url = Some("https://acme.example/gone".into());
            post.withdrawn_at = Some(start());
        })
        .await;
        // Each process looks every second.
        look_for_withdrawals(&t.app).await.unwrap();
        let answer = opened(&server, &format!("/l/{code}?to={EVIL}")).await;
        assert_eq!(answer.header("location"), "https://acme.example/gone");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_built_from_the_host_that_a_request_names() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let poison = [
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-port", "666"),
            ("x-original-url", "/evil"),
            ("x-rewrite-url", "/evil"),
            ("forwarded", "for=1.2.3.4;host=evil.example;proto=https"),
        ];
        let base = t.app.config.web.base_url.clone();
        for network in NETWORKS {
            let path = t.share_path(&actor, &post, network);
            let answer = server.visit(Method::GET, &path, &poison).await;
            let all = format!("{:?} {}", answer.headers, answer.text());
            assert!(!all.contains("evil"), "{network:?}: {all}");
        }
        let board = board_url(&t.app, actor.member.id);
        let board = board.strip_prefix(&base).unwrap().to_owned();
        for path in [
            board,
            "/l/abcdefgh".into(),
            "/s/x".into(),
            "/openapi.json".into(),
        ] {
            let answer = server.visit(Method::GET, &path, &poison).await;
            let all = format!("{:?} {}", answer.headers, answer.text());
            assert!(!all.contains("evil"), "{path}: {all}");
        }
        let token = t.token(&actor).await;
        let me = server.member(&token).request(Method::GET, "/me");
        let me = poison
            .iter()
            .fold(me, |me, (name, value)| me.header(*name, *value));
        let me = Answer::to(me).await;
        assert_eq!(me.status, 200, "{}", me.text());
        let me: Value = me.json();
        let board = me["board_url"].as_str().unwrap();
        assert!(board.starts_with(&format!("{base}/b/")), "{board}");
    })
    .await;
}

#[tokio::test]
async fn a_feed_that_leads_inside_is_refused_and_says_why() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let (server, token) = (t.server().await, t.token(&actor).await);
        let member = server.member(&token);
        for url in [
            "http://169.254.169.254/latest/meta-data/iam/",
            "http://[fd00:ec2::254]/latest/meta-data/",
            "http://2852039166/latest/",
            "http://0xa9fea9fe/",
            "http://0251.0376.0251.0376/",
            "http://[::ffff:169.254.169.254]/",
            "http://[64:ff9b::a9fe:a9fe]/",
            "http://[2002:a9fe:a9fe::]/",
            "http://[2001:0:a9fe:a9fe::]/",
            "http://127.1/feed",
            "http://localhost/feed",
        ] {
            let made = member.post("/feeds", &json!({ "url": url })).await;
            if made.status == 409 {
                // Another spelling of an address that was tried already.
                continue;
            }
            assert_eq!(made.status, 200, "{url}: {}", made.text());
            let feed: Value = made.json();
            let id = feed["id"].as_str().unwrap();
            let ran = member.post(&format!("/feeds/{id}/run"), &json!({})).await;
            assert!((400..500).contains(&ran.status), "{url}: {}", ran.text());
            let told: Value = member.get("/feeds").await.json();
            let why = format!("{} {}", ran.text(), told["items"]);
            assert!(why.contains("public"), "{url}: {why}");
        }
    })
    .await;
}
