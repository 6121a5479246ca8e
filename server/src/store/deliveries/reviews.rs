//! Cards that ask members for their judgement of a post.

use entity::delivery;
use entity::enums::{DeliveryOperation, DeliverySubject};
use entity::ids::{OrganizationId, PostId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

use super::plan;
use crate::store::{StoreError, Txn};

/// The cards about a post, however far they have come, oldest first.
pub async fn cards(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    post: PostId,
) -> Result<Vec<delivery::Model>, StoreError> {
    Ok(delivery::Entity::find()
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::PostId.eq(post))
        .filter(delivery::Column::Subject.eq(DeliverySubject::Review))
        .filter(delivery::Column::Operation.eq(DeliveryOperation::Post))
        .order_by_asc(delivery::Column::Id)
        .all(db)
        .await?)
}

/// Cancels the cards about a post that are not out yet.
pub async fn cancel(
    txn: &Txn,
    organization: OrganizationId,
    post: PostId,
) -> Result<(), StoreError> {
    plan::cancel(
        txn,
        delivery::Column::OrganizationId
            .eq(organization)
            .and(delivery::Column::PostId.eq(post))
            .and(delivery::Column::Subject.eq(DeliverySubject::Review))
            .and(delivery::Column::Operation.eq(DeliveryOperation::Post)),
    )
    .await
}
