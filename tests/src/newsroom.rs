//! The newsroom of a made-up company: a feed that Chorus imports, and the
//! pages that its shared links lead to.
//!
//! It answers conditional requests as real feeds do, and offers as many of its
//! [`articles::ARTICLES`] as it is told to, so that "something new" can happen.

pub mod articles;
mod picture;

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use articles::{ARTICLES, Article};

/// A running newsroom; clones share it.
#[derive(Clone, Debug)]
pub struct Newsroom {
    base: String,
    offered: Arc<AtomicUsize>,
    asked: Arc<AtomicUsize>,
    answers: Arc<watch::Sender<bool>>,
    first_published: DateTime<Utc>,
}

impl Newsroom {
    /// Serves on `listener` until `shutdown`, offering the first `offered`
    /// articles, the oldest of them published at `first_published`.
    pub fn start(
        listener: TcpListener,
        offered: usize,
        first_published: DateTime<Utc>,
        shutdown: CancellationToken,
    ) -> std::io::Result<Self> {
        let newsroom = Self {
            base: format!("http://{}", listener.local_addr()?),
            offered: Arc::new(AtomicUsize::new(offered)),
            asked: Arc::default(),
            answers: Arc::new(watch::Sender::new(true)),
            first_published,
        };
        let router = Router::new()
            .route("/feed.xml", get(feed))
            .route("/articles/{slug}", get(article))
            .route("/pictures/{name}", get(picture))
            .with_state(newsroom.clone());
        tokio::spawn(async move {
            let serving = axum::serve(listener, router)
                .with_graceful_shutdown(async move { shutdown.cancelled().await });
            if let Err(error) = serving.await {
                tracing::error!("the newsroom stopped: {error}");
            }
        });
        Ok(newsroom)
    }

    /// Where its feed is.
    pub fn feed_url(&self) -> String {
        format!("{}/feed.xml", self.base)
    }

    /// Host and port, as a list of hosts that may be fetched names it.
    pub fn host(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    /// Where an article is.
    pub fn article_url(&self, slug: &str) -> String {
        format!("{}/articles/{slug}", self.base)
    }

    /// Offers one article more, if there is one.
    pub fn publish_next(&self) {
        self.offered.fetch_add(1, Ordering::SeqCst);
    }

    /// From now on whoever asks for its feed waits.
    pub fn keeps_waiting(&self) {
        self.answers.send_replace(false);
    }

    /// Its feed is answered again, also to those who wait.
    pub fn answers_again(&self) {
        self.answers.send_replace(true);
    }

    /// How often somebody asked for its feed.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// The articles on offer, newest first, each with its time.
    fn on_offer(&self) -> Vec<(&'static Article, DateTime<Utc>)> {
        let offered = self.offered.load(Ordering::SeqCst);
        let mut articles: Vec<_> = ARTICLES
            .iter()
            .take(offered)
            .zip(0i32..)
            .map(|(article, day)| (article, self.first_published + TimeDelta::hours(3) * day))
            .collect();
        articles.reverse();
        articles
    }
}

async fn feed(State(newsroom): State<Newsroom>, headers: HeaderMap) -> Response {
    newsroom.asked.fetch_add(1, Ordering::SeqCst);
    // The other end lies in this newsroom, so it is there for as long as somebody waits.
    drop(newsroom.answers.subscribe().wait_for(|it| *it).await);
    let items = newsroom.on_offer();
    let etag = format!("\"{}\"", items.len());
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|sent| sent.as_bytes() == etag.as_bytes())
    {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    let mut body = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" \
         xmlns:media=\"http://search.yahoo.com/mrss/\"><channel>\
         <title>Lindenfeld newsroom</title><language>en</language>",
    );
    for (article, at) in items {
        let Article {
            slug,
            title,
            teaser,
            picture,
            picture_alt,
            ..
        } = article;
        let base = &newsroom.base;
        let date = at.to_rfc2822();
        // Writing to a string cannot fail.
        let _ = write!(
            body,
            "<item><title>{title}</title><link>{base}/articles/{slug}</link>\
             <guid isPermaLink=\"false\">{slug}</guid><pubDate>{date}</pubDate>\
             <description>{teaser}</description>\
             <media:content url=\"{base}/pictures/{picture}.png\" type=\"image/png\" medium=\"image\">\
             <media:description>{picture_alt}</media:description></media:content></item>"
        );
    }
    body.push_str("</channel></rss>");
    (
        [
            (header::CONTENT_TYPE, "application/rss+xml".to_owned()),
            (header::ETAG, etag),
        ],
        body,
    )
        .into_response()
}

async fn article(Path(slug): Path<String>) -> Response {
    let Some(article) = ARTICLES.iter().find(|article| article.slug == slug) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Article {
        title,
        teaser,
        body,
        picture,
        picture_alt,
        ..
    } = article;
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title} · Lindenfeld</title>\
         <meta property=\"og:title\" content=\"{title}\">\
         <meta property=\"og:description\" content=\"{teaser}\">\
         <meta property=\"og:image\" content=\"/pictures/{picture}.png\">\
         <style>body{{font:18px/1.6 system-ui,sans-serif;max-width:38rem;margin:3rem auto;\
         padding:0 1rem;color-scheme:light dark}}img{{width:100%;border-radius:12px}}</style>\
         </head><body><p>Lindenfeld newsroom</p><h1>{title}</h1>\
         <img src=\"/pictures/{picture}.png\" alt=\"{picture_alt}\">\
         <p><strong>{teaser}</strong></p><p>{body}</p></body></html>"
    ))
    .into_response()
}

async fn picture(Path(name): Path<String>) -> Response {
    let article = ARTICLES
        .iter()
        .find(|article| name.strip_suffix(".png") == Some(article.picture));
    match article.and_then(|article| picture::draw(article.colours).ok()) {
        Some(png) => ([(header::CONTENT_TYPE, "image/png")], png).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
