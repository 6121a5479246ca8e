//! What the database tells of itself and of the work that waits in it: numbers and settings,
//! never what rows say of people.

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryState, Platform};
use entity::{delivery, job, lease};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, Statement, TryGetable,
};

use super::{Store, StoreError};

/// What a database tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite(Sqlite),
    /// PostgreSQL.
    Postgres(Postgres),
}

/// The settings of a SQLite connection of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sqlite {
    /// The library's version.
    pub version: String,
    /// `wal` where readers and the writer do not wait for each other.
    pub journal_mode: String,
    /// 2 where a commit survives the loss of power.
    pub synchronous: i64,
    /// Whether references are held.
    pub foreign_keys: bool,
    /// How much the database holds.
    pub bytes: i64,
}

/// The settings of a PostgreSQL cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postgres {
    /// The cluster's version, as in `17.4`.
    pub version: String,
    /// The same as a number, as in 170004.
    pub version_number: i64,
    /// Whether a commit waits for the disk.
    pub synchronous_commit: String,
    /// Whether the disk is asked to write at all.
    pub fsync: String,
    /// Connections that the cluster takes.
    pub max_connections: i64,
    /// Connections that it has.
    pub connections: i64,
    /// What time it is there.
    pub now: DateTime<Utc>,
}

/// Work that waits or failed, over all organizations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// When the turn of the worker's most frequent work ends or ended; none where no worker ran.
    pub worker_until: Option<DateTime<Utc>>,
    /// Since when the oldest job is due that nobody works on.
    pub oldest_job: Option<DateTime<Utc>>,
    /// Jobs that were given up.
    pub dead_jobs: u64,
    /// Per chat, since when the oldest delivery is due.
    pub oldest_deliveries: Vec<(Platform, DateTime<Utc>)>,
    /// Deliveries that failed or are uncertain, by chat and reason.
    pub failures: Vec<Failures>,
}

/// Deliveries that did not arrive, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failures {
    /// Which chat.
    pub platform: Platform,
    /// Failed, or uncertain.
    pub state: DeliveryState,
    /// The short code of the reason.
    pub reason: Option<String>,
    /// How many.
    pub count: i64,
}

impl Store {
    /// What the database tells of itself.
    pub async fn engine(&self) -> Result<Engine, StoreError> {
        match self.db.get_database_backend() {
            DbBackend::Sqlite => Ok(Engine::Sqlite(sqlite(&self.db).await?)),
            DbBackend::Postgres | DbBackend::MySql | _ => {
                Ok(Engine::Postgres(postgres(&self.db).await?))
            }
        }
    }

    /// SQLite's own check of its file: what is wrong, or nothing. None on other databases.
    pub async fn quick_check(&self) -> Result<Option<Vec<String>>, StoreError> {
        if self.db.get_database_backend() != DbBackend::Sqlite {
            return Ok(None);
        }
        let rows = ask(&self.db, "PRAGMA quick_check(5)").await?;
        let words = rows.iter().map(|row| row.try_get_by_index::<String>(0));
        let words = words.collect::<Result<Vec<_>, _>>()?;
        Ok(Some(
            words.into_iter().filter(|word| word != "ok").collect(),
        ))
    }
}

async fn sqlite(db: &impl ConnectionTrait) -> Result<Sqlite, StoreError> {
    let pages: i64 = one(db, "PRAGMA page_count").await?;
    let page: i64 = one(db, "PRAGMA page_size").await?;
    Ok(Sqlite {
        version: one(db, "SELECT sqlite_version()").await?,
        journal_mode: one(db, "PRAGMA journal_mode").await?,
        synchronous: one(db, "PRAGMA synchronous").await?,
        foreign_keys: one::<i64>(db, "PRAGMA foreign_keys").await? == 1,
        bytes: pages.saturating_mul(page),
    })
}

async fn postgres(db: &impl ConnectionTrait) -> Result<Postgres, StoreError> {
    let number = |text: String| text.parse().unwrap_or_default();
    Ok(Postgres {
        version: one(db, "SHOW server_version").await?,
        version_number: number(one(db, "SHOW server_version_num").await?),
        synchronous_commit: one(db, "SHOW synchronous_commit").await?,
        fsync: one(db, "SHOW fsync").await?,
        max_connections: number(one(db, "SHOW max_connections").await?),
        connections: one(
            db,
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'",
        )
        .await?,
        now: one(db, "SELECT clock_timestamp()").await?,
    })
}

async fn ask(db: &impl ConnectionTrait, question: &str) -> Result<Vec<QueryResult>, StoreError> {
    let statement = Statement::from_string(db.get_database_backend(), question);
    Ok(db.query_all_raw(statement).await?)
}

async fn one<T: TryGetable>(db: &impl ConnectionTrait, question: &str) -> Result<T, StoreError> {
    let rows = ask(db, question).await?;
    let row = rows
        .first()
        .ok_or_else(|| StoreError::refused("no answer"))?;
    Ok(row.try_get_by_index(0)?)
}

/// What waits at `now`, and what failed since `since`. `worker` is the lease of the worker's
/// most frequent work.
pub async fn backlog(
    db: &impl ConnectionTrait,
    worker: &str,
    (since, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Backlog, StoreError> {
    let turn = lease::Entity::find_by_id(worker).one(db).await?;
    let mut backlog = Backlog {
        worker_until: turn.map(|lease| lease.until),
        oldest_job: oldest_job(db, now).await?,
        dead_jobs: job::Entity::find()
            .filter(job::Column::DoneAt.is_null())
            .filter(job::Column::DeadAt.gte(since))
            .count(db)
            .await?,
        ..Backlog::default()
    };
    for platform in [Platform::Slack, Platform::Discord] {
        let due = oldest_delivery(db, platform, now).await?;
        backlog
            .oldest_deliveries
            .extend(due.map(|due| (platform, due)));
        for state in [DeliveryState::Failed, DeliveryState::Uncertain] {
            backlog
                .failures
                .extend(failures(db, (platform, state), since).await?);
        }
    }
    Ok(backlog)
}

async fn oldest_job(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(job::Entity::find()
        .select_only()
        .column(job::Column::RunAt)
        .filter(job::Column::DoneAt.is_null())
        .filter(job::Column::DeadAt.is_null())
        .filter(job::Column::RunAt.lte(now))
        .filter(job::Column::LockedUntil.is_null())
        .order_by_asc(job::Column::RunAt)
        .into_tuple()
        .one(db)
        .await?)
}

async fn oldest_delivery(
    db: &impl ConnectionTrait,
    platform: Platform,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(delivery::Entity::find()
        .select_only()
        .column(delivery::Column::RunAt)
        .filter(delivery::Column::Platform.eq(platform))
        .filter(delivery::Column::State.eq(DeliveryState::Pending))
        .filter(delivery::Column::RunAt.lte(now))
        .order_by_asc(delivery::Column::RunAt)
        .into_tuple()
        .one(db)
        .await?)
}

async fn failures(
    db: &impl ConnectionTrait,
    (platform, state): (Platform, DeliveryState),
    since: DateTime<Utc>,
) -> Result<Vec<Failures>, StoreError> {
    let lines: Vec<(Option<String>, i64)> = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Failure)
        .column_as(delivery::Column::Id.count(), "deliveries")
        .filter(delivery::Column::Platform.eq(platform))
        .filter(delivery::Column::State.eq(state))
        // The index's third column; what is settled lately was due lately.
        .filter(delivery::Column::RunAt.gte(since))
        .group_by(delivery::Column::Failure)
        .order_by_asc(delivery::Column::Failure)
        .into_tuple()
        .all(db)
        .await?;
    let as_failures = |(reason, count)| Failures {
        platform,
        state,
        reason,
        count,
    };
    Ok(lines.into_iter().map(as_failures).collect())
}
