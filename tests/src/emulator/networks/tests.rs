//! The pages as a person without script uses them.
use axum::Router;
use axum::http::HeaderMap;
use axum::response::Redirect;
use axum::routing::get;
use chrono::DateTime;
use std::sync::{Arc, Mutex};

use super::*;
use crate::browser::{Browser, DESKTOP};

type Heard = Arc<Mutex<Vec<(String, String)>>>;

/// A server with one short link and the page behind it; hears who comes.
async fn site() -> (String, Heard) {
    let heard = Heard::default();
    let ear = heard.clone();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let redirect = move |headers: HeaderMap| async move {
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        ear.lock()
            .unwrap()
            .push((header("user-agent"), header("x-forwarded-for")));
        Redirect::to("/article")
    };
    let article = || async { axum::response::Html("<title>A garden on the roof</title>") };
    let router = Router::new()
        .route("/l/abc", get(redirect))
        .route("/article", get(article));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (format!("{base}/l/abc"), heard)
}

async fn networks() -> NetworksEmulator {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let clock = Clock::from_fn(|| DateTime::UNIX_EPOCH);
    NetworksEmulator::start(clock, "Ada Lovelace", listener).unwrap()
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[tokio::test]
async fn a_post_is_composed_posted_and_clicked_by_different_readers() {
    let (networks, (link, heard)) = (networks().await, site().await);
    let browser = Browser::new(DESKTOP, "127.0.0.1").unwrap();
    let page = format!(
        "{}/intent/post?text=Look&url={}",
        networks.base_url(Site::X),
        encoded(&link)
    );
    let composed = browser.opens(&page).await.unwrap();
    assert!(composed.body.contains("Look") && composed.body.contains("A garden on the roof"));

    let form = [("words", "Look at this"), ("link", link.as_str())];
    let posts = format!("{}/posts", networks.base_url(Site::X));
    let posted = browser.submits(&posts, &form).await.unwrap();
    assert_eq!(posted.location(), Some("/x/posts/1"));
    let post = &networks.posts()[0];
    assert_eq!(
        (post.words.as_str(), post.link.as_deref()),
        ("Look at this", Some(link.as_str()))
    );

    let reader = format!("{posts}/1/reader");
    browser.submits(&reader, &[]).await.unwrap();
    networks.another_reader_clicks(1).await.unwrap();
    let shown = browser.opens(&format!("{posts}/1")).await.unwrap().body;
    assert_eq!(shown.matches(">/article<").count(), 2, "{shown}");
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard[0].0, "Twitterbot/1.0");
    assert!(heard[1] != heard[2] && heard[1].1 != heard[2].1);
}

#[tokio::test]
async fn linkedin_ignores_text_and_an_overlong_post_is_refused_with_its_words_kept() {
    let networks = networks().await;
    let browser = Browser::new(DESKTOP, "127.0.0.1").unwrap();
    let base = networks.base_url(Site::Linkedin);
    let page = format!("{base}/sharing/share-offsite/?url=https%3A%2F%2Fa.example%2F&text=Ignored");
    let composed = browser.opens(&page).await.unwrap().body;
    assert!(composed.contains("https://a.example/") && !composed.contains("Ignored"));

    let words = "ü".repeat(281);
    let posts = format!("{}/posts", networks.base_url(Site::X));
    let refused = browser.submits(&posts, &[("words", &words)]).await.unwrap();
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains(&words) && refused.body.contains("at most 280"));
    assert_eq!(
        browser
            .submits(&posts, &[("words", " ")])
            .await
            .unwrap()
            .status,
        422
    );
    assert!(networks.posts().is_empty());
}

#[tokio::test]
async fn nothing_beyond_this_machine_is_ever_fetched_and_posts_survive_a_restart() {
    let networks = networks().await;
    let browser = Browser::new(DESKTOP, "127.0.0.1").unwrap();
    let posts = format!("{}/posts", networks.base_url(Site::Bluesky));
    let form = [("words", "<b>Read</b> https://a.example/l/1")];
    browser.submits(&posts, &form).await.unwrap();
    let visit = networks.another_reader_clicks(1).await.unwrap();
    assert_eq!((visit.status, visit.went_to), (0, None));
    let shown = browser.opens(&format!("{posts}/1")).await.unwrap().body;
    assert!(!shown.contains("<b>Read"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("networks.json");
    networks.save(&file).unwrap();
    let later = super::tests::networks().await;
    later.load(&file).unwrap();
    assert_eq!(later.posts(), networks.posts());
}
