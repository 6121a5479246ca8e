//! Opening the database, and bringing its schema up to date.

use std::sync::Arc;
use std::time::{Duration, Instant};

use migration::{Migrator, MigratorTrait, standing};
use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::sqlite::{SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, SqlxError,
    Statement,
};
use tokio::sync::Mutex;

use super::waits::Longest;
use super::{Store, StoreError};
use crate::metrics::sampled::Connections;

/// A connection that was used so lately is not asked whether it still stands: the
/// question costs as much as the query. One that broke meanwhile fails what it is
/// used for, as it would in the middle, and is replaced.
const TRUSTED: Duration = Duration::from_secs(1);
/// Number under which replicas queue on Postgres to migrate one at a time.
const MIGRATION_LOCK: i64 = 0x0043_686f_7275_7331;
/// How long a replica waits before it asks again whether it may migrate.
const BETWEEN_QUESTIONS: Duration = Duration::from_millis(200);

/// How long a migration waits for a table that others use, on Postgres.
const LOCK_SECONDS: u32 = 5;

/// What is done where a SQLite file is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Missing {
    Make,
    Refuse,
}

impl Store {
    /// Opens the database at `url` (`sqlite://…` or `postgres://…`) with at
    /// most `connections` connections.
    pub async fn open(url: &str, connections: u32) -> Result<Self, StoreError> {
        Ok(Self::on(
            url,
            connect(url, connections, Missing::Make).await?,
        ))
    }

    /// The same of a database that is there: nothing is made, and no schema is changed.
    pub async fn open_existing(url: &str, connections: u32) -> Result<Self, StoreError> {
        Ok(Self::on(
            url,
            connect(url, connections, Missing::Refuse).await?,
        ))
    }

    fn on(url: &str, db: DatabaseConnection) -> Self {
        let writers = match db.get_database_backend() {
            DbBackend::Sqlite => Some(Arc::new(Mutex::new(()))),
            DbBackend::Postgres | DbBackend::MySql | _ => None,
        };
        Self {
            db,
            url: url.into(),
            writers,
            waits: Arc::new(Longest::new(Instant::now())),
        }
    }

    /// How many connections there are.
    pub fn connections(&self) -> Connections {
        match self.db.get_database_backend() {
            DbBackend::Sqlite => pool(self.db.get_sqlite_connection_pool()),
            DbBackend::Postgres => pool(self.db.get_postgres_connection_pool()),
            DbBackend::MySql | _ => Connections::default(),
        }
    }
}

fn pool<DB: sea_orm::sqlx::Database>(pool: &sea_orm::sqlx::Pool<DB>) -> Connections {
    Connections {
        open: pool.size(),
        idle: u32::try_from(pool.num_idle()).unwrap_or(u32::MAX),
        max: pool.options().get_max_connections(),
    }
}

/// Brings the schema at `url` up to date.
///
/// It uses a connection of its own: sea-orm toggles SQLite's foreign keys
/// while migrating, and must not do so on a pool that others use. Replicas
/// that start together take turns by an advisory lock on Postgres; on SQLite
/// the server's lock on the file lets only one process come here.
pub async fn migrate(url: &str) -> Result<(), StoreError> {
    let db = connect(url, 1, Missing::Make).await?;
    let postgres = db.get_database_backend() == DbBackend::Postgres;
    if postgres {
        take_turn(&db).await?;
        // A change that waits for its table holds up everybody who comes after it: it gives up,
        // and the next start tries again.
        db.execute_unprepared(&format!("SET lock_timeout = '{LOCK_SECONDS}s'"))
            .await?;
    }
    let outcome = up(&db).await;
    if postgres {
        db.execute_unprepared(&format!("SELECT pg_advisory_unlock({MIGRATION_LOCK})"))
            .await?;
    }
    db.close().await?;
    Ok(outcome?)
}

/// Waits for the lock under which one replica migrates. It asks again and again: one long question
/// would be a transaction that lasts, and an index that is made `CONCURRENTLY` by who holds the
/// lock waits for all of those to end.
#[expect(
    clippy::disallowed_methods,
    reason = "the start waits for another process, which no clock of a test moves"
)]
async fn take_turn(db: &DatabaseConnection) -> Result<(), DbErr> {
    loop {
        let question = format!("SELECT pg_try_advisory_lock({MIGRATION_LOCK})");
        let question = Statement::from_string(DbBackend::Postgres, question);
        let answer = db.query_one_raw(question).await?;
        let is_ours = answer.map(|row| row.try_get_by_index::<bool>(0));
        if is_ours.transpose()?.unwrap_or_default() {
            return Ok(());
        }
        tokio::time::sleep(BETWEEN_QUESTIONS).await;
    }
}

/// Applies what is pending. Where a newer version was here, its migrations are left alone: its
/// replicas may run beside this one, or this one was put back after them.
async fn up(db: &DatabaseConnection) -> Result<(), DbErr> {
    let standing = standing(db).await?;
    match (standing.pending.as_slice(), standing.newer.as_slice()) {
        ([], []) => Ok(()),
        ([], newer) => {
            tracing::warn!(
                migrations = newer.len(),
                "the schema is newer than this version: finish the upgrade"
            );
            Ok(())
        }
        ([..], []) => Migrator::up(db, None).await,
        ([pending, ..], [newer, ..]) => Err(DbErr::Custom(format!(
            "the schema has {newer}, which this version does not know, and lacks {pending}, \
             which it needs: another line of versions was here; run the newest version"
        ))),
    }
}

/// One connection to a database that is there, beside those that write to it.
pub(super) async fn reader(url: &str) -> Result<DatabaseConnection, StoreError> {
    Ok(connect(url, 1, Missing::Refuse).await?)
}

/// Whether a connection that comes back is good for others. Where a disk is full, SQLite undoes
/// the transaction by itself, the rollback that follows fails, and sqlx takes whatever comes
/// next for a part of a transaction that is no more.
async fn is_whole(connection: &mut SqliteConnection) -> Result<bool, SqlxError> {
    if connection.is_in_transaction() {
        // Its rollback is still on the way: this comes behind it.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}

async fn connect(
    url: &str,
    connections: u32,
    missing: Missing,
) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .map_sqlx_sqlite_pool_opts(|pool| {
            pool.after_release(|connection, _| Box::pin(is_whole(connection)))
        })
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(5))
        .sqlx_logging(false)
        .set_application_name("chorus")
        .test_before_acquire_if_idle_for(TRUSTED)
        // FULL: a commit that was acknowledged survives the loss of power.
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(missing == Missing::Make)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                // What is deleted is overwritten: yesterday's salt is gone.
                .pragma("secure_delete", "ON")
                .busy_timeout(Duration::from_secs(5))
        });
    Database::connect(options).await
}
