//! What became of messages in a workspace's channels.

use entity::delivery::{Column, Entity, Model};
use entity::enums::{DeliveryState, DeliverySubject};
use entity::ids::{DeliveryId, InstallationId, OrganizationId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::store::StoreError;

/// The message about something that was the last to end so.
pub async fn last(
    db: &impl ConnectionTrait,
    (organization, installation): (OrganizationId, InstallationId),
    (subject, state): (DeliverySubject, DeliveryState),
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::InstallationId.eq(installation))
        .filter(Column::Subject.eq(subject))
        .filter(Column::State.eq(state))
        .filter(Column::SettledAt.is_not_null())
        .order_by_desc(Column::SettledAt)
        .one(db)
        .await?)
}

/// The newest messages about something.
pub async fn newest(
    db: &impl ConnectionTrait,
    (organization, installation): (OrganizationId, InstallationId),
    subject: DeliverySubject,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::InstallationId.eq(installation))
        .filter(Column::Subject.eq(subject))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// One delivery of an organization.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: DeliveryId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::OrganizationId.eq(organization))
        .one(db)
        .await?)
}
