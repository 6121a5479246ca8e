//! The only room that names the database: tenant-scoped queries, one file per
//! resource, taking and giving rows of `entity`.
//!
//! Functions that read take any connection; functions that write take a
//! [`Txn`]. No rule lives here: use cases decide, the store fetches and writes.
//! On SQLite all writers pass one fair queue, so that batches of hits do not
//! starve shares; on Postgres the database itself lets them pass side by side.

pub mod api_tokens;
pub mod audiences;
pub mod audit_events;
pub mod backlog;
pub mod backup;
pub mod broadcasts;
mod bulk;
pub mod campaigns;
pub mod channels;
pub mod clicks;
pub mod connect;
pub mod connect_states;
pub mod content_rules;
pub mod credentials;
pub mod csv_imports;
pub mod deliveries;
pub mod dismissals;
pub mod erasure;
mod error;
pub mod examination;
pub mod exclusive;
pub mod exports;
pub mod feeds;
pub mod figure_days;
pub mod hit_sink;
pub mod hits;
pub mod idempotency_records;
pub mod identities;
pub mod installations;
pub mod jobs;
pub mod late_hits;
pub mod leases;
pub mod links;
pub mod login_attempts;
pub mod login_links;
pub mod media;
pub mod members;
pub mod organizations;
pub mod pairing;
pub mod point_events;
pub mod post_versions;
pub mod posts;
pub mod programme;
pub mod proposals;
pub mod rates;
pub mod retention;
pub mod review_notes;
pub mod reviews;
pub mod role_teams;
pub mod salts;
pub mod saved_views;
pub mod schedules;
pub mod scores;
pub mod sessions;
pub mod share_sums;
pub mod sharers;
pub mod shares;
pub mod team_months;
pub mod teams;
pub mod took_effect;
pub mod topic_routes;
pub mod topics;
pub mod variants;
mod waits;

use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend,
    EntityTrait, IntoActiveModel, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
};
use secrecy::SecretString;
use tokio::sync::{Mutex, OwnedMutexGuard};

use self::waits::Longest;

pub use error::StoreError;
/// What may be read from: a connection or a transaction.
pub use sea_orm::ConnectionTrait as Reader;

/// A handle on the database; clones share pool and queue.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
    /// Where it was opened, for connections outside the pool.
    url: SecretString,
    /// The queue of writers; none where the database has no need of it.
    writers: Option<Arc<Mutex<()>>>,
    /// How long writers waited to begin.
    waits: Arc<Longest>,
}

impl Store {
    /// A connection for reading outside a transaction.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.db
    }

    /// Begins a transaction that may write; dropped without commit, it is undone.
    ///
    /// On SQLite it takes the write lock at once (`BEGIN IMMEDIATE`): a
    /// deferred one that first reads fails with `SQLITE_BUSY` under load.
    pub async fn begin(&self) -> Result<Txn, StoreError> {
        let asked = Instant::now();
        let turn = match &self.writers {
            Some(writers) => Some(Arc::clone(writers).lock_owned().await),
            None => None,
        };
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let txn = self.db.begin_with_options(options).await?;
        let began = Instant::now();
        self.waits
            .note(began, began.saturating_duration_since(asked));
        Ok(Txn { txn, _turn: turn })
    }

    /// The longest that a writer waited to begin, within the last one to two minutes.
    pub fn longest_wait(&self) -> Duration {
        self.waits.of_late(Instant::now())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.db.ping().await?)
    }

    /// How the schema stands to this version's.
    pub async fn standing(&self) -> Result<migration::Standing, StoreError> {
        Ok(migration::standing(&self.db).await?)
    }

    /// Whether it was closed here.
    pub fn is_closed(&self) -> bool {
        match self.db.get_database_backend() {
            DbBackend::Sqlite => self.db.get_sqlite_connection_pool().is_closed(),
            DbBackend::Postgres => self.db.get_postgres_connection_pool().is_closed(),
            DbBackend::MySql | _ => false,
        }
    }

    /// Closes the pool; later queries fail.
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.db.close().await?)
    }
}

impl Store {
    /// Moves what is committed from SQLite's log into its file, so that the log
    /// is used anew; nothing on Postgres, which does so by itself.
    ///
    /// Most is moved while others write; only the rest keeps them waiting, since
    /// the log begins anew only where nothing is left in it.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        let Some(writers) = &self.writers else {
            return Ok(());
        };
        if self.log_pages(PASSIVE).await? < SHORT_LOG {
            return Ok(());
        }
        let _turn = writers.lock().await;
        self.log_pages(PASSIVE).await?;
        Ok(())
    }

    /// Lets SQLite look at what its tables hold, so that it plans by that: else it takes the shares
    /// of an organization for fewer than those of three posts, and reads them all. Nothing on
    /// Postgres, which looks by itself.
    ///
    /// It looks at a part of each table (<https://www.sqlite.org/lang_analyze.html#approx>). What it
    /// finds the first time, all connections learn at once, since it is one transaction that makes
    /// the tables of it; what it finds later, those that are opened from then on, and sqlx keeps
    /// none for longer than half an hour.
    pub async fn optimize(&self) -> Result<(), StoreError> {
        if self.writers.is_none() {
            return Ok(());
        }
        let txn = self.begin().await?;
        txn.execute_unprepared(OPTIMIZE).await?;
        txn.commit().await
    }

    /// Makes a checkpoint; says how many pages the log has.
    async fn log_pages(&self, checkpoint: &str) -> Result<i64, StoreError> {
        let answer = self
            .db
            .query_one_raw(Statement::from_string(DbBackend::Sqlite, checkpoint))
            .await?;
        match answer {
            Some(row) => Ok(row.try_get_by_index(1)?),
            None => Ok(0),
        }
    }
}

/// Moves as much as can be without keeping anybody waiting.
const PASSIVE: &str = "PRAGMA wal_checkpoint(PASSIVE)";
/// Looks at a thousand rows of each index: milliseconds, however many there are.
const OPTIMIZE: &str = "PRAGMA analysis_limit = 1000; ANALYZE";
/// A log of so many pages may grow on: 4 MB.
const SHORT_LOG: i64 = 1_000;

/// A transaction that may write, and its turn among the writers.
#[derive(Debug)]
pub struct Txn {
    txn: DatabaseTransaction,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Txn {
    /// Makes everything written in it durable and visible.
    pub async fn commit(self) -> Result<(), StoreError> {
        took_effect::note(&self.txn).await?;
        Ok(self.txn.commit().await?)
    }
}

impl std::ops::Deref for Txn {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.txn
    }
}

/// A row with every column to be written.
fn all_set<E: EntityTrait>(row: E::Model) -> E::ActiveModel
where
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    row.into_active_model().reset_all()
}

#[cfg(test)]
mod tests;
