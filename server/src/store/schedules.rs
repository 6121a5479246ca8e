//! Recurring jobs.

use chrono::{DateTime, Utc};
use entity::ids::OrganizationId;
use entity::schedule::{Column, Entity, Model};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, Txn, all_set};

/// The schedule of that unique name.
pub async fn by_name(db: &impl ConnectionTrait, name: &str) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find().filter(Column::Name.eq(name)).one(db).await?)
}

/// The schedules of these names.
pub async fn by_names(
    db: &impl ConnectionTrait,
    names: Vec<String>,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Name.is_in(names))
        .all(db)
        .await?)
}

/// The schedules of an organization, held against other writers until the transaction ends.
pub async fn of_organization_to_change(
    txn: &Txn,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(&**txn)
        .await?)
}

/// The schedules due at `now`, of every organization.
pub async fn due(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::NextRunAt.lte(now))
        .order_by_asc(Column::NextRunAt)
        .limit(limit)
        .all(db)
        .await?)
}

/// Moves a schedule to its next time, if it still stands where it was seen and goes by the clock
/// by which that time was found; says whether it did. Of several workers that saw it due, one wins.
pub async fn advance(
    txn: &Txn,
    seen: &Model,
    next: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = Entity::update_many()
        .col_expr(Column::NextRunAt, next.into())
        .col_expr(Column::UpdatedAt, now.into())
        .filter(Column::Id.eq(seen.id))
        .filter(Column::NextRunAt.eq(seen.next_run_at))
        .filter(Column::TimeZone.eq(seen.time_zone.as_str()))
        .exec(&**txn)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Writes a new schedule.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// Writes a changed schedule.
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(db).await?)
}

/// Takes a schedule away, if there is one of that name.
pub async fn remove(db: &impl ConnectionTrait, name: &str) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::Name.eq(name))
        .exec(db)
        .await?;
    Ok(())
}
