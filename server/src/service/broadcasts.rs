//! Broadcasts: how far the messages about a post have come, pausing, resuming and stopping those
//! that are not out yet, and sending again what was refused. What is out stays; taking a post
//! back is withdrawing it.

mod again;
mod counted;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use entity::enums::PostState;
use entity::enums::{BroadcastHold, Permission, Platform};
use entity::ids::PostId;
use entity::json::Audience;
use entity::{broadcast, post};
use serde_json::json;
use thiserror::Error;

use super::actor::{Actor, Forbidden, LookError};
use super::audit;
use super::routing::About;
use crate::app::App;
use crate::domain::broadcast::progress::Progress;
use crate::domain::broadcast::{STOPPED, Stage, held, stage};
use crate::store::deliveries::plan;
use crate::store::{StoreError, Txn, broadcasts, posts};
use counted::{expected, told};

pub use again::{resend, retry};

/// How far the messages about a post have come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broadcast {
    /// The post.
    pub post: PostId,
    /// Where it stands.
    pub stage: Stage,
    /// Cards in channels.
    pub channels: Progress,
    /// Messages to members, in steps of five: the last one to four that are to go are told as done.
    pub members: Progress,
    /// Whether messages are still being planned, or, once the post was withdrawn, that they are
    /// taken back: there may be more than are counted.
    pub planning: bool,
    /// Members, in steps of five, whose message waits for the end of their quiet hours.
    pub quiet: i64,
    /// When the organization's own quiet hours are over; none where they are not on, or where
    /// nobody is counted. Nobody's own hours are told.
    pub quiet_until: Option<DateTime<Utc>>,
    /// What the platforms refused, by reason.
    pub failures: Vec<Refused>,
    /// How many of those may be tried again.
    pub retriable: i64,
    /// How many may have arrived and could be sent again.
    pub resendable: i64,
    /// How far taking back what was out has come, once the post was withdrawn.
    pub withdrawal: Option<Progress>,
    /// Messages a minute, at most.
    pub per_minute: u32,
    /// How long what is left takes at that rate, or all of it where nothing was sent yet; what
    /// waits for quiet hours is left out.
    pub seconds_left: i64,
}

impl Broadcast {
    /// Cards and messages together.
    pub fn whole(&self) -> Progress {
        self.channels + self.members
    }
}

/// Messages that a platform refused for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which chat.
    pub platform: Platform,
    /// Its short code.
    pub reason: String,
    /// How many.
    pub count: i64,
}

/// Why a broadcast is not shown or does not change.
#[derive(Debug, Error)]
pub enum BroadcastError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such post in the organization.
    #[error("there is no such post")]
    NotFound,
    /// Only what goes out can be held.
    #[error("the post is {0:?}")]
    NotLive(PostState),
    /// What was stopped does not go on.
    #[error("it was stopped")]
    Stopped,
    /// Of more or fewer than were named it is not known whether they arrived.
    #[error("{0} are uncertain by now")]
    OtherNumber(i64),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// How far the messages about a post have come; before it goes live, how many there will be.
pub async fn look(app: &App, actor: &Actor, id: PostId) -> Result<Broadcast, BroadcastError> {
    actor.require(Permission::ReadPosts)?;
    let db = app.store.reader();
    let post = posts::find(db, actor.organization.id, id).await?;
    let post = post.ok_or(BroadcastError::NotFound)?;
    let hold = broadcasts::holds(db, &[id]).await?.get(&id).copied();
    Ok(seen(app, actor, &post, hold).await?)
}

/// Whether the post has not gone live yet: cheaper to ask than what to expect.
pub async fn is_ahead(app: &App, actor: &Actor, id: PostId) -> Result<bool, BroadcastError> {
    actor.require(Permission::ReadPosts)?;
    let post = posts::find(app.store.reader(), actor.organization.id, id).await?;
    let post = post.ok_or(BroadcastError::NotFound)?;
    Ok(stage(post.state, None, false) == Stage::Ahead)
}

async fn seen(
    app: &App,
    actor: &Actor,
    post: &post::Model,
    hold: Option<BroadcastHold>,
) -> Result<Broadcast, StoreError> {
    let told = match stage(post.state, None, false) {
        Stage::Ahead => {
            let whom = (post.audience.as_ref(), About::Post(post.id));
            expected(app, &actor.organization, whom).await?
        }
        Stage::Running | Stage::Paused | Stage::Stopped | Stage::Withdrawing | Stage::Over => {
            told(app, &actor.organization, post).await?
        }
    };
    Ok(Broadcast {
        post: post.id,
        stage: stage(post.state, hold, told.is_going),
        channels: told.channels,
        members: told.members,
        planning: told.planning,
        quiet: told.quiet,
        quiet_until: told.quiet_until,
        failures: told.failures,
        retriable: told.retriable,
        resendable: told.resendable,
        withdrawal: told.withdrawal,
        per_minute: told.per_minute,
        seconds_left: told.seconds_left,
    })
}

/// What a post will take to go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Messages a minute, at most.
    pub per_minute: u32,
    /// How long all of them take at that rate.
    pub seconds: i64,
}

/// How long messages to an audience about these topics would take today.
pub async fn estimate(
    app: &App,
    actor: &Actor,
    (audience, topics): (Option<&Audience>, &[String]),
) -> Result<Estimate, LookError> {
    actor.require(Permission::WritePosts)?;
    let whom = (audience, About::Named(topics));
    let counted = expected(app, &actor.organization, whom).await?;
    Ok(Estimate {
        per_minute: counted.per_minute,
        seconds: counted.seconds_left,
    })
}

/// Lets what is not out yet wait. Said twice, it waits.
pub async fn pause(app: &App, actor: &Actor, id: PostId) -> Result<Broadcast, BroadcastError> {
    let (txn, post, hold) = begin(app, actor, id).await?;
    match hold {
        Some(BroadcastHold::Paused) => return Ok(seen(app, actor, &post, hold).await?),
        Some(BroadcastHold::Stopped) => return Err(BroadcastError::Stopped),
        None => {}
    }
    broadcasts::hold(&txn, row(app, &post, BroadcastHold::Paused)).await?;
    broadcasts::move_waiting(&txn, (post.organization_id, id), None, held()).await?;
    record(&txn, app, actor, ("post.pause", &post), None).await?;
    txn.commit().await?;
    Ok(seen(app, actor, &post, Some(BroadcastHold::Paused)).await?)
}

/// Lets what waits go out. Said twice, it goes.
pub async fn resume(app: &App, actor: &Actor, id: PostId) -> Result<Broadcast, BroadcastError> {
    let (txn, post, hold) = begin(app, actor, id).await?;
    match hold {
        None => return Ok(seen(app, actor, &post, hold).await?),
        Some(BroadcastHold::Stopped) => return Err(BroadcastError::Stopped),
        Some(BroadcastHold::Paused) => {}
    }
    broadcasts::release(&txn, post.organization_id, id).await?;
    // Whose quiet hours it is is asked once more when a message is claimed.
    let of = (post.organization_id, id);
    broadcasts::move_waiting(&txn, of, Some(held()), app.now()).await?;
    record(&txn, app, actor, ("post.resume", &post), None).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(seen(app, actor, &post, None).await?)
}

/// What is not out yet never goes out; the post stays live.
pub async fn stop(app: &App, actor: &Actor, id: PostId) -> Result<Broadcast, BroadcastError> {
    let (txn, post, hold) = begin(app, actor, id).await?;
    match hold {
        Some(BroadcastHold::Stopped) => return Ok(seen(app, actor, &post, hold).await?),
        Some(BroadcastHold::Paused) | None => {}
    }
    broadcasts::hold(&txn, row(app, &post, BroadcastHold::Stopped)).await?;
    plan::stop_of_post(&txn, (post.organization_id, id), STOPPED).await?;
    record(&txn, app, actor, ("post.stop", &post), None).await?;
    txn.commit().await?;
    Ok(seen(app, actor, &post, Some(BroadcastHold::Stopped)).await?)
}

/// The post, held against the planner and other writers, and what holds its messages.
async fn begin(
    app: &App,
    actor: &Actor,
    id: PostId,
) -> Result<(Txn, post::Model, Option<BroadcastHold>), BroadcastError> {
    actor.require(Permission::PublishPosts)?;
    let txn = app.store.begin().await?;
    let post = posts::find_to_change(&txn, actor.organization.id, id).await?;
    let post = post.ok_or(BroadcastError::NotFound)?;
    if post.state != PostState::Live {
        return Err(BroadcastError::NotLive(post.state));
    }
    let hold = broadcasts::holds(&*txn, &[id]).await?.get(&id).copied();
    Ok((txn, post, hold))
}

fn row(app: &App, post: &post::Model, hold: BroadcastHold) -> broadcast::Model {
    broadcast::Model {
        post_id: post.id,
        organization_id: post.organization_id,
        hold,
        created_at: app.now(),
    }
}

async fn record(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    (action, post): (&'static str, &post::Model),
    messages: Option<u64>,
) -> Result<(), StoreError> {
    let mut detail = json!({ "title": post.title, "version": post.version });
    if let (Some(detail), Some(messages)) = (detail.as_object_mut(), messages) {
        detail.insert("messages".to_owned(), json!(messages));
    }
    let event = audit::Event {
        action,
        subject: format!("post:{}", post.id),
        detail,
    };
    audit::record(txn, app, actor, event).await
}
