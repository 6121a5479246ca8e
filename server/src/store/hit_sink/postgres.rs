//! Hits on Postgres: one statement a batch, whose columns travel as arrays.

use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::hit;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::{self, ConnectOptions, Connection, Row};
use sea_orm::{DbErr, RuntimeErr, SqlxError};
use uuid::Uuid;

use super::super::StoreError;
use super::sqlite::{class, device, reason};

const INSERT: &str = "INSERT INTO hit (id, organization_id, link_id, at, class, reason, visitor, \
                      network_key, country, device, referrer_host) SELECT * FROM UNNEST($1::uuid[], \
                      $2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[], $7::bytea[], \
                      $8::bytea[], $9::text[], $10::text[], $11::text[]) ON CONFLICT DO NOTHING";
/// How long a connection may take to be made, and a batch to be stored.
const TIME_LIMIT: Duration = Duration::from_secs(5);

/// The connection, and a small runtime that drives nothing else.
#[derive(Debug)]
pub(super) struct Sink {
    runtime: tokio::runtime::Runtime,
    connection: PgConnection,
}

impl Sink {
    pub(super) fn open(url: &str) -> Result<Self, StoreError> {
        let runtime = runtime()?;
        let options = PgConnectOptions::from_str(url)
            .map_err(meaning)?
            .application_name("chorus hits")
            .disable_statement_logging();
        let connection = runtime.block_on(in_time(async {
            let mut connection = PgConnection::connect_with(&options).await?;
            // Less than `on` could lose what was acknowledged; more is the operator's choice.
            let synced: String = sqlx::query("SHOW synchronous_commit")
                .fetch_one(&mut connection)
                .await?
                .try_get(0)?;
            if matches!(synced.as_str(), "off" | "local") {
                sqlx::query("SET synchronous_commit = on")
                    .execute(&mut connection)
                    .await?;
            }
            // The server gives up before we do, so that it does not go on alone for long.
            sqlx::query("SET statement_timeout = '4s'")
                .execute(&mut connection)
                .await?;
            Ok(connection)
        }))?;
        Ok(Self {
            runtime,
            connection,
        })
    }

    pub(super) fn append(&mut self, rows: &[hit::Model]) -> Result<(), StoreError> {
        let columns = Columns::of(rows);
        let insert = sqlx::query(INSERT)
            .bind(columns.id)
            .bind(columns.organization)
            .bind(columns.link)
            .bind(columns.at)
            .bind(columns.class)
            .bind(columns.reason)
            .bind(columns.visitor)
            .bind(columns.network_key)
            .bind(columns.country)
            .bind(columns.device)
            .bind(columns.referrer_host);
        let connection = &mut self.connection;
        self.runtime.block_on(in_time(async {
            insert.execute(connection).await?;
            Ok(())
        }))
    }

    pub(super) fn durability(&mut self) -> Result<String, StoreError> {
        let connection = &mut self.connection;
        self.runtime.block_on(in_time(async {
            sqlx::query("SHOW synchronous_commit")
                .fetch_one(connection)
                .await?
                .try_get(0)
        }))
    }
}

/// A batch turned by a quarter.
#[derive(Default)]
struct Columns<'a> {
    id: Vec<Uuid>,
    organization: Vec<Uuid>,
    link: Vec<Uuid>,
    at: Vec<DateTime<Utc>>,
    class: Vec<&'static str>,
    reason: Vec<&'static str>,
    visitor: Vec<Option<&'a [u8]>>,
    network_key: Vec<Option<&'a [u8]>>,
    country: Vec<Option<&'a str>>,
    device: Vec<Option<&'static str>>,
    referrer_host: Vec<Option<&'a str>>,
}

impl<'a> Columns<'a> {
    fn of(rows: &'a [hit::Model]) -> Self {
        let mut columns = Self::default();
        for row in rows {
            columns.id.push(row.id.0);
            columns.organization.push(row.organization_id.0);
            columns.link.push(row.link_id.0);
            columns.at.push(row.at);
            columns.class.push(class(row.class));
            columns.reason.push(reason(row.reason));
            columns.visitor.push(row.visitor.as_deref());
            columns.network_key.push(row.network_key.as_deref());
            columns.country.push(row.country.as_deref());
            columns.device.push(row.device.map(device));
            columns.referrer_host.push(row.referrer_host.as_deref());
        }
        columns
    }
}

/// A runtime for one thread and one connection.
fn runtime() -> Result<tokio::runtime::Runtime, StoreError> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|cause| StoreError::away(&cause.to_string()))
}

async fn in_time<T>(work: impl Future<Output = Result<T, SqlxError>>) -> Result<T, StoreError> {
    match tokio::time::timeout(TIME_LIMIT, work).await {
        Ok(outcome) => outcome.map_err(meaning),
        Err(_) => Err(StoreError::away("the database did not answer in time")),
    }
}

fn meaning(error: SqlxError) -> StoreError {
    DbErr::Query(RuntimeErr::SqlxError(std::sync::Arc::new(error))).into()
}
