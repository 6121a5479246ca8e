//! People of an organization.

use std::collections::HashSet;

use entity::ids::{MemberId, OrganizationId};
use entity::member::{Column, Entity, Model};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{StoreError, Txn, all_set, bulk};
use crate::domain::page::{Paging, Slice};

/// One member, also one who left.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: MemberId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::OrganizationId.eq(organization))
        .one(db)
        .await?)
}

/// The member with this lower-cased address, also one who left.
pub async fn by_email(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    email: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Email.eq(email))
        .one(db)
        .await?)
}

/// The same, held against other writers until the transaction ends.
pub async fn by_email_to_change(
    txn: &Txn,
    organization: OrganizationId,
    email: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Email.eq(email))
        .lock(LockType::NoKeyUpdate)
        .one(&**txn)
        .await?)
}

/// The members with this lower-cased address, in every organization.
pub async fn by_email_anywhere(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Email.eq(email))
        .filter(Column::LeftAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The members of an organization who have an address, also those who left,
/// held against other writers until the transaction ends. They are locked in
/// the order of their ids, as everywhere.
pub async fn with_address_to_change(
    txn: &Txn,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Email.is_not_null())
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(&**txn)
        .await?)
}

/// The members of an organization who did not leave, oldest first.
pub async fn present(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::LeftAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The members of an organization, also those who left.
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

/// Whether a pseudonym is somebody's already.
pub async fn is_pseudonym_taken(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    pseudonym: &str,
) -> Result<bool, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Pseudonym.eq(pseudonym))
        .count(db)
        .await?
        > 0)
}

/// Every pseudonym of an organization.
pub async fn pseudonyms(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<HashSet<String>, StoreError> {
    let taken: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Pseudonym)
        .filter(Column::OrganizationId.eq(organization))
        .into_tuple()
        .all(db)
        .await?;
    Ok(taken.into_iter().collect())
}

/// Writes new members.
pub async fn insert_all(txn: &Txn, rows: &[Model]) -> Result<(), StoreError> {
    bulk::insert::<Entity>(txn, rows).await
}

/// Writes a new member.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// Writes a changed member.
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(db).await?)
}
