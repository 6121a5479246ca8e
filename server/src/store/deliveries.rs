//! Deliveries: planned with posts, claimed by couriers, settled once.

pub mod claim;
pub mod forgotten;
pub mod outcomes;
pub mod personal;
pub mod plan;
pub mod reviews;

use entity::enums::{DeliveryOperation, DeliveryState, DeliverySubject, Platform};
use entity::ids::{DeliveryId, OrganizationId, PostId};
use entity::{delivery, installation, member, organization};
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::{StoreError, Txn};

/// One delivery of a platform, whatever its tenant: couriers serve a whole platform.
pub async fn find_to_change(
    txn: &Txn,
    platform: Platform,
    id: DeliveryId,
) -> Result<Option<delivery::Model>, StoreError> {
    Ok(delivery::Entity::find_by_id(id)
        .filter(delivery::Column::Platform.eq(platform))
        .lock_exclusive()
        .one(&**txn)
        .await?)
}

/// Overwrites a row that was loaded with [`find_to_change`].
pub async fn update(txn: &Txn, delivery: delivery::Model) -> Result<(), StoreError> {
    delivery
        .into_active_model()
        .reset_all()
        .update(&**txn)
        .await?;
    Ok(())
}

/// Several deliveries, in no order.
pub async fn find_many(
    db: &impl ConnectionTrait,
    ids: &[DeliveryId],
) -> Result<Vec<delivery::Model>, StoreError> {
    Ok(delivery::Entity::find()
        .filter(delivery::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}

/// The organizations that these deliveries belong to.
pub async fn organizations_of(
    db: &impl ConnectionTrait,
    deliveries: &[delivery::Model],
) -> Result<Vec<organization::Model>, StoreError> {
    Ok(organization::Entity::find()
        .filter(
            organization::Column::Id
                .is_in(deliveries.iter().map(|delivery| delivery.organization_id)),
        )
        .all(db)
        .await?)
}

/// The members that these deliveries are for.
pub async fn members_of(
    db: &impl ConnectionTrait,
    deliveries: &[delivery::Model],
) -> Result<Vec<member::Model>, StoreError> {
    let ids = deliveries.iter().filter_map(|delivery| delivery.member_id);
    Ok(member::Entity::find()
        .filter(member::Column::Id.is_in(ids))
        .all(db)
        .await?)
}

/// All operations on a post's messages, oldest first.
pub async fn of_post(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    post: PostId,
) -> Result<Vec<delivery::Model>, StoreError> {
    Ok(delivery::Entity::find()
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::PostId.eq(post))
        .order_by_asc(delivery::Column::Id)
        .all(db)
        .await?)
}

/// One line of the operator's overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Which chat.
    pub platform: Platform,
    /// The post; none for greetings.
    pub post_id: Option<PostId>,
    /// The state.
    pub state: DeliveryState,
    /// Short code of the last failure.
    pub failure: Option<String>,
    /// How many.
    pub count: i64,
}

/// Messages that nobody's silence keeps back: those in channels, and those to one person that
/// heed neither a pause nor quiet hours nor a "not for me". A kind that is not named here is
/// counted only where it did not arrive.
const SAID_REGARDLESS: [DeliverySubject; 6] = [
    DeliverySubject::SuggestedPost,
    DeliverySubject::TestPost,
    DeliverySubject::ChannelTest,
    DeliverySubject::WeeklyLeaderboard,
    DeliverySubject::Greeting,
    DeliverySubject::Paired,
];

/// Deliveries counted by platform, post, state and failure: never by recipient. Of direct
/// messages about posts, judgements and proposals only those of which it is not known that they
/// arrived: how many went out, or wait, would tell where few want them that somebody dismissed
/// or paused, and of a proposal whose it is stands beside it.
pub async fn counts(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Count>, StoreError> {
    type Line = (Platform, Option<PostId>, DeliveryState, Option<String>, i64);
    let workspaces = Query::select()
        .column(installation::Column::Id)
        .from(installation::Entity)
        .and_where(installation::Column::OrganizationId.eq(organization))
        .to_owned();
    let lines: Vec<Line> = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Platform)
        .column(delivery::Column::PostId)
        .column(delivery::Column::State)
        .column(delivery::Column::Failure)
        .column_as(delivery::Column::Id.count(), "deliveries")
        .filter(delivery::Column::OrganizationId.eq(organization))
        // By its workspaces, for which there is an index.
        .filter(delivery::Column::InstallationId.in_subquery(workspaces))
        .filter(
            Condition::any()
                .add(delivery::Column::Subject.is_in(SAID_REGARDLESS))
                .add(
                    Condition::all()
                        .add(delivery::Column::Operation.eq(DeliveryOperation::Post))
                        .add(
                            delivery::Column::State
                                .is_in([DeliveryState::Failed, DeliveryState::Uncertain]),
                        ),
                ),
        )
        .group_by(delivery::Column::Platform)
        .group_by(delivery::Column::PostId)
        .group_by(delivery::Column::State)
        .group_by(delivery::Column::Failure)
        .order_by_desc(delivery::Column::PostId)
        .order_by_asc(delivery::Column::State)
        .order_by_asc(delivery::Column::Failure)
        .order_by_asc(delivery::Column::Platform)
        .into_tuple()
        .all(db)
        .await?;
    Ok(lines
        .into_iter()
        .map(|(platform, post_id, state, failure, count)| Count {
            platform,
            post_id,
            state,
            failure,
            count,
        })
        .collect())
}
