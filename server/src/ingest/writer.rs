//! Group commit: requests hand in their hits and wait; one task at a time takes
//! everything that waits into one transaction, and wakes them when it is on disk.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use entity::hit;
use tokio::sync::oneshot;

use crate::app::App;
use crate::store::{StoreError, hits};

/// Hits that wait for the next commit, and whether somebody is writing.
#[derive(Clone, Debug, Default)]
pub struct Queue(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    waiting: Vec<Waiting>,
    writing: bool,
}

#[derive(Debug)]
struct Waiting {
    row: hit::Model,
    stored: oneshot::Sender<Result<(), Failure>>,
}

/// Why a batch failed: each of its requests is told.
#[derive(Clone, Copy, Debug)]
enum Failure {
    Away,
    Other,
}

impl Queue {
    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Stores a hit; returns when it is committed.
pub async fn append(app: &App, row: hit::Model) -> Result<(), StoreError> {
    let (stored, outcome) = oneshot::channel();
    let idle = app.ingest().0.queue.with(|state| {
        state.waiting.push(Waiting { row, stored });
        !std::mem::replace(&mut state.writing, true)
    });
    if idle {
        // A task of its own: a reader who hangs up must not take others' hits along.
        tokio::spawn(write(app.clone()));
    }
    match outcome.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(Failure::Away)) => Err(StoreError::away("the hits could not be written")),
        Ok(Err(Failure::Other)) | Err(_) => {
            Err(StoreError::refused("the hits could not be written"))
        }
    }
}

/// Writes batch after batch until nothing waits.
async fn write(app: App) {
    loop {
        let (outcome, batch) = commit(&app).await;
        let failure = outcome.err().map(|error| {
            tracing::error!(cause = ?error, hits = batch.len(), "a batch of hits was not stored");
            match error {
                StoreError::Unavailable(_) => Failure::Away,
                StoreError::Conflict | StoreError::Reference | StoreError::Internal(_) => {
                    Failure::Other
                }
            }
        });
        for stored in batch {
            // Nobody is told where the reader hung up meanwhile.
            let _ = stored.send(failure.map_or(Ok(()), Err));
        }
        let done = app.ingest().0.queue.with(|state| {
            state.writing = !state.waiting.is_empty();
            !state.writing
        });
        if done {
            return;
        }
    }
}

type Stored = oneshot::Sender<Result<(), Failure>>;

/// One transaction with everything that waits once the writer's turn has come.
async fn commit(app: &App) -> (Result<(), StoreError>, Vec<Stored>) {
    let begun = app.store.begin().await;
    let mut batch = app
        .ingest()
        .0
        .queue
        .with(|state| std::mem::take(&mut state.waiting));
    // Appended in the order of their ids, pages of the table are filled one after another.
    batch.sort_unstable_by_key(|waiting| waiting.row.id);
    let (rows, stored): (Vec<_>, Vec<_>) = batch
        .into_iter()
        .map(|waiting| (waiting.row, waiting.stored))
        .unzip();
    let began = Instant::now();
    let outcome = async {
        let txn = begun?;
        hits::append(&txn, &rows).await?;
        txn.commit().await
    };
    let outcome = outcome.await;
    let counted = &app.metrics().links;
    match &outcome {
        Ok(()) => counted.stored(&rows, began.elapsed()),
        Err(_) => counted.not_stored(),
    }
    (outcome, stored)
}
