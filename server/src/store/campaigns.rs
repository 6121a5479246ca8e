//! Campaigns.

use entity::campaign;
use entity::ids::{CampaignId, OrganizationId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::{StoreError, Txn};

/// Writes a new row, unless there is one of its slug.
pub async fn insert_unless_there(txn: &Txn, campaign: campaign::Model) -> Result<(), StoreError> {
    campaign::Entity::insert(campaign.into_active_model())
        .on_conflict(
            OnConflict::columns([campaign::Column::OrganizationId, campaign::Column::Slug])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// The campaign of a slug.
pub async fn find_by_slug(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    slug: &str,
) -> Result<Option<campaign::Model>, StoreError> {
    Ok(campaign::Entity::find()
        .filter(campaign::Column::OrganizationId.eq(organization))
        .filter(campaign::Column::Slug.eq(slug))
        .one(db)
        .await?)
}

/// Several campaigns, in no order.
pub async fn find_many(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    ids: &[CampaignId],
) -> Result<Vec<campaign::Model>, StoreError> {
    Ok(campaign::Entity::find()
        .filter(campaign::Column::OrganizationId.eq(organization))
        .filter(campaign::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}
