//! Where a batch of hits goes: into the database, into the journal while that is
//! away, and into the count of what is lost where no disk takes a byte.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use entity::hit;

use super::journal::Journal;
use crate::metrics::links::Links;
use crate::store::{Store, StoreError};

/// How often losses are written to the log, however many there are.
const COMPLAINTS: Duration = Duration::from_secs(1);

/// The database, the journal, and which of them hits go to.
#[derive(Debug)]
pub struct Keeper {
    store: Store,
    journal: Mutex<Journal>,
    /// Whether the database has refused hits and has taken none since.
    away: AtomicBool,
    figures: Links,
    complained: Mutex<Option<Instant>>,
}

impl Keeper {
    /// A keeper whose journal lies in `folder` and takes `limit` bytes at most.
    pub fn new(store: Store, folder: &Path, limit: u64, figures: Links) -> Self {
        Self {
            store,
            journal: Mutex::new(Journal::new(folder, limit)),
            away: AtomicBool::new(false),
            figures,
            complained: Mutex::default(),
        }
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Where what becomes of hits is counted.
    pub fn figures(&self) -> &Links {
        &self.figures
    }

    /// The journal, for oneself.
    pub fn journal(&self) -> MutexGuard<'_, Journal> {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether hits go to the journal.
    pub fn is_away(&self) -> bool {
        self.away.load(Ordering::Acquire)
    }

    /// Sends hits to the database again: it has just taken some. What still waits in the
    /// journal holds up nobody who comes now; under load, it would never be empty.
    pub fn is_back(&self) {
        if self.is_away() && self.away.swap(false, Ordering::AcqRel) {
            tracing::info!("hits are stored in the database again");
        }
    }

    /// Stores a batch by `write`, or else in the journal, or else counts it as lost.
    pub fn keep(&self, rows: &[hit::Model], write: impl FnOnce() -> Result<(), StoreError>) {
        // As long as the journal takes them.
        if self.is_away() && self.journal().append(rows).is_ok() {
            return;
        }
        let Err(error) = write() else {
            return self.is_back();
        };
        self.figures.not_stored();
        let mut journal = self.journal();
        if !self.away.swap(true, Ordering::AcqRel) {
            let cause = std::error::Error::source(&error).map(tracing::field::display);
            tracing::error!(
                cause,
                "hits are kept in the journal until the database is back: {error}"
            );
        }
        let put_down = journal.append(rows);
        drop(journal);
        if let Err(cause) = put_down {
            self.lose(rows.len(), &cause.to_string());
        }
    }

    /// Takes up what earlier processes left in the journal.
    pub fn adopt(&self) -> std::io::Result<()> {
        self.journal().adopt()
    }

    /// Counts hits that nothing could keep, and says so in the log, though not for each.
    pub fn lose(&self, hits: usize, reason: &str) {
        let lost = self.figures.lose(hits);
        let mut complained = self
            .complained
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if complained.is_none_or(|last| last.elapsed() >= COMPLAINTS) {
            *complained = Some(Instant::now());
            tracing::error!(
                lost,
                reason,
                "hits are lost, {lost} since the start: {reason}"
            );
        }
    }
}
