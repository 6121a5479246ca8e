//! Chat workspaces in which an organization's bot is installed.

use chrono::{DateTime, Utc};
use entity::enums::Platform;
use entity::ids::{InstallationId, OrganizationId};
use entity::installation::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, Txn, all_set};

/// The installation in a workspace, whichever organization it belongs to: it
/// is what says which one. Revoked ones count.
pub async fn by_workspace(
    db: &impl ConnectionTrait,
    platform: Platform,
    external_id: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Platform.eq(platform))
        .filter(Column::ExternalId.eq(external_id))
        .one(db)
        .await?)
}

/// The installations of a platform that were not revoked, of every
/// organization: a courier serves them all.
pub async fn active_on(
    db: &impl ConnectionTrait,
    platform: Platform,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Platform.eq(platform))
        .filter(Column::RevokedAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Every installation of every organization, held against other writers until the
/// transaction ends.
pub async fn all_to_change(txn: &Txn) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(&**txn)
        .await?)
}

/// The installations of an organization, also those that were revoked.
pub async fn of(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The installations of an organization that were not revoked.
pub async fn active_of(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::RevokedAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Writes a new installation.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// Writes a changed installation.
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(db).await?)
}

/// Marks an installation of a platform as revoked; says whether there was an active one.
pub async fn revoke(
    db: &impl ConnectionTrait,
    platform: Platform,
    id: InstallationId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = Entity::update_many()
        .col_expr(Column::RevokedAt, now.into())
        .col_expr(Column::UpdatedAt, now.into())
        .filter(Column::Id.eq(id))
        .filter(Column::Platform.eq(platform))
        .filter(Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// One installation of a platform, whichever organization it belongs to.
pub async fn by_id(
    db: &impl ConnectionTrait,
    platform: Platform,
    id: InstallationId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Id.eq(id))
        .filter(Column::Platform.eq(platform))
        .one(db)
        .await?)
}
