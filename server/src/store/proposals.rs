//! Posts that members propose, and who proposed the same.

use chrono::{DateTime, Utc};
use entity::enums::ProposalState;
use entity::ids::{MemberId, OrganizationId, PostId, ProposalId};
use entity::proposal::{Column, Entity, Model};
use entity::proposal_supporter;
use sea_orm::sea_query::{Expr, LockType, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{StoreError, Txn, all_set};
use crate::domain::page::{Paging, Slice};

/// Writes a new proposal.
pub async fn insert(txn: &Txn, row: Model) -> Result<(), StoreError> {
    Entity::insert(row.into_active_model())
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Writes a changed proposal.
pub async fn update(txn: &Txn, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(&**txn).await?)
}

/// One proposal.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: ProposalId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::OrganizationId.eq(organization))
        .one(db)
        .await?)
}

/// One proposal, held against other writers until the transaction ends. References to it stay
/// possible meanwhile.
pub async fn find_to_change(
    txn: &Txn,
    organization: OrganizationId,
    id: ProposalId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::OrganizationId.eq(organization))
        .lock(LockType::NoKeyUpdate)
        .one(&**txn)
        .await?)
}

/// Some proposals, whoever's they are: what deliveries name.
pub async fn find_many(
    db: &impl ConnectionTrait,
    ids: &[ProposalId],
) -> Result<Vec<Model>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}

/// The proposal of a page that waits or became a post.
pub async fn open(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    canonical_url: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::OpenKey.eq(canonical_url))
        .one(db)
        .await?)
}

/// The proposal that became a post.
pub async fn of_post(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    post: PostId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::PostId.eq(post))
        .one(db)
        .await?)
}

/// Those in a state, or all, the newest first.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    state: ProposalState,
    paging: Paging,
) -> Result<Slice<Model>, StoreError> {
    let mut query = Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::State.eq(state));
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

/// Those that wait, the oldest first.
pub async fn waiting(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::State.eq(ProposalState::New))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// How many wait.
pub async fn count_waiting(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<u64, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::State.eq(ProposalState::New))
        .count(db)
        .await?)
}

/// A member's own, the newest first.
pub async fn of_member(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
    paging: Paging,
) -> Result<Slice<Model>, StoreError> {
    let mut query = Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member));
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

/// How many of a member's that were made since a time wait, or were taken back.
pub async fn count_open_of(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
    since: DateTime<Utc>,
) -> Result<u64, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .filter(Column::State.is_in([ProposalState::New, ProposalState::Withdrawn]))
        .filter(Column::CreatedAt.gte(since))
        .count(db)
        .await?)
}

/// Notes that a member proposed the same, once.
pub async fn support(txn: &Txn, row: proposal_supporter::Model) -> Result<(), StoreError> {
    proposal_supporter::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::columns([
                proposal_supporter::Column::ProposalId,
                proposal_supporter::Column::MemberId,
            ])
            .do_nothing()
            .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Who proposed the same as some proposals.
pub async fn supporters(
    db: &impl ConnectionTrait,
    ids: &[ProposalId],
) -> Result<Vec<proposal_supporter::Model>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(proposal_supporter::Entity::find()
        .filter(proposal_supporter::Column::ProposalId.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}

/// Holds what a member proposed until the transaction ends, in the order of the ids: before the
/// member, as whoever decides does.
pub async fn hold_of_member(
    txn: &Txn,
    (organization, member): (OrganizationId, MemberId),
) -> Result<Vec<ProposalId>, StoreError> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .all(&**txn)
        .await?)
}

/// Takes a member out of proposals: the pages stay and what became of them, without who proposed
/// or supported them and without their words. What nobody decided is withdrawn.
pub async fn forget_member(
    txn: &Txn,
    (organization, member): (OrganizationId, MemberId),
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    proposal_supporter::Entity::delete_many()
        .filter(proposal_supporter::Column::OrganizationId.eq(organization))
        .filter(proposal_supporter::Column::MemberId.eq(member))
        .exec(&**txn)
        .await?;
    Entity::update_many()
        .col_expr(Column::State, Expr::value(ProposalState::Withdrawn))
        .col_expr(Column::OpenKey, Expr::value(None::<String>))
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .filter(Column::State.eq(ProposalState::New))
        .exec(&**txn)
        .await?;
    Entity::update_many()
        .col_expr(Column::MemberId, Expr::value(None::<Uuid>))
        .col_expr(Column::Why, Expr::value(""))
        .col_expr(Column::Words, Expr::value(""))
        .col_expr(Column::Note, Expr::value(None::<String>))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .exec(&**txn)
        .await?;
    Ok(())
}
