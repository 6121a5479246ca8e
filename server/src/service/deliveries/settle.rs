//! Settling deliveries: what the courier says became of them.

use entity::enums::{DeliveryOperation, DeliveryState, DeliverySubject, Platform, PostState};
use entity::ids::DeliveryId;
use entity::{delivery, post};
use thiserror::Error;

use super::{broadcast, personal};
use crate::app::App;
use crate::domain::connection::reason;
use crate::domain::delivery::{NotHolder, Outcome, next_refresh, settled, takes_no_messages};
use crate::domain::post::is_open;
use crate::metrics::deliveries::{Reach, Settled};
use crate::store::deliveries::plan;
use crate::store::{StoreError, Txn, deliveries, installations, posts};

/// Why an outcome is not taken.
#[derive(Debug, Error)]
pub enum SettleError {
    /// There is no such delivery on the platform, or none any more.
    #[error("there is no such delivery")]
    NotFound,
    /// The courier does not hold it.
    #[error(transparent)]
    NotHolder(#[from] NotHolder),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// Takes the outcome of a delivery that `courier` holds; said again, it changes nothing. One of a
/// post that has ended may be gone by then, be it by the first time, and is not found.
pub async fn settle(
    app: &App,
    platform: Platform,
    id: DeliveryId,
    courier: &str,
    outcome: Outcome,
) -> Result<(), SettleError> {
    let txn = app.store.begin().await?;
    let post = hold_post(&txn, id, &outcome).await?;
    let row = deliveries::find_to_change(&txn, platform, id)
        .await?
        .ok_or(SettleError::NotFound)?;
    let said = outcome.clone();
    let counted = Settled {
        platform,
        reach: Reach::of(&row),
        late: app.now() - row.run_at,
    };
    let Some(row) = settled(row, courier, outcome, app.now())? else {
        return Ok(());
    };
    let row = unless_ended(&txn, row).await?;
    match row.state {
        // No reference will ever come, so nothing can be done to the message.
        DeliveryState::Failed | DeliveryState::Uncertain | DeliveryState::Cancelled => {
            plan::cancel_after(&txn, row.id).await?;
        }
        DeliveryState::Sent => space_revisions(&txn, app, &row).await?,
        DeliveryState::Pending | DeliveryState::Claimed => {}
    }
    deliveries::update(&txn, row.clone()).await?;
    if post.is_some_and(|post| post.state != PostState::Live) {
        broadcast::forget_late(&txn, &row).await?;
    }
    txn.commit().await?;
    app.metrics().deliveries.settled(&counted, &said);
    if let (Some(member), true) = (row.member_id, is_turned_away(&row)) {
        personal::stop(app, row.organization_id, (member, row.platform)).await?;
    }
    // A message that is out frees what waits for it.
    app.couriers.wake();
    Ok(())
}

/// What would be tried again ends where the bot was taken away meanwhile.
async fn unless_ended(txn: &Txn, row: delivery::Model) -> Result<delivery::Model, StoreError> {
    if row.state != DeliveryState::Pending {
        return Ok(row);
    }
    let home = installations::by_id(&**txn, row.platform, row.installation_id).await?;
    let Some(by) = home.filter(|home| home.revoked_at.is_some()) else {
        return Ok(row);
    };
    let is_post = row.operation == DeliveryOperation::Post;
    Ok(delivery::Model {
        state: DeliveryState::Cancelled,
        failure: by.ended_by.map(|by| reason(by).to_owned()),
        // As in planning, only a post keeps its key.
        dedupe_key: row.dedupe_key.filter(|_| is_post),
        ..row
    })
}

/// The post that a member's own message tells of, held so that it does not end before what became
/// of the message is written: else neither would forget it. Before the message, as who ends a post
/// does. Of what is out nothing is forgotten.
async fn hold_post(
    txn: &Txn,
    id: DeliveryId,
    outcome: &Outcome,
) -> Result<Option<post::Model>, StoreError> {
    if matches!(outcome, Outcome::Sent(_)) {
        return Ok(None);
    }
    let found = deliveries::find_many(&**txn, &[id]).await?;
    let own = found.first();
    let own = own.filter(|row| row.subject == DeliverySubject::PersonalPost);
    let Some((organization, post)) = own.and_then(|row| Some((row.organization_id, row.post_id?)))
    else {
        return Ok(None);
    };
    Ok(posts::hold(txn, organization, &[post]).await?.pop())
}

/// Whether the person takes no messages in that chat.
fn is_turned_away(row: &delivery::Model) -> bool {
    let reason = row.failure.as_deref().unwrap_or_default();
    row.state == DeliveryState::Failed && takes_no_messages(row.platform, reason)
}

/// A share that came while a revision was on its way planned the next one: that
/// one waits its minute, unless the post has ended, which is said at once.
async fn space_revisions(txn: &Txn, app: &App, row: &delivery::Model) -> Result<(), StoreError> {
    // A member's own message follows the member at once.
    let (DeliveryOperation::Revise, DeliverySubject::SuggestedPost) = (row.operation, row.subject)
    else {
        return Ok(());
    };
    let (Some(message), Some(post)) = (row.target_id, row.post_id) else {
        return Ok(());
    };
    let now = app.now();
    match posts::find(&**txn, row.organization_id, post).await? {
        Some(post) if is_open(&post, now) => {
            plan::postpone_revision(txn, message, next_refresh(Some(now), now)).await
        }
        Some(_) | None => Ok(()),
    }
}
