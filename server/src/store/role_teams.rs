//! Roles of guilds that stand for teams.

use entity::ids::{InstallationId, OrganizationId};
use entity::role_team::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{StoreError, Txn, all_set};

/// The roles of a guild that stand for teams.
pub async fn of_installation(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    installation: InstallationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::InstallationId.eq(installation))
        .order_by_asc(Column::RoleRef)
        .all(db)
        .await?)
}

/// Makes these the roles of a guild that stand for teams.
pub async fn replace(
    txn: &Txn,
    organization: OrganizationId,
    installation: InstallationId,
    rows: Vec<Model>,
) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::InstallationId.eq(installation))
        .exec(&**txn)
        .await?;
    if !rows.is_empty() {
        Entity::insert_many(rows.into_iter().map(all_set::<Entity>))
            .exec_without_returning(&**txn)
            .await?;
    }
    Ok(())
}
