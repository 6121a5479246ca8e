//! Chat channels that receive suggested posts.

use entity::channel::{Column, Entity, Model};
use entity::ids::{ChannelId, InstallationId, OrganizationId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{StoreError, Txn, all_set};
use crate::domain::page::{Paging, Slice};

/// The channels of an organization that receive posts, page by page.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    paging: Paging,
) -> Result<Slice<Model>, StoreError> {
    let mut query = Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::RemovedAt.is_null());
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

/// All channels of an organization that receive posts, oldest first.
pub async fn active_of(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::RemovedAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// All channels of an installation, also those that were removed.
pub async fn of_installation(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    installation: InstallationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::InstallationId.eq(installation))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Writes a new channel.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// Writes a changed channel.
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(db).await?)
}

/// All channels of an organization, also those that were removed, by name.
pub async fn of_organization(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// One channel.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: ChannelId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::OrganizationId.eq(organization))
        .one(db)
        .await?)
}

/// One channel, held against other writers until the transaction ends.
pub async fn find_to_change(
    txn: &Txn,
    organization: OrganizationId,
    id: ChannelId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::OrganizationId.eq(organization))
        .lock_exclusive()
        .one(&**txn)
        .await?)
}

/// Notes that the topics of some channels changed.
pub async fn grow_versions(
    txn: &Txn,
    organization: OrganizationId,
    ids: &[ChannelId],
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(&**txn)
        .await?;
    Ok(())
}
