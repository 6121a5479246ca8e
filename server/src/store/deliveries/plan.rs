//! Planning: the rows that posts, revisions and withdrawals begin as.

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryOperation, DeliveryState, DeliverySubject};
use entity::ids::{DeliveryId, InstallationId, OrganizationId, PostId};
use entity::{channel, delivery, installation};
use sea_orm::sea_query::{Alias, CaseStatement, Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::store::{StoreError, Txn, bulk};

/// Channels that receive posts, each with the installation that it lives in.
pub async fn destinations(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<(channel::Model, installation::Model)>, StoreError> {
    let installations = installation::Entity::find()
        .filter(installation::Column::OrganizationId.eq(organization))
        .filter(installation::Column::RevokedAt.is_null())
        .all(db)
        .await?;
    let channels = channel::Entity::find()
        .filter(channel::Column::OrganizationId.eq(organization))
        .filter(channel::Column::RemovedAt.is_null())
        .order_by_asc(channel::Column::Id)
        .all(db)
        .await?;
    Ok(channels
        .into_iter()
        .filter_map(|channel| {
            let home = installations
                .iter()
                .find(|installation| installation.id == channel.installation_id)?;
            Some((channel, home.clone()))
        })
        .collect())
}

/// Plans deliveries. One whose dedupe key is borne already is not planned
/// again; the one that bears it is held until the transaction ends, so that it
/// is not claimed before what is written beside this becomes visible, and is
/// moved to the earlier of the two times.
pub async fn insert(txn: &Txn, deliveries: Vec<delivery::Model>) -> Result<(), StoreError> {
    let run_at = || Expr::col((delivery::Entity, delivery::Column::RunAt));
    let offered = || Expr::col((Alias::new("excluded"), delivery::Column::RunAt));
    let earlier = CaseStatement::new()
        .case(offered().lt(run_at()), offered())
        .finally(run_at());
    let sooner = OnConflict::column(delivery::Column::DedupeKey)
        .value(delivery::Column::RunAt, earlier)
        .to_owned();
    bulk::insert_or::<delivery::Entity>(txn, &deliveries, sooner).await
}

/// The deliveries that made, or are making, a post's cards.
pub async fn cards(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    post: PostId,
) -> Result<Vec<delivery::Model>, StoreError> {
    Ok(delivery::Entity::find()
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::PostId.eq(post))
        .filter(delivery::Column::Subject.eq(DeliverySubject::SuggestedPost))
        .filter(delivery::Column::Operation.eq(DeliveryOperation::Post))
        .filter(delivery::Column::State.is_in([DeliveryState::Claimed, DeliveryState::Sent]))
        .order_by_asc(delivery::Column::Id)
        .all(db)
        .await?)
}

/// Everything that was planned on these messages after they were posted.
pub async fn later_operations(
    db: &impl ConnectionTrait,
    messages: &[DeliveryId],
) -> Result<Vec<delivery::Model>, StoreError> {
    Ok(delivery::Entity::find()
        .filter(delivery::Column::TargetId.is_in(messages.iter().copied()))
        .all(db)
        .await?)
}

/// Cancels what waits of the given operations on a post. What its reviewers are told goes its own
/// way.
pub async fn cancel_of_post(
    txn: &Txn,
    organization: OrganizationId,
    post: PostId,
    operations: &[DeliveryOperation],
) -> Result<(), StoreError> {
    cancel(
        txn,
        delivery::Column::OrganizationId
            .eq(organization)
            .and(delivery::Column::PostId.eq(post))
            .and(delivery::Column::Subject.ne(DeliverySubject::Review))
            .and(delivery::Column::Operation.is_in(operations.iter().copied())),
    )
    .await
}

/// Cancels the messages about a post that wait, and says on each why.
pub async fn stop_of_post(
    txn: &Txn,
    (organization, post): (OrganizationId, PostId),
    reason: &str,
) -> Result<(), StoreError> {
    let waits = delivery::Column::OrganizationId
        .eq(organization)
        .and(delivery::Column::PostId.eq(post))
        .and(delivery::Column::Operation.eq(DeliveryOperation::Post));
    delivery::Entity::update_many()
        .col_expr(delivery::Column::Failure, Expr::value(reason))
        .filter(delivery::Column::State.eq(DeliveryState::Pending))
        .filter(waits.clone())
        .exec(&**txn)
        .await?;
    cancel(txn, waits).await
}

/// Cancels the message that bears a key, if it waits.
pub async fn cancel_by_key(
    txn: &Txn,
    organization: OrganizationId,
    dedupe_key: &str,
) -> Result<(), StoreError> {
    cancel(
        txn,
        delivery::Column::OrganizationId
            .eq(organization)
            .and(delivery::Column::DedupeKey.eq(dedupe_key)),
    )
    .await
}

/// Cancels what waits for a message that will never be there.
pub async fn cancel_after(txn: &Txn, message: DeliveryId) -> Result<(), StoreError> {
    cancel(txn, delivery::Column::TargetId.eq(message)).await
}

/// Lets the revision that waits for a message wait until `run_at` at least.
pub async fn postpone_revision(
    txn: &Txn,
    message: DeliveryId,
    run_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    delivery::Entity::update_many()
        .col_expr(delivery::Column::RunAt, Expr::value(run_at))
        .filter(delivery::Column::TargetId.eq(message))
        .filter(delivery::Column::Operation.eq(DeliveryOperation::Revise))
        .filter(delivery::Column::State.eq(DeliveryState::Pending))
        .filter(delivery::Column::RunAt.lt(run_at))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Cancels what waits for a workspace that the bot lost, and says on each why.
pub async fn cancel_of_installation(
    txn: &Txn,
    (organization, installation): (OrganizationId, InstallationId),
    reason: &str,
) -> Result<(), StoreError> {
    let waits = delivery::Column::OrganizationId
        .eq(organization)
        .and(delivery::Column::InstallationId.eq(installation));
    delivery::Entity::update_many()
        .col_expr(delivery::Column::Failure, Expr::value(reason))
        .filter(delivery::Column::State.eq(DeliveryState::Pending))
        .filter(waits.clone())
        .exec(&**txn)
        .await?;
    cancel(txn, waits).await
}

/// Cancels the messages that wait to be posted in a channel, and with them what waits for them.
/// What changes or takes back those that are there goes on.
pub async fn cancel_posts_in(
    txn: &Txn,
    (organization, installation): (OrganizationId, InstallationId),
    place: &str,
) -> Result<(), StoreError> {
    // Held, so that no courier takes one whose revision is given up.
    let waiting: Vec<DeliveryId> = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Id)
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::InstallationId.eq(installation))
        .filter(delivery::Column::PlaceRef.eq(place))
        .filter(delivery::Column::Operation.eq(DeliveryOperation::Post))
        .filter(delivery::Column::State.eq(DeliveryState::Pending))
        .lock_exclusive()
        .into_tuple()
        .all(&**txn)
        .await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let after = delivery::Column::TargetId.is_in(waiting.iter().copied());
    cancel(txn, after).await?;
    cancel(txn, delivery::Column::Id.is_in(waiting)).await
}

pub(super) async fn cancel(txn: &Txn, which: Expr) -> Result<(), StoreError> {
    // A post's key says that its card was decided on, for good. The keys of
    // later operations say "waits", and would keep others from being planned.
    let key = CaseStatement::new()
        .case(
            delivery::Column::Operation.eq(DeliveryOperation::Post),
            Expr::col(delivery::Column::DedupeKey),
        )
        .finally(Expr::value(None::<String>));
    delivery::Entity::update_many()
        .col_expr(
            delivery::Column::State,
            Expr::value(DeliveryState::Cancelled),
        )
        .col_expr(delivery::Column::DedupeKey, key.into())
        .filter(delivery::Column::State.eq(DeliveryState::Pending))
        .filter(which)
        .exec(&**txn)
        .await?;
    Ok(())
}
