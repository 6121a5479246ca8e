//! Every statement that the store sends, explained on a filled sample of both databases: none
//! reads a whole table or a whole index.
//!
//! The scenario calls every function of the store on a connection that tells what is sent; a
//! function that it does not call fails the test by name. To add a function: its call in
//! `scenario/`, with each of its optional parts once with and once without.

mod plans;
mod sample;
mod scenario;
mod source;
mod watch;

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use super::Store;
use crate::test_support::{Kind, TestDatabase};
use plans::Scan;
use watch::Watch;

/// A table that a statement may read as a whole, by the function that sends it.
struct Exception {
    function: &'static str,
    table: &'static str,
    #[expect(dead_code, reason = "it is written for who reads this list")]
    reason: &'static str,
}

const EXCEPTIONS: &[Exception] = &[
    Exception {
        function: "organizations::all",
        table: "organization",
        reason: "it asks for all of them, and a server has few",
    },
    Exception {
        function: "installations::active_on",
        table: "installation",
        reason: "it asks for all of a platform, which are half of them; a workspace has one",
    },
    Exception {
        function: "installations::all_to_change",
        table: "installation",
        reason: "each start seals all of them anew where a key was changed",
    },
    Exception {
        function: "late_hits::oldest",
        table: "late_hits",
        reason: "it holds the ranges of the last outage until they are counted, within seconds",
    },
    Exception {
        function: "login_attempts::forget",
        table: "login_attempt",
        reason: "it holds the tries of a quarter of an hour or two, and this is what takes them out",
    },
    Exception {
        function: "pairing::forget",
        table: "pairing_attempt",
        reason: "it holds the tries of an hour or two, and this is what takes them out",
    },
];

/// Methods that the scenario does not call, since no plan tells of what they send; and what that is.
const UNEXPLAINED: &[(&str, &str)] = &[
    ("Store::begin", "the beginning of a transaction"),
    (
        "Store::checkpoint",
        "a pragma about the log, which is kept short",
    ),
    ("Store::close", "nothing"),
    ("Store::optimize", "a look at a part of each table"),
    ("Store::ping", "what any database answers at once"),
    (
        "Store::standing",
        "a look at the history of migrations, of which there are some dozens",
    ),
    ("examination::Store::engine", "questions about settings"),
    (
        "examination::Store::quick_check",
        "a pragma that reads the whole file, which is what it is for; asked by hand",
    ),
];

fn is_excepted(scan: &Scan) -> bool {
    EXCEPTIONS
        .iter()
        .any(|one| one.function == scan.function && one.table == scan.table)
}

async fn scans(kind: Kind) -> Vec<Scan> {
    let database = TestDatabase::create(kind).await;
    sample::fill(&database).await;
    let watch = Watch::on(&database).await;
    scenario::play(&watch).await;
    let (all, mut met) = (source::functions(), watch.met());
    for (method, sent) in UNEXPLAINED {
        assert!(all.contains(*method), "there is no {method}, for {sent}");
        assert!(met.insert((*method).to_owned()), "{method} is explained");
    }
    let unmet: Vec<String> = all.difference(&met).cloned().collect();
    assert!(unmet.is_empty(), "the scenario never calls {unmet:#?}");
    plans::scans(&database, &watch.told()).await
}

#[tokio::test]
async fn no_statement_of_the_store_reads_a_whole_table_on_either_database() {
    let (mut met, mut left) = (Vec::new(), Vec::new());
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let (excepted, rest): (Vec<Scan>, Vec<Scan>) =
            scans(kind).await.into_iter().partition(is_excepted);
        met.extend(excepted);
        left.extend(rest.into_iter().map(|scan| (kind, scan)));
    }
    assert!(left.is_empty(), "{left:#?}");
    let met: BTreeSet<(&str, &str)> = met
        .iter()
        .map(|scan| (scan.function.as_str(), scan.table.as_str()))
        .collect();
    let stale: Vec<_> = EXCEPTIONS
        .iter()
        .map(|one| (one.function, one.table))
        .filter(|one| !met.contains(one))
        .collect();
    assert!(stale.is_empty(), "no exception is needed for {stale:?}");
}

#[tokio::test]
async fn a_connection_that_was_open_plans_by_what_sqlite_found_in_its_tables() {
    let database = TestDatabase::create(Kind::Sqlite).await;
    sample::fill(&database).await;
    let open = Store::open(&database.url, 1).await.unwrap();
    let plan = async |limit: u64| {
        // Not to explain, but to read, makes it see that the schema is another one.
        let read = open.db.execute_unprepared("SELECT id FROM share LIMIT 1");
        read.await.unwrap();
        // Another limit makes another statement, which sqlx does not remember.
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT id FROM share \
             WHERE organization_id = x'01' AND post_id IN (x'02', x'03') LIMIT {limit}"
        );
        let asked = Statement::from_string(DbBackend::Sqlite, sql);
        let row = open.db.query_one_raw(asked).await.unwrap().unwrap();
        row.try_get::<String>("", "detail").unwrap()
    };
    let blind = plan(10).await;
    assert!(blind.contains("ix_share_organization_id"), "{blind}");
    let other = Store::open(&database.url, 1).await.unwrap();
    other.optimize().await.unwrap();
    let seeing = plan(11).await;
    assert!(seeing.contains("ix_share_post_id"), "{seeing}");
}

#[tokio::test]
async fn a_whole_table_that_is_read_is_noticed_on_either_database() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = TestDatabase::create(kind).await;
        sample::fill(&database).await;
        let watch = Watch::on(&database).await;
        watch
            .send("by_title", "SELECT id FROM post WHERE title = 'x'")
            .await;
        watch
            .send(
                "by_title_in_order",
                "SELECT id FROM post WHERE title = 'x' ORDER BY id",
            )
            .await;
        let scans = plans::scans(&database, &watch.told()).await;
        let noticed: Vec<&str> = scans.iter().map(|scan| scan.function.as_str()).collect();
        assert_eq!(noticed, ["by_title", "by_title_in_order"], "{kind:?}");
    }
}
