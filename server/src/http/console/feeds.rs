//! Feeds: what is followed, when it is looked at next, what came of the last look and what to do
//! where it failed.

pub mod edit;
pub mod new;
mod refused;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use entity::enums::{FeedMode, FeedTrouble};
use entity::feed;
use entity::ids::FeedId;
use uuid::Uuid;

use super::cadence;
use super::door::{Console, Door, InPath};
use super::form::Fields;
use super::frame::Frame;
use super::look::Look;
use super::page::{Answer, OrPage};
use super::toast::Toast;
use super::when::TimeTag;
use crate::app::App;
use crate::domain::cadence::{Cadence, next_fires};
use crate::domain::page::Paging;
use crate::http::auth::permissions::ManageFeeds;
use crate::http::extract::{cursor, position};
use crate::service::cadences::{CadenceError, Rhythm, read_cadence};
use crate::service::feeds::{self, FeedChange, FeedDetail, FeedError};

/// Feeds of one page.
const LIMIT: u64 = 30;
/// Times of a schedule that are told.
const TOLD: usize = 5;

#[derive(Template)]
#[template(path = "console/feeds.html")]
struct FeedsPage {
    frame: Frame,
    rows: Vec<Row>,
    next: Option<String>,
    zone: String,
}

/// A feed as it is shown.
struct Row {
    path: String,
    name: String,
    url: String,
    /// Its state in a word, and the kind of chip.
    state: (String, &'static str),
    mode: String,
    reading: String,
    next: Vec<TimeTag>,
    last_run: Option<DateTime<Utc>>,
    /// What the last look brought, or that it failed.
    result: Vec<String>,
    trouble: Option<Trouble>,
    paused: bool,
}

/// What ails a feed, and what to do.
struct Trouble {
    what: String,
    todo: String,
    detail: String,
    since: Option<DateTime<Utc>>,
}

/// A schedule in words.
pub(super) struct Shown {
    pub(super) reading: String,
    pub(super) next: Vec<TimeTag>,
    pub(super) zone: String,
}

/// What a schedule that is typed means, or which field is wrong.
#[derive(Template)]
#[template(path = "console/cadence.html")]
struct CadencePart {
    frame: Frame,
    rhythm: Option<Shown>,
    fault: Option<String>,
}

/// Shows the feeds.
pub async fn show(
    console: Console<ManageFeeds>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let paging = Paging {
        after: position(fields.text("cursor")).ok(),
        limit: LIMIT,
    };
    let listed = feeds::list_feeds(&app, &console.actor, paging).await;
    let slice = listed.or_page(&console)?;
    let path = console.path("library/feeds");
    let zoned = zoned(&console);
    let rows = slice.items.iter().map(|one| row(&zoned, &path, one));
    Ok(console.page(&FeedsPage {
        rows: rows.collect(),
        next: slice
            .next
            .map(|row| format!("{path}?cursor={}", cursor(row))),
        zone: console.actor.organization.time_zone.clone(),
        frame: console.frame("feeds-title"),
    }))
}

/// The look in the organization's zone, in which schedules are read.
fn zoned<P: Door>(console: &Console<P>) -> Look {
    let zone = console.actor.organization.time_zone.parse();
    Look {
        zone: zone.unwrap_or(console.look.zone),
        ..console.look.clone()
    }
}

fn row(zoned: &Look, path: &str, detail: &FeedDetail) -> Row {
    let feed = &detail.feed;
    let cadence = feed.cron.parse::<Cadence>().ok();
    let reading = cadence.map(|one| cadence::sentence(zoned.words, &one.reading()));
    let zone = zoned.zone.to_string();
    let next = next_fires(&feed.cron, &zone, zoned.now, TOLD).unwrap_or_default();
    Row {
        path: format!("{path}/{}", feed.id),
        name: name(feed),
        url: feed.url.clone(),
        state: state(zoned, feed),
        mode: zoned.say(mode_key(feed.mode)),
        reading: reading.unwrap_or_else(|| feed.cron.clone()),
        next: next.iter().map(|at| zoned.moment(at)).collect(),
        last_run: feed.last_run_at,
        result: result(zoned, feed),
        trouble: trouble(zoned, feed),
        paused: feed.paused,
    }
}

/// What a feed is called: by its address until it was read.
fn name(feed: &feed::Model) -> String {
    feed.title.clone().unwrap_or_else(|| feed.url.clone())
}

fn state(look: &Look, feed: &feed::Model) -> (String, &'static str) {
    let (key, tone) = if feed.paused {
        ("feed-paused", "quiet")
    } else if feed.last_error.is_some() {
        ("feed-failing", "danger")
    } else if feed.last_run_at.is_some() {
        ("feed-active", "success")
    } else {
        ("feed-new", "")
    };
    (look.say(key), tone)
}

pub(super) fn mode_key(mode: FeedMode) -> &'static str {
    match mode {
        FeedMode::Draft => "feed-mode-draft",
        FeedMode::Review => "feed-mode-review",
        FeedMode::AutoPublish => "feed-mode-auto",
    }
}

fn result(look: &Look, feed: &feed::Model) -> Vec<String> {
    // What is counted came by the last look that worked, which was another one.
    if feed.last_error.is_some() {
        return vec![look.say("feed-last-failed")];
    }
    let refused = feed.last_refused.filter(|count| *count > 0);
    let imported = feed.last_imported;
    imported
        .map(|count| look.count("feed-last-imported", count))
        .into_iter()
        .chain(refused.map(|count| look.count("feed-last-refused", count)))
        .collect()
}

fn trouble(look: &Look, feed: &feed::Model) -> Option<Trouble> {
    let detail = feed.last_error.clone()?;
    let (what, todo) = match feed.trouble {
        Some(trouble) => trouble_keys(trouble),
        None => ("feed-trouble-other", "feed-todo-other"),
    };
    Some(Trouble {
        what: look.say(what),
        todo: look.say(todo),
        detail,
        since: feed.failing_since,
    })
}

/// The keys of what ails a feed and of what to do.
pub(super) fn trouble_keys(trouble: FeedTrouble) -> (&'static str, &'static str) {
    match trouble {
        FeedTrouble::Unreachable => ("feed-trouble-unreachable", "feed-todo-unreachable"),
        FeedTrouble::Missing => ("feed-trouble-missing", "feed-todo-missing"),
        FeedTrouble::Refused => ("feed-trouble-refused", "feed-todo-refused"),
        FeedTrouble::BadAddress => ("feed-trouble-bad-address", "feed-todo-bad-address"),
        FeedTrouble::TooLarge => ("feed-trouble-too-large", "feed-todo-too-large"),
        FeedTrouble::NoFeed => ("feed-trouble-no-feed", "feed-todo-no-feed"),
    }
}

/// A schedule in words, with its next times in the organization's zone.
pub(super) fn shown<P: Door>(console: &Console<P>, rhythm: &Rhythm) -> Shown {
    let zoned = zoned(console);
    Shown {
        reading: cadence::sentence(zoned.words, &rhythm.reading),
        next: rhythm.next.iter().map(|at| zoned.moment(at)).collect(),
        zone: rhythm.time_zone.clone(),
    }
}

/// What a schedule that is being typed means, for the page to put in place.
pub async fn read(
    console: Console<ManageFeeds>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let (rhythm, fault) = match read_cadence(&app, &console.actor, fields.text("cron")) {
        Ok(rhythm) => (Some(shown(&console, &rhythm)), None),
        Err(CadenceError::Invalid(fault)) => (None, Some(cadence::fault(&console.look, &fault))),
        Err(CadenceError::Forbidden(_)) => return Err(console.forbidden()),
    };
    Ok(console.page(&CadencePart {
        rhythm,
        fault,
        frame: console.frame("feeds-title"),
    }))
}

/// Looks at a feed now.
pub async fn run(
    console: Console<ManageFeeds>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let toast = match feeds::run_feed(&app, &console.actor, FeedId(id)).await {
        Ok(run) if run.imported > 0 => Toast::of("toast-feed-ran").count(run.imported),
        Ok(_) => Toast::of("toast-feed-nothing"),
        Err(FeedError::Busy) => Toast::of("toast-feed-busy"),
        // The feed says why, and what to do.
        Err(FeedError::Fetch(_) | FeedError::NoFeed(_)) => Toast::of("toast-feed-failed"),
        Err(other) => return Err(other).or_page(&console),
    };
    Ok(console.go("library/feeds", Some(toast)))
}

/// Lets a feed rest.
pub async fn pause(
    console: Console<ManageFeeds>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    rest(&console, &app, id, ("toast-feed-paused", true)).await
}

/// Lets it go on.
pub async fn resume(
    console: Console<ManageFeeds>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    rest(&console, &app, id, ("toast-feed-resumed", false)).await
}

async fn rest(
    console: &Console<ManageFeeds>,
    app: &App,
    id: Uuid,
    (toast, paused): (&'static str, bool),
) -> Answer {
    let change = FeedChange {
        paused: Some(paused),
        ..FeedChange::default()
    };
    let changed = feeds::update_feed(app, &console.actor, FeedId(id), change).await;
    changed.or_page(console)?;
    let back = if paused { "resume" } else { "pause" };
    let undo = console.path(&format!("library/feeds/{id}/{back}"));
    Ok(console.go("library/feeds", Some(Toast::of(toast).undo(undo))))
}

/// Follows a feed no more.
pub async fn remove(
    console: Console<ManageFeeds>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    match feeds::remove_feed(&app, &console.actor, FeedId(id)).await {
        // Gone already stays gone.
        Ok(()) | Err(FeedError::NotFound) => {}
        other => other.or_page(&console)?,
    }
    Ok(console.go("library/feeds", Some(Toast::of("toast-feed-removed"))))
}

impl<T> OrPage<T> for Result<T, FeedError> {
    fn or_page<P: Door>(self, console: &Console<P>) -> Result<T, Response> {
        self.map_err(|error| match error {
            FeedError::Forbidden(_) => console.forbidden(),
            FeedError::NotFound => console.not_found(),
            FeedError::Invalid(_)
            | FeedError::AlreadyExists
            | FeedError::Busy
            | FeedError::Fetch(_)
            | FeedError::NoFeed(_) => console.changed(),
            FeedError::Internal(error) => console.failed(&error),
        })
    }
}

#[cfg(test)]
mod tests;
