//! Production wiring on throw-away databases, with a clock that tests move.
//!
//! A test that touches the database runs on both: [`on_both`]. The Postgres
//! cluster is the one named by `CHORUS_TEST_POSTGRES`, which `tests/run`
//! starts; each test gets a database of its own, copied from a migrated template.

pub mod console;
pub mod content;
mod database;
pub mod granting;
pub mod id_tokens;
pub mod people;
pub mod server;
pub mod site;
pub mod teams;
pub mod traffic;

use std::future::Future;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::app::{App, Parts};
use crate::chance::Chance;
use crate::clock::{Clock, ManualClock};
use crate::config::Config;
use crate::jobs::registry;
use crate::jobs::worker::Worker;
use crate::ports::card_preview::Plain;
use crate::ports::fetch::{Fetcher, SystemLookup};
use crate::secrets::keys::Key;
use crate::secrets::{Keys, Tokens};
use crate::service::schedules;
use crate::wake::Bell;
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
    _data_dir: tempfile::TempDir,
}

impl TestApp {
    /// A fresh application on a database of the given kind, at [`start`].
    pub async fn new(kind: Kind) -> Self {
        Self::configured(kind, "").await
    }

    /// The same with options, as a configuration file writes them.
    pub async fn configured(kind: Kind, options: &str) -> Self {
        Self::on(TestDatabase::create(kind).await, options).await
    }

    /// The same on a database that is there.
    pub async fn on(database: TestDatabase, options: &str) -> Self {
        let data_dir = tempfile::tempdir().expect("a temporary folder");
        let mut config = Config::parse(options, []).expect("a good configuration");
        data_dir.path().clone_into(&mut config.data_dir);
        let clock = ManualClock::at(start());
        Self {
            app: app(config, &database, &clock, 7).await,
            clock,
            database,
            _data_dir: data_dir,
        }
    }
}

/// The application as production puts it together.
async fn app(config: Config, database: &TestDatabase, clock: &ManualClock, seed: u64) -> App {
    let chance = Chance::seeded(seed);
    let fetcher = Fetcher::new(config.fetch.clone(), Arc::new(SystemLookup));
    let app = App::new(Parts {
        fetcher: fetcher.expect("a fetcher"),
        config,
        store: database.open().await,
        clock: Clock::Manual(clock.clone()),
        tokens: Tokens::new(None, &chance),
        chance,
        keys: Keys::new(vec![Key::new([7; 32])]).expect("a key"),
        couriers: Bell::default(),
        exclusive: None,
    });
    app.draw_cards_by(Arc::new(Plain));
    app
}

impl TestApp {
    /// Another process with the same database, data directory and clock: a replica,
    /// or the same server after a restart. Each needs a `seed` of its own.
    pub async fn another(&self, seed: u64) -> App {
        let config = self.app.config.clone();
        app(config, &self.database, &self.clock, seed).await
    }

    /// Does every job that is due now, and what those jobs plan for now.
    pub async fn work(&self) {
        let worker = Worker::of(&self.app, registry::all());
        schedules::fire_due(&self.app)
            .await
            .expect("the schedules fire");
        while worker.work_one().await.expect("the queue is read") {}
    }
}

/// When every test begins: Monday 2026-11-16 at 10:00 UTC.
pub fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_794_823_200, 0).unwrap_or_default()
}

/// Runs a test on SQLite and then on Postgres.
pub async fn on_both<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    // A test's state may be large, and would lie in that of whoever calls this.
    Box::pin(test(TestApp::new(Kind::Sqlite).await)).await;
    Box::pin(test(TestApp::new(Kind::Postgres).await)).await;
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
