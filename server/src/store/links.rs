//! Tracked short links.

use entity::enums::Network;
use entity::ids::{LinkId, MemberId, OrganizationId, PostId, ShareId};
use entity::link::{Column, Entity, Model};
use entity::post;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, Txn};

/// The link of a code and its post. Codes are unique on the server and readers
/// have no organization, so this is not scoped to one.
pub async fn by_code(
    db: &impl ConnectionTrait,
    code: &str,
) -> Result<Option<(Model, post::Model)>, StoreError> {
    let Some(link) = Entity::find().filter(Column::Code.eq(code)).one(db).await? else {
        return Ok(None);
    };
    let post = post::Entity::find_by_id(link.post_id)
        .filter(post::Column::OrganizationId.eq(link.organization_id))
        .one(db)
        .await?;
    Ok(post.map(|post| (link, post)))
}

/// The link of a post and network that belongs to `owner_key`.
pub async fn of_owner(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    post: PostId,
    network: Network,
    owner_key: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::PostId.eq(post))
        .filter(Column::Network.eq(network))
        .filter(Column::OwnerKey.eq(owner_key))
        .one(db)
        .await?)
}

/// The link of a share that names its member.
pub async fn of_share(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    share: ShareId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::ShareId.eq(share))
        .one(db)
        .await?)
}

/// Links by id, of whatever organization: for counting clicks, which runs for all.
pub async fn find_many(
    db: &impl ConnectionTrait,
    ids: &[LinkId],
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Every link of a post.
pub async fn of_post(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    post: PostId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::PostId.eq(post))
        .all(db)
        .await?)
}

/// Writes a new link; false if its owner has one or its code is taken.
pub async fn insert_unless_there(txn: &Txn, row: Model) -> Result<bool, StoreError> {
    let written = Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(&**txn)
        .await?;
    Ok(written > 0)
}

/// Adds counted clicks.
pub async fn add_clicks(txn: &Txn, id: LinkId, clicks: i64) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Clicks, Expr::col(Column::Clicks).add(clicks))
        .filter(Column::Id.eq(id))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Counted clicks on a member's links.
pub async fn clicks_of_member(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
) -> Result<i64, StoreError> {
    sum(
        db,
        Entity::find()
            .filter(Column::OrganizationId.eq(organization))
            .filter(Column::MemberId.eq(member)),
    )
    .await
}

/// Counted clicks on a share's link.
pub async fn clicks_of_share(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    share: ShareId,
) -> Result<i64, StoreError> {
    sum(
        db,
        Entity::find()
            .filter(Column::OrganizationId.eq(organization))
            .filter(Column::ShareId.eq(share)),
    )
    .await
}

async fn sum(db: &impl ConnectionTrait, links: sea_orm::Select<Entity>) -> Result<i64, StoreError> {
    let sum: Option<Option<i64>> = links
        .select_only()
        .column_as(Column::Clicks.sum().cast_as("bigint"), "clicks")
        .into_tuple()
        .one(db)
        .await?;
    Ok(sum.flatten().unwrap_or_default())
}
