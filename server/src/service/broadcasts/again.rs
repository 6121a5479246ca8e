//! Sending messages again: those that a chat refused, and, where somebody says so and names how
//! many, those of which it is not known whether they arrived.

use chrono::{DateTime, Utc};
use entity::enums::{BroadcastHold, DeliveryOperation, PostState};
use entity::ids::PostId;
use entity::post;

use super::counted::Again;
use super::{Broadcast, BroadcastError, begin, record, seen};
use crate::app::App;
use crate::domain::broadcast::held;
use crate::domain::post::state_at;
use crate::service::actor::Actor;
use crate::store::broadcasts::{self, Tally};
use crate::store::{StoreError, Txn};

/// Tries again what a chat refused, but not for good. Said twice, it is tried once.
pub async fn retry(app: &App, actor: &Actor, id: PostId) -> Result<Broadcast, BroadcastError> {
    let (txn, post, hold) = begin(app, actor, id).await?;
    let run_at = due(app, &post, hold)?;
    let refused = again(&txn, &post).await?.refused;
    let sent = send(&txn, &post, (&refused, run_at)).await?;
    done(app, actor, txn, ("post.retry", &post, hold), sent).await
}

/// Sends again what may have arrived: some may arrive twice. `count` is how many those are who
/// says it has seen; where there are none any more, that was said before.
pub async fn resend(
    app: &App,
    actor: &Actor,
    id: PostId,
    count: i64,
) -> Result<Broadcast, BroadcastError> {
    let (txn, post, hold) = begin(app, actor, id).await?;
    let run_at = due(app, &post, hold)?;
    let uncertain = again(&txn, &post).await?.uncertain;
    let there: i64 = uncertain.iter().map(|one| one.count).sum();
    if there != 0 && there != count {
        return Err(BroadcastError::OtherNumber(there));
    }
    let sent = send(&txn, &post, (&uncertain, run_at)).await?;
    done(app, actor, txn, ("post.resend", &post, hold), sent).await
}

/// When it goes out: whose quiet hours it is is asked when a message is claimed.
fn due(
    app: &App,
    post: &post::Model,
    hold: Option<BroadcastHold>,
) -> Result<DateTime<Utc>, BroadcastError> {
    match (state_at(post, app.now()), hold) {
        (PostState::Live, Some(BroadcastHold::Stopped)) => Err(BroadcastError::Stopped),
        (PostState::Live, Some(BroadcastHold::Paused)) => Ok(held()),
        (PostState::Live, None) => Ok(app.now()),
        (state, _) => Err(BroadcastError::NotLive(state)),
    }
}

async fn again(txn: &Txn, post: &post::Model) -> Result<Again, StoreError> {
    let of = (post.organization_id, post.id);
    let tallies = broadcasts::tally(&**txn, of, DeliveryOperation::Post).await?;
    Again::of(&**txn, post, &tallies).await
}

async fn send(
    txn: &Txn,
    post: &post::Model,
    (which, run_at): (&[Tally], DateTime<Utc>),
) -> Result<u64, StoreError> {
    let of = (post.organization_id, post.id);
    let mut sent = 0;
    for one in which {
        sent += broadcasts::send_again(txn, of, one, run_at).await?;
    }
    Ok(sent)
}

async fn done(
    app: &App,
    actor: &Actor,
    txn: Txn,
    (action, post, hold): (&'static str, &post::Model, Option<BroadcastHold>),
    sent: u64,
) -> Result<Broadcast, BroadcastError> {
    if sent > 0 {
        record(&txn, app, actor, (action, post), Some(sent)).await?;
        txn.commit().await?;
        app.couriers.wake();
    }
    Ok(seen(app, actor, post, hold).await?)
}
