//! What stands in a database, without what chance and time made of it: for each column of
//! words or numbers, how often each value is there.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::test_support::TestApp;

/// Tables that hold no effect: the memory of keys itself, and the schema's history.
const IGNORED: [&str; 2] = ["idempotency_record", "seaql_migrations"];
/// Columns whose words are drawn, or salted, or hold what is; the key itself; and tries, each of which
/// counts.
const IGNORED_COLUMNS: [&str; 10] = [
    "audit_event.interaction_id",
    "credential.password_hash",
    "feed.url",
    "link.code",
    "link.destination",
    "member.email",
    "member.pseudonym",
    "organization.slug",
    "pairing_attempt.attempts",
    "share.text",
];
/// Letters of an id in hexadecimal digits.
const ID: usize = 32;

/// How often each value stands in each column.
pub(super) type Prints = BTreeMap<String, i64>;

/// How often each value stands in each column now.
pub(super) async fn fingerprint(t: &TestApp) -> Prints {
    let db = t.app.store.reader();
    let backend = db.get_database_backend();
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column, is_plain) in columns(db, backend).await {
        let plain = tables.entry(table.clone()).or_default();
        if is_plain && !IGNORED_COLUMNS.contains(&format!("{table}.{column}").as_str()) {
            plain.push(column);
        }
    }
    assert!(tables.len() > 20, "{tables:?}");
    let mut all = Prints::new();
    for (table, columns) in tables {
        let rows = format!("SELECT '' AS place, '' AS value, COUNT(*) AS number FROM \"{table}\"");
        let counts = columns.iter().map(|column| {
            format!(
                "SELECT '{column}', COALESCE(CAST(\"{column}\" AS TEXT), '-'), COUNT(*) \
                 FROM \"{table}\" GROUP BY 2"
            )
        });
        let all_at_once: Vec<String> = std::iter::once(rows).chain(counts).collect();
        let sql = all_at_once.join(" UNION ALL ");
        for (column, value, number) in found(db, backend, sql).await {
            let place = format!("{table}.{column} = {}", without_ids(&value));
            *all.entry(place).or_default() += number;
        }
    }
    all
}

/// Tables and their columns, and whether each holds words, numbers or truths: neither ids
/// nor moments nor bytes.
async fn columns(db: &impl ConnectionTrait, backend: DbBackend) -> Vec<(String, String, bool)> {
    let sql = match backend {
        DbBackend::Sqlite => {
            "SELECT t.name AS place, c.name AS value, lower(c.type) LIKE 'varchar%' OR \
             lower(c.type) IN ('text', 'boolean', 'integer', 'bigint') AS number \
             FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        }
        _ => {
            "SELECT table_name::text AS place, column_name::text AS value, \
             (data_type IN ('character varying', 'text', 'boolean', 'integer', 'bigint')) \
             ::int::bigint AS number \
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let all = found(db, backend, sql.to_owned()).await;
    all.into_iter()
        .filter(|(table, _, _)| !IGNORED.contains(&table.as_str()))
        .map(|(table, column, number)| (table, column, number == 1))
        .collect()
}

async fn found(
    db: &impl ConnectionTrait,
    backend: DbBackend,
    sql: String,
) -> Vec<(String, String, i64)> {
    let rows = db.query_all_raw(Statement::from_string(backend, sql)).await;
    let read = |row: &sea_orm::QueryResult| {
        (
            row.try_get("", "place").unwrap(),
            row.try_get("", "value").unwrap(),
            row.try_get("", "number").unwrap(),
        )
    };
    rows.unwrap().iter().map(read).collect()
}

/// The words with every id in them left out.
fn without_ids(words: &str) -> String {
    let is_of_id = |letter: char| letter.is_ascii_hexdigit() || letter == '-';
    let parts = words.split_inclusive(|letter| !is_of_id(letter));
    parts
        .map(|part| {
            let digits = part.chars().filter(char::is_ascii_hexdigit).count();
            if digits >= ID { "#" } else { part }
        })
        .collect()
}
