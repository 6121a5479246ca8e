//! Importing a feed and a list of members through the real use cases, against reading the
//! same documents alone.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use entity::enums::Role;
use server::ports::feed_parser;
use server::service::actor::Actor;
use server::service::feeds::{NewFeed, create_feed, run_feed};
use server::service::members::import::import as import_members;
use server::test_support::TestApp;

use crate::Bench;
use crate::databases::{KINDS, name};
use crate::report::Figure;
use crate::samples::Pairs;

/// The bar.
const BAR: f64 = 5.0;

/// Measures the row.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for kind in KINDS {
        let items = bench.size(10_000, 20);
        let pairs = feeds(bench, kind, items).await?;
        let case = format!("{}, feed of {items} items", name(kind));
        let ratio = pairs.median_of_ratios();
        figures.push(Figure::at_most(
            ("import", case),
            pairs.medians(),
            (ratio, BAR),
        ));

        let rows = bench.size(50_000, 50);
        let pairs = lists(bench, kind, rows).await?;
        let case = format!("{}, {rows} members by CSV", name(kind));
        let ratio = pairs.median_of_ratios();
        figures.push(Figure::at_most(
            ("import", case),
            pairs.medians(),
            (ratio, BAR),
        ));
    }
    Ok(figures)
}

/// Each round imports into an organization of its own.
async fn feeds(
    bench: &Bench,
    kind: server::test_support::Kind,
    items: usize,
) -> anyhow::Result<Pairs> {
    let document = feed(items);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let host = listener.local_addr()?;
    let body = document.clone();
    let routes = Router::new().route("/feed.xml", get(move || async move { body }));
    tokio::spawn(axum::serve(listener, routes).into_future());
    let options = format!("[fetch]\nallow = [\"{host}\"]\nmax_bytes = 104857600");
    let t = bench.databases.app(kind, &options).await?;
    let url = format!("http://{host}/feed.xml");
    Pairs::take(
        bench.size(3, 1),
        async |_| import_feed(&t, &url, items).await,
        async |_| {
            let (bytes, url) = (document.clone().into_bytes(), url.clone());
            let began = Instant::now();
            let parsed =
                tokio::task::spawn_blocking(move || feed_parser::parse(&bytes, &url)).await?;
            let found = parsed.map_or(0, |feed| feed.items.len());
            anyhow::ensure!(found == items, "{found} items were read");
            Ok(began.elapsed())
        },
    )
    .await
}

async fn import_feed(t: &TestApp, url: &str, items: usize) -> anyhow::Result<Duration> {
    let owner = t.actor(&[Role::Owner]).await;
    let form = NewFeed {
        url: url.to_owned(),
        mode: None,
        cron: None,
    };
    let made = create_feed(&t.app, &owner, form).await?;
    let began = Instant::now();
    let run = run_feed(&t.app, &owner, made.feed.id).await?;
    let took = began.elapsed();
    anyhow::ensure!(run.imported == u64::try_from(items)?, "{run:?}");
    Ok(took)
}

async fn lists(
    bench: &Bench,
    kind: server::test_support::Kind,
    rows: usize,
) -> anyhow::Result<Pairs> {
    let file = list(rows);
    let t = bench.databases.app(kind, "").await?;
    // Who may change no members has every row read, and refused.
    let nobody = t.actor(&[]).await;
    Pairs::take(
        bench.size(3, 1),
        async |_| {
            let owner = t.actor(&[Role::Owner]).await;
            let (took, added) = import_list(&t, &owner, &file).await?;
            anyhow::ensure!(added == u64::try_from(rows)?, "{added} were added");
            Ok(took)
        },
        async |_| {
            let (took, added) = import_list(&t, &nobody, &file).await?;
            anyhow::ensure!(added == 0, "{added} were added by nobody");
            Ok(took)
        },
    )
    .await
}

async fn import_list(t: &TestApp, actor: &Actor, file: &str) -> anyhow::Result<(Duration, u64)> {
    let began = Instant::now();
    let report = import_members(&t.app, actor, file.as_bytes()).await?;
    Ok((began.elapsed(), report.added))
}

/// An RSS feed as newsrooms write them.
fn feed(items: usize) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>\
         <link>https://acme.example</link><description>What we do</description>",
    );
    for number in 0..items {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "<item><title>Story {number} of our bicycles</title>\
             <link>https://acme.example/stories/{number}?utm_source=feed</link>\
             <guid>story-{number}</guid><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate>\
             <description>&lt;p&gt;How frame &lt;b&gt;{number}&lt;/b&gt; came to be, and who \
             welded it in our own workshop by the river.&lt;/p&gt;</description></item>"
        );
    }
    text.push_str("</channel></rss>");
    text
}

/// A list of members as spreadsheets write them.
fn list(rows: usize) -> String {
    let mut text = String::from("email,name,team\n");
    for number in 0..rows {
        let team = number % 40;
        let _ = writeln!(
            text,
            "person.{number}@acme.example,Person {number},Team {team}"
        );
    }
    text
}
