//! Sessions of the console.

use chrono::{DateTime, Utc};
use entity::ids::{MemberId, OrganizationId, SessionId};
use entity::session::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use super::{StoreError, all_set};

/// The session with this hash, whichever organization it belongs to: it is what says which one.
pub async fn by_hash(db: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::TokenHash.eq(hash))
        .one(db)
        .await?)
}

/// A member's sessions, newest first.
pub async fn of_member(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .order_by_desc(Column::Id)
        .all(db)
        .await?)
}

/// Writes a new session.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).insert(db).await?)
}

/// Remembers a use, where the last one remembered was earlier than `hour`.
pub async fn touch(
    db: &impl ConnectionTrait,
    session: SessionId,
    hour: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::LastSeenAt, hour.into())
        .filter(Column::Id.eq(session))
        .filter(Column::LastSeenAt.lt(hour))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends a session of a member; says whether there was one.
pub async fn delete(
    db: &impl ConnectionTrait,
    owner: (OrganizationId, MemberId),
    session: SessionId,
) -> Result<bool, StoreError> {
    let outcome = Entity::delete_many()
        .filter(Column::Id.eq(session))
        .filter(Column::OrganizationId.eq(owner.0))
        .filter(Column::MemberId.eq(owner.1))
        .exec(db)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Ends every session of a member, save one; says how many.
pub async fn delete_all(
    db: &impl ConnectionTrait,
    owner: (OrganizationId, MemberId),
    but: Option<SessionId>,
) -> Result<u64, StoreError> {
    let mut query = Entity::delete_many()
        .filter(Column::OrganizationId.eq(owner.0))
        .filter(Column::MemberId.eq(owner.1));
    if let Some(kept) = but {
        query = query.filter(Column::Id.ne(kept));
    }
    Ok(query.exec(db).await?.rows_affected)
}

/// Forgets sessions that ended before `now` however often they were used.
pub async fn forget(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let outcome = Entity::delete_many()
        .filter(Column::ExpiresAt.lt(now))
        .exec(db)
        .await?;
    Ok(outcome.rows_affected)
}
