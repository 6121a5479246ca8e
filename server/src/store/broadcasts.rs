//! Broadcasts: which are held, how far the messages about a post have come, and sending some of
//! them again.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{
    BroadcastHold, DeliveryOperation, DeliveryPreference, DeliveryState, DeliverySubject, Platform,
};
use entity::ids::{InstallationId, OrganizationId, PostId};
use entity::{broadcast, delivery, forgotten_delivery, job, member};
use sea_orm::sea_query::{Expr, OnConflict, Query, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryResult,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::{StoreError, Txn};

/// What holds the messages about some posts, of whatever tenant; those that run are left out.
pub async fn holds(
    db: &impl ConnectionTrait,
    posts: &[PostId],
) -> Result<HashMap<PostId, BroadcastHold>, StoreError> {
    let held = broadcast::Entity::find()
        .filter(broadcast::Column::PostId.is_in(posts.iter().copied()))
        .all(db)
        .await?;
    let held = held.into_iter();
    Ok(held.map(|row| (row.post_id, row.hold)).collect())
}

/// Holds the messages about a post, in this way instead of another.
pub async fn hold(txn: &Txn, row: broadcast::Model) -> Result<(), StoreError> {
    let columns = [broadcast::Column::Hold, broadcast::Column::CreatedAt];
    broadcast::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::column(broadcast::Column::PostId)
                .update_columns(columns)
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Holds them no more.
pub async fn release(
    txn: &Txn,
    organization: OrganizationId,
    post: PostId,
) -> Result<(), StoreError> {
    broadcast::Entity::delete_many()
        .filter(broadcast::Column::OrganizationId.eq(organization))
        .filter(broadcast::Column::PostId.eq(post))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Moves the messages about a post that wait, and of which none is out, to another time: those
/// that were due from `since` on.
pub async fn move_waiting(
    txn: &Txn,
    (organization, post): (OrganizationId, PostId),
    since: Option<DateTime<Utc>>,
    run_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut moved = delivery::Entity::update_many()
        .col_expr(delivery::Column::RunAt, Expr::value(run_at))
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::PostId.eq(post))
        .filter(delivery::Column::Operation.eq(DeliveryOperation::Post))
        .filter(delivery::Column::State.eq(DeliveryState::Pending));
    if let Some(since) = since {
        moved = moved.filter(delivery::Column::RunAt.gte(since));
    }
    moved.exec(&**txn).await?;
    Ok(())
}

/// So many messages of one kind, in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// In which workspace.
    pub installation: InstallationId,
    /// Which chat.
    pub platform: Platform,
    /// In a channel, or to one member.
    pub subject: DeliverySubject,
    /// The state.
    pub state: DeliveryState,
    /// Short code of the last failure.
    pub failure: Option<String>,
    /// How many.
    pub count: i64,
}

/// Operations of one kind on the messages that tell of a post, counted.
pub async fn tally(
    db: &impl ConnectionTrait,
    of: (OrganizationId, PostId),
    operation: DeliveryOperation,
) -> Result<Vec<Tally>, StoreError> {
    let lines = db.query_all(&lines(of, operation)).await?;
    lines.iter().map(read).collect()
}

/// The messages that tell of a post, counted, and those of which only a number is left, in
/// whichever workspace they were: they went out, or were not wanted any more. Read in one
/// statement, so that none counts twice that goes meanwhile.
pub async fn tally_with_forgotten(
    db: &impl ConnectionTrait,
    of: (OrganizationId, PostId),
) -> Result<Vec<Tally>, StoreError> {
    let both = lines(of, DeliveryOperation::Post)
        .union(UnionType::All, forgotten_lines(of))
        .to_owned();
    let lines = db.query_all(&both).await?;
    lines.iter().map(read).collect()
}

fn lines(
    (organization, post): (OrganizationId, PostId),
    operation: DeliveryOperation,
) -> SelectStatement {
    delivery::Entity::find()
        .select_only()
        .column(delivery::Column::InstallationId)
        .column(delivery::Column::Platform)
        .column(delivery::Column::Subject)
        .column(delivery::Column::State)
        .column(delivery::Column::Failure)
        .column_as(delivery::Column::Id.count(), "deliveries")
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::PostId.eq(post))
        .filter(delivery::Column::Subject.is_in([
            DeliverySubject::SuggestedPost,
            DeliverySubject::PersonalPost,
        ]))
        .filter(delivery::Column::Operation.eq(operation))
        .group_by(delivery::Column::InstallationId)
        .group_by(delivery::Column::Platform)
        .group_by(delivery::Column::Subject)
        .group_by(delivery::Column::State)
        .group_by(delivery::Column::Failure)
        .into_query()
}

/// The same columns in the same order.
fn forgotten_lines((organization, post): (OrganizationId, PostId)) -> SelectStatement {
    use forgotten_delivery::{Column, Entity};
    Query::select()
        .expr(Expr::value(InstallationId(Uuid::nil())))
        .column((Entity, Column::Platform))
        .expr(Expr::value(DeliverySubject::PersonalPost))
        .expr(Expr::value(DeliveryState::Cancelled))
        .expr(Expr::value(None::<String>))
        .column((Entity, Column::Messages))
        .from(Entity)
        .and_where(Column::OrganizationId.eq(organization))
        .and_where(Column::PostId.eq(post))
        .to_owned()
}

fn read(line: &QueryResult) -> Result<Tally, StoreError> {
    Ok(Tally {
        installation: line.try_get_by_index(0)?,
        platform: line.try_get_by_index(1)?,
        subject: line.try_get_by_index(2)?,
        state: line.try_get_by_index(3)?,
        failure: line.try_get_by_index(4)?,
        count: line.try_get_by_index(5)?,
    })
}

/// Messages to members on one chat that are not due yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later {
    /// Which chat.
    pub platform: Platform,
    /// How many.
    pub count: i64,
}

/// The messages to members about a post that are due in a period, its ends left out. When each
/// is due is not read: it is one person's own hour.
pub async fn later(
    db: &impl ConnectionTrait,
    (organization, post): (OrganizationId, PostId),
    (after, before): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Later>, StoreError> {
    let lines: Vec<(Platform, i64)> = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Platform)
        .column_as(delivery::Column::Id.count(), "deliveries")
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::PostId.eq(post))
        .filter(delivery::Column::Subject.eq(DeliverySubject::PersonalPost))
        .filter(delivery::Column::Operation.eq(DeliveryOperation::Post))
        .filter(delivery::Column::State.eq(DeliveryState::Pending))
        .filter(delivery::Column::RunAt.gt(after))
        .filter(delivery::Column::RunAt.lt(before))
        .group_by(delivery::Column::Platform)
        .into_tuple()
        .all(db)
        .await?;
    let lines = lines.into_iter();
    Ok(lines
        .map(|(platform, count)| Later { platform, count })
        .collect())
}

/// Lets the messages about a post that one line of its tally counts go out again, from a time
/// on; says how many.
pub async fn send_again(
    txn: &Txn,
    (organization, post): (OrganizationId, PostId),
    which: &Tally,
    run_at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let reason = match &which.failure {
        Some(code) => delivery::Column::Failure.eq(code.as_str()),
        None => delivery::Column::Failure.is_null(),
    };
    let nobody = || Expr::value(None::<String>);
    let never = || Expr::value(None::<DateTime<Utc>>);
    let sent = delivery::Entity::update_many()
        .col_expr(delivery::Column::State, Expr::value(DeliveryState::Pending))
        .col_expr(delivery::Column::RunAt, Expr::value(run_at))
        .col_expr(delivery::Column::Failure, nobody())
        .col_expr(delivery::Column::LeasedBy, nobody())
        .col_expr(delivery::Column::LeasedUntil, never())
        .col_expr(delivery::Column::SettledAt, never())
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::PostId.eq(post))
        .filter(delivery::Column::Operation.eq(DeliveryOperation::Post))
        .filter(delivery::Column::InstallationId.eq(which.installation))
        .filter(delivery::Column::Subject.eq(which.subject))
        .filter(delivery::Column::State.eq(which.state))
        .filter(reason)
        .exec(&**txn)
        .await?;
    Ok(sent.rows_affected)
}

/// An organization's jobs of one kind that are neither done nor given up, also those that a
/// worker has in hand.
pub async fn open_jobs(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    kind: &str,
) -> Result<Vec<job::Model>, StoreError> {
    Ok(job::Entity::find()
        .filter(job::Column::OrganizationId.eq(organization))
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::DoneAt.is_null())
        .filter(job::Column::DeadAt.is_null())
        .all(db)
        .await?)
}

/// How many members asked for a message of their own for each post, by chat. Who paused counts, for
/// this is told, and a pause is not.
pub async fn readers(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<(Platform, i64)>, StoreError> {
    Ok(member::Entity::find()
        .select_only()
        .column(member::Column::DeliveryPlatform)
        .column_as(member::Column::Id.count(), "members")
        .filter(member::Column::OrganizationId.eq(organization))
        .filter(member::Column::Delivery.eq(DeliveryPreference::EachPost))
        .filter(member::Column::DeliveryPlatform.is_not_null())
        .filter(member::Column::JoinedAt.is_not_null())
        .filter(member::Column::LeftAt.is_null())
        .group_by(member::Column::DeliveryPlatform)
        .into_tuple()
        .all(db)
        .await?)
}
