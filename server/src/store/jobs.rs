//! The queue of work.

use chrono::{DateTime, Utc};
use entity::ids::{JobId, OrganizationId};
use entity::job::{Column, Entity, Model};
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, TryInsertResult,
};

use super::{StoreError, Txn, all_set};
use crate::domain::page::{Paging, Slice};

/// Writes a job, unless a waiting one bears its dedupe key; says whether it did.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<bool, StoreError> {
    let outcome = Entity::insert(all_set::<Entity>(row))
        .on_conflict_do_nothing_on([Column::DedupeKey])
        .exec(db)
        .await?;
    Ok(matches!(outcome, TryInsertResult::Inserted(_)))
}

/// One job.
pub async fn find(db: &impl ConnectionTrait, id: JobId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Jobs that are due at `now` and held by nobody, oldest first, locked for this
/// transaction; those that another transaction is taking are passed over.
pub async fn lock_due(txn: &Txn, now: DateTime<Utc>, limit: u64) -> Result<Vec<Model>, StoreError> {
    Ok(unfinished_query()
        .filter(Column::RunAt.lte(now))
        .filter(
            Column::LockedUntil
                .is_null()
                .or(Column::LockedUntil.lte(now)),
        )
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(&**txn)
        .await?)
}

/// Writes a changed job.
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(db).await?)
}

/// Writes the end of an attempt, if `holder` still holds the job in this
/// attempt; says whether it did.
pub async fn settle(txn: &Txn, row: Model, holder: &str) -> Result<bool, StoreError> {
    let held = Entity::find_by_id(row.id)
        .filter(Column::LockedBy.eq(holder))
        .filter(Column::Attempts.eq(row.attempts))
        .filter(Column::DoneAt.is_null())
        .filter(Column::DeadAt.is_null())
        .lock(LockType::Update)
        .one(&**txn)
        .await?;
    if held.is_none() {
        return Ok(false);
    }
    update(&**txn, row).await.map(|_| true)
}

/// The jobs of an organization, and the server's own, that were given up.
pub async fn dead(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    paging: Paging,
) -> Result<Slice<Model>, StoreError> {
    let mut query = Entity::find()
        .filter(
            Column::OrganizationId
                .eq(organization)
                .or(Column::OrganizationId.is_null()),
        )
        .filter(Column::DoneAt.is_null())
        // A range, which the index gives on both databases; `IS NOT NULL` is none.
        .filter(Column::DeadAt.gt(DateTime::UNIX_EPOCH));
    if let Some(after) = paging.after {
        query = query.filter(Column::Id.lt(after));
    }
    let rows = query
        .order_by_desc(Column::Id)
        .limit(paging.fetch())
        .all(db)
        .await?;
    Ok(paging.cut(rows, |row| row.id.0))
}

/// The jobs neither done nor given up, of every organization.
pub async fn unfinished(db: &impl ConnectionTrait) -> Result<Vec<Model>, StoreError> {
    Ok(unfinished_query().order_by_asc(Column::Id).all(db).await?)
}

/// Forgets the jobs done before `before`; says how many.
pub async fn remove_done(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let outcome = Entity::delete_many()
        .filter(Column::DoneAt.lt(before))
        .exec(db)
        .await?;
    Ok(outcome.rows_affected)
}

fn unfinished_query() -> Select<Entity> {
    Entity::find()
        .filter(Column::DoneAt.is_null())
        .filter(Column::DeadAt.is_null())
}
