//! Previews and unfurling over HTTP.

use std::io::Write as _;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::get;
use entity::enums::Role;
use serde_json::{Value, json};
use server_api::enums::Network;
use server_api::preview::{PostPreview, Unfurled};
use server_api::problem::Code;
use tokio::net::TcpListener;

use crate::test_support::server::{Answer, Session, TestServer};
use crate::test_support::{Kind, TestApp};

/// Three hundred megabytes that travel as some hundred kilobytes.
fn bomb() -> Vec<u8> {
    let mut zeros = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    zeros.write_all(b"<title>Bomb</title>").unwrap();
    let megabyte = vec![b' '; 1024 * 1024];
    for _ in 0..300 {
        zeros.write_all(&megabyte).unwrap();
    }
    zeros.finish().unwrap()
}

/// A site of pages of each temper; where it is.
async fn site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap().to_string();
    let html = |body: &'static str| get(async move || ([("content-type", "text/html")], body));
    let bomb = bomb();
    let pages = Router::new()
        .route(
            "/tea",
            html("<title>Tea</title><meta property='og:image' content='/tea.png'>"),
        )
        .route("/away", get(async || Redirect::temporary("/tea")))
        .route("/round", get(async || Redirect::temporary("/round")))
        .route(
            "/inside",
            get(async || Redirect::temporary("http://169.254.169.254/latest/meta-data")),
        )
        .route("/gone", get(async || StatusCode::GONE))
        .route(
            "/pdf",
            get(async || ([("content-type", "application/pdf")], "%PDF-1.7")),
        )
        .route(
            "/bomb",
            get(async move || {
                let headers = [("content-type", "text/html"), ("content-encoding", "gzip")];
                (headers, bomb)
            }),
        )
        .route(
            "/latin",
            get(async || {
                let headers = [("content-type", "text/html; charset=iso-8859-1")];
                (headers, b"<title>Gr\xfc\xdfe</title>".to_vec())
            }),
        )
        .route(
            "/endless",
            get(async || {
                let start = "<title>Endless</title>";
                let first = futures::stream::once(async move { Ok(start.to_owned()) });
                let rest =
                    futures::stream::repeat_with(|| Ok::<_, std::io::Error>(" ".repeat(4_096)));
                let body = axum::body::Body::from_stream(futures::StreamExt::chain(first, rest));
                ([("content-type", "text/html")], body)
            }),
        )
        .route(
            "/slow",
            get(async || {
                let never = futures::stream::pending::<Result<String, std::io::Error>>();
                (
                    [("content-type", "text/html")],
                    axum::body::Body::from_stream(never),
                )
            }),
        );
    tokio::spawn(async move { axum::serve(listener, pages).await });
    place
}

struct Desk {
    /// Kept, because its database ends with it.
    _t: TestApp,
    _server: TestServer,
    owner: Session,
    place: String,
}

async fn desk() -> Desk {
    let place = site().await;
    let options = format!("[fetch]\nallow = [\"{place}\"]\ntimeout_seconds = 1\n");
    let t = TestApp::configured(Kind::Sqlite, &options).await;
    let actor = t.actor(&[Role::Owner]).await;
    let server = t.server().await;
    Desk {
        owner: server.member(&t.token(&actor).await),
        _t: t,
        _server: server,
        place,
    }
}

impl Desk {
    async fn unfurl(&self, url: &str) -> Answer {
        self.owner.post("/unfurl", &json!({ "url": url })).await
    }
}

#[tokio::test]
async fn a_page_is_read_where_it_leads_in_its_own_letters_and_as_far_as_needed() {
    let desk = desk().await;
    for (path, title) in [
        ("tea", "Tea"),
        ("away", "Tea"),
        ("latin", "Grüße"),
        ("endless", "Endless"),
        ("bomb", "Bomb"),
    ] {
        let answer = desk.unfurl(&format!("http://{}/{path}", desk.place)).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let page: Unfurled = answer.json();
        assert_eq!(page.title.as_deref(), Some(title), "{path}");
        if path == "away" {
            assert_eq!(page.url, format!("http://{}/tea", desk.place));
            assert_eq!(
                page.image_url,
                Some(format!("http://{}/tea.png", desk.place))
            );
        }
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_its_reason() {
    let desk = desk().await;
    let here = |path: &str| format!("http://{}/{path}", desk.place);
    for (url, reason) in [
        (here("round"), "redirects more than"),
        (here("gone"), "answered 410"),
        (here("pdf"), "application/pdf"),
        (here("slow"), "took longer than 1 s"),
        (here("inside"), "not lead to a public network"),
        (
            "http://127.0.0.1/".to_owned(),
            "not lead to a public network",
        ),
        ("http://[::1]/".to_owned(), "not lead to a public network"),
        (
            "http://[::ffff:10.0.0.1]/".to_owned(),
            "not lead to a public network",
        ),
        (
            "http://2130706433/".to_owned(),
            "not lead to a public network",
        ),
        ("http://0x7f.1/".to_owned(), "not lead to a public network"),
        (
            "http://100.64.0.1/".to_owned(),
            "not lead to a public network",
        ),
        ("https://acme.example:8443/".to_owned(), "port 8443"),
        ("file:///etc/passwd".to_owned(), "http"),
        (
            "https://user:secret@acme.example/".to_owned(),
            "user name or password",
        ),
        ("tea".to_owned(), "absolute address"),
    ] {
        let problem = desk.unfurl(&url).await.problem();
        assert_eq!(problem.code, Code::InvalidField, "{url}");
        assert_eq!(problem.fields[0].field, "url");
        let told = &problem.fields[0].reason;
        assert!(told.contains(reason), "{url}: {told}");
    }
}

#[tokio::test]
async fn a_draft_is_shown_as_it_will_stand_and_nothing_is_saved() {
    let desk = desk().await;
    let rules = json!({"disclosure_required": true, "disclosure": "I work at Acme."});
    assert_eq!(desk.owner.put("/content-rules", &rules).await.status, 200);
    let form = json!({
        "title": "Tea", "summary": "What we drink.", "url": "https://www.acme.example/tea",
        "campaign": "spring-tea", "language": "de",
        "variants": [
            {"text": "For all"}, {"network": "x", "text": "a".repeat(260)},
        ]
    });
    let preview: PostPreview = desk.owner.post("/post-preview", &form).await.json();
    let on = |network| {
        let found = preview.networks.iter().find(|one| one.network == network);
        found.unwrap()
    };
    let x = on(Network::X);
    assert_eq!((x.limit, x.takes_words, x.texts.len()), (280, true, 2));
    assert!(x.texts[0].fits && !x.texts[1].fits);
    assert_eq!(x.texts[1].length, 260 + 16 + 24);
    assert!(
        x.texts[0]
            .text
            .starts_with("For all I work at Acme.\n\nhttp")
    );
    let linkedin = on(Network::Linkedin);
    assert_eq!((linkedin.takes_words, linkedin.texts.len()), (false, 1));
    let link = preview.link.as_ref().unwrap();
    assert_eq!(link.title, "Tea");
    assert_eq!(preview.slack["post"]["title"], "Tea");
    assert_eq!(preview.slack["post"]["campaign"], "Spring tea");
    assert_eq!(preview.slack["post"]["state"], "live");
    assert_eq!(preview.discord["language"], "en", "that of the channel");
    let none: Value = desk.owner.get("/posts").await.json();
    assert_eq!(none["items"], json!([]));

    let bare: PostPreview = desk
        .owner
        .post("/post-preview", &json!({"title": ""}))
        .await
        .json();
    assert!(bare.link.is_none());
    assert!(
        bare.networks
            .iter()
            .all(|one| one.texts[0].variant.is_none())
    );
    let engage = json!({"title": "Like it", "kind": "engage"});
    let engage: PostPreview = desk.owner.post("/post-preview", &engage).await.json();
    assert!(
        engage.networks.is_empty(),
        "it happens on the brand's own post"
    );
}

#[tokio::test]
async fn a_preview_tells_which_team_and_which_channel_of_its_audience_is_not_there() {
    let desk = desk().await;
    let nowhere = "00000000-0000-7000-8000-000000000000";
    let form = json!({"title": "Tea", "audience": {"teams": [nowhere], "channels": [nowhere]}});
    let preview: PostPreview = desk.owner.post("/post-preview", &form).await.json();
    let told = preview.findings.iter().filter(|one| one.blocking);
    let told = told.filter(|one| one.field.starts_with("audience."));
    let told: Vec<&str> = told.map(|one| one.field.as_str()).collect();
    assert_eq!(told, ["audience.teams.0", "audience.channels.0"]);
}
