//! Tests of the hot path in trouble: hits that the database does not take now.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use entity::enums::Network;
use entity::hit;
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, Statement,
    TransactionTrait,
};

use super::drain::{drain, drain_chunk};
use super::*;
use crate::service::clicks::count_clicks;
use crate::service::health;
use crate::service::shares::{Parties, open};
use crate::store::{hits, links as stored_links};
use crate::test_support::traffic::{self, FIREFOX, request};
use crate::test_support::{Kind, TestApp, on_both};

/// A link that is remembered because somebody followed it.
async fn followed_link(t: &TestApp) -> String {
    let actor = t.actor(&[]).await;
    let post = t.live_post(&actor.organization).await;
    let parties = Parties {
        organization: actor.organization.clone(),
        member: actor.member.clone(),
        post,
    };
    let opened = open(&t.app, &parties, Network::X, None).await.unwrap();
    let code = opened.link.unwrap().code;
    follow(&t.app, &code, FIREFOX).await;
    code
}

/// Follows a link, which must lead on.
async fn follow(app: &App, code: &str, user_agent: &str) {
    let outcome = receive(app, code, request(user_agent)).await.unwrap();
    assert!(matches!(outcome, Outcome::Known(Target::On(_))));
}

async fn stored(app: &App) -> Vec<hit::Model> {
    let start = HitId(uuid::Uuid::nil());
    hits::after(app.store.reader(), start, 1_000).await.unwrap()
}

async fn connection(t: &TestApp) -> DatabaseConnection {
    Database::connect(&t.database.url).await.unwrap()
}

/// Lets the database refuse hits, or take them again.
async fn rename(t: &TestApp, from: &str, to: &str) {
    let sql = format!("ALTER TABLE {from} RENAME TO {to}");
    let db = connection(t).await;
    db.execute_unprepared(&sql).await.unwrap();
    db.close().await.unwrap();
}

fn journals(app: &App) -> Vec<PathBuf> {
    std::fs::read_dir(&app.config.data_dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "journal"))
        .collect()
}

/// A trigger that runs when everything is done but the commit, and waits there for a lock.
const HOLD: &str = "CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS \
                    $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END $$; \
                    CREATE CONSTRAINT TRIGGER hold AFTER INSERT ON hit \
                    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold()";
/// Who waits for it.
const WAITING: &str = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 \
                       AND NOT granted AND database = (SELECT oid FROM pg_database \
                       WHERE datname = current_database())";

/// Commits of hits that are held in their midst.
enum Held {
    Sqlite(Arc<Gate>),
    Postgres(DatabaseTransaction),
}

/// Where a commit waits on SQLite.
#[derive(Debug, Default)]
struct Gate {
    reached: AtomicBool,
    open: AtomicBool,
}

impl Gate {
    fn pass(&self) {
        self.reached.store(true, Ordering::Release);
        while !self.open.load(Ordering::Acquire) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Held {
    async fn begin(t: &TestApp) -> Self {
        match t.database.kind {
            Kind::Sqlite => {
                let gate = Arc::new(Gate::default());
                let (app, passed) = (t.app.clone(), Arc::clone(&gate));
                let count = tokio::task::spawn_blocking(move || {
                    let sinks = &app.ingest().0.queue;
                    let each = sinks.each_sink(|sink| {
                        let passed = Arc::clone(&passed);
                        sink.in_commits(move || passed.pass()).unwrap();
                    });
                    each.len()
                });
                assert_eq!(count.await.unwrap(), 1, "the one that hits are written on");
                Self::Sqlite(gate)
            }
            Kind::Postgres => {
                let db = connection(t).await;
                db.execute_unprepared(HOLD).await.unwrap();
                let lock = db.begin().await.unwrap();
                let take = "SELECT pg_advisory_xact_lock(4711)";
                lock.execute_unprepared(take).await.unwrap();
                Self::Postgres(lock)
            }
        }
    }

    /// Whether a commit waits.
    async fn is_reached(&self) -> bool {
        match self {
            Self::Sqlite(gate) => gate.reached.load(Ordering::Acquire),
            Self::Postgres(lock) => {
                let waiting = Statement::from_string(DbBackend::Postgres, WAITING);
                lock.query_one_raw(waiting).await.unwrap().is_some()
            }
        }
    }

    async fn end(self) {
        match self {
            Self::Sqlite(gate) => gate.open.store(true, Ordering::Release),
            Self::Postgres(lock) => lock.rollback().await.unwrap(),
        }
    }
}

#[tokio::test]
async fn no_reader_is_answered_before_the_commit() {
    on_both(async |t: TestApp| {
        let code = followed_link(&t).await;
        let held = Held::begin(&t).await;
        let reader = follow(&t.app, &code, FIREFOX);
        tokio::pin!(reader);
        let began = Instant::now();
        while !held.is_reached().await {
            assert!(began.elapsed() < Duration::from_secs(30), "no commit began");
            let early = tokio::time::timeout(Duration::from_millis(20), &mut reader).await;
            assert!(early.is_err(), "answered before the commit began");
        }
        let early = tokio::time::timeout(Duration::from_secs(1), &mut reader).await;
        assert!(early.is_err(), "answered before the hit was committed");
        assert_eq!(stored(&t.app).await.len(), 1);
        held.end().await;
        reader.await;
        assert_eq!(stored(&t.app).await.len(), 2);
        assert_eq!(t.app.ingest().journalled_hits(), 0);
    })
    .await;
}

/// Lets Postgres sync no commit of connections that are made from now on, unless they ask for
/// it. SQLite has no such choice for a whole database.
async fn let_nothing_be_synced(t: &TestApp) {
    if t.database.kind == Kind::Sqlite {
        return;
    }
    let ask = Statement::from_string(DbBackend::Postgres, "SHOW synchronous_commit");
    let sql = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', \
               current_database()); END $$";
    let db = connection(t).await;
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
    let db = connection(t).await;
    let told = db.query_one_raw(ask).await.unwrap().unwrap();
    assert_eq!(told.try_get_by_index::<String>(0).unwrap(), "off");
    db.close().await.unwrap();
}

#[tokio::test]
async fn what_hits_are_written_on_syncs_its_commits_although_the_database_would_not() {
    on_both(async |t: TestApp| {
        let_nothing_be_synced(&t).await;
        followed_link(&t).await;
        let app = t.app.clone();
        let told = tokio::task::spawn_blocking(move || app.ingest().durability().unwrap());
        let synced = match t.database.kind {
            // FULL.
            Kind::Sqlite => "2",
            Kind::Postgres => "on",
        };
        assert_eq!(told.await.unwrap(), [synced]);
    })
    .await;
}

#[tokio::test]
async fn hits_that_the_database_refuses_lie_in_the_journal_until_it_takes_them_once_and_in_order() {
    on_both(async |t: TestApp| {
        let code = followed_link(&t).await;
        rename(&t, "hit", "hit_away").await;
        for _ in 0..3 {
            t.clock.advance(TimeDelta::seconds(1));
            follow(&t.app, &code, FIREFOX).await;
        }
        assert_eq!(t.app.ingest().journalled_hits(), 3);
        assert!(drain(&t.app).await.is_err(), "it is still away");
        assert!(health::is_ready(&t.app).await.is_err());
        rename(&t, "hit_away", "hit").await;
        // While some wait, newer ones wait behind them.
        t.clock.advance(TimeDelta::seconds(1));
        follow(&t.app, &code, FIREFOX).await;
        assert_eq!(t.app.ingest().journalled_hits(), 4);
        assert_eq!(drain(&t.app).await.unwrap(), 4);
        assert_eq!(drain(&t.app).await.unwrap(), 0);
        assert_eq!(journals(&t.app), Vec::<PathBuf>::new());
        let found = stored(&t.app).await;
        assert_eq!(found.len(), 5);
        assert!(found.is_sorted_by_key(|hit| hit.at));
        assert!(health::is_ready(&t.app).await.unwrap());
        follow(&t.app, &code, FIREFOX).await;
        assert_eq!(stored(&t.app).await.len(), 6, "directly again");
        assert_eq!(t.app.ingest().lost_hits(), 0);
    })
    .await;
}

#[tokio::test]
async fn once_the_database_takes_hits_new_ones_do_not_wait_for_the_journal_to_be_empty() {
    on_both(async |t: TestApp| {
        let code = followed_link(&t).await;
        rename(&t, "hit", "hit_away").await;
        follow(&t.app, &code, FIREFOX).await;
        let many = traffic::hits(1_500);
        t.app.ingest().0.keeper.journal().append(&many).unwrap();
        rename(&t, "hit_away", "hit").await;
        assert_eq!(drain_chunk(&t.app).await.unwrap(), Some(1_000));
        assert!(health::is_ready(&t.app).await.unwrap());
        follow(&t.app, &code, FIREFOX).await;
        assert_eq!(t.app.ingest().journalled_hits(), 501, "directly");
        assert_eq!(drain(&t.app).await.unwrap(), 501);
        let start = HitId(uuid::Uuid::nil());
        let found = hits::after(t.app.store.reader(), start, 2_000).await;
        assert_eq!(found.unwrap().len(), 1_503);
        assert_eq!(journals(&t.app), Vec::<PathBuf>::new());
    })
    .await;
}

#[tokio::test]
async fn a_journal_is_drained_by_the_next_process_also_if_half_of_it_was_before() {
    on_both(async |t: TestApp| {
        let code = followed_link(&t).await;
        rename(&t, "hit", "hit_away").await;
        for _ in 0..4 {
            follow(&t.app, &code, FIREFOX).await;
        }
        rename(&t, "hit_away", "hit").await;
        let copy = std::fs::read(&journals(&t.app)[0]).unwrap();
        assert_eq!(drain(&t.app).await.unwrap(), 4);
        // As if it had died after the commit and before it removed the file.
        std::fs::write(t.app.config.data_dir.join("hits-0000.journal"), copy).unwrap();
        let next = t.another(9).await;
        next.ingest().0.keeper.adopt().unwrap();
        assert_eq!(next.ingest().journalled_hits(), 4);
        assert_eq!(drain(&next).await.unwrap(), 4);
        assert_eq!(stored(&t.app).await.len(), 5);
    })
    .await;
}

#[tokio::test]
async fn hits_that_come_late_are_counted_although_newer_ones_were_before() {
    on_both(async |t: TestApp| {
        let (code, replica) = (followed_link(&t).await, t.another(9).await);
        assert_eq!(count_clicks(&t.app).await.unwrap(), 1);
        t.app.store.clone().close().await.unwrap();
        follow(&t.app, &code, "one who comes while it is away").await;
        assert_eq!(t.app.ingest().journalled_hits(), 1);
        t.clock.advance(TimeDelta::minutes(10));
        follow(&replica, &code, "one who comes later").await;
        assert_eq!(count_clicks(&replica).await.unwrap(), 1);
        // The first process is gone; a new one takes its journal up.
        let code_of = code.clone();
        let copy = std::fs::read(&journals(&t.app)[0]).unwrap();
        std::fs::write(t.app.config.data_dir.join("hits-0099.journal"), copy).unwrap();
        replica.ingest().0.keeper.adopt().unwrap();
        assert_eq!(drain(&replica).await.unwrap(), 1);
        assert_eq!(count_clicks(&replica).await.unwrap(), 1);
        assert_eq!(count_clicks(&replica).await.unwrap(), 0);
        let found = stored_links::by_code(replica.store.reader(), &code_of).await;
        assert_eq!(found.unwrap().unwrap().0.clicks, 3);
    })
    .await;
}

#[tokio::test]
async fn a_reader_is_sent_on_and_the_loss_counted_where_the_journal_takes_nothing_either() {
    on_both(async |t: TestApp| {
        let code = followed_link(&t).await;
        std::fs::remove_dir_all(&t.app.config.data_dir).unwrap();
        t.app.store.clone().close().await.unwrap();
        for lost in 1..=2 {
            follow(&t.app, &code, FIREFOX).await;
            assert_eq!(t.app.ingest().lost_hits(), lost);
        }
        let unknown = receive(&t.app, "abcdEFGH", request(FIREFOX)).await;
        assert!(matches!(unknown, Err(StoreError::Unavailable(_))));
    })
    .await;
}

#[tokio::test]
async fn a_hit_goes_to_the_database_where_the_journal_is_full_and_that_is_back() {
    on_both(async |t: TestApp| {
        let code = followed_link(&t).await;
        rename(&t, "hit", "hit_away").await;
        follow(&t.app, &code, FIREFOX).await;
        rename(&t, "hit_away", "hit").await;
        t.app.ingest().0.keeper.journal().limit = 0;
        follow(&t.app, &code, FIREFOX).await;
        assert_eq!(stored(&t.app).await.len(), 2);
        assert_eq!(t.app.ingest().lost_hits(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_day_that_begins_while_the_database_is_away_has_one_salt_all_the_same() {
    on_both(async |t: TestApp| {
        let (code, replica) = (followed_link(&t).await, t.another(9).await);
        rename(&t, "hit", "hit_away").await;
        rename(&t, "daily_salt", "daily_salt_away").await;
        follow(&t.app, &code, FIREFOX).await;
        t.clock.advance(TimeDelta::days(1));
        follow(&t.app, &code, FIREFOX).await;
        follow(&t.app, &code, FIREFOX).await;
        rename(&t, "daily_salt_away", "daily_salt").await;
        rename(&t, "hit_away", "hit").await;
        assert_eq!(drain(&t.app).await.unwrap(), 3);
        follow(&t.app, &code, FIREFOX).await;
        follow(&replica, &code, FIREFOX).await;
        let found = stored(&t.app).await;
        let visitors: Vec<_> = found.iter().map(|hit| hit.visitor.as_ref()).collect();
        assert_eq!(visitors[0], visitors[1], "the first day");
        assert_ne!(visitors[1], visitors[2], "the day changed");
        assert!(visitors[2..].iter().all(|visitor| *visitor == visitors[2]));
        let copy = std::fs::read_dir(&t.app.config.data_dir).unwrap().count();
        assert_eq!(copy, 0, "no journal and no salt is left");
    })
    .await;
}
