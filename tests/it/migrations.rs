//! The schema's history: up with samples, down, up again, and no drift from `entity`.

use sea_orm::sea_query::{Alias, ExprTrait as _, Query, Value};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::MigratorTrait;
use serde_json::Value as Json;
use server::test_support::{Kind, TestDatabase};

mod drift;
mod upgrade;

/// Where the samples are.
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../migration/samples");

#[tokio::test]
async fn samples_survive_up_down_and_up_again() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = TestDatabase::empty(kind).await;
        let db = one_connection(&database.url).await;
        up_with_samples(&db).await;
        let steps = u32::try_from(migration::Migrator::migrations().len()).unwrap();
        for _ in 0..steps {
            migration::Migrator::down(&db, Some(1)).await.unwrap();
        }
        up_with_samples(&db).await;
        db.close().await.unwrap();
    }
}

#[tokio::test]
async fn replicas_that_start_together_migrate_once() {
    let database = TestDatabase::empty(Kind::Postgres).await;
    let starts = (0..6).map(|_| server::store::connect::migrate(&database.url));
    let limit = std::time::Duration::from_mins(1);
    let together = tokio::time::timeout(limit, futures::future::join_all(starts)).await;
    for outcome in together.expect("nobody waits for who waits for them") {
        outcome.unwrap();
    }
}

async fn one_connection(url: &str) -> DatabaseConnection {
    let options = sea_orm::ConnectOptions::new(url)
        .max_connections(1)
        .to_owned();
    Database::connect(options).await.unwrap()
}

/// Applies one migration after the other, each on the samples of those before it.
async fn up_with_samples(db: &DatabaseConnection) {
    for migration in migration::Migrator::migrations() {
        migration::Migrator::up(db, Some(1)).await.unwrap();
        let path = format!("{SAMPLES}/{}.json", migration.name());
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        let tables: Vec<Json> = serde_json::from_str(&text).unwrap();
        for table in &tables {
            let name = table["table"].as_str().unwrap();
            for row in table["rows"].as_array().unwrap() {
                insert(db, name, row).await;
            }
            assert!(count(db, name).await > 0, "{path} fills {name}");
        }
    }
}

async fn insert(db: &DatabaseConnection, table: &str, row: &Json) {
    let row = row.as_object().unwrap();
    let statement = Query::insert()
        .into_table(Alias::new(table))
        .columns(row.keys().map(Alias::new))
        .values_panic(row.values().map(|value| typed(value).into()))
        .to_owned();
    db.execute(&statement)
        .await
        .unwrap_or_else(|e| panic!("{table}: {e}\n{row:?}"));
}

/// Samples name the types that JSON lacks: `{"uuid": …}`, `{"time": …}`,
/// `{"bytes": "<hexadecimal>"}` and `{"json": …}`.
fn typed(value: &Json) -> Value {
    match value {
        Json::Bool(flag) => (*flag).into(),
        Json::Number(number) => number.as_i64().unwrap().into(),
        Json::String(text) => text.as_str().into(),
        Json::Object(tagged) => {
            let (tag, inner) = tagged.iter().next().unwrap();
            match (tag.as_str(), inner) {
                ("uuid", Json::String(id)) => id.parse::<uuid::Uuid>().unwrap().into(),
                ("time", Json::String(at)) => {
                    at.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
                }
                ("bytes", Json::String(hex)) => bytes(hex).into(),
                ("json", inner) => inner.clone().into(),
                (tag, inner) => panic!("unknown sample value {tag}: {inner}"),
            }
        }
        Json::Null | Json::Array(_) => panic!("leave null columns out of samples: {value}"),
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap())
        .collect()
}

async fn count(db: &DatabaseConnection, table: &str) -> i64 {
    let statement = Query::select()
        .expr(sea_orm::sea_query::Expr::cust("*").count())
        .from(Alias::new(table))
        .to_owned();
    let row = db.query_one(&statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// Runs SQL written for one backend.
async fn rows(db: &DatabaseConnection, backend: DbBackend, sql: &str) -> Vec<sea_orm::QueryResult> {
    db.query_all_raw(Statement::from_string(backend, sql))
        .await
        .unwrap()
}
