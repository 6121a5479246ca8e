//! Wordings of posts.

use entity::ids::{OrganizationId, PostId, VariantId};
use entity::variant;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

use super::{StoreError, Txn, bulk};

/// Puts `variants` in the place of the post's present ones.
pub async fn replace(
    txn: &Txn,
    organization: OrganizationId,
    post: PostId,
    variants: Vec<variant::Model>,
) -> Result<(), StoreError> {
    variant::Entity::delete_many()
        .filter(variant::Column::OrganizationId.eq(organization))
        .filter(variant::Column::PostId.eq(post))
        .exec(&**txn)
        .await?;
    insert(txn, &variants).await
}

/// Writes new wordings.
pub async fn insert(txn: &Txn, variants: &[variant::Model]) -> Result<(), StoreError> {
    bulk::insert::<variant::Entity>(txn, variants).await
}

/// The wordings of these posts, each post's in its order.
pub async fn of_posts(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    posts: &[PostId],
) -> Result<Vec<variant::Model>, StoreError> {
    Ok(variant::Entity::find()
        .filter(variant::Column::OrganizationId.eq(organization))
        .filter(variant::Column::PostId.is_in(posts.iter().copied()))
        .order_by_asc(variant::Column::PostId)
        .order_by_asc(variant::Column::Position)
        .all(db)
        .await?)
}

/// Notes that a wording was dealt to one more share.
pub async fn add_dealt(txn: &Txn, id: VariantId) -> Result<(), StoreError> {
    variant::Entity::update_many()
        .col_expr(
            variant::Column::Dealt,
            Expr::col(variant::Column::Dealt).add(1),
        )
        .filter(variant::Column::Id.eq(id))
        .exec(&**txn)
        .await?;
    Ok(())
}
