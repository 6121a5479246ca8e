//! Topics, and which posts are about them.

use entity::ids::{OrganizationId, PostId, TopicId};
use entity::{post, post_topic, topic};
use sea_orm::sea_query::{Expr, LockType, OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, Txn, all_set, bulk};

/// Writes new rows, but for those whose slug is there.
pub async fn insert_unless_there(txn: &Txn, topics: &[topic::Model]) -> Result<(), StoreError> {
    let there = OnConflict::columns([topic::Column::OrganizationId, topic::Column::Slug])
        .do_nothing()
        .to_owned();
    bulk::insert_or::<topic::Entity>(txn, topics, there).await
}

/// The topics of some slugs, in no order.
pub async fn by_slugs(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    slugs: &[String],
) -> Result<Vec<topic::Model>, StoreError> {
    Ok(topic::Entity::find()
        .filter(topic::Column::OrganizationId.eq(organization))
        .filter(topic::Column::Slug.is_in(slugs))
        .all(db)
        .await?)
}

/// The organization's topics, by name.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    limit: u64,
) -> Result<Vec<topic::Model>, StoreError> {
    Ok(topic::Entity::find()
        .filter(topic::Column::OrganizationId.eq(organization))
        .order_by_asc(topic::Column::Slug)
        .limit(limit)
        .all(db)
        .await?)
}

/// One topic.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: TopicId,
) -> Result<Option<topic::Model>, StoreError> {
    Ok(topic::Entity::find_by_id(id)
        .filter(topic::Column::OrganizationId.eq(organization))
        .one(db)
        .await?)
}

/// Some topics, held against other writers until the transaction ends, in the order of their ids.
pub async fn find_to_change(
    txn: &Txn,
    organization: OrganizationId,
    ids: &[TopicId],
) -> Result<Vec<topic::Model>, StoreError> {
    Ok(topic::Entity::find()
        .filter(topic::Column::OrganizationId.eq(organization))
        .filter(topic::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(topic::Column::Id)
        .lock(LockType::Update)
        .all(&**txn)
        .await?)
}

/// Writes a new topic.
pub async fn insert(txn: &Txn, row: topic::Model) -> Result<topic::Model, StoreError> {
    Ok(all_set::<topic::Entity>(row).insert(&**txn).await?)
}

/// Writes a changed topic.
pub async fn update(txn: &Txn, row: topic::Model) -> Result<topic::Model, StoreError> {
    Ok(all_set::<topic::Entity>(row).update(&**txn).await?)
}

/// Takes a topic away, and from what was about it.
pub async fn delete(
    txn: &Txn,
    organization: OrganizationId,
    id: TopicId,
) -> Result<(), StoreError> {
    topic::Entity::delete_many()
        .filter(topic::Column::OrganizationId.eq(organization))
        .filter(topic::Column::Id.eq(id))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// How many posts are about each of some topics; those of which there are none are left out.
pub async fn count_posts(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    ids: &[TopicId],
) -> Result<Vec<(TopicId, i64)>, StoreError> {
    Ok(post_topic::Entity::find()
        .select_only()
        .column(post_topic::Column::TopicId)
        .column_as(post_topic::Column::PostId.count(), "posts")
        .filter(post_topic::Column::OrganizationId.eq(organization))
        .filter(post_topic::Column::TopicId.is_in(ids.iter().copied()))
        .group_by(post_topic::Column::TopicId)
        .into_tuple()
        .all(db)
        .await?)
}

/// The posts that are about a topic, in every state, in the order of their ids.
pub async fn posts_of(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: TopicId,
) -> Result<Vec<PostId>, StoreError> {
    let mut posts: Vec<PostId> = post_topic::Entity::find()
        .select_only()
        .column(post_topic::Column::PostId)
        .filter(post_topic::Column::OrganizationId.eq(organization))
        .filter(post_topic::Column::TopicId.eq(id))
        .into_tuple()
        .all(db)
        .await?;
    posts.sort_unstable();
    Ok(posts)
}

/// Holds posts against other writers until the transaction ends, in the order of their ids.
pub async fn hold_posts(
    txn: &Txn,
    organization: OrganizationId,
    posts: &[PostId],
) -> Result<(), StoreError> {
    let _: Vec<PostId> = post::Entity::find()
        .select_only()
        .column(post::Column::Id)
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::Id.is_in(posts.iter().copied()))
        .order_by_asc(post::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .all(&**txn)
        .await?;
    Ok(())
}

/// Lets all that is about `from` be about `into`; says how many that are.
pub async fn move_posts(
    txn: &Txn,
    organization: OrganizationId,
    (from, into): (TopicId, TopicId),
) -> Result<u64, StoreError> {
    use post_topic::{Column, Entity};
    let already = Query::select()
        .column(Column::PostId)
        .from(Entity)
        .and_where(Column::TopicId.eq(into))
        .to_owned();
    let both = Entity::delete_many()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::TopicId.eq(from))
        .filter(Column::PostId.in_subquery(already))
        .exec(&**txn)
        .await?;
    let moved = Entity::update_many()
        .col_expr(Column::TopicId, Expr::value(into))
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::TopicId.eq(from))
        .exec(&**txn)
        .await?;
    Ok(both.rows_affected + moved.rows_affected)
}

/// Which of these posts are about which topics, by name.
pub async fn of_posts(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    posts: &[PostId],
) -> Result<Vec<(PostId, String)>, StoreError> {
    Ok(topic::Entity::find()
        .select_only()
        .column(post_topic::Column::PostId)
        .column(topic::Column::Name)
        .join(
            sea_orm::JoinType::InnerJoin,
            topic::Entity::belongs_to(post_topic::Entity)
                .from(topic::Column::Id)
                .to(post_topic::Column::TopicId)
                .into(),
        )
        .filter(post_topic::Column::OrganizationId.eq(organization))
        .filter(post_topic::Column::PostId.is_in(posts.iter().copied()))
        .order_by_asc(topic::Column::Slug)
        .into_tuple()
        .all(db)
        .await?)
}

/// What a post is about.
pub async fn of_post(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    post: PostId,
) -> Result<Vec<TopicId>, StoreError> {
    Ok(post_topic::Entity::find()
        .select_only()
        .column(post_topic::Column::TopicId)
        .filter(post_topic::Column::OrganizationId.eq(organization))
        .filter(post_topic::Column::PostId.eq(post))
        .into_tuple()
        .all(db)
        .await?)
}

/// Puts `topics` in the place of what the post was about.
pub async fn replace(
    txn: &Txn,
    organization: OrganizationId,
    post: PostId,
    topics: &[post_topic::Model],
) -> Result<(), StoreError> {
    post_topic::Entity::delete_many()
        .filter(post_topic::Column::OrganizationId.eq(organization))
        .filter(post_topic::Column::PostId.eq(post))
        .exec(&**txn)
        .await?;
    bulk::insert::<post_topic::Entity>(txn, topics).await
}
