//! Upgrades without a pause: what a migration may change, and that a version goes on while the
//! next one has migrated already.

mod locks;
mod schema;

use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use sea_orm_migration::MigratorTrait as _;
use server::app::build;
use server::config::Config;
use server::service;
use server::test_support::{Kind, TestDatabase};

use locks::{holds_up, large_tables, locked};
use schema::{breaks, schema};

use super::one_connection;

/// The newest migration of the first release: what comes after it is held to the rules of
/// migration/README.md. Until CHANGELOG names that release, it moves along.
const FIRST_RELEASE: &str = "m20261128_000034_team_networks";
/// In the name of a migration that takes away what the release before it uses no more.
const CONTRACT: &str = "contract";
const CHANGELOG: &str = include_str!("../../../CHANGELOG.md");

/// The migrations, oldest first, and what the rules refuse of each.
async fn judged(db: &DatabaseConnection) -> Vec<(String, Vec<String>)> {
    let mut judged = Vec::new();
    let mut before = (schema(db).await, locked(db).await);
    for migration in migration::Migrator::migrations() {
        migration::Migrator::up(db, Some(1)).await.unwrap();
        let after = (schema(db).await, locked(db).await);
        let name = migration.name().to_owned();
        let mut refused = holds_up(&before.1, &after.1);
        if !name.contains(CONTRACT) {
            refused.extend(breaks(&before.0, &after.0));
        }
        judged.push((name, refused));
        before = after;
    }
    for table in large_tables() {
        assert!(before.0.has_table(table), "README lists {table}");
    }
    judged
}

#[tokio::test]
async fn after_the_first_release_a_migration_only_adds_what_the_version_before_can_live_with() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = TestDatabase::empty(kind).await;
        let db = one_connection(&database.url).await;
        let judged = judged(&db).await;
        let released = judged.iter().position(|(name, _)| name == FIRST_RELEASE);
        let released = released.unwrap_or_else(|| panic!("{FIRST_RELEASE} is no migration"));
        for (name, refused) in &judged[released + 1..] {
            assert!(
                refused.is_empty(),
                "{name} breaks the version before it, on {kind:?}: {refused:#?}\n\
                 See \"Upgrades without a pause\" in migration/README.md."
            );
        }
        // Both of these came before, and index `share`: the first could not come now.
        let of = |part: &str| judged.iter().find(|(name, _)| name.contains(part));
        let (_, plainly) = of("_000011_").unwrap();
        let (_, concurrently) = of("_000020_").unwrap();
        assert_eq!(!plainly.is_empty(), kind == Kind::Postgres, "{plainly:?}");
        assert!(concurrently.is_empty(), "{concurrently:?}");
        db.close().await.unwrap();
    }
}

#[test]
fn until_the_first_release_is_made_the_newest_migration_belongs_to_it() {
    let mut parts = CHANGELOG.lines().filter(|line| line.starts_with("## "));
    let is_released = parts.any(|part| part != "## Unreleased");
    let migrations = migration::Migrator::migrations();
    let newest = migrations.last().unwrap().name();
    assert!(
        is_released || newest == FIRST_RELEASE,
        "FIRST_RELEASE in tests/it/migrations/upgrade.rs moves along to {newest}"
    );
}

#[tokio::test]
async fn what_the_version_before_cannot_live_with_is_recognised() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = TestDatabase::empty(kind).await;
        let db = one_connection(&database.url).await;
        let run = async |statement: &str| {
            db.execute_unprepared(statement).await.unwrap();
        };
        run("CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT, b TEXT NOT NULL)").await;
        for (statement, broken) in [
            (
                "CREATE TABLE u (id TEXT PRIMARY KEY, a TEXT NOT NULL)",
                None,
            ),
            ("ALTER TABLE t ADD COLUMN c TEXT", None),
            ("ALTER TABLE t ADD COLUMN d TEXT NOT NULL DEFAULT 'x'", None),
            ("CREATE INDEX ix ON t (a)", None),
            ("ALTER TABLE t DROP COLUMN a", Some("t.a is gone")),
            ("ALTER TABLE t RENAME COLUMN b TO e", Some("t.b is gone")),
            ("ALTER TABLE t RENAME TO v", Some("t.c is gone")),
            ("DROP TABLE u", Some("u.a is gone")),
        ] {
            // Found by an index, a column cannot be dropped on SQLite.
            run("DROP INDEX IF EXISTS ix").await;
            let before = schema(&db).await;
            run(statement).await;
            let found = breaks(&before, &schema(&db).await);
            match broken {
                None => assert_eq!(found, Vec::<String>::new(), "{statement}"),
                Some(word) => assert!(found.contains(&word.to_owned()), "{statement}: {found:?}"),
            }
        }
        if kind == Kind::Postgres {
            run("CREATE TABLE w (id TEXT PRIMARY KEY, a TEXT, n INTEGER)").await;
            for (statement, broken) in [
                (
                    "ALTER TABLE w ALTER COLUMN a SET NOT NULL",
                    "w.a may not be left out any more",
                ),
                (
                    "ALTER TABLE w ALTER COLUMN n TYPE BIGINT",
                    "w.n was int4 and is int8",
                ),
                (
                    "ALTER TABLE w ADD COLUMN z TEXT NOT NULL",
                    "w.z is new and may not be left out",
                ),
            ] {
                let before = schema(&db).await;
                run(statement).await;
                assert_eq!(breaks(&before, &schema(&db).await), [broken]);
            }
        }
        db.close().await.unwrap();
    }
}

/// What the next version's migration does here: it adds a table, a column, and its name.
const NEXT: &[&str] = &[
    "CREATE TABLE later (id TEXT PRIMARY KEY)",
    "ALTER TABLE post ADD COLUMN later TEXT",
    "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20990101_000001_later', 1)",
];

#[tokio::test]
async fn while_an_upgrade_rolls_the_version_before_stays_ready_works_and_starts_again() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = TestDatabase::empty(kind).await;
        let folder = tempfile::tempdir().unwrap();
        let options = format!(
            "data_dir = {:?}\n[database]\nurl = {:?}\n",
            folder.path(),
            database.url
        );
        let config = Config::parse(&options, []).unwrap();
        let app = build(config.clone()).await.unwrap();
        let db = one_connection(&database.url).await;
        for statement in NEXT {
            db.execute_unprepared(statement).await.unwrap();
        }

        assert!(
            service::health::is_ready(&app).await.unwrap(),
            "the running one"
        );
        service::posts::publish_due_posts(&app).await.unwrap();
        drop(app);
        let again = build(config.clone()).await.unwrap();
        assert!(
            service::health::is_ready(&again).await.unwrap(),
            "one that starts now"
        );

        // One that lacks something is not ready: the load goes to others.
        let newest = migration::Migrator::migrations()
            .last()
            .unwrap()
            .name()
            .to_owned();
        let forget = format!("DELETE FROM seaql_migrations WHERE version = '{newest}'");
        db.execute_unprepared(&forget).await.unwrap();
        assert!(!service::health::is_ready(&again).await.unwrap());
        drop(again);
        let refused = build(config).await.unwrap_err().to_string();
        assert!(refused.contains("m20990101_000001_later"), "{refused}");
        assert!(refused.contains(&newest), "{refused}");
        db.close().await.unwrap();
    }
}

/// A migration that cannot have a table soon gives up: everybody who comes after it would wait
/// behind it.
#[tokio::test]
async fn a_migration_does_not_hold_up_the_traffic_behind_it() {
    let database = TestDatabase::create(Kind::Postgres).await;
    let db = one_connection(&database.url).await;
    migration::Migrator::down(&db, Some(1)).await.unwrap();
    // Somebody writes into the tables that it changes, and takes their time.
    let writer = one_connection(&database.url).await;
    writer.execute_unprepared("BEGIN").await.unwrap();
    for table in [
        "member",
        "share",
        "identity",
        "delivery",
        "installation",
        "channel",
        "post",
        "figure_day",
        "csv_line",
        "team_month",
        "seaql_migrations",
    ] {
        let lock = format!("LOCK TABLE {table} IN ROW EXCLUSIVE MODE");
        writer.execute_unprepared(&lock).await.unwrap();
    }

    let began = std::time::Instant::now();
    let refused = server::store::connect::migrate(&database.url).await;

    let refused = format!("{:?}", refused.unwrap_err());
    assert!(refused.contains("lock timeout"), "{refused}");
    assert!(began.elapsed() < std::time::Duration::from_secs(20));
    writer.execute_unprepared("ROLLBACK").await.unwrap();
}
