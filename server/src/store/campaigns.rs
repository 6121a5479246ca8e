//! Campaigns.

use entity::ids::{CampaignId, OrganizationId};
use entity::{campaign, post};
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{StoreError, Txn, all_set};

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

/// The organization's campaigns, by slug.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    limit: u64,
) -> Result<Vec<campaign::Model>, StoreError> {
    Ok(campaign::Entity::find()
        .filter(campaign::Column::OrganizationId.eq(organization))
        .order_by_asc(campaign::Column::Slug)
        .limit(limit)
        .all(db)
        .await?)
}

/// A campaign, held against other writers until the transaction ends.
pub async fn find_to_change(
    txn: &Txn,
    organization: OrganizationId,
    id: CampaignId,
) -> Result<Option<campaign::Model>, StoreError> {
    Ok(campaign::Entity::find_by_id(id)
        .filter(campaign::Column::OrganizationId.eq(organization))
        .lock(LockType::NoKeyUpdate)
        .one(&**txn)
        .await?)
}

/// Writes a new campaign.
pub async fn insert(txn: &Txn, row: campaign::Model) -> Result<campaign::Model, StoreError> {
    Ok(all_set::<campaign::Entity>(row).insert(&**txn).await?)
}

/// Writes a changed campaign.
pub async fn update(txn: &Txn, row: campaign::Model) -> Result<campaign::Model, StoreError> {
    Ok(all_set::<campaign::Entity>(row).update(&**txn).await?)
}

/// How many posts serve each of some campaigns; those that have none are left out.
pub async fn count_posts(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    ids: &[CampaignId],
) -> Result<Vec<(CampaignId, i64)>, StoreError> {
    Ok(post::Entity::find()
        .select_only()
        .column(post::Column::CampaignId)
        .column_as(post::Column::Id.count(), "posts")
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::CampaignId.is_in(ids.iter().copied()))
        .group_by(post::Column::CampaignId)
        .into_tuple()
        .all(db)
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
