//! What organizations pay on networks.

use entity::enums::Network;
use entity::ids::OrganizationId;
use entity::rate::{Column, Entity, Model};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

use super::{StoreError, Txn};

/// All rates of an organization, by network, the newest first.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .order_by_asc(Column::Network)
        .order_by_desc(Column::ValidFrom)
        .all(db)
        .await?)
}

/// Writes a rate, over the one of the same network and month.
pub async fn put(txn: &Txn, row: Model) -> Result<(), StoreError> {
    Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::columns([Column::OrganizationId, Column::Network, Column::ValidFrom])
                .update_columns([
                    Column::Currency,
                    Column::Cpc,
                    Column::Cpm,
                    Column::UpdatedAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Takes a rate away; says whether there was one.
pub async fn remove(
    txn: &Txn,
    organization: OrganizationId,
    network: Network,
    valid_from: &str,
) -> Result<bool, StoreError> {
    let removed = Entity::delete_by_id((organization, network, valid_from.to_owned()))
        .exec(&**txn)
        .await?;
    Ok(removed.rows_affected > 0)
}
