//! What of a migration makes whoever writes to a large table wait, on PostgreSQL. The catalog
//! tells: each of its rows bears the transaction that wrote it last, and what is made without a
//! long lock is finished by a later transaction than the one that began it.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend};
use server::test_support::{Kind, TestDatabase};

use crate::migrations::{one_connection, rows};

const README: &str = include_str!("../../../../migration/README.md");
/// How the line of README begins that lists the tables that grow with use.
const LARGE: &str = "- An index on a table that grows with use (";

/// Tables, and what in each was made under a lock that lasted.
pub(super) type Locked = BTreeSet<(String, String)>;

/// A table's own line is there from its beginning, and changes when its file does.
const LOCKED: &str = "
SELECT t.relname::text, 'the index ' || c.relname || ' is not made CONCURRENTLY'
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relnamespace = 'public'::regnamespace AND i.xmin = c.xmin
UNION ALL
SELECT t.relname::text, o.conname || ' is not made NOT VALID and validated in a later transaction'
FROM pg_constraint o JOIN pg_class t ON t.oid = o.conrelid
WHERE t.relnamespace = 'public'::regnamespace AND o.contype IN ('c', 'f') AND o.convalidated
  AND o.xmin = ALL (SELECT d.xmin FROM pg_depend d
                    WHERE d.classid = 'pg_constraint'::regclass AND d.objid = o.oid)
UNION ALL
SELECT t.relname::text, 'all its rows are written anew, as ' || t.relfilenode
FROM pg_class t WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace";

/// The tables that grow with use.
pub(super) fn large_tables() -> Vec<&'static str> {
    let list = README.lines().find_map(|line| line.strip_prefix(LARGE));
    let list = list.and_then(|list| list.split_once(')'));
    let (list, _) = list.unwrap();
    list.split(", ")
        .map(|name| name.trim_matches('`'))
        .collect()
}

/// What was made under a lock that lasted. On SQLite one process writes, and it waits anyway.
pub(super) async fn locked(db: &DatabaseConnection) -> Locked {
    let backend = db.get_database_backend();
    if backend != DbBackend::Postgres {
        return Locked::new();
    }
    let found = rows(db, backend, LOCKED).await;
    let text = |row: &sea_orm::QueryResult, at| row.try_get_by_index::<String>(at).unwrap();
    found
        .iter()
        .map(|row| (text(row, 0), text(row, 1)))
        .collect()
}

/// What makes whoever writes to a large table wait that was there before.
pub(super) fn holds_up(before: &Locked, after: &Locked) -> Vec<String> {
    let large = large_tables();
    let is_old = |table: &str| before.iter().any(|(known, _)| known == table);
    after
        .difference(before)
        .filter(|(table, _)| large.contains(&table.as_str()) && is_old(table))
        .map(|(table, what)| format!("{table}: {what}"))
        .collect()
}

#[tokio::test]
async fn what_makes_writers_of_a_large_table_wait_is_recognised() {
    let database = TestDatabase::empty(Kind::Postgres).await;
    let db = one_connection(&database.url).await;
    let run = async |statements: &str| {
        db.execute_unprepared(statements).await.unwrap();
    };
    run("CREATE TABLE share (id TEXT PRIMARY KEY, a TEXT); CREATE TABLE small (a TEXT)").await;
    for (statements, made) in [
        ("CREATE INDEX one ON share (a)", Some("the index one")),
        (
            "CREATE UNIQUE INDEX two ON share (a)",
            Some("the index two"),
        ),
        ("ALTER TABLE share ADD UNIQUE (a)", Some("the index")),
        ("CREATE INDEX CONCURRENTLY three ON share (a)", None),
        ("CREATE UNIQUE INDEX CONCURRENTLY four ON share (a)", None),
        ("CREATE INDEX five ON small (a)", None),
        (
            "CREATE TABLE hit (a TEXT UNIQUE); CREATE INDEX six ON hit (a)",
            None,
        ),
        (
            "ALTER TABLE share ADD CONSTRAINT c CHECK (a <> '')",
            Some("c is not made NOT VALID"),
        ),
        (
            "ALTER TABLE share ADD CONSTRAINT d FOREIGN KEY (a) REFERENCES share (id)",
            Some("d is not made NOT VALID"),
        ),
        (
            "ALTER TABLE share ADD CONSTRAINT e CHECK (a <> '') NOT VALID",
            None,
        ),
        ("ALTER TABLE share VALIDATE CONSTRAINT e", None),
        // In one transaction, the first holds its lock until the second is done.
        (
            "ALTER TABLE share ADD CONSTRAINT f CHECK (a <> '') NOT VALID; \
             ALTER TABLE share VALIDATE CONSTRAINT f",
            Some("f is not made NOT VALID"),
        ),
        ("ALTER TABLE share ADD COLUMN g TEXT DEFAULT 'x'", None),
        (
            "ALTER TABLE share ADD COLUMN h FLOAT DEFAULT random()",
            Some("all its rows are written anew"),
        ),
    ] {
        let before = locked(&db).await;
        run(statements).await;
        let found = holds_up(&before, &locked(&db).await);
        let is_right = match made {
            None => found.is_empty(),
            Some(made) => found
                .iter()
                .any(|f| f.starts_with(&format!("share: {made}"))),
        };
        assert!(is_right, "{statements}: {found:?}");
    }
    db.close().await.unwrap();
}
