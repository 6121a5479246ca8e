//! How far the messages about a post have come: a bar that tells the truth, and the stream that
//! keeps it true while the page is open.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use entity::ids::PostId;
use futures::{Stream, stream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};
use uuid::Uuid;

use super::door::{Console, InPath};
use super::form::Fields;
use super::look::{Look, Number};
use super::page::{self, Kind};
use crate::app::App;
use crate::domain::broadcast::Stage;
use crate::domain::broadcast::progress::Progress;
use crate::http::auth::permissions::ReadPosts;
use crate::service::actor::Actor;
use crate::service::broadcasts::{self, Broadcast};

/// Pages of one process that are kept true at a time; the others have a link that refreshes them.
const STREAMS: usize = 100;
/// How often a page learns what has changed.
const EVERY: Duration = Duration::from_secs(2);
/// How long a stream lasts: the browser comes again by itself, and is asked again who it is.
const LASTS: Duration = Duration::from_secs(20);

/// The places of the process's streams.
#[derive(Clone, Debug)]
pub struct Places(Arc<Semaphore>);

impl Default for Places {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(STREAMS)))
    }
}

/// How far a broadcast has come, as it is shown.
#[derive(Clone, Debug)]
pub struct Meter {
    /// What is known.
    pub broadcast: Broadcast,
    /// All messages together.
    pub whole: Progress,
    /// How long the rest takes, in words.
    pub left: String,
}

impl Meter {
    pub(super) fn of(look: &Look, broadcast: Broadcast) -> Self {
        Self {
            whole: broadcast.whole(),
            left: duration(look, broadcast.seconds_left),
            broadcast,
        }
    }

    /// What the page shows apart from numbers, for its stream.
    pub fn stage(&self) -> String {
        shown(&self.broadcast)
    }

    /// Whether it has not begun.
    pub fn is_ahead(&self) -> bool {
        self.broadcast.stage == Stage::Ahead
    }

    /// Whether messages are on their way.
    pub fn is_running(&self) -> bool {
        self.broadcast.stage == Stage::Running
    }

    /// Whether the rest waits.
    pub fn is_paused(&self) -> bool {
        self.broadcast.stage == Stage::Paused
    }

    /// Whether the rest never goes out.
    pub fn is_stopped(&self) -> bool {
        self.broadcast.stage == Stage::Stopped
    }

    /// Whether what is out is being taken back.
    pub fn is_withdrawing(&self) -> bool {
        self.broadcast.stage == Stage::Withdrawing
    }

    /// Whether the rest is sent or waits, so that the page is to follow it.
    pub fn is_under_way(&self) -> bool {
        self.is_running() || self.is_paused() || self.is_withdrawing()
    }

    /// A part of all, in thousandths, for the bar.
    pub fn part(&self, count: impl Number) -> i64 {
        part_of(count, self.whole.planned)
    }

    /// The same as a percentage.
    pub fn percent(&self) -> i64 {
        self.part(self.whole.done) / 10
    }

    /// A part of what is taken back, in thousandths.
    pub fn part_back(&self, count: impl Number) -> i64 {
        part_of(
            count,
            self.broadcast.withdrawal.map_or(0, |back| back.planned),
        )
    }

    /// How much of it is taken back, as a percentage.
    pub fn percent_back(&self) -> i64 {
        self.part_back(self.broadcast.withdrawal.map_or(0, |back| back.done)) / 10
    }
}

fn part_of(count: impl Number, all: i64) -> i64 {
    count.whole().saturating_mul(1_000) / all.max(1)
}

/// What a page shows apart from numbers: the stage, and whether something can be tried again.
/// Where that is another, what can be pressed is another, too.
fn shown(broadcast: &Broadcast) -> String {
    let stage = name(broadcast.stage);
    if broadcast.retriable > 0 {
        format!("{stage}-refused")
    } else {
        stage.to_owned()
    }
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Ahead => "ahead",
        Stage::Running => "running",
        Stage::Paused => "paused",
        Stage::Stopped => "stopped",
        Stage::Withdrawing => "withdrawing",
        Stage::Over => "over",
    }
}

/// So many seconds in words, rounded up: nobody is told too little.
pub(super) fn duration(look: &Look, seconds: i64) -> String {
    let minutes = seconds.saturating_add(59) / 60;
    if minutes <= 1 {
        look.say("duration-short")
    } else if minutes < 120 {
        look.count("duration-minutes", minutes)
    } else {
        look.count("duration-hours", (minutes + 59) / 60)
    }
}

#[derive(Template)]
#[template(path = "console/broadcast.html")]
struct Part<'a> {
    frame: &'a Look,
    meter: Meter,
}

/// Streams how far a post's messages have come, until the page shows another stage than theirs.
pub async fn follow(
    console: Console<ReadPosts>,
    State(app): State<App>,
    Extension(places): Extension<Places>,
    RawQuery(query): RawQuery,
    InPath(id): InPath<Uuid>,
) -> Result<Response, Response> {
    let first = broadcasts::is_ahead(&app, &console.actor, PostId(id)).await;
    first.map_err(|error| super::posts::held_back(&console, error))?;
    let Ok(place) = places.0.try_acquire_owned() else {
        return Err(page::notice(&console.look, Kind::Away, None));
    };
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let follower = Follower {
        app,
        actor: console.actor.clone(),
        look: console.look.clone(),
        post: PostId(id),
        stage: fields.text("stage").to_owned(),
        told: None,
        ticks,
        until: Instant::now() + LASTS,
        is_done: false,
        _place: place,
    };
    let mut response = Sse::new(follower.events()).into_response();
    // No proxy of nginx's kind collects it.
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// One page that is kept true.
struct Follower {
    app: App,
    actor: Actor,
    look: Look,
    post: PostId,
    /// What the page shows: see [`shown`].
    stage: String,
    told: Option<Broadcast>,
    ticks: Interval,
    until: Instant,
    is_done: bool,
    /// Given back when the browser goes.
    _place: OwnedSemaphorePermit,
}

impl Follower {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut follower| async move {
            let event = follower.next().await?;
            Some((Ok(event), follower))
        })
    }

    async fn next(&mut self) -> Option<Event> {
        if self.is_done || Instant::now() >= self.until {
            return None;
        }
        self.ticks.tick().await;
        let (app, actor) = (&self.app, &self.actor);
        // What fails now is asked for again by the browser, which says so where it stays. Until
        // a post is live, what to expect is not reckoned anew: that takes a look at everybody.
        if self.stage == name(Stage::Ahead)
            && broadcasts::is_ahead(app, actor, self.post).await.ok()?
        {
            return Some(Event::default().comment("as before"));
        }
        let seen = broadcasts::look(app, actor, self.post).await.ok()?;
        if shown(&seen) != self.stage {
            self.is_done = true;
            return Some(Event::default().event("stage").data(name(seen.stage)));
        }
        if self.told.as_ref() == Some(&seen) {
            return Some(Event::default().comment("as before"));
        }
        self.told = Some(seen.clone());
        let part = Part {
            frame: &self.look,
            meter: Meter::of(&self.look, seen),
        };
        let html = part.render().ok()?;
        Some(Event::default().event("progress").retry(EVERY).data(html))
    }
}
