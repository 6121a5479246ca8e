//! Direct messages about a post of which no row is left: what waited or was given up goes once the
//! post has ended, and how many those were is kept as a plain number. Without it the numbers that
//! are told of the post would fall by the silence of its readers.

use chrono::{DateTime, Utc};
use entity::delivery;
use entity::enums::{DeliveryOperation, DeliveryState, DeliverySubject, Platform};
use entity::forgotten_delivery::{Column, Entity, Model};
use entity::ids::{DeliveryId, OrganizationId, PostId};
use sea_orm::sea_query::{Alias, DeleteStatement, Expr, OnConflict, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QueryResult,
};

use crate::store::{StoreError, Txn};

/// An operation on a message whose row is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// Which chat.
    pub platform: Platform,
    /// Post, revise or withdraw.
    pub operation: DeliveryOperation,
    /// What the message was about.
    pub subject: DeliverySubject,
    /// The post it showed.
    pub post_id: Option<PostId>,
    /// How far it had come.
    pub state: DeliveryState,
    /// Short code of its last failure.
    pub failure: Option<String>,
}

/// A message that waited and whose row is gone. There may be very many, so no more is read of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waited {
    /// Which chat.
    pub platform: Platform,
    /// When it was due.
    pub run_at: DateTime<Utc>,
}

/// Notes that so many more are gone; in the order of the chats, since each is held from then on.
pub async fn add(
    txn: &Txn,
    (organization, post): (OrganizationId, PostId),
    gone: Vec<(Platform, i64)>,
) -> Result<(), StoreError> {
    let some = gone.into_iter().filter(|(_, messages)| *messages > 0);
    let rows = some.map(|(platform, messages)| Model {
        post_id: post,
        platform,
        organization_id: organization,
        messages,
    });
    let rows: Vec<_> = rows.map(IntoActiveModel::into_active_model).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let sum = Expr::col((Entity, Column::Messages))
        .add(Expr::col((Alias::new("excluded"), Column::Messages)));
    Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([Column::PostId, Column::Platform])
                .value(Column::Messages, sum)
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Removes the messages about a post that wait: they never go out.
pub async fn take_waiting(
    txn: &Txn,
    of: (OrganizationId, PostId),
) -> Result<Vec<Waited>, StoreError> {
    let waits = Condition::all()
        .add(delivery::Column::Operation.eq(DeliveryOperation::Post))
        .add(delivery::Column::State.eq(DeliveryState::Pending));
    let told = [delivery::Column::Platform, delivery::Column::RunAt];
    let removal = removal(to_members(of).add(waits), told);
    let rows = txn.query_all(&removal).await?;
    rows.iter().map(waited).collect()
}

fn waited(row: &QueryResult) -> Result<Waited, StoreError> {
    Ok(Waited {
        platform: row.try_get("", "platform")?,
        run_at: row.try_get("", "run_at")?,
    })
}

/// Removes one operation, and with it what was to follow on it.
pub async fn remove(
    txn: &Txn,
    organization: OrganizationId,
    id: DeliveryId,
) -> Result<(), StoreError> {
    delivery::Entity::delete_many()
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::Id.eq(id))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Removes what was given up or changed of a post's messages: it would tell for good who shared
/// or dismissed it.
pub async fn take_traces(txn: &Txn, of: (OrganizationId, PostId)) -> Result<Vec<Gone>, StoreError> {
    let changed = Condition::all()
        .add(delivery::Column::Operation.eq(DeliveryOperation::Revise))
        .add(delivery::Column::SettledAt.is_not_null());
    let given_up = delivery::Column::State.eq(DeliveryState::Cancelled);
    take(
        txn,
        to_members(of).add(Condition::any().add(given_up).add(changed)),
    )
    .await
}

fn to_members((organization, post): (OrganizationId, PostId)) -> Condition {
    Condition::all()
        .add(delivery::Column::OrganizationId.eq(organization))
        .add(delivery::Column::PostId.eq(post))
        .add(delivery::Column::Subject.eq(DeliverySubject::PersonalPost))
}

/// Removes rows and says what they were in one statement, so that none goes that is not counted.
pub(in crate::store) async fn take(txn: &Txn, which: Condition) -> Result<Vec<Gone>, StoreError> {
    let told = [
        delivery::Column::Platform,
        delivery::Column::Operation,
        delivery::Column::Subject,
        delivery::Column::PostId,
        delivery::Column::State,
        delivery::Column::Failure,
    ];
    let removal = removal(which, told);
    let rows = txn.query_all(&removal).await?;
    rows.iter().map(read).collect()
}

fn removal<const N: usize>(which: Condition, told: [delivery::Column; N]) -> DeleteStatement {
    Query::delete()
        .from_table(delivery::Entity)
        .cond_where(which)
        .returning(Query::returning().columns(told))
        .to_owned()
}

fn read(row: &QueryResult) -> Result<Gone, StoreError> {
    Ok(Gone {
        platform: row.try_get("", "platform")?,
        operation: row.try_get("", "operation")?,
        subject: row.try_get("", "subject")?,
        post_id: row.try_get("", "post_id")?,
        state: row.try_get("", "state")?,
        failure: row.try_get("", "failure")?,
    })
}
