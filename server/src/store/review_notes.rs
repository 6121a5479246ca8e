//! Steps and remarks in the reviews of posts.

use entity::ids::{OrganizationId, PostId};
use entity::review_note::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, Txn};
use crate::domain::page::{Paging, Slice};

/// Writes a new row.
pub async fn insert(txn: &Txn, row: Model) -> Result<(), StoreError> {
    Entity::insert(row.into_active_model())
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// A post's, the newest first.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    post: PostId,
    paging: Paging,
) -> Result<Slice<Model>, StoreError> {
    let mut query = Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::PostId.eq(post));
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
