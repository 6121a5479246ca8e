//! Shares: one per member, post and network.

use entity::enums::{Network, ShareState};
use entity::ids::{MemberId, OrganizationId, PostId, ShareId};
use entity::share::{Column, Entity, Model};
use entity::{member, organization, post};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::{StoreError, Txn};

/// A member, a post of the same organization, and that organization: what a
/// signed address names, which is why no organization is asked for.
pub async fn parties(
    db: &impl ConnectionTrait,
    member: MemberId,
    post: PostId,
) -> Result<Option<(organization::Model, member::Model, post::Model)>, StoreError> {
    let Some((organization, member)) = person(db, member).await? else {
        return Ok(None);
    };
    let post = post::Entity::find_by_id(post)
        .filter(post::Column::OrganizationId.eq(organization.id))
        .one(db)
        .await?;
    Ok(post.map(|post| (organization, member, post)))
}

/// A member and their organization, whichever it is: what a signed address names.
pub async fn person(
    db: &impl ConnectionTrait,
    member: MemberId,
) -> Result<Option<(organization::Model, member::Model)>, StoreError> {
    let Some(member) = member::Entity::find_by_id(member).one(db).await? else {
        return Ok(None);
    };
    let organization = organization::Entity::find_by_id(member.organization_id)
        .one(db)
        .await?;
    Ok(organization.map(|organization| (organization, member)))
}

/// Locks members until the end of the transaction, in the order of their ids,
/// and gives them: what one of them shares and earns happens one after another.
/// References to a member stay possible meanwhile.
pub async fn lock_members(txn: &Txn, ids: &[MemberId]) -> Result<Vec<member::Model>, StoreError> {
    Ok(member::Entity::find()
        .filter(member::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(member::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(&**txn)
        .await?)
}

/// The member's share of a post on a network.
pub async fn of(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
    post: PostId,
    network: Network,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .filter(Column::PostId.eq(post))
        .filter(Column::Network.eq(network))
        .one(db)
        .await?)
}

/// Some members' shares of some posts, on all networks.
pub async fn of_posts_by(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    members: &[MemberId],
    posts: &[PostId],
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.is_in(members.iter().copied()))
        .filter(Column::PostId.is_in(posts.iter().copied()))
        .all(db)
        .await?)
}

/// Shares by id, of whatever organization: for counting clicks, which runs for
/// all. In the order of their ids, so that writers meet them in one order.
pub async fn find_many(
    db: &impl ConnectionTrait,
    ids: &[ShareId],
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Writes a new share.
pub async fn insert(txn: &Txn, row: Model) -> Result<Model, StoreError> {
    Ok(row.into_active_model().reset_all().insert(&**txn).await?)
}

/// Writes a changed share.
pub async fn update(txn: &Txn, row: Model) -> Result<Model, StoreError> {
    Ok(row.into_active_model().reset_all().update(&**txn).await?)
}

/// How many shares of a member are in one of `states`, and the sum of their followers.
pub async fn sums_of_member(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
    states: &[ShareState],
) -> Result<(i64, i64), StoreError> {
    let sums: Option<(i64, Option<i64>)> = Entity::find()
        .select_only()
        .column_as(Column::Id.count(), "shares")
        .column_as(Column::Followers.sum().cast_as("bigint"), "followers")
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .filter(Column::State.is_in(states.iter().copied()))
        .into_tuple()
        .one(db)
        .await?;
    Ok(sums.map_or((0, 0), |(shares, followers)| {
        (shares, followers.unwrap_or_default())
    }))
}
