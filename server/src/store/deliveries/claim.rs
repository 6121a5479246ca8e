//! Claiming: which deliveries a courier may have now.

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryState, Platform};
use entity::ids::DeliveryId;
use entity::{delivery, installation};
use sea_orm::sea_query::{Alias, Expr, LockBehavior, LockType, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use crate::store::{StoreError, Txn};

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Which chat the courier serves.
    pub platform: Platform,
    /// The present.
    pub now: DateTime<Utc>,
    /// Deliveries whose hold ended before this time are offered again.
    pub abandoned_before: DateTime<Utc>,
    /// Deliveries at most.
    pub limit: u64,
}

/// Whether there is anything to claim.
pub async fn any(db: &impl ConnectionTrait, wanted: Wanted) -> Result<bool, StoreError> {
    let found: Option<DeliveryId> = claimable(wanted)
        .select_only()
        .column(delivery::Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Deliveries that may be done now, held until the transaction ends; those
/// that another claim holds are passed over.
pub async fn lock(txn: &Txn, wanted: Wanted) -> Result<Vec<delivery::Model>, StoreError> {
    Ok(claimable(wanted)
        .order_by_asc(delivery::Column::RunAt)
        .order_by_asc(delivery::Column::Id)
        .limit(wanted.limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(&**txn)
        .await?)
}

fn claimable(wanted: Wanted) -> Select<delivery::Entity> {
    let waiting = Condition::all()
        .add(delivery::Column::State.eq(DeliveryState::Pending))
        .add(delivery::Column::RunAt.lte(wanted.now));
    let abandoned = Condition::all()
        .add(delivery::Column::State.eq(DeliveryState::Claimed))
        .add(delivery::Column::LeasedUntil.lte(wanted.abandoned_before));
    let its_turn = Condition::all()
        .add(Expr::from(message_state()).eq(DeliveryState::Sent))
        .add(Expr::exists(earlier_open()).not());
    delivery::Entity::find()
        .filter(delivery::Column::Platform.eq(wanted.platform))
        .filter(Condition::any().add(waiting).add(abandoned))
        .filter(
            Condition::any()
                .add(delivery::Column::TargetId.is_null())
                .add(its_turn),
        )
        .filter(Expr::exists(installed()))
}

/// The workspace of the outer row, if the bot is still there.
fn installed() -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(installation::Entity)
        .and_where(
            Expr::col((installation::Entity, installation::Column::Id))
                .equals((delivery::Entity, delivery::Column::InstallationId)),
        )
        .and_where(installation::Column::RevokedAt.is_null())
        .to_owned()
}

/// How far the message has come that the outer row is about. Asked as a value: whether there is
/// one that was sent, Postgres may answer by reading every message that ever was.
fn message_state() -> SelectStatement {
    let message = Alias::new("message");
    Query::select()
        .column((message.clone(), delivery::Column::State))
        .from_as(delivery::Entity, message.clone())
        .and_where(
            Expr::col((message, delivery::Column::Id))
                .equals((delivery::Entity, delivery::Column::TargetId)),
        )
        .to_owned()
}

/// Operations on the same message that come before the outer row.
fn earlier_open() -> SelectStatement {
    let earlier = Alias::new("earlier");
    Query::select()
        .expr(Expr::value(1))
        .from_as(delivery::Entity, earlier.clone())
        .and_where(
            Expr::col((earlier.clone(), delivery::Column::TargetId))
                .equals((delivery::Entity, delivery::Column::TargetId)),
        )
        .and_where(
            Expr::col((earlier.clone(), delivery::Column::Id))
                .lt(Expr::col((delivery::Entity, delivery::Column::Id))),
        )
        .and_where(
            Expr::col((earlier, delivery::Column::State))
                .is_in([DeliveryState::Pending, DeliveryState::Claimed]),
        )
        .to_owned()
}
