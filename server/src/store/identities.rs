//! Members' accounts on chat platforms.

use entity::enums::Platform;
use entity::identity::{Column, Entity, Model};
use entity::ids::{IdentityId, MemberId, OrganizationId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use super::{StoreError, Txn, all_set};
use crate::domain::account::Account;

/// The identity of an account within an organization. Discord knows people by the same id in
/// every guild, so there any guild will do.
pub async fn of_account(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    account: &Account,
) -> Result<Option<Model>, StoreError> {
    let mut query = Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Platform.eq(account.platform))
        .filter(Column::UserRef.eq(&account.user_ref));
    if account.platform == Platform::Slack {
        query = query.filter(Column::WorkspaceRef.eq(&account.workspace_ref));
    }
    Ok(query.order_by_desc(Column::Id).one(db).await?)
}

/// The identities of a user of a platform in every organization, newest first.
pub async fn anywhere(
    db: &impl ConnectionTrait,
    platform: Platform,
    user_ref: &str,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Platform.eq(platform))
        .filter(Column::UserRef.eq(user_ref))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(db)
        .await?)
}

/// One identity of an organization.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: IdentityId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::OrganizationId.eq(organization))
        .one(db)
        .await?)
}

/// Takes an identity away.
pub async fn delete(
    txn: &Txn,
    organization: OrganizationId,
    id: IdentityId,
) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Id.eq(id))
        .exec(&**txn)
        .await?;
    Ok(())
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

/// The accounts of some members, oldest first.
pub async fn of_members(
    db: &impl ConnectionTrait,
    members: &[MemberId],
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::MemberId.is_in(members.iter().copied()))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Some identities, of whatever organization: couriers serve all.
pub async fn find_many(
    db: &impl ConnectionTrait,
    ids: &[IdentityId],
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}

/// Writes a new identity.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}
