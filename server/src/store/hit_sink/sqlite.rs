//! Hits on SQLite: prepared statements of a few fixed sizes.

use std::sync::Arc;
use std::time::Duration;

use entity::enums::{DeviceClass, HitClass, HitReason};
use entity::hit;
use sea_orm::sqlx::query::Query;
use sea_orm::sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous,
};
use sea_orm::sqlx::{self, AssertSqlSafe, ConnectOptions, Connection, Row, Sqlite};
use sea_orm::{DbErr, RuntimeErr, SqlxError};
use tokio::runtime::Runtime;
use tokio::sync::Mutex;

use super::super::StoreError;

/// Rows of one statement, largest first: few enough to stay prepared, and a
/// batch takes few of them.
const SIZES: [usize; 5] = [256, 64, 16, 4, 1];
/// How long another process's lock is waited for, as on the pool.
const BUSY: Duration = Duration::from_secs(5);

/// The connection, a small runtime that drives nothing else, and the queue in
/// which it waits for its turn.
pub(super) struct Sink {
    runtime: Runtime,
    connection: SqliteConnection,
    statements: Vec<(usize, Arc<str>)>,
    writers: Arc<Mutex<()>>,
}

impl Sink {
    pub(super) fn open(file: &str, writers: Arc<Mutex<()>>) -> Result<Self, StoreError> {
        let runtime = super::runtime()?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY)
            // No reader waits for a checkpoint: `Store::checkpoint` makes them.
            .pragma("wal_autocheckpoint", "0")
            .disable_statement_logging();
        let connection = runtime
            .block_on(SqliteConnection::connect_with(&options))
            .map_err(meaning)?;
        Ok(Self {
            runtime,
            connection,
            statements: SIZES.map(|size| (size, insert(size))).to_vec(),
            writers,
        })
    }

    pub(super) fn append(&mut self, rows: &[hit::Model]) -> Result<(), StoreError> {
        let Self {
            runtime,
            connection,
            statements,
            writers,
        } = self;
        runtime.block_on(async {
            let _turn = writers.lock().await;
            // Dropped without commit, it is undone; IMMEDIATE, as everywhere.
            let mut txn = connection
                .begin_with("BEGIN IMMEDIATE")
                .await
                .map_err(meaning)?;
            let mut rest = rows;
            for (size, statement) in statements {
                while let Some((part, others)) = rest.split_at_checked(*size) {
                    let insert = sqlx::query(AssertSqlSafe(Arc::clone(statement)));
                    part.iter()
                        .fold(insert, bind)
                        .execute(&mut *txn)
                        .await
                        .map_err(meaning)?;
                    rest = others;
                }
            }
            txn.commit().await.map_err(meaning)
        })
    }

    pub(super) fn durability(&mut self) -> Result<String, StoreError> {
        let synchronous: i64 = self.ask("PRAGMA synchronous")?;
        Ok(synchronous.to_string())
    }

    fn ask(&mut self, pragma: &'static str) -> Result<i64, StoreError> {
        let connection = &mut self.connection;
        self.runtime
            .block_on(async { sqlx::query(pragma).fetch_one(connection).await?.try_get(0) })
            .map_err(meaning)
    }
}

/// An insert of so many rows; those that are stored already are left as they are.
fn insert(rows: usize) -> Arc<str> {
    let row = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    format!(
        "INSERT INTO hit (id, organization_id, link_id, at, class, reason, visitor, network_key, \
         country, device, referrer_host) VALUES {} ON CONFLICT DO NOTHING",
        vec![row; rows].join(", ")
    )
    .into()
}

fn bind<'q>(
    insert: Query<'q, Sqlite, SqliteArguments>,
    row: &'q hit::Model,
) -> Query<'q, Sqlite, SqliteArguments> {
    insert
        .bind(row.id.0)
        .bind(row.organization_id.0)
        .bind(row.link_id.0)
        .bind(row.at)
        .bind(class(row.class))
        .bind(reason(row.reason))
        .bind(row.visitor.as_deref())
        .bind(row.network_key.as_deref())
        .bind(row.country.as_deref())
        .bind(row.device.map(device))
        .bind(row.referrer_host.as_deref())
}

/// The words of the enums, which `entity` would make anew for each row.
pub(super) fn class(class: HitClass) -> &'static str {
    match class {
        HitClass::Human => "human",
        HitClass::Bot => "bot",
        HitClass::Own => "own",
        HitClass::Private => "private",
    }
}

pub(super) fn reason(reason: HitReason) -> &'static str {
    match reason {
        HitReason::Browser => "browser",
        HitReason::HeadRequest => "head_request",
        HitReason::Prefetch => "prefetch",
        HitReason::Crawler => "crawler",
        HitReason::LinkScanner => "link_scanner",
        HitReason::NoUserAgent => "no_user_agent",
        HitReason::OwnCookie => "own_cookie",
        HitReason::OwnVisit => "own_visit",
        HitReason::DoNotTrack => "do_not_track",
        HitReason::GlobalPrivacyControl => "global_privacy_control",
    }
}

pub(super) fn device(device: DeviceClass) -> &'static str {
    match device {
        DeviceClass::Desktop => "desktop",
        DeviceClass::Mobile => "mobile",
        DeviceClass::Tablet => "tablet",
        DeviceClass::Other => "other",
    }
}

fn meaning(error: SqlxError) -> StoreError {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error))).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::exclusive::file_of;
    use crate::store::hits;
    use crate::test_support::{Kind, TestDatabase, traffic};
    use entity::ids::HitId;

    #[tokio::test]
    async fn a_full_database_takes_nothing_of_a_batch_and_the_next_one_when_there_is_room() {
        let database = TestDatabase::create(Kind::Sqlite).await;
        let file = file_of(&database.url).unwrap().to_owned();
        let stored = tokio::task::spawn_blocking(move || {
            let mut sink = Sink::open(&file, Arc::default()).unwrap();
            // Its file may not grow: SQLite takes the least that it can have now.
            sink.ask("PRAGMA max_page_count = 1").unwrap();
            let rows = traffic::hits(1_000);
            let refused = format!("{:?}", sink.append(&rows).unwrap_err());
            assert!(refused.contains("full"), "{refused}");
            sink.ask("PRAGMA max_page_count = 100000").unwrap();
            sink.append(&rows).unwrap();
            rows
        })
        .await
        .unwrap();
        let store = database.open().await;
        let found = hits::after(store.reader(), HitId(uuid::Uuid::nil()), 2_000).await;
        assert_eq!(found.unwrap(), stored);
    }
}
