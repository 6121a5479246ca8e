//! Opening the database, and bringing its schema up to date.

use std::sync::Arc;
use std::time::Duration;

use migration::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr};
use server_api::metrics::{ANSWERS, histogram};
use tokio::sync::Mutex;

use super::{Store, StoreError};
use crate::metrics::sampled::Connections;

/// Number under which replicas queue on Postgres to migrate one at a time.
const MIGRATION_LOCK: i64 = 0x0043_686f_7275_7331;

impl Store {
    /// Opens the database at `url` (`sqlite://…` or `postgres://…`) with at
    /// most `connections` connections.
    pub async fn open(url: &str, connections: u32) -> Result<Self, StoreError> {
        let db = connect(url, connections).await?;
        let writers = match db.get_database_backend() {
            DbBackend::Sqlite => Some(Arc::new(Mutex::new(()))),
            DbBackend::Postgres | DbBackend::MySql | _ => None,
        };
        let waits = histogram(ANSWERS);
        Ok(Self { db, writers, waits })
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
    let db = connect(url, 1).await?;
    let postgres = db.get_database_backend() == DbBackend::Postgres;
    if postgres {
        db.execute_unprepared(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})"))
            .await?;
    }
    let outcome = Migrator::up(&db, None).await;
    if postgres {
        db.execute_unprepared(&format!("SELECT pg_advisory_unlock({MIGRATION_LOCK})"))
            .await?;
    }
    db.close().await?;
    Ok(outcome?)
}

async fn connect(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(5))
        .sqlx_logging(false)
        .set_application_name("chorus")
        // FULL: a commit that was acknowledged survives the loss of power.
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                // What is deleted is overwritten: yesterday's salt is gone.
                .pragma("secure_delete", "ON")
                .busy_timeout(Duration::from_secs(5))
        });
    Database::connect(options).await
}
