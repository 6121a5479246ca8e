//! Filters of the library that members keep under a name.

use entity::ids::{MemberId, OrganizationId, SavedViewId};
use entity::saved_view::{Column, Entity, Model};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

use super::{StoreError, Txn};

/// A member's, by name.
pub async fn of_member(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .order_by_asc(Column::Name)
        .all(db)
        .await?)
}

/// Writes the row; over the query of one that bears the name.
pub async fn put(txn: &Txn, row: Model) -> Result<(), StoreError> {
    Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::columns([Column::MemberId, Column::Name])
                .update_column(Column::Query)
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Takes away a member's view; whether there was one.
pub async fn delete(
    txn: &Txn,
    organization: OrganizationId,
    member: MemberId,
    id: SavedViewId,
) -> Result<bool, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .filter(Column::Id.eq(id))
        .exec(&**txn)
        .await?;
    Ok(gone.rows_affected > 0)
}
