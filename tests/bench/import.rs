//! Importing a feed and a list of members through the real use cases, against reading the
//! same documents alone.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use entity::enums::Role;
use entity::ids::OrganizationId;
use entity::organization;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
};
use server::ports::feed_parser;
use server::service::actor::Actor;
use server::service::feeds::{NewFeed, create_feed, run_feed};
use server::service::members::import::{import_at_most as import_members, rows as list_rows};
use server::test_support::TestApp;

use crate::databases::name;
use crate::report::Figure;
use crate::samples::Pairs;
use crate::{Bench, seed};

/// Items of one feed, which holds no more; there are as many feeds as it takes.
const FEED: usize = 2_000;
/// The bar.
const BAR: f64 = 5.0;

/// Measures the row.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for &kind in &bench.kinds {
        let items = bench.size(10_000, 20);
        let case = format!("{}, {items} items in feeds of at most {FEED}", name(kind));
        figures.extend(judged(case, &feeds(bench, kind, items).await?));

        let rows = bench.size(50_000, 50);
        let case = format!("{}, {rows} members by CSV", name(kind));
        figures.extend(judged(case, &lists(bench, kind, rows).await?));
    }
    Ok(figures)
}

/// What was measured of one kind of import.
struct Measured {
    pairs: Pairs,
    /// The database's processor time of one import, and the whole of it.
    share: (Duration, Duration),
    /// How long it takes to write the rows of one import alone, in bulk.
    rows: Duration,
}

/// The row, the database's part in it, and that of the rows alone: what no import can do without.
fn judged(case: String, measured: &Measured) -> [Figure; 3] {
    let pairs = &measured.pairs;
    let ratio = pairs.median_of_ratios();
    let whole = Figure::at_most(("import", case), pairs.medians(), (ratio, BAR));
    let database = whole.part_of("the database's processor time", measured.share);
    let rows = whole.part_of(
        "the bulk insert of its rows, with their indexes and references",
        (measured.rows, pairs.ours.median()),
    );
    [whole, database, rows]
}

/// Each round imports into an organization of its own.
async fn feeds(
    bench: &Bench,
    kind: server::test_support::Kind,
    items: usize,
) -> anyhow::Result<Measured> {
    let documents: Vec<String> = (0..items.div_ceil(FEED))
        .map(|number| feed(number, items.min(FEED)))
        .collect();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let host = listener.local_addr()?;
    let served = documents.clone();
    let give = move |Path(number): Path<usize>| {
        let found = served.get(number).cloned().ok_or(StatusCode::NOT_FOUND);
        async move { found }
    };
    let routes = Router::new().route("/{number}", get(give));
    tokio::spawn(axum::serve(listener, routes).into_future());
    let options = format!("[fetch]\nallow = [\"{host}\"]\nmax_bytes = 104857600");
    let t = bench.databases.app(kind, &options).await?;
    let urls: Vec<String> = (0..documents.len())
        .map(|number| format!("http://{host}/{number}"))
        .collect();
    let pairs = Pairs::take(
        bench.size(3, 1),
        async |_| import_feeds(&t, &urls, items).await,
        async |_| {
            let given = documents.iter().cloned().zip(urls.clone());
            let given: Vec<(String, String)> = given.collect();
            let began = Instant::now();
            let found = tokio::task::spawn_blocking(move || {
                let read = |(text, url): &(String, String)| {
                    feed_parser::parse(text.as_bytes(), url).map_or(0, |feed| feed.items.len())
                };
                given.iter().map(read).sum::<usize>()
            });
            let found = found.await?;
            anyhow::ensure!(found == items, "{found} items were read");
            Ok(began.elapsed())
        },
    )
    .await?;
    let again = async |_| import_feeds(&t, &urls, items).await.map(drop);
    Ok(Measured {
        pairs,
        share: bench.databases.share(kind, 1, again).await?,
        rows: posts_alone(&t, items).await?,
    })
}

/// Takes the rows of the last import of feeds out, and writes them again.
async fn posts_alone(t: &TestApp, items: usize) -> anyhow::Result<Duration> {
    use entity::{feed_item, post};
    let organization = last_organization(t).await?;
    let of_items = feed_item::Column::OrganizationId.eq(organization);
    let of_posts = post::Column::OrganizationId.eq(organization);
    let db = t.app.store.reader();
    let taken = feed_item::Entity::find().filter(of_items.clone()).all(db);
    let (taken, posts) = (
        taken.await?,
        post::Entity::find()
            .filter(of_posts.clone())
            .all(db)
            .await?,
    );
    anyhow::ensure!(posts.len() == items && taken.len() == items);
    seed::forget::<feed_item::Entity>(t, of_items).await?;
    seed::forget::<post::Entity>(t, of_posts).await?;
    let began = Instant::now();
    let txn = t.app.store.begin().await?;
    seed::write::<post::Entity>(&*txn, "post", &posts).await?;
    seed::write::<feed_item::Entity>(&*txn, "feed_item", &taken).await?;
    txn.commit().await?;
    Ok(began.elapsed())
}

/// That of the last round.
async fn last_organization(t: &TestApp) -> anyhow::Result<OrganizationId> {
    let newest = organization::Entity::find().order_by_desc(organization::Column::Id);
    let found = newest.one(t.app.store.reader()).await?;
    Ok(found.context("no organization")?.id)
}

async fn import_feeds(t: &TestApp, urls: &[String], items: usize) -> anyhow::Result<Duration> {
    let owner = t.actor(&[Role::Owner]).await;
    let mut feeds = Vec::new();
    for url in urls {
        let form = NewFeed {
            url: url.clone(),
            mode: None,
            cron: None,
        };
        feeds.push(create_feed(&t.app, &owner, form).await?.feed.id);
    }
    let began = Instant::now();
    let mut imported = 0;
    for feed in feeds {
        imported += run_feed(&t.app, &owner, feed).await?.imported;
    }
    let took = began.elapsed();
    anyhow::ensure!(
        imported == u64::try_from(items)?,
        "{imported} items were imported"
    );
    Ok(took)
}

async fn lists(
    bench: &Bench,
    kind: server::test_support::Kind,
    rows: usize,
) -> anyhow::Result<Measured> {
    let file = list(rows);
    let t = bench.databases.app(kind, "").await?;
    let import = async |_| {
        let owner = t.actor(&[Role::Owner]).await;
        let (took, added) = import_list(&t, &owner, &file).await?;
        anyhow::ensure!(added == u64::try_from(rows)?, "{added} were added");
        Ok(took)
    };
    let pairs = Pairs::take(bench.size(3, 1), import, async |_| {
        let began = Instant::now();
        let read = list_rows::read(file.as_bytes())?;
        let took = began.elapsed();
        let good = read.iter().filter(|row| row.is_ok()).count();
        anyhow::ensure!(good == rows, "{good} rows were read");
        Ok(took)
    })
    .await?;
    let again = async |round| import(round).await.map(drop);
    Ok(Measured {
        pairs,
        share: bench.databases.share(kind, 1, again).await?,
        rows: members_alone(&t, rows).await?,
    })
}

/// Takes the members of the last list out, and writes them again.
async fn members_alone(t: &TestApp, rows: usize) -> anyhow::Result<Duration> {
    use entity::member;
    let organization = last_organization(t).await?;
    // The owner is of no list.
    let of_list = member::Column::OrganizationId
        .eq(organization)
        .and(member::Column::TeamId.is_not_null());
    let db = t.app.store.reader();
    let members = member::Entity::find()
        .filter(of_list.clone())
        .all(db)
        .await?;
    anyhow::ensure!(members.len() == rows, "{} are members", members.len());
    seed::forget::<member::Entity>(t, of_list).await?;
    let began = Instant::now();
    let txn = t.app.store.begin().await?;
    seed::write::<member::Entity>(&*txn, "member", &members).await?;
    txn.commit().await?;
    Ok(began.elapsed())
}

async fn import_list(t: &TestApp, actor: &Actor, file: &str) -> anyhow::Result<(Duration, u64)> {
    let began = Instant::now();
    let report = import_members(&t.app, actor, file.as_bytes(), usize::MAX).await?;
    Ok((began.elapsed(), report.added))
}

/// An RSS feed as newsrooms write them; `number` tells it from others.
fn feed(number: usize, items: usize) -> String {
    let first = number * items;
    let mut text = String::from(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>\
         <link>https://acme.example</link><description>What we do</description>",
    );
    for number in first..first + items {
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
