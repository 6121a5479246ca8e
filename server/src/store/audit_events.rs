//! The audit log: written and read, never changed.

use entity::audit_event::{Column, Entity, Model};
use entity::ids::OrganizationId;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, all_set};
use crate::domain::page::{Paging, Slice};

/// Writes an entry.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// The entries of an organization.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    paging: Paging,
) -> Result<Slice<Model>, StoreError> {
    let mut query = Entity::find().filter(Column::OrganizationId.eq(organization));
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
