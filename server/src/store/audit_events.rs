//! The audit log: written and read, never changed.

use entity::audit_event::{Column, Entity, Model};
use entity::ids::{MemberId, OrganizationId};
use entity::member;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, all_set};
use crate::domain::audit::Wanted;
use crate::domain::page::{Paging, Slice};

/// Writes an entry.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// The entries of an organization that are wanted.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    wanted: &Wanted,
    paging: Paging,
) -> Result<Slice<Model>, StoreError> {
    let mut query = Entity::find().filter(Column::OrganizationId.eq(organization));
    if let Some(actor) = wanted.actor {
        query = query.filter(Column::ActorId.eq(actor));
    }
    if let Some(kind) = &wanted.kind {
        query = query.filter(Column::Action.starts_with(format!("{kind}.")));
    }
    if let Some(subject) = &wanted.subject {
        query = query.filter(Column::Subject.eq(subject));
    }
    if let Some(since) = wanted.since {
        query = query.filter(Column::At.gte(since));
    }
    if let Some(until) = wanted.until {
        query = query.filter(Column::At.lt(until));
    }
    if let Some(after) = paging.after {
        query = query.filter(Column::Id.lt(after));
    }
    let rows = query
        .order_by_desc(Column::Id)
        .limit(paging.fetch())
        .all(db)
        .await?;
    Ok(paging.cut(rows, |row| row.id.0))
}

/// Who did the latest of what was done in an organization, as often as they did.
pub async fn latest_actors(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    entries: u64,
) -> Result<Vec<MemberId>, StoreError> {
    let actors: Vec<Option<MemberId>> = Entity::find()
        .select_only()
        .column(Column::ActorId)
        .filter(Column::OrganizationId.eq(organization))
        .order_by_desc(Column::Id)
        .limit(entries)
        .into_tuple()
        .all(db)
        .await?;
    Ok(actors.into_iter().flatten().collect())
}

/// The members of an organization who acted, as far as they are still there.
pub async fn actors(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    ids: &[MemberId],
) -> Result<Vec<member::Model>, StoreError> {
    Ok(member::Entity::find()
        .filter(member::Column::OrganizationId.eq(organization))
        .filter(member::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}
