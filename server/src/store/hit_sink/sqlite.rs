//! Hits on SQLite: one prepared statement, on a connection that is called from this thread.

use std::sync::Arc;
use std::time::Duration;

use chrono::SecondsFormat;
use entity::enums::{DeviceClass, HitClass, HitReason};
use entity::hit;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use sea_orm::DbErr;
use tokio::sync::Mutex;

use super::super::StoreError;
use super::super::error::passes_on_sqlite;

/// A hit that is stored already is left as it is.
const INSERT: &str = "INSERT INTO hit (id, organization_id, link_id, at, class, reason, visitor, \
                      network_key, country, device, referrer_host) \
                      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
/// How long another process's lock is waited for, as on the pool.
const BUSY: Duration = Duration::from_secs(5);

/// The connection, and the queue in which it waits for its turn.
#[derive(Debug)]
pub(super) struct Sink {
    connection: Connection,
    writers: Arc<Mutex<()>>,
}

impl Sink {
    pub(super) fn open(file: &str, writers: Arc<Mutex<()>>) -> Result<Self, StoreError> {
        // Never made here: who takes hits has migrated before.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)
            .and_then(synced)
            .map_err(|error| meaning(&error))?;
        Ok(Self {
            connection,
            writers,
        })
    }

    pub(super) fn append(&mut self, rows: &[hit::Model]) -> Result<(), StoreError> {
        let _turn = self.writers.blocking_lock();
        insert(&mut self.connection, rows).map_err(|error| meaning(&error))
    }

    pub(super) fn durability(&mut self) -> Result<String, StoreError> {
        self.ask("synchronous")
            .map(|synchronous| synchronous.to_string())
    }

    fn ask(&self, pragma: &str) -> Result<i64, StoreError> {
        self.connection
            .pragma_query_value(None, pragma, |row| row.get(0))
            .map_err(|error| meaning(&error))
    }

    /// Lets something be done in each commit, before any of it is on disk.
    #[cfg(test)]
    pub(super) fn in_commits(
        &self,
        mut act: impl FnMut() + Send + 'static,
    ) -> Result<(), StoreError> {
        let goes_on = move || {
            act();
            false
        };
        self.connection
            .commit_hook(Some(goes_on))
            .map_err(|error| meaning(&error))
    }
}

/// The connection when its commits are on disk once they return, whatever it was set to before.
fn synced(connection: Connection) -> rusqlite::Result<Connection> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    // No reader waits for a checkpoint: `Store::checkpoint` makes them.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    Ok(connection)
}

fn insert(connection: &mut Connection, rows: &[hit::Model]) -> rusqlite::Result<()> {
    // Dropped without commit, it is undone; IMMEDIATE, as everywhere.
    let txn = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut insert = txn.prepare_cached(INSERT)?;
        for row in rows {
            insert.execute(params![
                row.id.0.as_bytes(),
                row.organization_id.0.as_bytes(),
                row.link_id.0.as_bytes(),
                // As everybody else writes it.
                row.at.to_rfc3339_opts(SecondsFormat::AutoSi, false),
                class(row.class),
                reason(row.reason),
                row.visitor,
                row.network_key,
                row.country,
                row.device.map(device),
                row.referrer_host,
            ])?;
        }
    }
    txn.commit()
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

fn meaning(error: &rusqlite::Error) -> StoreError {
    let passes = error
        .sqlite_error()
        .is_some_and(|cause| passes_on_sqlite(cause.extended_code));
    let cause = DbErr::Custom(error.to_string());
    if passes {
        StoreError::Unavailable(cause)
    } else {
        StoreError::Internal(cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::exclusive::file_of;
    use crate::store::hits;
    use crate::test_support::{Kind, TestDatabase, traffic};
    use entity::ids::HitId;

    /// SQLite syncs unless it is told otherwise, so one is told otherwise first.
    #[tokio::test]
    async fn a_sink_syncs_its_commits_also_on_a_connection_that_did_not() {
        let database = TestDatabase::create(Kind::Sqlite).await;
        let connection = Connection::open(file_of(&database.url).unwrap()).unwrap();
        connection
            .pragma_update(None, "synchronous", "normal")
            .unwrap();
        let mut sink = Sink {
            connection,
            writers: Arc::default(),
        };
        assert_eq!(sink.durability().unwrap(), "1", "NORMAL");
        sink.connection = synced(sink.connection).unwrap();
        assert_eq!(sink.durability().unwrap(), "2", "FULL");
    }

    #[tokio::test]
    async fn a_full_database_takes_nothing_of_a_batch_and_the_next_one_when_there_is_room() {
        let database = TestDatabase::create(Kind::Sqlite).await;
        let file = file_of(&database.url).unwrap().to_owned();
        let stored = tokio::task::spawn_blocking(move || {
            let mut sink = Sink::open(&file, Arc::default()).unwrap();
            let pages = |sink: &Sink, most: i64| {
                let set = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
                let pragma = "max_page_count";
                sink.connection
                    .pragma_update_and_check(None, pragma, most, set)
            };
            // Its file may not grow: SQLite takes the least that it can have now.
            pages(&sink, 1).unwrap();
            let rows = traffic::hits(1_000);
            let refused = format!("{:?}", sink.append(&rows).unwrap_err());
            assert!(refused.contains("full"), "{refused}");
            pages(&sink, 100_000).unwrap();
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
