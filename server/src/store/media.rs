//! Pictures that were uploaded. Their bytes are read only where they are shown.

use entity::ids::{MediaId, OrganizationId};
use entity::media::{Column, Entity, Model};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::{StoreError, Txn};
use crate::domain::page::{Paging, Slice};

/// A picture without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Label {
    /// Its id.
    pub id: MediaId,
    /// What it is, such as `image/png`.
    pub media_type: String,
    /// Its width in pixels.
    pub width: i64,
    /// Its height in pixels.
    pub height: i64,
    /// What it shows, in words.
    pub alt: String,
    /// How long it is.
    pub bytes: i64,
    /// When it was uploaded.
    pub created_at: chrono::DateTime<chrono::Utc>,
}

/// Writes a new row, unless the organization has one of the same file.
pub async fn insert_unless_there(txn: &Txn, row: Model) -> Result<(), StoreError> {
    Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::columns([Column::OrganizationId, Column::Digest])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Writes other words for a picture of an organization.
pub async fn describe(
    txn: &Txn,
    (organization, id): (OrganizationId, MediaId),
    alt: &str,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Alt, alt.into())
        .filter(Column::Id.eq(id))
        .filter(Column::OrganizationId.eq(organization))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// The picture of a file, if it was uploaded before.
pub async fn by_digest(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    digest: &[u8],
) -> Result<Option<Label>, StoreError> {
    Ok(labels(organization)
        .filter(Column::Digest.eq(digest))
        .into_model()
        .one(db)
        .await?)
}

/// The organization's pictures, the newest first.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    paging: Paging,
) -> Result<Slice<Label>, StoreError> {
    let mut query = labels(organization);
    if let Some(after) = paging.after {
        query = query.filter(Column::Id.lt(after));
    }
    let rows = query
        .order_by_desc(Column::Id)
        .limit(paging.fetch())
        .into_model::<Label>()
        .all(db)
        .await?;
    Ok(paging.cut(rows, |row| row.id.0))
}

/// How many bytes the organization's pictures take.
pub async fn space(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<i64, StoreError> {
    let taken: Option<Option<i64>> = Entity::find()
        .select_only()
        .column_as(Column::Bytes.sum().cast_as("bigint"), "taken")
        .filter(Column::OrganizationId.eq(organization))
        .into_tuple()
        .one(db)
        .await?;
    Ok(taken.flatten().unwrap_or_default())
}

/// Type and bytes of a picture of whatever organization: who knows its id may see it.
pub async fn content(
    db: &impl ConnectionTrait,
    id: MediaId,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    bytes(db, id, Column::Content).await
}

/// The same of the smaller one.
pub async fn thumbnail(
    db: &impl ConnectionTrait,
    id: MediaId,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    bytes(db, id, Column::Thumbnail).await
}

async fn bytes(
    db: &impl ConnectionTrait,
    id: MediaId,
    column: Column,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    Ok(Entity::find_by_id(id)
        .select_only()
        .columns([Column::MediaType, column])
        .into_tuple()
        .one(db)
        .await?)
}

fn labels(organization: OrganizationId) -> Select<Entity> {
    Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::MediaType,
            Column::Width,
            Column::Height,
            Column::Alt,
            Column::Bytes,
            Column::CreatedAt,
        ])
        .filter(Column::OrganizationId.eq(organization))
}
