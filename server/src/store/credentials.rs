//! Passwords of members, as hashes.

use entity::credential::{Column, Entity, Model};
use entity::ids::{MemberId, OrganizationId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{StoreError, Txn, all_set};

/// A member's password.
pub async fn of_member(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(member)
        .filter(Column::OrganizationId.eq(organization))
        .one(db)
        .await?)
}

/// The passwords of an organization's members.
pub async fn of_organization(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .all(db)
        .await?)
}

/// Writes a member's password in place of an earlier one.
pub async fn put(db: &impl ConnectionTrait, row: Model) -> Result<(), StoreError> {
    Entity::insert(all_set::<Entity>(row))
        .on_conflict(
            OnConflict::column(Column::MemberId)
                .update_columns([Column::PasswordHash, Column::IssuerId, Column::ChangedAt])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Takes a member's password away where whoever chose it came in by the word of somebody else;
/// says whether there was one.
pub async fn delete_issued(
    txn: &Txn,
    owner: (OrganizationId, MemberId),
) -> Result<bool, StoreError> {
    let outcome = Entity::delete_many()
        .filter(Column::MemberId.eq(owner.1))
        .filter(Column::OrganizationId.eq(owner.0))
        .filter(Column::IssuerId.is_not_null())
        .exec(&**txn)
        .await?;
    Ok(outcome.rows_affected == 1)
}
