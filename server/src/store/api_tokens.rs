//! Tokens of the API.

use chrono::{DateTime, Utc};
use entity::api_token::{Column, Entity, Model};
use entity::ids::{ApiTokenId, MemberId, OrganizationId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{StoreError, Txn, all_set};
use crate::domain::page::{Paging, Slice};

/// The token with this hash, whichever organization it belongs to: it is what
/// says which one.
pub async fn by_hash(db: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::TokenHash.eq(hash))
        .one(db)
        .await?)
}

/// A member's tokens that were not revoked.
pub async fn of_member(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
    paging: Paging,
) -> Result<Slice<Model>, StoreError> {
    let mut query = Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .filter(Column::RevokedAt.is_null());
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

/// Writes a new token.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// Remembers a use, where the last one remembered was earlier than `hour`.
pub async fn touch(
    db: &impl ConnectionTrait,
    token: ApiTokenId,
    hour: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::LastUsedAt, hour.into())
        .filter(Column::Id.eq(token))
        .filter(Column::LastUsedAt.is_null().or(Column::LastUsedAt.lt(hour)))
        .exec(db)
        .await?;
    Ok(())
}

/// Revokes a token of a member; says whether there was one to revoke.
pub async fn revoke(
    db: &impl ConnectionTrait,
    owner: (OrganizationId, MemberId),
    token: ApiTokenId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = Entity::update_many()
        .col_expr(Column::RevokedAt, now.into())
        .filter(Column::Id.eq(token))
        .filter(Column::OrganizationId.eq(owner.0))
        .filter(Column::MemberId.eq(owner.1))
        .filter(Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Destroys every token of a member, also those that were revoked; says how many.
pub async fn delete_all(txn: &Txn, owner: (OrganizationId, MemberId)) -> Result<u64, StoreError> {
    let outcome = Entity::delete_many()
        .filter(Column::OrganizationId.eq(owner.0))
        .filter(Column::MemberId.eq(owner.1))
        .exec(&**txn)
        .await?;
    Ok(outcome.rows_affected)
}
