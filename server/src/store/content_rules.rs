//! What organizations demand of their posts.

use entity::content_rules::{Column, Entity, Model};
use entity::ids::OrganizationId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, Iterable, QuerySelect};

use super::{StoreError, Txn};

/// The organization's, if it wrote some down.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(organization).one(db).await?)
}

/// The same, held against other writers until the transaction ends.
pub async fn find_to_change(
    txn: &Txn,
    organization: OrganizationId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(organization)
        .lock_exclusive()
        .one(&**txn)
        .await?)
}

/// Writes the row, over the one that is there.
pub async fn put(txn: &Txn, row: Model) -> Result<(), StoreError> {
    let others = Column::iter().filter(|column| !matches!(column, Column::OrganizationId));
    Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::column(Column::OrganizationId)
                .update_columns(others)
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}
