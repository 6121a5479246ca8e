//! One-time links into the console.

use chrono::{DateTime, Utc};
use entity::ids::{LoginLinkId, MemberId, OrganizationId};
use entity::login_link::{Column, Entity, Model};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{StoreError, Txn, all_set};

/// The link with this hash, whichever organization it belongs to: it is what says which one.
pub async fn by_hash(db: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::TokenHash.eq(hash))
        .one(db)
        .await?)
}

/// Writes a new link.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// Uses a link, if it still counts; says whether it did. Of two who come at once, one is let in.
pub async fn consume(
    db: &impl ConnectionTrait,
    link: LoginLinkId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = Entity::update_many()
        .col_expr(Column::ConsumedAt, now.into())
        .filter(Column::Id.eq(link))
        .filter(Column::ConsumedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .exec(db)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Ends the links of a member that still count.
pub async fn void(
    txn: &Txn,
    owner: (OrganizationId, MemberId),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::ExpiresAt, now.into())
        .filter(Column::OrganizationId.eq(owner.0))
        .filter(Column::MemberId.eq(owner.1))
        .filter(Column::ExpiresAt.gt(now))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Forgets links that ended before `ended`.
pub async fn forget(db: &impl ConnectionTrait, ended: DateTime<Utc>) -> Result<u64, StoreError> {
    let outcome = Entity::delete_many()
        .filter(Column::ExpiresAt.lt(ended))
        .exec(db)
        .await?;
    Ok(outcome.rows_affected)
}
