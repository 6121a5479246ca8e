//! What goes on behind short links: withdrawals are read anew, the journal is
//! drained, and the log of a SQLite file is kept short.

use std::sync::Arc;
use std::time::Duration;

use entity::ids::LateHitsId;
use entity::late_hits;
use tokio_util::sync::CancellationToken;

use super::journal::Chunk;
use super::links;
use crate::app::App;
use crate::service::visitors;
use crate::store::{self, StoreError, hits};

/// How often withdrawals are looked for: they hold everywhere within two seconds.
pub(crate) const GLANCE: Duration = Duration::from_secs(1);
/// How often a database that is away is tried again, and a log is looked at.
const RETRY: Duration = Duration::from_millis(500);
/// Hits of one transaction.
const CHUNK: usize = 1_000;

/// Runs until `stop` is cancelled.
pub async fn run(app: App, stop: CancellationToken) {
    let keeper = app.ingest().0.keeper.clone();
    let adopted = tokio::task::spawn_blocking(move || keeper.adopt()).await;
    if let Ok(Err(cause)) = adopted {
        tracing::error!(%cause, "the journal of hits that an earlier process left cannot be read");
    }
    tokio::join!(watch(&app, &stop), keep_up(&app, &stop));
}

async fn watch(app: &App, stop: &CancellationToken) {
    let mut told = false;
    while !stop.is_cancelled() {
        let outcome = links::look_for_withdrawals(app).await;
        if let Err(error) = &outcome
            && !told
        {
            tracing::warn!(cause = ?error, "withdrawals cannot be looked for: {error}");
        }
        told = outcome.is_err();
        pause(GLANCE, stop).await;
    }
}

async fn keep_up(app: &App, stop: &CancellationToken) {
    let mut told = false;
    while !stop.is_cancelled() {
        let outcome = match drain(app).await {
            Ok(_) => app.store.checkpoint().await,
            Err(error) => Err(error),
        };
        if let Err(error) = &outcome
            && !told
        {
            tracing::warn!(cause = ?error, "the database does not take hits: {error}");
        }
        told = outcome.is_err();
        pause(RETRY, stop).await;
    }
}

async fn pause(time: Duration, stop: &CancellationToken) {
    let _ = tokio::time::timeout(time, stop.cancelled()).await;
}

/// Stores what is in the journal, oldest first; says how many hits that were. From the first of
/// them on, those who come now go to the database again.
pub async fn drain(app: &App) -> Result<usize, StoreError> {
    let ingest = &app.ingest().0;
    let _alone = ingest.draining.lock().await;
    visitors::settle(app).await?;
    let mut stored = 0;
    while let Some(hits) = drain_chunk(app).await? {
        stored += hits;
    }
    // Where the journal took nothing either, the next hit asks the database itself.
    ingest.keeper.is_back();
    Ok(stored)
}

/// Stores the oldest hits of the journal; says how many, or nothing where none wait.
pub(super) async fn drain_chunk(app: &App) -> Result<Option<usize>, StoreError> {
    let keeper = &app.ingest().0.keeper;
    // What was just put down, if anything, comes next time.
    if !keeper.is_away() && keeper.journal().is_empty() {
        return Ok(None);
    }
    let reading = Arc::clone(keeper);
    let chunk = tokio::task::spawn_blocking(move || reading.journal().oldest(CHUNK))
        .await
        .unwrap_or_else(|cause| Err(std::io::Error::other(cause)))
        .map_err(|cause| StoreError::refused(&format!("the journal cannot be read: {cause}")))?;
    let Some(chunk) = chunk else { return Ok(None) };
    store_late(app, &chunk).await?;
    if !chunk.rows.is_empty() {
        keeper.is_back();
    }
    keeper.figures().drained(&chunk.rows);
    if chunk.unreadable > 0 {
        let lost = usize::try_from(chunk.unreadable).unwrap_or(usize::MAX);
        keeper.lose(lost, "the journal holds what is no hit");
    }
    keeper.journal().drained(&chunk);
    Ok(Some(chunk.rows.len()))
}

/// Stores hits and notes them to be counted, in one transaction.
async fn store_late(app: &App, chunk: &Chunk) -> Result<(), StoreError> {
    let ids = chunk.rows.iter().map(|row| row.id);
    let (Some(first_hit), Some(last_hit)) = (ids.clone().min(), ids.max()) else {
        return Ok(());
    };
    let txn = app.store.begin().await?;
    let new = hits::append(&txn, &chunk.rows).await?;
    store::late_hits::note(&txn, &new).await?;
    let range = late_hits::Model {
        id: LateHitsId(app.uuid()),
        first_hit,
        last_hit,
    };
    store::late_hits::insert(&txn, range).await?;
    txn.commit().await
}
