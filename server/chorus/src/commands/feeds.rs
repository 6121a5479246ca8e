//! `chorus feed …`.

use server_api::feed::{CreateFeed, Feed, FeedRun, UpdateFeed};
use server_api::ids::FeedId;

use super::{Desk, collect};
use crate::cli::{FeedCommand, NewFeed};
use crate::failure::Failure;
use crate::output::{count, relative, shorten, table, word};

/// Feeds that a list shows at most.
const MOST: u64 = 1_000;

/// Does what `command` says.
pub async fn run(desk: &Desk, command: FeedCommand) -> Result<(), Failure> {
    match command {
        FeedCommand::Add(form) => add(desk, form).await,
        FeedCommand::List => list(desk).await,
        FeedCommand::Run { feed } => fetch(desk, &feed).await,
        FeedCommand::Pause { feed } => rest(desk, &feed, true).await,
        FeedCommand::Resume { feed } => rest(desk, &feed, false).await,
    }
}

async fn add(desk: &Desk, form: NewFeed) -> Result<(), Failure> {
    let form = CreateFeed {
        url: form.url,
        mode: form.mode,
        cron: form.cron,
    };
    let feed = desk.client.create_feed(&form).await?;
    desk.format.show(&feed, || {
        format!(
            "Following {} ({}).\nNext: chorus feed run {}",
            feed.url,
            word(&feed.mode),
            feed.url
        )
    })
}

async fn list(desk: &Desk) -> Result<(), Failure> {
    let feeds = all(desk).await?;
    desk.format.show(&feeds, || describe(desk, &feeds))
}

/// A table of `feeds`, and what ails them.
fn describe(desk: &Desk, feeds: &[Feed]) -> String {
    if feeds.is_empty() {
        return "No feed is followed. `chorus feed add URL` follows one.".to_owned();
    }
    let rows: Vec<[String; 4]> = feeds
        .iter()
        .map(|feed| {
            [
                feed.url.clone(),
                word(&feed.mode),
                feed.last_run_at
                    .map_or_else(|| "never".to_owned(), |at| relative(at, desk.now)),
                next(desk, feed),
            ]
        })
        .collect();
    let mut words = table(["feed", "new items", "last fetched", "next"], &rows);
    for feed in feeds {
        if let Some(error) = &feed.last_error {
            words.push_str(
                "

",
            );
            words.push_str(&feed.url);
            words.push_str(
                " failed:
  ",
            );
            words.push_str(&shorten(error, 300));
        }
    }
    words
}

fn next(desk: &Desk, feed: &Feed) -> String {
    if feed.paused {
        return "paused".to_owned();
    }
    feed.next_run_at
        .map_or_else(String::new, |at| relative(at, desk.now))
}

async fn fetch(desk: &Desk, feed: &str) -> Result<(), Failure> {
    let id = find(desk, feed).await?.id;
    let run = desk.client.run_feed(id).await?;
    desk.format.show(&run, || outcome(&run))
}

fn outcome(run: &FeedRun) -> String {
    if run.not_modified {
        return "Nothing has changed since the last time.".to_owned();
    }
    let mut words = format!(
        "{} became posts, {} known already, {} refused.",
        count(run.imported, "item", "items"),
        run.known,
        run.refused
    );
    if run.imported > 0 {
        words.push_str("\nNext: chorus post list");
    }
    words
}

async fn rest(desk: &Desk, feed: &str, paused: bool) -> Result<(), Failure> {
    let id = find(desk, feed).await?.id;
    let change = UpdateFeed {
        paused: Some(paused),
        ..UpdateFeed::default()
    };
    let feed = desk.client.update_feed(id, &change).await?;
    desk.format.show(&feed, || {
        if feed.paused {
            format!("{} rests until `chorus feed resume`.", feed.url)
        } else {
            format!("{} is fetched again {}.", feed.url, next(desk, &feed))
        }
    })
}

/// The feed of this address or id.
async fn find(desk: &Desk, feed: &str) -> Result<Feed, Failure> {
    let feeds = all(desk).await?;
    let id: Option<FeedId> = feed.parse().ok();
    feeds
        .into_iter()
        .find(|known| known.url == feed || Some(known.id) == id)
        .ok_or_else(|| {
            Failure::refused(format!(
                "No feed of address or id {feed} is followed. `chorus feed list` shows those that are."
            ))
        })
}

/// Every feed.
pub async fn all(desk: &Desk) -> Result<Vec<Feed>, Failure> {
    Ok(collect(MOST, async |page| desk.client.feeds(&page).await).await?)
}
