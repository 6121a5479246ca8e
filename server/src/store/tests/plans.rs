//! What a database says it will do for a statement, and whether that reads everything.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::Value;

use super::watch::Told;
use crate::store::Store;
use crate::test_support::TestDatabase;

/// A table that is read as a whole, or by a whole index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scan {
    /// Who sent the statement.
    pub function: String,
    /// The table.
    pub table: String,
    /// The step of the plan.
    pub step: String,
    /// The statement.
    pub sql: String,
}

/// Every table that the statements read as a whole, after the database has learned its sample.
pub async fn scans(database: &TestDatabase, told: &[Told]) -> Vec<Scan> {
    // One connection, so that its settings hold for all.
    let store = Store::open(&database.url, 1).await.unwrap();
    store.optimize().await.unwrap();
    let db = store.db;
    let backend = db.get_database_backend();
    let mut firsts = Firsts::new();
    let mut tables = BTreeSet::new();
    if backend == DbBackend::Sqlite {
        tables = table_names(&db).await;
    }
    if backend == DbBackend::Postgres {
        for settled in ["ANALYZE", "SET enable_seqscan = off"] {
            db.execute_unprepared(settled).await.unwrap();
        }
        firsts = first_columns(&db).await;
    }
    let mut found = Vec::new();
    let mut explained = BTreeSet::new();
    for (function, statement) in told {
        if !explained.insert((function, &statement.sql)) {
            continue;
        }
        let steps = match backend {
            DbBackend::Postgres => postgres(&db, &firsts, statement).await,
            _ => sqlite(&db, &tables, statement).await,
        };
        found.extend(steps.into_iter().map(|(table, step)| Scan {
            function: function.clone(),
            table,
            step,
            sql: statement.sql.clone(),
        }));
    }
    found
}

async fn explain(
    db: &DatabaseConnection,
    how: &str,
    statement: &Statement,
) -> Vec<sea_orm::QueryResult> {
    let explained = Statement {
        sql: format!("{how} {}", statement.sql),
        ..statement.clone()
    };
    db.query_all_raw(explained)
        .await
        .unwrap_or_else(|error| panic!("{error}: {}", statement.sql))
}

/// Steps that read on without a bound. `SCAN t USING INDEX` is one too: the whole index.
async fn sqlite(
    db: &DatabaseConnection,
    tables: &BTreeSet<String>,
    statement: &Statement,
) -> Vec<(String, String)> {
    // What it plans for the references to a new row is done only where one is open until the
    // end of the transaction, which none of ours is.
    if statement.sql.starts_with("INSERT") {
        return Vec::new();
    }
    let rows = explain(db, "EXPLAIN QUERY PLAN", statement).await;
    let details = rows
        .iter()
        .map(|row| row.try_get::<String>("", "detail").unwrap());
    details
        .filter_map(|detail| {
            let table = detail.strip_prefix("SCAN ")?.split(' ').next()?.to_owned();
            // Else rows that stand in the statement itself, or that a part of it has found.
            tables.contains(&table).then_some((table, detail))
        })
        .collect()
}

async fn table_names(db: &DatabaseConnection) -> BTreeSet<String> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table'";
    let rows = db
        .query_all_raw(Statement::from_string(DbBackend::Sqlite, sql))
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect()
}

/// The table and the first column of each index of Postgres, by the index's name.
type Firsts = BTreeMap<String, (String, String)>;

async fn first_columns(db: &DatabaseConnection) -> Firsts {
    let sql = "SELECT indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'";
    let rows = db
        .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await
        .unwrap();
    let firsts = rows.iter().map(|row| {
        let name: String = row.try_get("", "indexname").unwrap();
        let definition: String = row.try_get("", "indexdef").unwrap();
        // Which rows it holds is said after its columns.
        let (whole, _) = definition
            .split_once(" WHERE ")
            .unwrap_or((&definition, ""));
        let columns = whole.rsplit_once('(').unwrap().1;
        let first = columns.split([',', ')', ' ']).next().unwrap();
        let table = row.try_get("", "tablename").unwrap();
        (name, (table, first.to_owned()))
    });
    firsts.collect()
}

async fn postgres(
    db: &DatabaseConnection,
    firsts: &Firsts,
    statement: &Statement,
) -> Vec<(String, String)> {
    let rows = explain(db, "EXPLAIN (FORMAT JSON)", statement).await;
    let plan: Value = rows[0].try_get("", "QUERY PLAN").unwrap();
    let mut found = Vec::new();
    walk(&plan[0]["Plan"], firsts, &mut found);
    found
}

/// Forbidden to read a table as a whole, the database reads a whole index instead: one without
/// a condition, or with none on its first column.
fn walk(node: &Value, firsts: &Firsts, found: &mut Vec<(String, String)>) {
    let text = |key: &str| node[key].as_str().unwrap_or_default().to_owned();
    let (step, index) = (text("Node Type"), text("Index Name"));
    let table = match (step.as_str(), firsts.get(&index)) {
        ("Seq Scan", _) => Some(text("Relation Name")),
        ("Index Scan" | "Index Only Scan" | "Bitmap Index Scan", Some((table, first))) => {
            let is_bounded = text("Index Cond").contains(first.as_str());
            (!is_bounded).then(|| table.clone())
        }
        _ => None,
    };
    if let Some(table) = table {
        found.push((table, format!("{step} {index}")));
    }
    for child in node["Plans"].as_array().into_iter().flatten() {
        walk(child, firsts, found);
    }
}
