//! How long organizations keep what they have, and what lies past its time.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryState, DeliverySubject, PostState, RetentionKind};
use entity::ids::{AuditEventId, DeliveryId, HitId, OrganizationId, PostId};
use entity::json::Periods;
use entity::{audit_event, delivery, hit, post, retention, retention_run};
use sea_orm::sea_query::{Alias, Expr, Func, OnConflict, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, Iterable,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::deliveries::forgotten::{self, Gone};
use super::{StoreError, Txn, clicks, posts};

/// What messages in channels are about; all others go to one person each.
pub const IN_CHANNELS: [DeliverySubject; 3] = [
    DeliverySubject::SuggestedPost,
    DeliverySubject::WeeklyLeaderboard,
    DeliverySubject::ChannelTest,
];

/// The organization's, if it chose.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Option<retention::Model>, StoreError> {
    Ok(retention::Entity::find_by_id(organization).one(db).await?)
}

/// The same, held against other writers until the transaction ends; written down first where there
/// is none, so that of two who choose at once the second sees what the first chose.
pub async fn hold(
    txn: &Txn,
    organization: OrganizationId,
    now: DateTime<Utc>,
) -> Result<retention::Model, StoreError> {
    let none = retention::Model {
        organization_id: organization,
        periods: Periods::default(),
        version: 0,
        updated_at: now,
    };
    retention::Entity::insert(none.clone().into_active_model())
        .on_conflict_do_nothing_on([retention::Column::OrganizationId])
        .exec_without_returning(&**txn)
        .await?;
    let held = retention::Entity::find_by_id(organization)
        .lock_exclusive()
        .one(&**txn)
        .await?;
    Ok(held.unwrap_or(none))
}

/// Writes the row, over the one that is there.
pub async fn put(txn: &Txn, row: retention::Model) -> Result<(), StoreError> {
    use retention::Column;
    let others = Column::iter().filter(|column| !matches!(column, Column::OrganizationId));
    retention::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::column(Column::OrganizationId)
                .update_columns(others)
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// How far each kind was removed.
pub async fn runs(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<retention_run::Model>, StoreError> {
    Ok(retention_run::Entity::find()
        .filter(retention_run::Column::OrganizationId.eq(organization))
        .all(db)
        .await?)
}

/// How far a kind was removed, held until the transaction ends, so that of two workers each goes on
/// where the other stands.
pub async fn hold_run(
    txn: &Txn,
    organization: OrganizationId,
    kind: RetentionKind,
) -> Result<retention_run::Model, StoreError> {
    use retention_run::Column;
    let begun = retention_run::Model {
        organization_id: organization,
        kind,
        position: None,
        untold: 0,
        removed: 0,
        run_at: None,
    };
    retention_run::Entity::insert(begun.clone().into_active_model())
        .on_conflict(
            OnConflict::columns([Column::OrganizationId, Column::Kind])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    let held = retention_run::Entity::find_by_id((organization, kind))
        .lock_exclusive()
        .one(&**txn)
        .await?;
    Ok(held.unwrap_or(begun))
}

/// Writes how far a kind was removed.
pub async fn put_run(txn: &Txn, row: retention_run::Model) -> Result<(), StoreError> {
    use retention_run::Column;
    retention_run::Entity::update_many()
        .col_expr(Column::Position, Expr::value(row.position))
        .col_expr(Column::Untold, Expr::value(row.untold))
        .col_expr(Column::Removed, Expr::value(row.removed))
        .col_expr(Column::RunAt, Expr::value(row.run_at))
        .filter(Column::OrganizationId.eq(row.organization_id))
        .filter(Column::Kind.eq(row.kind))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// The last of the next hits after `position` up to `until`, of whatever organization.
pub async fn next_hit(
    db: &impl ConnectionTrait,
    (position, until): (HitId, HitId),
    limit: u64,
) -> Result<Option<HitId>, StoreError> {
    let ids: Vec<HitId> = hit::Entity::find()
        .select_only()
        .column(hit::Column::Id)
        .filter(hit::Column::Id.gt(position))
        .filter(hit::Column::Id.lte(until))
        .order_by_asc(hit::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.last().copied())
}

/// Takes from hits where their readers were and came from; says from how many. Each stays, with its
/// class and its reason.
pub async fn strip_hits(
    txn: &Txn,
    organization: OrganizationId,
    (position, until): (HitId, HitId),
) -> Result<u64, StoreError> {
    let outcome = hit::Entity::update_many()
        .col_expr(hit::Column::Country, Expr::value(None::<String>))
        .col_expr(hit::Column::Device, Expr::value(None::<String>))
        .col_expr(hit::Column::ReferrerHost, Expr::value(None::<String>))
        .filter(detailed(organization, (position, until)))
        .exec(&**txn)
        .await?;
    Ok(outcome.rows_affected)
}

fn detailed(organization: OrganizationId, (position, until): (HitId, HitId)) -> Condition {
    let detailed = Condition::any()
        .add(hit::Column::Country.is_not_null())
        .add(hit::Column::Device.is_not_null())
        .add(hit::Column::ReferrerHost.is_not_null());
    Condition::all()
        .add(hit::Column::Id.gt(position))
        .add(hit::Column::Id.lte(until))
        .add(hit::Column::OrganizationId.eq(organization))
        .add(detailed)
}

/// How many hits would be stripped, counted up to `most`.
pub async fn count_hits(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (before, most): (DateTime<Utc>, u64),
) -> Result<u64, StoreError> {
    let span = (HitId(Uuid::nil()), clicks::first_hit_at(before));
    let found = hit::Entity::find().filter(detailed(organization, span));
    counted(found.select_only().column(hit::Column::Id), most, db).await
}

fn entries(organization: OrganizationId, before: DateTime<Utc>) -> Select<audit_event::Entity> {
    // Ids are of the time when entries are written, for which there is an index.
    let last = AuditEventId(clicks::first_hit_at(before).0);
    audit_event::Entity::find()
        .filter(audit_event::Column::OrganizationId.eq(organization))
        .filter(audit_event::Column::Id.lt(last))
}

/// Some entries of the audit log of before a time, the oldest first.
pub async fn old_entries(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (before, limit): (DateTime<Utc>, u64),
) -> Result<Vec<AuditEventId>, StoreError> {
    Ok(entries(organization, before)
        .select_only()
        .column(audit_event::Column::Id)
        .order_by_asc(audit_event::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// Removes entries of the audit log; says how many were still there.
pub async fn remove_entries(
    txn: &Txn,
    organization: OrganizationId,
    ids: &[AuditEventId],
) -> Result<u64, StoreError> {
    let outcome = audit_event::Entity::delete_many()
        .filter(audit_event::Column::OrganizationId.eq(organization))
        .filter(audit_event::Column::Id.is_in(ids.iter().copied()))
        .exec(&**txn)
        .await?;
    Ok(outcome.rows_affected)
}

/// How many entries that would be, counted up to `most`.
pub async fn count_entries(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (before, most): (DateTime<Utc>, u64),
) -> Result<u64, StoreError> {
    let found = entries(organization, before);
    counted(
        found.select_only().column(audit_event::Column::Id),
        most,
        db,
    )
    .await
}

/// Settled messages of before a time, of posts that have ended or of none, to which nothing more
/// is to be done. What is planned on a message goes with it.
///
/// They are found by their ids, from the oldest on. So that no database reads everything instead,
/// the state is asked for in a way that no index serves, since nearly all are settled; and what
/// changes a message is looked for message by message, since a join would begin with all of them.
fn messages(organization: OrganizationId, before: DateTime<Utc>) -> Select<delivery::Entity> {
    let under_way = [DeliveryState::Pending, DeliveryState::Claimed];
    let (settled, created) = (delivery::Column::SettledAt, delivery::Column::CreatedAt);
    let settled = Func::coalesce([
        Expr::col((delivery::Entity, settled)),
        Expr::col((delivery::Entity, created)),
    ]);
    let of_none_open = Condition::any()
        .add(delivery::Column::PostId.is_null())
        .add(Expr::exists(ended()));
    // None is settled before it is planned, and ids are of the time when they are.
    let last = DeliveryId(clicks::first_hit_at(before).0);
    delivery::Entity::find()
        .filter(delivery::Column::Id.lt(last))
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::State.is_not_in(under_way))
        .filter(Expr::from(settled).lt(before))
        .filter(of_none_open)
        .filter(Expr::SubQuery(None, Box::new(still_changing(before).into())).is_null())
}

fn ended() -> SelectStatement {
    let states = [
        PostState::Expired,
        PostState::Archived,
        PostState::Withdrawn,
    ];
    Query::select()
        .expr(Expr::value(1))
        .from(post::Entity)
        .and_where(
            Expr::col((post::Entity, post::Column::Id))
                .equals((delivery::Entity, delivery::Column::PostId)),
        )
        .and_where(Expr::col((post::Entity, post::Column::State)).is_in(states))
        .to_owned()
}

/// An operation on the outer row that is open, or was settled since; nothing where there is none.
fn still_changing(before: DateTime<Utc>) -> SelectStatement {
    let later = Alias::new("later");
    let column = |column: delivery::Column| Expr::col((later.clone(), column));
    let settled = Func::coalesce([
        column(delivery::Column::SettledAt),
        column(delivery::Column::CreatedAt),
    ]);
    Query::select()
        .expr(column(delivery::Column::TargetId))
        .from_as(delivery::Entity, later.clone())
        .and_where(
            column(delivery::Column::TargetId).equals((delivery::Entity, delivery::Column::Id)),
        )
        .cond_where(
            Condition::any()
                .add(
                    column(delivery::Column::State)
                        .is_in([DeliveryState::Pending, DeliveryState::Claimed]),
                )
                .add(Expr::from(settled).gte(before)),
        )
        .limit(1)
        .to_owned()
}

/// Some messages that [`remove_messages`] removes, the oldest first.
pub async fn old_messages(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (before, limit): (DateTime<Utc>, u64),
) -> Result<Vec<DeliveryId>, StoreError> {
    Ok(messages(organization, before)
        .select_only()
        .column(delivery::Column::Id)
        .order_by_asc(delivery::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// Holds the posts that some messages tell of. Before the messages themselves, as who ends a post
/// does: in the other order each would wait for the other.
pub async fn hold_posts(
    txn: &Txn,
    organization: OrganizationId,
    ids: &[DeliveryId],
) -> Result<(), StoreError> {
    let named: Vec<Option<PostId>> = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::PostId)
        .filter(delivery::Column::OrganizationId.eq(organization))
        .filter(delivery::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(&**txn)
        .await?;
    let named: BTreeSet<PostId> = named.into_iter().flatten().collect();
    let named: Vec<PostId> = named.into_iter().collect();
    posts::hold(txn, organization, &named).await?;
    Ok(())
}

/// Removes messages of before a time, as far as nothing was planned on them meanwhile; says what
/// they were.
pub async fn remove_messages(
    txn: &Txn,
    organization: OrganizationId,
    (before, ids): (DateTime<Utc>, &[DeliveryId]),
) -> Result<Vec<Gone>, StoreError> {
    let still: Vec<DeliveryId> = messages(organization, before)
        .select_only()
        .column(delivery::Column::Id)
        .filter(delivery::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(&**txn)
        .await?;
    if still.is_empty() {
        return Ok(Vec::new());
    }
    let these = Condition::all()
        .add(delivery::Column::OrganizationId.eq(organization))
        .add(delivery::Column::Id.is_in(still));
    forgotten::take(txn, these).await
}

/// How many messages in channels that would be, counted up to `most`. Those to people are not
/// counted: one less would tell that somebody wanted none. As the state is, they are left out in a
/// way that no index serves.
pub async fn count_messages(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (before, most): (DateTime<Utc>, u64),
) -> Result<u64, StoreError> {
    let to_people = DeliverySubject::iter().filter(|subject| !IN_CHANNELS.contains(subject));
    let found =
        messages(organization, before).filter(delivery::Column::Subject.is_not_in(to_people));
    counted(found.select_only().column(delivery::Column::Id), most, db).await
}

/// How many ids there are, up to `most`: the database need not count more than are told.
async fn counted<E: EntityTrait>(
    ids: Select<E>,
    most: u64,
    db: &impl ConnectionTrait,
) -> Result<u64, StoreError> {
    let found: Vec<Uuid> = ids.limit(most).into_tuple().all(db).await?;
    Ok(u64::try_from(found.len()).unwrap_or(u64::MAX))
}
