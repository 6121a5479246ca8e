//! Former versions of posts.

use entity::ids::{MemberId, OrganizationId, PostId};
use entity::post_version::{Column, Entity, Model};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, Txn};

/// Keeps a version, once.
pub async fn insert_unless_there(txn: &Txn, row: Model) -> Result<(), StoreError> {
    Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::columns([Column::PostId, Column::Version])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// A post's former versions, the newest first.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    post: PostId,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::PostId.eq(post))
        .order_by_desc(Column::Version)
        .limit(limit)
        .all(db)
        .await?)
}

/// One of them.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    post: PostId,
    version: i64,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::PostId.eq(post))
        .filter(Column::Version.eq(version))
        .one(db)
        .await?)
}

/// Who wrote the versions of a post, each once.
pub async fn authors(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    post: PostId,
) -> Result<Vec<MemberId>, StoreError> {
    Ok(Entity::find()
        .select_only()
        .column(Column::AuthorId)
        .distinct()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::PostId.eq(post))
        .filter(Column::AuthorId.is_not_null())
        .into_tuple()
        .all(db)
        .await?)
}

/// Forgets all but the newest `kept` of a post.
pub async fn forget_beyond(txn: &Txn, post: PostId, kept: u64) -> Result<(), StoreError> {
    let oldest_kept: Option<i64> = Entity::find()
        .select_only()
        .column(Column::Version)
        .filter(Column::PostId.eq(post))
        .order_by_desc(Column::Version)
        .offset(kept)
        .limit(1)
        .into_tuple()
        .one(&**txn)
        .await?;
    if let Some(version) = oldest_kept {
        Entity::delete_many()
            .filter(Column::PostId.eq(post))
            .filter(Column::Version.lte(version))
            .exec(&**txn)
            .await?;
    }
    Ok(())
}
