//! Tenants.

use entity::ids::OrganizationId;
use entity::organization::{Column, Entity, Model};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, Txn, all_set};

/// One organization.
pub async fn find(
    db: &impl ConnectionTrait,
    id: OrganizationId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// One organization, held against other writers until the transaction ends; rows that refer to it
/// may be written meanwhile.
pub async fn find_to_change(txn: &Txn, id: OrganizationId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .lock(LockType::NoKeyUpdate)
        .one(&**txn)
        .await?)
}

/// The same by its name in addresses.
pub async fn by_slug_to_change(txn: &Txn, slug: &str) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Slug.eq(slug))
        .lock(LockType::NoKeyUpdate)
        .one(&**txn)
        .await?)
}

/// The organization of that name in addresses.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find().filter(Column::Slug.eq(slug)).one(db).await?)
}

/// Every organization of the server, oldest first.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find().order_by_asc(Column::Id).all(db).await?)
}

/// Writes a new organization.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// Writes a changed organization.
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(db).await?)
}
