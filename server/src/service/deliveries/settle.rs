//! Settling deliveries: what the courier says became of them.

use entity::enums::{DeliveryState, Platform};
use entity::ids::DeliveryId;
use thiserror::Error;

use crate::app::App;
use crate::domain::delivery::{NotHolder, Outcome, settled};
use crate::store::deliveries::plan;
use crate::store::{StoreError, deliveries};

/// Why an outcome is not taken.
#[derive(Debug, Error)]
pub enum SettleError {
    /// There is no such delivery on the platform.
    #[error("there is no such delivery")]
    NotFound,
    /// The courier does not hold it.
    #[error(transparent)]
    NotHolder(#[from] NotHolder),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// Takes the outcome of a delivery that `courier` holds; said again, it changes nothing.
pub async fn settle(
    app: &App,
    platform: Platform,
    id: DeliveryId,
    courier: &str,
    outcome: Outcome,
) -> Result<(), SettleError> {
    let txn = app.store.begin().await?;
    let row = deliveries::find_to_change(&txn, platform, id)
        .await?
        .ok_or(SettleError::NotFound)?;
    let Some(row) = settled(row, courier, outcome, app.now())? else {
        return Ok(());
    };
    match row.state {
        // No reference will ever come, so nothing can be done to the message.
        DeliveryState::Failed | DeliveryState::Uncertain => {
            plan::cancel_after(&txn, row.id).await?;
        }
        DeliveryState::Pending
        | DeliveryState::Claimed
        | DeliveryState::Sent
        | DeliveryState::Cancelled => {}
    }
    deliveries::update(&txn, row).await?;
    txn.commit().await?;
    // A message that is out frees what waits for it.
    app.couriers.wake();
    Ok(())
}
