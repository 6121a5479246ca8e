//! Group commit: requests hand in their hits and wait; a thread takes all that
//! wait into one commit, and one message wakes the whole batch when it is on disk.

use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::Instant;

use entity::hit;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

use super::keeper::Keeper;
use crate::store::StoreError;
use crate::store::hit_sink::HitSink;

/// Hits of one commit at most, so that others get their turn.
const BATCH: usize = 4_096;

/// Where hits are handed in. Its threads start with the first hit and end when
/// it is dropped.
#[derive(Debug, Default)]
pub struct Queue(OnceLock<Writers>);

/// The way to the threads, and to what each writes on.
#[derive(Debug)]
struct Writers {
    handed_in: UnboundedSender<Waiting>,
    /// Weak: a connection ends with its thread, since on the runtime it must not.
    sinks: Vec<Weak<Slot>>,
}

/// The connection of one thread, which holds it while it writes; none until it is needed,
/// and after it failed.
type Slot = Mutex<Option<HitSink>>;

/// A hit whose reader waits.
#[derive(Debug)]
struct Waiting {
    row: hit::Model,
    kept: oneshot::Sender<()>,
}

impl Queue {
    /// Stores a hit; returns when it is committed, or as safe as it can be made.
    pub async fn append(&self, keeper: &Arc<Keeper>, row: hit::Model) {
        let (kept, outcome) = oneshot::channel();
        let writers = self.0.get_or_init(|| start(keeper));
        let handed_in = writers.handed_in.send(Waiting { row, kept }).is_ok();
        if !handed_in || outcome.await.is_err() {
            keeper.lose(1, "the thread that writes hits has ended");
        }
    }

    /// Asks something of each connection that hits are written on now. It blocks: never on
    /// the runtime.
    pub fn each_sink<T>(&self, mut ask: impl FnMut(&mut HitSink) -> T) -> Vec<T> {
        let mut answers = Vec::new();
        let slots = self.0.get().into_iter().flat_map(|writers| &writers.sinks);
        for slot in slots.filter_map(Weak::upgrade) {
            let mut sink = slot.lock().unwrap_or_else(PoisonError::into_inner);
            answers.extend(sink.as_mut().map(&mut ask));
        }
        answers
    }
}

/// Starts the threads, and the task that wakes whoever waited.
fn start(keeper: &Arc<Keeper>) -> Writers {
    let (handed_in, waiting) = unbounded_channel();
    let (done, mut batches) = unbounded_channel::<Vec<oneshot::Sender<()>>>();
    let waiting = Arc::new(Mutex::new(waiting));
    let mut sinks = Vec::new();
    for number in 0..keeper.store().sinks() {
        let (keeper, waiting, done) = (Arc::clone(keeper), Arc::clone(&waiting), done.clone());
        let slot = Arc::new(Slot::default());
        sinks.push(Arc::downgrade(&slot));
        let started = std::thread::Builder::new()
            .name(format!("hits-{number}"))
            .spawn(move || write(&keeper, &slot, &waiting, &done));
        if let Err(cause) = started {
            tracing::error!(%cause, "a thread that writes hits could not be started");
        }
    }
    // On the runtime: waking its tasks from a thread outside would cost a lock each.
    tokio::spawn(async move {
        while let Some(batch) = batches.recv().await {
            for kept in batch {
                // Nobody is told where the reader hung up meanwhile.
                let _ = kept.send(());
            }
        }
    });
    Writers { handed_in, sinks }
}

/// Writes batch after batch until the queue is dropped.
fn write(
    keeper: &Keeper,
    slot: &Slot,
    waiting: &Mutex<UnboundedReceiver<Waiting>>,
    done: &UnboundedSender<Vec<oneshot::Sender<()>>>,
) {
    while let Some(batch) = take(waiting) {
        let (mut rows, waiting): (Vec<_>, Vec<_>) = batch
            .into_iter()
            .map(|waiting| (waiting.row, waiting.kept))
            .unzip();
        // Appended in the order of their ids, pages of the table are filled one after another.
        rows.sort_unstable_by_key(|row| row.id);
        let mut sink = slot.lock().unwrap_or_else(PoisonError::into_inner);
        keeper.keep(&rows, || store(keeper, &mut sink, &rows));
        drop(sink);
        // The task ends with its runtime only, and its readers with it.
        let _ = done.send(waiting);
    }
}

/// Everything that waits; none when nothing more will come.
fn take(waiting: &Mutex<UnboundedReceiver<Waiting>>) -> Option<Vec<Waiting>> {
    let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    let mut batch = vec![waiting.blocking_recv()?];
    while batch.len() < BATCH
        && let Ok(next) = waiting.try_recv()
    {
        batch.push(next);
    }
    Some(batch)
}

/// One commit, on a connection that is opened again after it failed.
fn store(
    keeper: &Keeper,
    sink: &mut Option<HitSink>,
    rows: &[hit::Model],
) -> Result<(), StoreError> {
    if keeper.store().is_closed() {
        return Err(StoreError::away("the database was closed"));
    }
    let mut opened = match sink.take() {
        Some(opened) => opened,
        None => keeper.store().open_sink()?,
    };
    let began = Instant::now();
    opened.append(rows)?;
    keeper.figures().stored(rows, began.elapsed());
    *sink = Some(opened);
    Ok(())
}
