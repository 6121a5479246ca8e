//! What waits in the database, of every organization: for the figures of who runs the server.

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryOperation, DeliveryState, Platform};
use entity::ids::HitId;
use entity::{delivery, hit, job, lease, schedule};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use super::StoreError;

/// How many, and since when the oldest of them.
pub type Counted = (i64, Option<DateTime<Utc>>);

/// Deliveries of a platform to its channels that are due at `now` and that no courier has.
pub async fn deliveries_to_channels(
    db: &impl ConnectionTrait,
    platform: Platform,
    now: DateTime<Utc>,
) -> Result<Counted, StoreError> {
    let to_channels = due(platform, now)
        .column_as(delivery::Column::Id.count(), "waiting")
        .column_as(delivery::Column::RunAt.min(), "oldest")
        .filter(delivery::Column::MemberId.is_null());
    let counted = to_channels.into_tuple().one(db).await?;
    Ok(counted.unwrap_or_default())
}

/// Since when the oldest are due to people, of messages that are new to them: at most so many.
pub async fn oldest_new_to_people(
    db: &impl ConnectionTrait,
    platform: Platform,
    (now, at_most): (DateTime<Utc>, u64),
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    Ok(due(platform, now)
        .column(delivery::Column::RunAt)
        .filter(delivery::Column::MemberId.is_not_null())
        .filter(delivery::Column::Operation.eq(DeliveryOperation::Post))
        .order_by_asc(delivery::Column::RunAt)
        .limit(at_most)
        .into_tuple()
        .all(db)
        .await?)
}

/// Deliveries that are due, and nothing of them yet.
fn due(platform: Platform, now: DateTime<Utc>) -> Select<delivery::Entity> {
    delivery::Entity::find()
        .select_only()
        .filter(delivery::Column::Platform.eq(platform))
        .filter(delivery::Column::State.eq(DeliveryState::Pending))
        .filter(delivery::Column::RunAt.lte(now))
}

/// Jobs that are due at `now` and that no worker has.
pub async fn jobs(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Counted, StoreError> {
    let counted = job::Entity::find()
        .select_only()
        .column_as(job::Column::Id.count(), "waiting")
        .column_as(job::Column::RunAt.min(), "oldest")
        .filter(job::Column::DoneAt.is_null())
        .filter(job::Column::DeadAt.is_null())
        .filter(job::Column::RunAt.lte(now))
        .filter(
            job::Column::LockedUntil
                .is_null()
                .or(job::Column::LockedUntil.lte(now)),
        )
        .into_tuple()
        .one(db)
        .await?;
    Ok(counted.unwrap_or_default())
}

/// Jobs that were given up.
pub async fn dead_jobs(db: &impl ConnectionTrait) -> Result<i64, StoreError> {
    let counted: Option<i64> = job::Entity::find()
        .select_only()
        .column_as(job::Column::Id.count(), "dead")
        .filter(job::Column::DoneAt.is_null())
        // A range, which the index gives on both databases; `IS NOT NULL` is none.
        .filter(job::Column::DeadAt.gt(DateTime::UNIX_EPOCH))
        .into_tuple()
        .one(db)
        .await?;
    Ok(counted.unwrap_or_default())
}

/// When the most overdue recurring job was to be planned.
pub async fn overdue_schedule(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(schedule::Entity::find()
        .select_only()
        .column(schedule::Column::NextRunAt)
        .filter(schedule::Column::NextRunAt.lte(now))
        .order_by_asc(schedule::Column::NextRunAt)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?)
}

/// The first hit after an id.
pub async fn next_hit(
    db: &impl ConnectionTrait,
    after: HitId,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(hit::Entity::find()
        .select_only()
        .column(hit::Column::At)
        .filter(hit::Column::Id.gt(after))
        .order_by_asc(hit::Column::Id)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?)
}

/// The leases of these names.
pub async fn leases(
    db: &impl ConnectionTrait,
    names: Vec<&str>,
) -> Result<Vec<lease::Model>, StoreError> {
    Ok(lease::Entity::find()
        .filter(lease::Column::Name.is_in(names))
        .all(db)
        .await?)
}
