//! What goes on behind short links: withdrawals are read anew, the journal is
//! drained, and the log of a SQLite file is kept short.

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

/// Stores what is in the journal, oldest first, and then lets hits go to the
/// database again; says how many it stored.
pub async fn drain(app: &App) -> Result<usize, StoreError> {
    let ingest = &app.ingest().0;
    let _alone = ingest.draining.lock().await;
    let mut stored = 0;
    while ingest.keeper.is_away() {
        visitors::settle(app).await?;
        let keeper = ingest.keeper.clone();
        let chunk = tokio::task::spawn_blocking(move || {
            let mut journal = keeper.journal();
            let chunk = journal.oldest(CHUNK);
            if matches!(chunk, Ok(None)) {
                keeper.is_back(journal);
            }
            chunk
        })
        .await
        .unwrap_or_else(|cause| Err(std::io::Error::other(cause)))
        .map_err(|cause| StoreError::refused(&format!("the journal cannot be read: {cause}")))?;
        let Some(chunk) = chunk else { break };
        store_late(app, &chunk).await?;
        ingest.keeper.figures().drained(&chunk.rows);
        stored += chunk.rows.len();
        if chunk.unreadable > 0 {
            let lost = usize::try_from(chunk.unreadable).unwrap_or(usize::MAX);
            ingest.keeper.lose(lost, "the journal holds what is no hit");
        }
        ingest.keeper.journal().drained(&chunk);
    }
    Ok(stored)
}

/// Stores hits and notes them to be counted, in one transaction.
async fn store_late(app: &App, chunk: &Chunk) -> Result<(), StoreError> {
    let ids = chunk.rows.iter().map(|row| row.id);
    let (Some(first_hit), Some(last_hit)) = (ids.clone().min(), ids.max()) else {
        return Ok(());
    };
    let txn = app.store.begin().await?;
    hits::append(&txn, &chunk.rows).await?;
    let range = late_hits::Model {
        id: LateHitsId(app.uuid()),
        first_hit,
        last_hit,
    };
    store::late_hits::insert(&txn, range).await?;
    txn.commit().await
}
