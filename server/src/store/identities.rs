//! Members' accounts on chat platforms.

use entity::enums::Platform;
use entity::identity::{Column, Entity, Model};
use entity::ids::{MemberId, OrganizationId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use super::{StoreError, all_set};

/// The identity of an account, whichever organization it belongs to: it is
/// what says which one.
pub async fn by_account(
    db: &impl ConnectionTrait,
    platform: Platform,
    workspace_ref: &str,
    user_ref: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Platform.eq(platform))
        .filter(Column::WorkspaceRef.eq(workspace_ref))
        .filter(Column::UserRef.eq(user_ref))
        .one(db)
        .await?)
}

/// A member's accounts, oldest first.
pub async fn of_member(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Writes a new identity.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}
