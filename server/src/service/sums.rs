//! Sums by day that Insight reads: kept by the work that counts clicks, right after it, and each
//! part in one transaction with how far it has come, so that a process that is killed leaves
//! nothing out and enters nothing twice.
//!
//! Of shares, `share_sum` says what the sums hold; a share that is something else by now moves
//! them by the difference. Of hits, a cursor says which are in: it only goes forward, up to those
//! of half a minute ago, for whom everybody has committed and counting has had its turn. Hits
//! that lay in a journal come after it has passed; `late_hit` names them one by one.

mod cells;
mod hits;
mod shares;

use chrono::{DateTime, Utc};
use entity::ids::HitId;

use super::clicks;
use crate::app::App;
use crate::store::StoreError;

/// Shares or hits of one transaction.
const BATCH: u64 = 2_000;
/// Transactions of one turn: what is left comes in the next one, so that clicks do not wait.
const BATCHES: usize = 20;

/// Counts clicks, and brings the sums up to date as far as one turn goes.
pub async fn keep(app: &App) -> Result<(), StoreError> {
    let began = app.now();
    clicks::count_clicks(app).await?;
    sum_up(app, began).await?;
    Ok(())
}

/// The same until nothing is left, however many turns it takes.
pub async fn keep_all(app: &App) -> Result<(), StoreError> {
    let began = app.now();
    clicks::count_clicks(app).await?;
    while !sum_up(app, began).await? {}
    Ok(())
}

/// The newest hit that is in the sums; those of a journal come later.
pub async fn reached(app: &App) -> Result<HitId, StoreError> {
    hits::reached(app).await
}

/// Up to when the sums hold everything that happened. What lies in a journal and is not stored
/// yet, nobody can know of.
pub async fn complete_until(app: &App) -> Result<DateTime<Utc>, StoreError> {
    let until = shares::complete_until(app).await?;
    hits::complete_until(app, until).await
}

/// Brings the sums up to date with what was counted when a turn `began`; says whether nothing
/// is left.
async fn sum_up(app: &App, began: DateTime<Utc>) -> Result<bool, StoreError> {
    // A hit is summed up for the team of its share, which has to be known by then.
    if !shares::sum_up(app, began).await? {
        return Ok(false);
    }
    hits::sum_up(app, began).await
}

#[cfg(test)]
mod tests;
