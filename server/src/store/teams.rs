//! Teams of an organization.

use entity::ids::{OrganizationId, TeamId};
use entity::team::{Column, Entity, Model};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, Txn, all_set};

/// All teams of an organization, by name.
pub async fn of_organization(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .order_by_asc(Column::Name)
        .all(db)
        .await?)
}

/// The same, held against other writers until the transaction ends: of two moves at once, the
/// second sees the first.
pub async fn of_organization_to_change(
    txn: &Txn,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .order_by_asc(Column::Id)
        .lock(LockType::Update)
        .all(&**txn)
        .await?)
}

/// Writes a new team.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// Writes a changed team.
pub async fn update(txn: &Txn, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(&**txn).await?)
}

/// Takes a team away; who left and belonged to it belongs to none.
pub async fn delete(txn: &Txn, organization: OrganizationId, id: TeamId) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Id.eq(id))
        .exec(&**txn)
        .await?;
    Ok(())
}
