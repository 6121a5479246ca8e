//! Browsers that were sent to a chat to have the bot let in there.

use chrono::{DateTime, Utc};
use entity::connect_state::{Column, Entity, Model};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter};

use super::{StoreError, Txn, all_set};

/// Writes that a browser was sent.
pub async fn insert(txn: &Txn, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(&**txn).await?)
}

/// Takes what one of these hashes stands for: of several who bring it, one gets it.
pub async fn take(txn: &Txn, hashes: &[Vec<u8>]) -> Result<Option<Model>, StoreError> {
    for hash in hashes {
        let Some(row) = Entity::find_by_id(hash.clone()).one(&**txn).await? else {
            continue;
        };
        let outcome = Entity::delete_many()
            .filter(Column::StateHash.eq(hash.as_slice()))
            .exec(&**txn)
            .await?;
        return Ok((outcome.rows_affected == 1).then_some(row));
    }
    Ok(None)
}

/// Forgets those who did not come back.
pub async fn forget(txn: &Txn, before: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::ExpiresAt.lt(before))
        .exec(&**txn)
        .await?;
    Ok(())
}
