//! Which topics lead to the channels that choose theirs.

use entity::ids::{ChannelId, OrganizationId, TopicId};
use entity::topic_route::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{StoreError, Txn, bulk};

/// All routes of an organization, by channel and topic.
pub async fn of_organization(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .order_by_asc(Column::ChannelId)
        .order_by_asc(Column::TopicId)
        .all(db)
        .await?)
}

/// The routes that lead to a channel, by topic.
pub async fn of_channel(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    channel: ChannelId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::ChannelId.eq(channel))
        .order_by_asc(Column::TopicId)
        .all(db)
        .await?)
}

/// The channels that a topic leads to.
pub async fn channels_of(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    topic: TopicId,
) -> Result<Vec<ChannelId>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::TopicId.eq(topic))
        .order_by_asc(Column::ChannelId)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.channel_id).collect())
}

/// Puts `routes` in the place of those that led to a channel.
pub async fn replace(
    txn: &Txn,
    organization: OrganizationId,
    channel: ChannelId,
    routes: &[Model],
) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::ChannelId.eq(channel))
        .exec(&**txn)
        .await?;
    bulk::insert::<Entity>(txn, routes).await
}

/// Lets what led from one topic lead from another.
pub async fn move_topic(
    txn: &Txn,
    organization: OrganizationId,
    (from, into): (TopicId, TopicId),
) -> Result<(), StoreError> {
    let already = Query::select()
        .column(Column::ChannelId)
        .from(Entity)
        .and_where(Column::TopicId.eq(into))
        .to_owned();
    Entity::delete_many()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::TopicId.eq(from))
        .filter(Column::ChannelId.in_subquery(already))
        .exec(&**txn)
        .await?;
    Entity::update_many()
        .col_expr(Column::TopicId, Expr::value(into))
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::TopicId.eq(from))
        .exec(&**txn)
        .await?;
    Ok(())
}
