//! The queue of work.

use entity::ids::JobId;
use entity::job::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, TryInsertResult};

use super::{StoreError, all_set};

/// Writes a job, unless an unfinished one bears its dedupe key; says whether it did.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<bool, StoreError> {
    let outcome = Entity::insert(all_set::<Entity>(row))
        .on_conflict_do_nothing_on([Column::DedupeKey])
        .exec(db)
        .await?;
    Ok(matches!(outcome, TryInsertResult::Inserted(_)))
}

/// One job.
pub async fn find(db: &impl ConnectionTrait, id: JobId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find().filter(Column::Id.eq(id)).one(db).await?)
}
