//! Production wiring on throw-away databases, with a clock that tests move.
//!
//! A test that touches the database runs on both: [`on_both`]. The Postgres
//! cluster is the one named by `CHORUS_TEST_POSTGRES`, which `tests/run`
//! starts; each test gets a database of its own, copied from a migrated template.

mod database;
pub mod people;
pub mod server;

use std::future::Future;

use chrono::{DateTime, Utc};

use crate::app::{App, Parts};
use crate::chance::Chance;
use crate::clock::{Clock, ManualClock};
use crate::secrets::Tokens;
pub use database::{Kind, TestDatabase};

/// The application on a throw-away database.
#[derive(Debug)]
pub struct TestApp {
    /// The application.
    pub app: App,
    /// Its clock.
    pub clock: ManualClock,
    /// Its database; removed when dropped.
    pub database: TestDatabase,
}

impl TestApp {
    /// A fresh application on a database of the given kind, at [`start`].
    pub async fn new(kind: Kind) -> Self {
        let database = TestDatabase::create(kind).await;
        let clock = ManualClock::at(start());
        let chance = Chance::seeded(7);
        let app = App::new(Parts {
            store: database.open().await,
            clock: Clock::Manual(clock.clone()),
            tokens: Tokens::new(None, &chance),
            chance,
        });
        Self {
            app,
            clock,
            database,
        }
    }
}

/// When every test begins: Monday 2026-11-16 at 10:00 UTC.
pub fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_794_823_200, 0).unwrap_or_default()
}

/// Runs a test on SQLite and then on Postgres.
pub async fn on_both<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    test(TestApp::new(Kind::Sqlite).await).await;
    test(TestApp::new(Kind::Postgres).await).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fresh_database_answers_and_takes_writes_one_after_another() {
        on_both(async |t: TestApp| {
            t.app.store.ping().await.unwrap();
            for _ in 0..3 {
                t.app.store.begin().await.unwrap().commit().await.unwrap();
            }
        })
        .await;
    }
}
